import type { NameRules, UserDialect } from './user-dialect';

const NAMES: NameRules = { parts: 'none', longest: 120, unit: 'bytes', longestUser: 64 };

/**
 * @see https://www.mongodb.com/docs/manual/reference/method/db.createRole/
 * @see https://www.mongodb.com/docs/manual/reference/method/passwordPrompt/
 */
const mongoLike = (authority: 'database' | 'admin', tls: string): UserDialect => ({
  names: NAMES,
  example: 'COLLECTION',
  write: ({ user, database, canRead }) => {
    const role = `${user}_reads`;
    // Where the login is kept is where clients must log in.
    const db = `db.getSiblingDB(${JSON.stringify(authority === 'admin' ? 'admin' : database)})`;
    const privileges = canRead.map(([collection]) => ({ resource: { db: database, collection }, actions: ['find'] }));
    const [name, roleName] = [JSON.stringify(user), JSON.stringify(role)];
    return {
      where: 'Run them in mongosh, as an administrator.',
      statements: [
        `${db}.createRole({ "role": ${roleName}, "privileges": ${JSON.stringify(privileges)}, "roles": [] })`,
        `${db}.createUser({ "user": ${name}, "pwd": passwordPrompt(), "roles": [${roleName}] })`,
      ],
      hardening: [],
      removal: [`${db}.dropUser(${name})`, `${db}.dropRole(${roleName})`],
      requiresTls: false,
      notes: [tls],
    };
  },
});

/** @internal */
export const mongodb = mongoLike(
  'database',
  'net.tls.mode: requireTLS in mongod.conf keeps all logins from connecting without TLS.',
);

/**
 * DocumentDB keeps all logins in one place.
 *
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/role_based_access_control.html
 * @internal
 */
export const documentdb = mongoLike(
  'admin',
  'The cluster parameter tls = enabled, which is the default, keeps all logins from connecting without TLS.',
);
