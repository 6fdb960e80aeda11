import { Resolver } from 'node:dns/promises';
import type { Answer } from './answer';

/** Asks for the addresses of a name. */
export type Lookup = (hostname: string, family: 4 | 6) => Promise<Answer>;

/** What is needed of Node's resolver. */
export type DnsResolver = Pick<Resolver, 'resolve4' | 'resolve6'>;

/** Two tries of 1 and 2 seconds: a lost packet costs a second, a dead server three. */
const TIMEOUT = { timeout: 1000, tries: 2 };

/** A resolver that asks these servers, or the system's where none is given. */
export function resolverOf(servers: readonly string[] = []): DnsResolver {
  const resolver = new Resolver(TIMEOUT);
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
}

/** Looks names up with a resolver. A bad answer is an answer too; only errors that are not DNS failures are thrown. */
export function lookupWith(resolver: DnsResolver): Lookup {
  return async (hostname, family) => {
    try {
      const records =
        family === 4
          ? await resolver.resolve4(hostname, { ttl: true })
          : await resolver.resolve6(hostname, { ttl: true });
      // In a chain of records, the shortest TTL says when the answer may change.
      const ttlSeconds = Math.min(...records.map(({ ttl }) => ttl));
      return { kind: 'addresses', addresses: records.map(({ address }) => address), ttlSeconds };
    } catch (error) {
      return answerOf(error);
    }
  };
}

/** @see https://nodejs.org/api/dns.html#error-codes */
const FAILURES: { readonly [code: string]: Answer } = {
  ENODATA: { kind: 'empty' },
  ENOTFOUND: { kind: 'failed', reason: 'NXDOMAIN' },
  ESERVFAIL: { kind: 'failed', reason: 'SERVFAIL' },
  EREFUSED: { kind: 'failed', reason: 'REFUSED' },
  ETIMEOUT: { kind: 'failed', reason: 'the DNS server does not answer in time' },
  ECONNREFUSED: { kind: 'failed', reason: 'the DNS server cannot be reached' },
  EFORMERR: { kind: 'failed', reason: 'FORMERR' },
  EBADRESP: { kind: 'failed', reason: 'the answer is malformed' },
};

function answerOf(error: unknown): Answer {
  const { code } = { code: '', ...(error as { code?: string }) };
  const answer = FAILURES[code];
  if (answer === undefined) throw error;
  return answer;
}
