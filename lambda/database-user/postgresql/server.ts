import type { DeclaredUser } from '../../../lib/users/contract';
import type { Connection, UserServer } from '../user-server';
import { converge, preparePassword } from './converge';
import { describe } from './describe';
import { identifier, literal } from './quoting';
import { remove } from './remove';
import { namesOf } from './roles';
import { scramVerifier } from './scram';
import { type Open, openWith, type Session, transaction } from './session';

/** Connects to a PostgreSQL server, 12 or later, as its admin. */
export async function connect(connection: Connection): Promise<UserServer> {
  return serverOf(openWith(connection), connection.database);
}

/** The server behind sessions. */
export async function serverOf(open: Open, database: string): Promise<UserServer> {
  const session = await open(database);
  return {
    converge: (user) => {
      checkNames(user);
      return within(open, database, session, user, (own) => converge(own, open, user));
    },
    rotation: async () => 'two-logins',
    setPassword: async (user, login, password, { keepOld }) => {
      checkNames(user);
      if (keepOld) throw new Error('PostgreSQL keeps one password for a login: rotation takes two logins');
      if (user.auth === 'iam') throw new Error(`'${user.userName}' logs in by IAM and has no password`);
      if (!namesOf(user.userName).slice(1).includes(login))
        throw new Error(`'${login}' is not a login of ${user.name}`);
      const verifier = scramVerifier(password);
      await transaction(session, async () => {
        await preparePassword(session, user, login);
        await session.query(`ALTER ROLE ${identifier(login)} PASSWORD ${literal(verifier)}`);
      });
    },
    discardOldPassword: async () => {
      throw new Error('PostgreSQL keeps one password for a login: there is no old one to discard');
    },
    remove: (user) => {
      checkNames(user);
      return remove(session, open, user);
    },
    describe: (user) => within(open, database, session, user, (own) => describe(own, user)),
    close: () => session.close(),
  };
}

/** The declared database may be another than the one connected to. */
async function within<T>(
  open: Open,
  database: string,
  session: Session,
  user: DeclaredUser,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  if (user.database === database) return work(session);
  const own = await open(user.database);
  try {
    return await work(own);
  } finally {
    await own.close();
  }
}

/** The derived names are the longest: better refused before anything is done. */
function checkNames(user: DeclaredUser): void {
  for (const name of [...namesOf(user.userName), user.database]) identifier(name);
}
