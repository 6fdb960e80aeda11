import type { Target } from '../connection/connection';
import { type HoldOutcome, holdIdle } from '../connection/hold';
import { parseSshBanner, SSH_IDENTIFICATION } from '../protocol/ssh-banner';
import { type Endpoint, onConnection, onEnding, openSession } from './endpoint';

/** Holds a TLS connection without traffic. */
export function lookAtIdle(endpoint: Endpoint, lenient: boolean, seconds: number): Promise<HoldOutcome> {
  return onConnection(endpoint.target, async (connection) => {
    const { socket } = await openSession(endpoint, connection, lenient);
    return holdIdle(connection, socket, seconds, endpoint.target.timeoutMs);
  }).catch(notHeld);
}

/** Holds an SSH connection without traffic. */
export function lookAtIdleSsh(target: Target, seconds: number): Promise<HoldOutcome> {
  return onConnection(target, async (connection) => {
    const wire = connection.wire();
    await wire.read(parseSshBanner);
    wire.send(SSH_IDENTIFICATION);
    return holdIdle(connection, connection.socket, seconds, target.timeoutMs);
  }).catch(notHeld);
}

const notHeld = onEnding(({ message }): HoldOutcome => ({ verdict: 'not-held', seconds: 0, evidence: message }));
