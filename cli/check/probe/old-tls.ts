import { LONGEST_FLIGHT, type OldTlsAnswer, offerOldTls } from '../connection/old-tls';
import { type Endpoint, onConnection, onEnding } from './endpoint';

/** Offers TLS 1.0 and 1.1. There is no answer where the server has no TLS at all. */
export function lookAtOldTls({ target, protocol, serverName }: Endpoint): Promise<OldTlsAnswer | undefined> {
  return onConnection(target, async (connection) => {
    const start = await protocol.startTls(connection.wire());
    return start.ready ? offerOldTls(connection.wire(start.transport, LONGEST_FLIGHT), serverName) : undefined;
  }).catch(onEnding(({ message }): OldTlsAnswer => ({ verdict: 'unknown', evidence: message })));
}
