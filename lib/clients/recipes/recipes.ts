import { TlsHandshake } from '../../engine/tls-handshake';
import { familyOf } from '../families';
import type { ClientConnection } from './client-connection';
import type { ClientRecipe } from './client-recipe';
import { openssl, throughStunnel } from './tls-wrapper';

/**
 * How the clients of an engine connect to an endpoint, best first.
 *
 * @internal
 */
export function clientRecipes(connection: ClientConnection): readonly ClientRecipe[] {
  const { engine, tls } = connection;
  if (tls === 'terminate' && engine.handshake !== TlsHandshake.IMMEDIATE) return [throughStunnel(connection)];
  const family = familyOf(engine);
  if (family) return family.recipes(connection);
  return engine.handshake === TlsHandshake.IMMEDIATE ? [openssl(connection), throughStunnel(connection)] : [];
}
