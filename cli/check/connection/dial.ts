import { lookup } from 'node:dns/promises';
import type { AddressSeen } from '../observation';
import { Connection, type Target } from './connection';
import { ConversationError } from './conversation-error';

/** Finds the addresses of a name. Rejects where there are none. */
export type Resolver = (host: string) => Promise<readonly string[]>;

export const systemResolver: Resolver = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
};

/** More addresses than this are no load balancer's. */
const MOST_ADDRESSES = 16;

/** What a name leads to. */
export interface Addresses {
  readonly addresses: readonly string[];
  readonly nameError?: string;
}

/** Asks the resolver, but not forever: the operating system's own timeout may be minutes. */
export async function findAddresses(host: string, resolve: Resolver, timeoutMs: number): Promise<Addresses> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('ETIMEDOUT')), timeoutMs);
  });
  try {
    return { addresses: (await Promise.race([resolve(host), tooLate])).slice(0, MOST_ADDRESSES) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { addresses: [], nameError: code ?? message };
  } finally {
    clearTimeout(timer);
  }
}

/** Connects to one address and hangs up. */
export async function dial(target: Target): Promise<AddressSeen> {
  const { address } = target;
  try {
    const connection = await Connection.open(target);
    connection.close();
    return { address, connectMs: connection.connectMs };
  } catch (error) {
    if (!(error instanceof ConversationError)) throw error;
    return { address, failure: error };
  }
}
