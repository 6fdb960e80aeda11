import type { DeclaredUser } from '../../lib/users/contract';
import type { Secrecy } from './secrecy';
import type { Secrets } from './secrets';
import type { Connection } from './user-server';

/**
 * How to reach the server as its admin. The secret is read at each use: those that RDS manages rotate every seven days.
 */
export async function adminConnection(user: DeclaredUser, secrets: Secrets, secrecy: Secrecy): Promise<Connection> {
  const found = await secrets.get(user.adminSecretArn, { stage: 'AWSCURRENT' });
  if (found === undefined) throw new Error(`the admin's secret ${user.adminSecretArn} has no current version`);
  const { username, password } = credentialsOf(found.text, secrecy);
  if (!username || !password) {
    // Nothing of its content: what is no JSON may be the password itself.
    throw new Error(`the admin's secret ${user.adminSecretArn} is not JSON with the texts username and password`);
  }
  const { host, port, database, certificateAuthorities } = user;
  return { host, port, database, certificateAuthorities, user: username, password };
}

function credentialsOf(text: string, secrecy: Secrecy): { readonly username?: string; readonly password?: string } {
  try {
    const { username, password } = JSON.parse(text);
    if (typeof username === 'string' && typeof password === 'string') {
      return { username, password: secrecy.keep(password) };
    }
  } catch {
    // The parser's message repeats what it read.
  }
  secrecy.keep(text);
  return {};
}
