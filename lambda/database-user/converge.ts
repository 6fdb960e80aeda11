import { asAdmin } from './as-admin';
import { readLogin, writeSecret } from './secret-value';
import { currentVersion, versionOf } from './secret-version';
import type { Surroundings } from './surroundings';
import { tryLogin } from './try-login';
import type { Converged, UserServer } from './user-server';

/** Makes everything as it is declared, with a first password where there is none yet. */
export async function converge(surroundings: Surroundings): Promise<Converged> {
  return asAdmin(surroundings, async (server) => {
    const { changes, publicPrivileges } = await server.converge(surroundings.user);
    const { secretArn } = surroundings.user;
    const own = secretArn === undefined ? [] : await convergeSecret(secretArn, server, surroundings);
    return { changes: [...changes, ...own], publicPrivileges };
  });
}

async function convergeSecret(arn: string, server: UserServer, surroundings: Surroundings): Promise<readonly string[]> {
  const made = await makeFirst(arn, server, surroundings);
  const repaired = await repair(arn, server, surroundings);
  const described = await describeAnew(arn, surroundings);
  return [...made, ...repaired, ...described];
}

/** Tokens become IDs of versions: with the same for all, of two that make a first version only one does. */
const FIRST_TOKEN = 'database-user-first-password-0000001';
const CURRENT_TOKEN = 'database-user-first-current-00000001';

/**
 * The password is kept in the secret before it is set, under a stage of its own: whoever comes after a crash, or at the
 * same time, goes on with the same one, and clients are told only of a password that works.
 */
async function makeFirst(arn: string, server: UserServer, surroundings: Surroundings): Promise<readonly string[]> {
  const { user, secrets, secrecy, generatePassword } = surroundings;
  if ((await secrets.get(arn, { stage: 'AWSCURRENT' })) !== undefined) return [];
  const password = secrecy.keep(generatePassword());
  await secrets.put(arn, {
    token: FIRST_TOKEN,
    text: writeSecret(user, { username: user.userName, password }),
    stages: ['FIRST'],
  });
  const first = await versionOf(arn, { versionId: FIRST_TOKEN }, surroundings);
  if (first === undefined) throw new Error('the first version of the secret was taken away while it was made');
  const login = readLogin(first.text);
  await server.setPassword(user, login.username, login.password, { keepOld: false });
  await secrets.put(arn, { token: CURRENT_TOKEN, text: first.text, stages: ['AWSCURRENT'] });
  return ['first password set, first version of the secret made'];
}

/** How often a rotation may come in between. */
const TRIES = 3;

const REPAIRED = 'password set again as the secret says: it did not work';

/** What the secret says must work, also after somebody dropped the login or gave it another password. */
async function repair(arn: string, server: UserServer, surroundings: Surroundings): Promise<readonly string[]> {
  const { user, now } = surroundings;
  // Nothing lets in a login that has ended.
  if (user.validUntil !== undefined && Date.parse(user.validUntil) <= now()) return [];
  for (let tries = 0; tries <= TRIES; tries += 1) {
    const login = readLogin((await currentVersion(arn, surroundings)).text);
    const answer = await tryLogin(login, surroundings);
    if (answer === 'let in') return tries === 0 ? [] : [REPAIRED];
    // The connections of the login may be used up, which is no reason to fail what was asked for.
    if (answer !== 'denied') return [`whether the current password works is not known: ${answer.unknown}`];
    const keepOld = (await server.rotation()) === 'dual-password';
    await server.setPassword(user, login.username, login.password, { keepOld });
  }
  throw new Error('the server denies the current password, again and again after it was set');
}

/** A change of the endpoint changes what the secret says of it, and not the password. */
async function describeAnew(arn: string, surroundings: Surroundings): Promise<readonly string[]> {
  const { user, secrets, newToken } = surroundings;
  const current = await currentVersion(arn, surroundings);
  const text = writeSecret(user, readLogin(current.text));
  if (text === current.text) return [];
  const token = newToken();
  await secrets.put(arn, { token, text, stages: ['ANEW'] });
  // Fails where a rotation was faster: its password must not be replaced by the one before.
  await secrets.moveStage(arn, { stage: 'AWSCURRENT', from: current.versionId, to: token });
  return ['new version of the secret: how clients reach the database has changed'];
}
