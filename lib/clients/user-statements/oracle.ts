import type { UserDialect } from './user-dialect';

/**
 * READ, unlike SELECT, does not let a login lock rows.
 *
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/GRANT.html
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/sqpug/ACCEPT.html
 * @internal
 */
export const oracle: UserDialect = {
  names: {
    parts: 'schema-required',
    longest: 128,
    unit: 'bytes',
    longestUser: 128,
    refuses: {
      pattern: /["&]/,
      because: 'no identifier of Oracle holds a double quote, and SQL*Plus would put a variable in place of "&..."',
    },
  },
  example: 'SCHEMA.TABLE',
  write: ({ user, canRead }) => {
    const login = `"${user}"`;
    return {
      where: 'Run them in SQL*Plus, as an administrator.',
      statements: [
        'SET VERIFY OFF',
        "ACCEPT login_password CHAR PROMPT 'New password of the login: ' HIDE",
        `CREATE USER ${login} IDENTIFIED BY "&login_password";`,
        'UNDEFINE login_password',
        `GRANT CREATE SESSION TO ${login};`,
        ...canRead.map((parts) => `GRANT READ ON ${parts.map((part) => `"${part}"`).join('.')} TO ${login};`),
      ],
      hardening: [],
      removal: [`DROP USER ${login};`],
      requiresTls: false,
      notes: [
        'Names are taken as they are written; those that Oracle made from unquoted ones are in capitals, such as SALES.ORDERS.',
        'Clients that reach the TCPS port alone cannot connect without TLS.',
      ],
    };
  },
};
