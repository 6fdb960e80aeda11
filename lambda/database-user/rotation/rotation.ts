import { type Login, readLogin } from '../secret-value';
import { currentVersion, versionOf } from '../secret-version';
import type { Surroundings } from '../surroundings';

/** A rotation in progress. */
export interface Rotation {
  readonly secretArn: string;
  /** The ID of the version that is to become the current one. */
  readonly token: string;
  readonly surroundings: Surroundings;
}

/** The login that clients use now. */
export async function currentLogin({ secretArn, surroundings }: Rotation): Promise<Login> {
  return readLogin((await currentVersion(secretArn, surroundings)).text);
}

/** The login that clients will use. */
export async function pendingLogin(rotation: Rotation): Promise<Login> {
  const login = await pendingLoginIfMade(rotation);
  if (login === undefined) throw new Error('the pending version of the secret has no value: createSecret comes first');
  return login;
}

/** The same; undefined before `createSecret`. */
export async function pendingLoginIfMade({ secretArn, token, surroundings }: Rotation): Promise<Login | undefined> {
  const found = await versionOf(secretArn, { versionId: token }, surroundings);
  return found && readLogin(found.text);
}
