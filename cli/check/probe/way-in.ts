import { isIPv6 } from 'node:net';
import type { Connection, Target } from '../connection/connection';
import type { Ending } from '../connection/conversation-error';
import { value } from '../connection/parsed';
import type { WayIn } from '../observation';
import type { Protocol } from '../protocol/protocol';
import { onConnection, onEnding } from './endpoint';

/**
 * Knocks at one address as a client of the engine does, and waits for the first byte. A security group drops packets:
 * it never answers, and so never refuses, resets or ends a connection.
 */
export function lookForWayIn(target: Target, protocol: Protocol | undefined, serverName: string): Promise<WayIn> {
  const { address } = target;
  let hasConnected = false;
  return onConnection(target, async (connection) => {
    hasConnected = true;
    return firstByte(connection, protocol?.opening?.(serverName));
  }).catch(
    onEnding(({ ending, message }): WayIn => {
      if (!hasConnected) return { address, verdict: notConnected(ending, address), evidence: message };
      // Whoever dropped us would not have taken the connection.
      const evidence = ending === 'timed-out' ? 'sends nothing' : `${message} before sending anything`;
      return { address, verdict: 'open', evidence: `accepts the connection and ${evidence}` };
    }),
  );

  async function firstByte(connection: Connection, opening: Buffer | undefined): Promise<WayIn> {
    const wire = connection.wire();
    if (opening) wire.send(opening);
    await wire.read((bytes) => (bytes.length > 0 ? value(true, bytes.length) : { kind: 'incomplete' }));
    return { address, verdict: 'open', evidence: 'accepts the connection and answers' };
  }
}

function notConnected(ending: Ending, address: string): WayIn['verdict'] {
  if (ending === 'timed-out') return 'blocked';
  // Machines without IPv6 say "no route" or "unreachable" of every IPv6 address.
  return ending === 'no-route' || (ending === 'unreachable' && isIPv6(address)) ? 'not-tried' : 'unknown';
}
