import type { UserStatementsOptions } from '../../../lib/clients/user-statements/user-statements';
import { userStatements } from '../../../lib/clients/user-statements/write-statements';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { TlsHandshake } from '../../../lib/engine/tls-handshake';
import type { Problem } from '../../../lib/rules/endpoint-error';
import type { Member } from '../../engine/engine-facts';
import { expression } from '../../support/expression';
import { OPTIONS } from './statements-by-engine';
import { engineOf } from './written-statements';

function refused(member: Member, different: object): readonly Problem[] {
  const login = userStatements(engineOf(member), { ...OPTIONS, ...different } as UserStatementsOptions);
  return 'statements' in login ? [] : login;
}

describe('is refused:', () => {
  const long = 'x'.repeat(300);

  test.each<[rule: string, Member, different: object, property: string, message: RegExp]>([
    ['UsersNotSupported', 'MEMCACHED', {}, 'userStatements', /Memcached/],
    ['UsersNotSupported', 'NEPTUNE', {}, 'userStatements', /no support/],
    ['UsersNotSupported', 'SFTP', {}, 'userStatements', /no support/],
    ['UserValueUnknown', 'POSTGRESQL', { user: '${TfToken[TOKEN.1]}' }, 'userStatements.user', /quoted safely/],
    [
      'UserValueUnknown',
      'POSTGRESQL',
      { database: expression('var.x') },
      'userStatements.database',
      /known after apply/,
    ],
    [
      'UserValueUnknown',
      'MYSQL',
      { canRead: ['a', expression('var.x')] },
      'userStatements.canRead[1]',
      /known after apply/,
    ],
    ['UserValueUnknown', 'MYSQL', { canRead: ['#{TfToken[TOKEN.1]}'] }, 'userStatements.canRead', /known after apply/],
    [
      'UserValueUnknown',
      'MYSQL',
      { connectionLimit: -1.8881545897087503e289 },
      'userStatements.connectionLimit',
      /known after apply/,
    ],
    ['UserNameInvalid', 'MYSQL', { user: "o'brien" }, 'userStatements.user', /32 characters/],
    ['UserNameInvalid', 'MYSQL', { user: 'x'.repeat(33) }, 'userStatements.user', /32 characters/],
    ['UserNameInvalid', 'POSTGRESQL', { user: '' }, 'userStatements.user', /not a valid name/],
    ['UserNameInvalid', 'POSTGRESQL', { user: '/looker' }, 'userStatements.user', /not a valid name/],
    ['UserNameReserved', 'REDIS', { user: 'default' }, 'userStatements.user', /servers reserve/],
    ['UserNameReserved', 'POSTGRESQL', { user: 'pg_monitor' }, 'userStatements.user', /after the integration/],
    ['UserNameReserved', 'COCKROACHDB', { user: 'node' }, 'userStatements.user', /servers reserve/],
    ['UserNameReserved', 'COCKROACHDB', { user: 'crdb_internal_x' }, 'userStatements.user', /servers reserve/],
    ['UserNameReserved', 'ELASTICSEARCH', { user: 'elastic' }, 'userStatements.user', /servers reserve/],
    ['UserNameReserved', 'OPENSEARCH', { user: 'Admin' }, 'userStatements.user', /servers reserve/],
    ['UserReadMissing', 'POSTGRESQL', { canRead: [] }, 'userStatements.canRead', /empty/],
    ['UserReadMissing', 'POSTGRESQL', { canRead: undefined }, 'userStatements.canRead', /empty/],
    [
      'UserStatementNameInvalid',
      'POSTGRESQL',
      { canRead: ['a.b.c'] },
      'userStatements.canRead[0]',
      /"table" or "schema.table"/,
    ],
    ['UserStatementNameInvalid', 'MYSQL', { canRead: ['a..b'] }, 'userStatements.canRead[0]', /"database.table"/],
    [
      'UserStatementNameInvalid',
      'ORACLE',
      { canRead: ['ORDERS'] },
      'userStatements.canRead[0]',
      /Write "schema.table"/,
    ],
    ['UserStatementNameInvalid', 'POSTGRESQL', { canRead: ['"a'] }, 'userStatements.canRead[0]', /double quotes/],
    ['UserStatementNameInvalid', 'POSTGRESQL', { canRead: [''] }, 'userStatements.canRead[0]', /not a valid name/],
    ['UserStatementNameInvalid', 'POSTGRESQL', { canRead: [long] }, 'userStatements.canRead[0]', /1 to 63 bytes/],
    [
      'UserStatementNameInvalid',
      'POSTGRESQL',
      { canRead: ['ü'.repeat(32)] },
      'userStatements.canRead[0]',
      /1 to 63 bytes/,
    ],
    [
      'UserStatementNameInvalid',
      'POSTGRESQL',
      { canRead: ['a\nb'] },
      'userStatements.canRead[0]',
      /control characters/,
    ],
    [
      'UserStatementNameInvalid',
      'POSTGRESQL',
      { canRead: ['a\u202eb'] },
      'userStatements.canRead[0]',
      /control characters/,
    ],
    ['UserStatementNameInvalid', 'POSTGRESQL', { database: '/shop' }, 'userStatements.database', /regular expression/],
    [
      'UserStatementNameInvalid',
      'POSTGRESQL',
      { database: ' shop' },
      'userStatements.database',
      /leading or trailing spaces/,
    ],
    ['UserStatementNameInvalid', 'SQL_SERVER', { canRead: ['$(PATH)'] }, 'userStatements.canRead[0]', /sqlcmd/],
    ['UserStatementNameInvalid', 'ORACLE', { canRead: ['A.B&C'] }, 'userStatements.canRead[0]', /SQL\*Plus/],
    ['UserStatementNameInvalid', 'REDIS', { canRead: ['a +@all'] }, 'userStatements.canRead[0]', /ends at a space/],
    [
      'UserStatementNameInvalid',
      'OPENSEARCH',
      { canRead: ['/.*/'] },
      'userStatements.canRead[0]',
      /regular expression/,
    ],
    ['UserStatementNameInvalid', 'COUCHDB', { canRead: ['../_users'] }, 'userStatements.canRead[0]', /lowercase/],
    ['UserStatementNameInvalid', 'CASSANDRA', { canRead: ['a-b'] }, 'userStatements.canRead[0]', /letters, digits/],
    ['UserReadDuplicate', 'POSTGRESQL', { canRead: ['a', 'b', 'a'] }, 'userStatements.canRead[2]', /twice/],
    [
      'UserConnectionLimitInvalid',
      'POSTGRESQL',
      { connectionLimit: 0 },
      'userStatements.connectionLimit',
      /1 to 10000/,
    ],
    ['UserConnectionLimitInvalid', 'POSTGRESQL', { connectionLimit: 1.5 }, 'userStatements.connectionLimit', /whole/],
  ])('%s, %s %j', (rule, member, different, property, message) => {
    const problems = refused(member, different);

    expect(problems).toContainEqual(expect.objectContaining({ rule, property }));
    expect(problems.map(({ reason, remedy }) => `${reason} ${remedy}`).join('\n')).toMatch(message);
    expect(problems.map(({ rule: name }) => name).filter((name) => name !== rule)).toEqual([]);
  });

  test('everything at once', () => {
    const problems = refused('POSTGRESQL', { user: '?', database: '', canRead: ['a', 'a', '"'], connectionLimit: -1 });

    expect(problems.map(({ property }) => property.replace('userStatements.', ''))).toEqual([
      'user',
      'database',
      'canRead[2]',
      'canRead[1]',
      'connectionLimit',
    ]);
  });

  test('logins of a custom engine', () => {
    const engine = DatabaseEngine.custom({ name: 'etcd', port: 2379, handshake: TlsHandshake.IMMEDIATE });

    expect(userStatements(engine, OPTIONS)).toMatchObject([{ rule: 'UsersNotSupported' }]);
  });
});
