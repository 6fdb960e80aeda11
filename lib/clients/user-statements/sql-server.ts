import { bracketed } from '../quoting/identifiers';
import type { UserDialect } from './user-dialect';

/**
 * sqlcmd puts the value of an environment variable in place of `$(NAME)`, so that no password stands in a file or a
 * history.
 *
 * @see https://learn.microsoft.com/sql/t-sql/statements/create-login-transact-sql
 * @see https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-use-scripting-variables
 * @internal
 */
export const sqlServer: UserDialect = {
  names: {
    parts: 'schema',
    defaultSchema: 'dbo',
    longest: 128,
    unit: 'characters',
    longestUser: 128,
    refuses: { pattern: /\$\(/, because: 'sqlcmd would put a variable in place of "$(...)"' },
  },
  example: 'TABLE',
  write: ({ user, database, canRead }) => {
    const [login, db] = [bracketed(user), bracketed(database)];
    return {
      where: 'Run them with sqlcmd, as an administrator.',
      statements: [
        'USE [master];',
        `CREATE LOGIN ${login} WITH PASSWORD = N'$(LOGIN_PASSWORD)', CHECK_POLICY = ON, DEFAULT_DATABASE = ${db};`,
        `DENY VIEW ANY DATABASE TO ${login};`,
        `USE ${db};`,
        `CREATE USER ${login} FOR LOGIN ${login};`,
        ...canRead.map((parts) => `GRANT SELECT ON OBJECT::${parts.map(bracketed).join('.')} TO ${login};`),
        'GO',
      ],
      hardening: [],
      removal: [`USE ${db};`, `DROP USER ${login};`, 'USE [master];', `DROP LOGIN ${login};`, 'GO'],
      requiresTls: false,
      notes: [
        'sqlcmd takes the password from the environment: `read -rs LOGIN_PASSWORD; export LOGIN_PASSWORD`, in the shell that starts it.',
        '"Force Encryption" in the configuration of the server, or rds.force_ssl = 1 on RDS, keeps all logins from connecting without TLS.',
      ],
    };
  },
};
