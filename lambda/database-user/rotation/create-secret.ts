import { secondLoginOf } from '../../../lib/users/contract';
import { asAdmin } from '../as-admin';
import { writeSecret } from '../secret-value';
import { versionOf } from '../secret-version';
import { currentLogin, type Rotation } from './rotation';

/** Makes the pending version, with a new password; once for each token, so that a repeated step goes on with it. */
export async function createSecret(rotation: Rotation): Promise<void> {
  const { secretArn, token, surroundings } = rotation;
  const { user, secrets, secrecy, generatePassword } = surroundings;
  const { username } = await currentLogin(rotation);
  if ((await versionOf(secretArn, { versionId: token }, surroundings)) !== undefined) return;
  const method = await asAdmin(surroundings, (server) => server.rotation());
  const next = method === 'dual-password' ? username : otherLogin(user.userName, username);
  const text = writeSecret(user, { username: next, password: secrecy.keep(generatePassword()) });
  // Where another run of this step was faster, its password is as good.
  await secrets.put(secretArn, { token, text, stages: ['AWSPENDING'] });
}

function otherLogin(userName: string, current: string): string {
  return current === userName ? secondLoginOf(userName) : userName;
}
