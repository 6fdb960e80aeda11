import { Connection } from '../connection/connection';
import type { PlaintextAnswer } from '../protocol/protocol';
import { type Endpoint, onEnding, openSession } from './endpoint';

/** Comes as a client without TLS, as far as that goes without a password. */
export async function lookAtPlaintext(endpoint: Endpoint): Promise<PlaintextAnswer> {
  const { protocol, target } = endpoint;
  const opened: Connection[] = [];
  const open = async () => {
    const connection = await Connection.open(target);
    opened.push(connection);
    return connection;
  };
  try {
    return await protocol.tryPlaintext({
      plain: async () => (await open()).wire(),
      // Only an answer is wanted, from whatever TLS the server speaks.
      encrypted: async () => {
        const connection = await open();
        return connection.wire((await openSession(endpoint, connection, true)).socket);
      },
    });
  } catch (error) {
    return onEnding<PlaintextAnswer>(({ ending, message }) => {
      const hasHungUp = ending === 'closed' || ending === 'reset';
      const verdict = hasHungUp ? (protocol.hangUpMeans ?? 'refused') : 'unknown';
      return { verdict, evidence: `${message} when a client connects without TLS` };
    })(error);
  } finally {
    for (const connection of opened) connection.close();
  }
}
