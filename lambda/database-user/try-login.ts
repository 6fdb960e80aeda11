import type { DeclaredUser } from '../../lib/users/contract';
import type { Login } from './secret-value';
import type { Surroundings } from './surroundings';
import type { Connection } from './user-server';

/** How the program itself reaches the server as a login: at the database's own name, which its certificate carries. */
export function connectionAs(
  { host, port, database, certificateAuthorities }: DeclaredUser,
  { username, password }: Login,
): Connection {
  return { host, port, database, certificateAuthorities, user: username, password };
}

/** Whether the server lets the login in, or why that cannot be told. */
export async function tryLogin(
  login: Login,
  surroundings: Surroundings,
): Promise<'let in' | 'denied' | { readonly unknown: string }> {
  try {
    return (await surroundings.login(connectionAs(surroundings.user, login))) ? 'let in' : 'denied';
  } catch (error) {
    return { unknown: surroundings.secrecy.errorOf(error, login.username).message };
  }
}
