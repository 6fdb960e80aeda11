import { Connection, type Target } from '../connection/connection';
import { ConversationError } from '../connection/conversation-error';
import { openTls, type TlsSession } from '../connection/tls-session';
import type { Protocol } from '../protocol/protocol';
import type { Refusal } from '../protocol/refusal';

/** One address of an endpoint whose protocol is known. */
export interface Endpoint {
  readonly target: Target;
  readonly protocol: Protocol;
  readonly serverName: string;
  /** PEM of the only CAs to trust. */
  readonly authorities?: string;
}

/** Opens a connection for some work and closes it, whatever comes of it. */
export async function onConnection<Result>(
  target: Target,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await Connection.open(target);
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}

/** Opens TLS as a client of the engine does. Rejects with a `ConversationError` where the server has none. */
export async function openSession(endpoint: Endpoint, connection: Connection, lenient: boolean): Promise<TlsSession> {
  const { protocol, serverName, authorities } = endpoint;
  const start = await protocol.startTls(connection.wire());
  if (!start.ready) throw start.remedy === undefined ? new NoTlsError(start.reason) : new TurnedAwayError(start);
  const session = await openTls(connection, start.transport, {
    serverName,
    authorities,
    lenient,
    maxVersion: protocol.maxTlsVersion,
  });
  start.onSecure?.();
  return session;
}

/** A server that speaks its protocol and says that it has no TLS. */
export class NoTlsError extends ConversationError {
  public constructor(reason: string) {
    super('closed', reason);
  }
}

/** A server that turns everybody away before TLS starts. */
export class TurnedAwayError extends ConversationError {
  public readonly remedy: string;

  public constructor({ reason, remedy }: Refusal) {
    super('closed', reason);
    this.remedy = remedy;
  }
}

/** Turns the ways in which servers end a conversation into an answer; everything else is a bug and goes on. */
export function onEnding<Answer>(answer: (error: ConversationError) => Answer): (error: unknown) => Answer {
  return (error) => {
    if (error instanceof ConversationError) return answer(error);
    throw error;
  };
}
