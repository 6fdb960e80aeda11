import { isIP } from 'node:net';

/** Whether a text is a DNS name or an address, as clients connect to. */
export function isHost(text: string): boolean {
  if (isIP(text)) return true;
  const labels = text.replace(/\.$/, '').split('.');
  return text.length <= 253 && labels.every((label) => LABEL.test(label));
}

// Names with underscores are looked up as well.
const LABEL = /^\w(?:[\w-]{0,61}\w)?$/;

/** The port that a value of a file stands for. */
export function portOf(value: unknown): number | undefined {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value;
  return typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65535 ? port : undefined;
}
