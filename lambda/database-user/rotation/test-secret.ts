import type { Login } from '../secret-value';
import { connectionAs } from '../try-login';
import { currentLogin, pendingLogin, pendingLoginIfMade, type Rotation } from './rotation';

/**
 * Logs in as clients will, with the certificate verified.
 *
 * Secrets Manager also invokes this step by itself, when a rotation is set up that is not to begin at once, with a pending
 * version that it takes away afterwards; whether that has a value, it does not say. Without one, the way is tested with
 * the current password.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 */
export async function testSecret(rotation: Rotation): Promise<void> {
  const pending = await pendingLoginIfMade(rotation);
  if (pending === undefined) await logIn(rotation, 'current', await currentLogin(rotation));
  else await logIn(rotation, 'pending', pending);
}

/** The same, and nothing else will do than the pending version. */
export async function testPending(rotation: Rotation): Promise<void> {
  await logIn(rotation, 'pending', await pendingLogin(rotation));
}

async function logIn({ surroundings }: Rotation, which: string, login: Login): Promise<void> {
  const isLetIn = await surroundings.login(connectionAs(surroundings.user, login));
  if (!isLetIn) throw new Error(`the server denies the ${which} password`);
}
