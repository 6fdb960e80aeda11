import { printable } from '../lib/rules/printable';

/** What a server says, made safe for a terminal; servers that mean harm talk without an end. */
export function serverText(text: string, limit = 200): string {
  return printable(text.trim(), limit);
}
