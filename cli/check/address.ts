import { isIPv6 } from 'node:net';
import { UsageError } from '../usage-error';

/** Where to connect; the engine decides the port where none was written. */
export interface Address {
  readonly host: string;
  readonly port?: number;
}

/** Reads `HOST`, `HOST:PORT`, `[IPV6]:PORT` or a bare IPv6 address. */
export function parseAddress(text: string): Address {
  // The text is not repeated: a URL may hold a password.
  if (/:\/\/|@/.test(text)) throw new UsageError('Write HOST or HOST:PORT, not a URL.');
  if (isIPv6(text)) return { host: text };
  const found = /^(?:\[(?<ip>[^\]]+)\]|(?<name>[^:[\]\s]+))(?::(?<port>\d{1,5}))?$/.exec(text)?.groups;
  const host = found?.['name'] ?? found?.['ip'];
  if (!host || (found?.['ip'] && !isIPv6(found['ip']))) {
    throw new UsageError(`'${text}' is not an address. Write HOST, HOST:PORT or [IPV6]:PORT.`);
  }
  return found?.['port'] === undefined ? { host } : { host, port: parsePort(found['port']) };
}

/** The address as one would write it again. */
export function formatAddress(host: string, port: number): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (port < 1 || port > 65535) throw new UsageError(`${text} is not a port. Ports range from 1 to 65535.`);
  return port;
}
