import { doubleQuoted as quoted } from '../quoting/identifiers';
import { codeSpan } from '../quoting/markdown';
import type { Login, UserDialect } from './user-dialect';

/**
 * @see https://www.postgresql.org/docs/current/sql-createrole.html
 * @see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
 * @internal
 */
export const postgresql: UserDialect = {
  names: {
    parts: 'schema',
    defaultSchema: 'public',
    longest: 63,
    unit: 'bytes',
    longestUser: 63,
    refuses: { pattern: /^\//, because: 'pg_hba.conf takes a name that begins with a slash for a regular expression' },
  },
  example: 'TABLE',
  write: (login) => {
    const { user, database, connectionLimit } = login;
    const [role, db] = [quoted(user), quoted(database)];
    return {
      where: `Run them in psql, connected to ${codeSpan(database)} as an administrator.`,
      statements: [
        `CREATE ROLE ${role} LOGIN CONNECTION LIMIT ${connectionLimit};`,
        // Asks for the password and sends its hash alone.
        `\\password ${role}`,
        `ALTER ROLE ${role} SET default_transaction_read_only = on;`,
        `GRANT CONNECT ON DATABASE ${db} TO ${role};`,
        ...grants(login),
      ],
      hardening: [
        // Until PostgreSQL 14, everybody may create tables there.
        'REVOKE CREATE ON SCHEMA public FROM PUBLIC;',
        `REVOKE TEMPORARY ON DATABASE ${db} FROM PUBLIC;`,
      ],
      removal: [...revocations(login), `REVOKE ALL ON DATABASE ${db} FROM ${role};`, `DROP ROLE ${role};`],
      configuration: {
        file: 'pg_hba.conf',
        lines: [
          `hostssl ${db} ${role} all scram-sha-256`,
          // The first line that fits decides: no TLS, no other database.
          `host all ${role} all reject`,
        ],
      },
      requiresTls: false,
      notes: [
        'Where the server is one of RDS, rds.force_ssl = 1 takes the place of pg_hba.conf.',
        'The server reads pg_hba.conf again after `SELECT pg_reload_conf();`.',
        'Functions may be called by everybody unless that was taken back: look at those with SECURITY DEFINER.',
      ],
    };
  },
};

/**
 * Redshift knows no \password: the login has none, and gets temporary ones from IAM.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html
 * @internal
 */
export const redshift: UserDialect = {
  names: { parts: 'schema', defaultSchema: 'public', longest: 127, unit: 'bytes', longestUser: 127 },
  example: 'TABLE',
  write: (login) => {
    const { user, database, connectionLimit } = login;
    const [role, db] = [quoted(user), quoted(database)];
    return {
      where: `Run them in psql, connected to ${codeSpan(database)} as an administrator.`,
      statements: [`CREATE USER ${role} PASSWORD DISABLE CONNECTION LIMIT ${connectionLimit};`, ...grants(login)],
      hardening: ['REVOKE CREATE ON SCHEMA public FROM PUBLIC;', `REVOKE TEMPORARY ON DATABASE ${db} FROM PUBLIC;`],
      removal: [...revocations(login), `DROP USER ${role};`],
      requiresTls: false,
      notes: [
        'The login has no password. Clients get temporary ones from IAM (`aws redshift get-cluster-credentials`).',
        `Where a client cannot do that: ALTER USER ${role} PASSWORD 'sha256|DIGEST|SALT', with the digest of password and salt.`,
        'The parameter require_ssl = true of the cluster keeps all logins from connecting without TLS.',
      ],
    };
  },
};

function grants(login: Login): readonly string[] {
  const role = quoted(login.user);
  return [
    ...schemas(login).map((schema) => `GRANT USAGE ON SCHEMA ${schema} TO ${role};`),
    ...tables(login).map((table) => `GRANT SELECT ON TABLE ${table} TO ${role};`),
  ];
}

function revocations(login: Login): readonly string[] {
  const role = quoted(login.user);
  return [
    ...tables(login).map((table) => `REVOKE ALL ON TABLE ${table} FROM ${role};`),
    ...schemas(login).map((schema) => `REVOKE ALL ON SCHEMA ${schema} FROM ${role};`),
  ];
}

function schemas({ canRead }: Login): readonly string[] {
  return [...new Set(canRead.map(([schema]) => quoted(schema)))];
}

function tables({ canRead }: Login): readonly string[] {
  return canRead.map((parts) => parts.map(quoted).join('.'));
}
