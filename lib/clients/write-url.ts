import type { DatabaseEngine } from '../engine/database-engine';
import type { TlsMode } from '../engine/tls-mode';
import { isUnresolved } from '../tokens/unresolved';
import type { TextFunctions } from './quoting/text-functions';
import { percentEncoded } from './quoting/url';
import { serverName } from './server-name';
import type { UrlForm, UrlParameters } from './url-form';

/**
 * What a connection URL is made of. There is no password: a URL ends up in outputs, logs and shell histories.
 *
 * @internal
 */
export interface ConnectionUrlInput {
  readonly engine: DatabaseEngine;
  /** May be unknown until apply, or an address. */
  readonly hostname: string;
  readonly port: number;
  /** How often host and port stand in it: once for each address, where clients are given several. */
  readonly hostCount?: number;
  readonly user?: string;
  readonly database?: string;
  /** Parameters of the driver, over those that verify the certificate. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tls: TlsMode;
  /** The name in the certificate, where it is known to be another one than the hostname. */
  readonly certificateName?: string;
  /** Quotes what is unknown. */
  readonly terraform: TextFunctions;
}

/**
 * The URL without asking whether it should be written.
 *
 * @internal
 */
export function writeUrl(form: UrlForm, input: ConnectionUrlInput): string {
  const { engine, hostname, port, hostCount = 1, user, database, terraform } = input;
  const encode = (text: string) => percentEncoded(text, terraform);
  const hosts = Array<string>(hostCount)
    .fill(`${bracketed(hostname)}:${port}`)
    .join(',');
  const authority = `${user && form.user ? `${encode(user)}@` : ''}${hosts}`;
  const path = form.database === 'path' && database !== undefined ? `/${encode(database)}` : form.slash ? '/' : '';
  return `${engine.urlScheme}://${authority}${path}${queryOf(parametersOf(input, form), encode)}`;
}

/**
 * An IPv6 address is put in brackets, so that its colons are not mistaken for a port's.
 *
 * @internal
 */
export function bracketed(hostname: string): string {
  return hostname.includes(':') && !isUnresolved(hostname) ? `[${hostname}]` : hostname;
}

function parametersOf(input: ConnectionUrlInput, form: UrlForm): UrlParameters {
  const { database, parameters = {} } = input;
  const named =
    form.database === 'parameter' && form.databaseWord && database !== undefined
      ? { [form.databaseWord]: database }
      : {};
  // Drivers differ in whether names are case-sensitive, so any spelling replaces the default.
  const replaced = new Set(Object.keys(parameters).map((name) => name.toLowerCase()));
  const defaults = Object.entries({
    ...(form.parameters === 'by scheme' ? {} : form.parameters(serverName(input))),
    ...named,
  }).filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...Object.fromEntries(defaults), ...parameters };
}

function queryOf(parameters: UrlParameters, encode: (text: string) => string): string {
  const pairs = Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === undefined ? encode(name) : `${encode(name)}=${encode(value)}`));
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}
