import type { Connection, Target } from '../connection/connection';
import { value } from '../connection/parsed';
import type { WayIn } from '../observation';
import type { Protocol } from '../protocol/protocol';
import { onConnection, onEnding } from './endpoint';

/** Knocks at one address as a client of the engine does, and waits for the first byte. */
export function lookForWayIn(target: Target, protocol: Protocol | undefined, serverName: string): Promise<WayIn> {
  let hasConnected = false;
  return onConnection(target, async (connection) => {
    hasConnected = true;
    return firstByte(connection, protocol?.opening?.(serverName));
  }).catch(
    onEnding(({ ending, message }): WayIn => {
      const { address } = target;
      // "Unreachable" is said by a router, often this machine itself, and never by a security group.
      if (ending === 'no-route' || ending === 'unreachable') return { address, verdict: 'unknown', evidence: message };
      if (!hasConnected) return { address, verdict: 'blocked', evidence: message };
      // Only something that let us in can keep a connection open and say nothing.
      if (ending === 'timed-out')
        return { address, verdict: 'open', evidence: 'takes the connection and says nothing' };
      return { address, verdict: 'blocked', evidence: `${message} before it says anything` };
    }),
  );

  async function firstByte(connection: Connection, opening: Buffer | undefined): Promise<WayIn> {
    const wire = connection.wire();
    if (opening) wire.send(opening);
    await wire.read((bytes) => (bytes.length > 0 ? value(true, bytes.length) : { kind: 'incomplete' }));
    return { address: target.address, verdict: 'open', evidence: 'takes the connection and answers' };
  }
}
