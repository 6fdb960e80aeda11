import type { DatabaseEngine } from '../../engine/database-engine';
import { TlsHandshake } from '../../engine/tls-handshake';
import type { TlsMode } from '../../engine/tls-mode';
import { familyOf } from '../families';
import type { ClientRecipe } from '../recipes/client-recipe';
import { type ClientKeepalive, type KeepaliveInput, keepaliveSeconds, kernelSetting } from './client-keepalive';

/**
 * How the clients of an engine keep their connections; the last entry is for those that leave it to the operating
 * system.
 *
 * @param idleTimeoutSeconds of the listener; may be unknown until apply.
 * @internal
 */
export function clientKeepalives(
  engine: DatabaseEngine,
  tls: TlsMode,
  idleTimeoutSeconds: number | undefined,
  clients: readonly ClientRecipe[],
): readonly ClientKeepalive[] {
  const input: KeepaliveInput = { seconds: keepaliveSeconds(idleTimeoutSeconds) };
  // Behind a wrapper the client speaks to its own machine, and only the wrapper to the listener.
  const isWrapped = tls === 'terminate' && engine.handshake !== TlsHandshake.IMMEDIATE;
  return [
    ...(clients.some(({ client }) => client === 'stunnel') ? [stunnel(input)] : []),
    ...(isWrapped ? [] : (familyOf(engine)?.keepalives(input) ?? [])),
    {
      client: 'Linux, for clients that leave it to the operating system',
      setting: kernelSetting(input),
      afterSeconds: input.seconds,
      note: 'It applies to all connections on the machine whose programs enable TCP keepalive; put it into /etc/sysctl.d to keep it.',
    },
  ];
}

function stunnel({ seconds }: KeepaliveInput): ClientKeepalive {
  return { client: 'stunnel', afterSeconds: seconds, note: 'Its configuration in this guide sets it.' };
}
