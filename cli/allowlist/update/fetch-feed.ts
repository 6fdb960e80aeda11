import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { serverText } from '../../server-text';
import { FeedFailure } from './failure';

/** How much patience and room a published list gets. */
export interface FetchLimits {
  /** From the first packet to the last, all redirects included. */
  readonly timeoutMs: number;
  /** The most bytes of a list, as it is when it is decompressed. */
  readonly mostBytes: number;
}

export const FETCH_LIMITS: FetchLimits = { timeoutMs: 30_000, mostBytes: 8 * 1024 * 1024 };

/** Returns what is published at an address, or throws a `FeedFailure`. */
export type FetchFeed = (url: string) => Promise<Uint8Array>;

/**
 * What is published at an address.
 *
 * Nothing but the address is sent: no credentials, no cookies. Proxies of the environment are not asked, and the
 * certificate is verified whatever the environment says: who answers here decides who reaches a database.
 *
 * @param url an https URL.
 * @param limits patience and room.
 * @param ca the only CA certificates to trust; by default those of Node.js, which NODE_EXTRA_CA_CERTS extends.
 */
export async function fetchFeed(url: string, limits: FetchLimits = FETCH_LIMITS, ca?: string): Promise<Uint8Array> {
  const agent = new Agent({ keepAlive: false });
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    let target = new URL(url);
    for (let hops = 0; ; hops++) {
      const response = await responseOf(target, { agent, signal, ca });
      const next = redirectOf(response, target);
      if (next === undefined) return await bodyOf(response, limits, signal);
      response.destroy();
      if (hops === MOST_REDIRECTS) throw refused(`redirects more than ${MOST_REDIRECTS} times`, NEW_ADDRESS);
      target = next;
    }
  } catch (error) {
    if (error instanceof FeedFailure) throw error;
    throw signal.aborted ? tooSlow(limits) : unreachable(error as NodeJS.ErrnoException);
  } finally {
    agent.destroy();
  }
}

const MOST_REDIRECTS = 5;
const NEW_ADDRESS = 'Write the address at which the list is now.';

interface Connection {
  readonly agent: Agent;
  readonly signal: AbortSignal;
  readonly ca?: string;
}

function responseOf(target: URL, { agent, signal, ca }: Connection): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = {
      accept: 'application/json, text/csv, text/plain;q=0.9, */*;q=0.5',
      'accept-encoding': 'gzip',
      'user-agent': 'database-endpoint',
    };
    request(target, { agent, signal, ca, headers, rejectUnauthorized: true, minVersion: 'TLSv1.2' }, resolve)
      .on('error', reject)
      .end();
  });
}

/** Where a response sends its reader; undefined where it is the list itself. */
function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  if (statusCode === 200) return undefined;
  if (![301, 302, 303, 307, 308].includes(statusCode)) throw statusFailure(statusCode);
  const { location } = headers;
  const to = location === undefined ? undefined : parse(location, from);
  if (to === undefined) throw refused('redirects to no valid address', NEW_ADDRESS);
  if (to.origin === from.origin && to.username === '' && to.password === '') return to;
  const reason = `redirects to ${serverText(`${to.protocol}//${to.host}`)}, which is not the host that was reviewed`;
  throw refused(reason, 'If the vendor has moved the list, write its new address in the allowlist file.');
}

function statusFailure(status: number): FeedFailure {
  const reason = `is answered with HTTP status ${status}`;
  if (status === 404 || status === 410) return new FeedFailure('unreachable', reason, NEW_ADDRESS);
  if (status === 401 || status === 403) {
    const remedy = 'Write the address of a list that is public: no credentials are sent.';
    return new FeedFailure('unreachable', reason, remedy);
  }
  return new FeedFailure('unreachable', reason, LATER);
}

const LATER = 'Run it again later.';

async function bodyOf(response: IncomingMessage, { mostBytes }: FetchLimits, signal: AbortSignal): Promise<Uint8Array> {
  const { headers } = response;
  const encoding = headers['content-encoding']?.trim().toLowerCase() || 'identity';
  const isWhole = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  let bytes: Readable = response;
  try {
    if (/html/i.test(headers['content-type'] ?? '')) throw refused(...HTML);
    if (encoding !== 'identity' && encoding !== 'gzip')
      throw refused(`is compressed as ${serverText(encoding, 40)}`, 'Ask the vendor for an address without it.');
    if (encoding === 'identity' && !isWhole)
      throw refused('has no length, so that a part of it could pass for all of it', LATER);
    if (Number(headers['content-length'] ?? 0) > mostBytes) throw tooLarge(mostBytes);
    // What is received is bounded as well: of what is compressed, no end may come out.
    if (encoding === 'gzip') bytes = response.pipe(createGunzip());
    const chunks: Uint8Array[] = [];
    let received = 0;
    let total = 0;
    const failed = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('too slow')));
      response.on('error', reject);
      response.on('aborted', () => reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
      response.on('data', (chunk: Uint8Array) => {
        received += chunk.length;
        if (received > mostBytes) reject(tooLarge(mostBytes));
      });
    });
    const read = async () => {
      for await (const chunk of bytes) {
        total += chunk.length;
        if (total > mostBytes) throw tooLarge(mostBytes);
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    };
    return await Promise.race([read(), failed]);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code.startsWith('Z_')) throw refused('is said to be compressed with gzip, and is not', LATER);
    throw error;
  } finally {
    response.destroy();
    bytes.destroy();
  }
}

/** What is answered to browsers. */
export const HTML: readonly [reason: string, remedy: string] = [
  'is an HTML page and not a list',
  'Write the address of the list itself, as a program fetches it: pages show a login, an error or a table.',
];

function tooLarge(mostBytes: number): FeedFailure {
  return refused(
    `is larger than ${mostBytes / 1024 / 1024} MiB`,
    'Write the address of the addresses of one service: no allowlist has room for a list of that size.',
  );
}

function tooSlow({ timeoutMs }: FetchLimits): FeedFailure {
  return new FeedFailure('unreachable', `is not complete after ${timeoutMs / 1000} seconds`, LATER);
}

function unreachable({ code = '', message }: NodeJS.ErrnoException): FeedFailure {
  if (CERTIFICATE.test(code)) {
    const remedy =
      'Find out who answers there. If it is a server of your own, name its CA with NODE_EXTRA_CA_CERTS; verification cannot be turned off.';
    return new FeedFailure('unreachable', `has a certificate that is not trusted (${serverText(code, 60)})`, remedy);
  }
  const reason = `cannot be fetched (${serverText(code || message, 100)})`;
  const remedy = 'Check the address and the way to it: proxies of the environment are not used.';
  return new FeedFailure('unreachable', reason, remedy);
}

const CERTIFICATE = /CERT|SIGNED|ERR_TLS_CERT|UNABLE_TO|HOSTNAME|CRL/;

function refused(reason: string, remedy: string): FeedFailure {
  return new FeedFailure('refused', reason, remedy);
}

function parse(location: string, from: URL): URL | undefined {
  try {
    return new URL(location, from);
  } catch {
    return undefined;
  }
}
