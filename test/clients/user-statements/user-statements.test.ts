import * as fc from 'fast-check';
import type { UserStatements, UserStatementsOptions } from '../../../lib/clients/user-statements/user-statements';
import { userStatements } from '../../../lib/clients/user-statements/write-statements';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { TlsHandshake } from '../../../lib/engine/tls-handshake';
import type { Problem } from '../../../lib/rules/endpoint-error';
import { expression } from '../../support/expression';

type Member = keyof typeof DatabaseEngine;

const engineOf = (member: Member) => DatabaseEngine[member] as DatabaseEngine;
const OPTIONS: UserStatementsOptions = { user: 'looker', database: 'shop', canRead: ['orders'], connectionLimit: 5 };

function written(member: Member, different: Partial<UserStatementsOptions> = {}): UserStatements {
  const login = userStatements(engineOf(member), { ...OPTIONS, ...different });
  if ('statements' in login) return login;
  throw new Error(login.map(({ rule, property }) => `${rule} ${property}`).join());
}

function refused(member: Member, different: object): readonly Problem[] {
  const login = userStatements(engineOf(member), { ...OPTIONS, ...different } as UserStatementsOptions);
  return 'statements' in login ? [] : login;
}

const WITH_LOGINS = DatabaseEngine.all().filter(({ name }) => !['memcached', 'neptune', 'sftp'].includes(name));

describe('the statements', () => {
  test.each<[Member, Partial<UserStatementsOptions>, statements: string[], removal: string[]]>([
    [
      'POSTGRESQL',
      { canRead: ['orders', 'sales.customers'] },
      [
        'CREATE ROLE "looker" LOGIN CONNECTION LIMIT 5;',
        '\\password "looker"',
        'ALTER ROLE "looker" SET default_transaction_read_only = on;',
        'GRANT CONNECT ON DATABASE "shop" TO "looker";',
        'GRANT USAGE ON SCHEMA "public" TO "looker";',
        'GRANT USAGE ON SCHEMA "sales" TO "looker";',
        'GRANT SELECT ON TABLE "public"."orders" TO "looker";',
        'GRANT SELECT ON TABLE "sales"."customers" TO "looker";',
      ],
      [
        'REVOKE ALL ON TABLE "public"."orders" FROM "looker";',
        'REVOKE ALL ON TABLE "sales"."customers" FROM "looker";',
        'REVOKE ALL ON SCHEMA "public" FROM "looker";',
        'REVOKE ALL ON SCHEMA "sales" FROM "looker";',
        'REVOKE ALL ON DATABASE "shop" FROM "looker";',
        'DROP ROLE "looker";',
      ],
    ],
    [
      'COCKROACHDB',
      {},
      [
        'CREATE ROLE "looker" LOGIN;',
        '\\password looker',
        'ALTER ROLE "looker" SET default_transaction_read_only = on;',
        'GRANT CONNECT ON DATABASE "shop" TO "looker";',
        'GRANT USAGE ON SCHEMA "public" TO "looker";',
        'GRANT SELECT ON TABLE "public"."orders" TO "looker";',
      ],
      [
        'REVOKE ALL ON TABLE "public"."orders" FROM "looker";',
        'REVOKE ALL ON SCHEMA "public" FROM "looker";',
        'REVOKE ALL ON DATABASE "shop" FROM "looker";',
        'DROP ROLE "looker";',
      ],
    ],
    [
      'REDSHIFT',
      {},
      [
        'CREATE USER "looker" PASSWORD DISABLE CONNECTION LIMIT 5;',
        'GRANT USAGE ON SCHEMA "public" TO "looker";',
        'GRANT SELECT ON TABLE "public"."orders" TO "looker";',
      ],
      [
        'REVOKE ALL ON TABLE "public"."orders" FROM "looker";',
        'REVOKE ALL ON SCHEMA "public" FROM "looker";',
        'DROP USER "looker";',
      ],
    ],
    [
      'MYSQL',
      { canRead: ['orders', 'other.customers'] },
      [
        "CREATE USER 'looker'@'%' IDENTIFIED BY RANDOM PASSWORD REQUIRE SSL WITH MAX_USER_CONNECTIONS 5;",
        "GRANT SELECT ON TABLE `shop`.`orders` TO 'looker'@'%';",
        "GRANT SELECT ON TABLE `other`.`customers` TO 'looker'@'%';",
      ],
      ["DROP USER 'looker'@'%';"],
    ],
    [
      'MARIADB',
      {},
      [
        "CREATE USER 'looker'@'%' IDENTIFIED BY PASSWORD 'PASSWORD_HASH' REQUIRE SSL WITH MAX_USER_CONNECTIONS 5;",
        "GRANT SELECT ON TABLE `shop`.`orders` TO 'looker'@'%';",
      ],
      ["DROP USER 'looker'@'%';"],
    ],
    [
      'SQL_SERVER',
      { canRead: ['orders', 'sales.customers'] },
      [
        'USE [master];',
        "CREATE LOGIN [looker] WITH PASSWORD = N'$(LOGIN_PASSWORD)', CHECK_POLICY = ON, DEFAULT_DATABASE = [shop];",
        'DENY VIEW ANY DATABASE TO [looker];',
        'USE [shop];',
        'CREATE USER [looker] FOR LOGIN [looker];',
        'GRANT SELECT ON OBJECT::[dbo].[orders] TO [looker];',
        'GRANT SELECT ON OBJECT::[sales].[customers] TO [looker];',
        'GO',
      ],
      ['USE [shop];', 'DROP USER [looker];', 'USE [master];', 'DROP LOGIN [looker];', 'GO'],
    ],
    [
      'ORACLE',
      { canRead: ['SALES.ORDERS'] },
      [
        'SET VERIFY OFF',
        "ACCEPT login_password CHAR PROMPT 'New password of the user: ' HIDE",
        'CREATE USER "looker" IDENTIFIED BY "&login_password";',
        'UNDEFINE login_password',
        'GRANT CREATE SESSION TO "looker";',
        'GRANT READ ON "SALES"."ORDERS" TO "looker";',
      ],
      ['DROP USER "looker";'],
    ],
    [
      'REDIS',
      { canRead: ['orders:*', 'rates'] },
      [
        'ACL SETUSER looker reset on "#PASSWORD_SHA256" "~orders:*" "~rates" resetchannels -@all +@read -@write -@dangerous -scan -randomkey -dbsize +ping +echo +select +client|setname +client|getname +client|id',
      ],
      ['ACL DELUSER looker'],
    ],
    [
      'MONGODB',
      {},
      [
        'db.getSiblingDB("shop").createRole({ "role": "looker_reads", "privileges": [{"resource":{"db":"shop","collection":"orders"},"actions":["find"]}], "roles": [] })',
        'db.getSiblingDB("shop").createUser({ "user": "looker", "pwd": passwordPrompt(), "roles": ["looker_reads"] })',
      ],
      ['db.getSiblingDB("shop").dropUser("looker")', 'db.getSiblingDB("shop").dropRole("looker_reads")'],
    ],
    [
      'DOCUMENTDB',
      {},
      [
        'db.getSiblingDB("admin").createRole({ "role": "looker_reads", "privileges": [{"resource":{"db":"shop","collection":"orders"},"actions":["find"]}], "roles": [] })',
        'db.getSiblingDB("admin").createUser({ "user": "looker", "pwd": passwordPrompt(), "roles": ["looker_reads"] })',
      ],
      ['db.getSiblingDB("admin").dropUser("looker")', 'db.getSiblingDB("admin").dropRole("looker_reads")'],
    ],
    [
      'ELASTICSEARCH',
      { canRead: ['orders-*'] },
      [
        'PUT /_security/role/looker\n{"indices":[{"names":["orders-*"],"privileges":["read"]}]}',
        'POST /_security/user/looker\n{"roles":["looker"],"password_hash":"PASSWORD_HASH"}',
      ],
      ['DELETE /_security/user/looker', 'DELETE /_security/role/looker'],
    ],
    [
      'OPENSEARCH',
      { canRead: ['orders-*'] },
      [
        'PUT /_plugins/_security/api/roles/looker\n{"cluster_permissions":[],"index_permissions":[{"index_patterns":["orders-*"],"allowed_actions":["read"]}]}',
        'PUT /_plugins/_security/api/internalusers/looker\n{"hash":"PASSWORD_HASH"}',
        'PUT /_plugins/_security/api/rolesmapping/looker\n{"users":["looker"]}',
      ],
      [
        'DELETE /_plugins/_security/api/rolesmapping/looker',
        'DELETE /_plugins/_security/api/internalusers/looker',
        'DELETE /_plugins/_security/api/roles/looker',
      ],
    ],
    [
      'COUCHDB',
      {},
      [
        'PUT /_users/org.couchdb.user:looker\n{"name":"looker","type":"user","roles":[],"password_scheme":"pbkdf2","pbkdf2_prf":"sha256","iterations":600000,"salt":"SALT","derived_key":"DERIVED_KEY"}',
        'PUT /orders/_design/reads-only-looker\n{"validate_doc_update":"function (next, previous, login) { if (login.name === \\"looker\\") throw { forbidden: \\"reads only\\" }; }"}',
        'PUT /orders/_security\n{"admins":{"roles":["_admin"]},"members":{"names":["looker"],"roles":["_admin"]}}',
      ],
      ['DELETE /_users/org.couchdb.user:looker?rev=REVISION'],
    ],
    [
      'INFLUXDB',
      { canRead: ['metrics'] },
      [`CREATE USER "looker" WITH PASSWORD 'PASSWORD'`, 'GRANT READ ON "metrics" TO "looker"'],
      ['DROP USER "looker"'],
    ],
    [
      'RABBITMQ',
      { database: undefined, canRead: ['orders', 'a.b'] },
      [
        'rabbitmqctl add_user looker',
        `rabbitmqctl set_user_limits looker '{"max-connections":5}'`,
        "rabbitmqctl set_permissions --vhost=/ looker '^$' '^$' '^(orders|a\\.b)$'",
      ],
      ['rabbitmqctl delete_user looker'],
    ],
    [
      'CLICKHOUSE',
      {},
      [
        "CREATE USER `looker` IDENTIFIED WITH sha256_hash BY 'PASSWORD_SHA256' SETTINGS readonly = 2;",
        'GRANT SELECT ON `shop`.`orders` TO `looker`;',
      ],
      ['DROP USER `looker`;'],
    ],
    [
      'CASSANDRA',
      {},
      [
        `CREATE ROLE "looker" WITH HASHED PASSWORD = 'PASSWORD_HASH' AND LOGIN = true AND SUPERUSER = false;`,
        'GRANT SELECT ON TABLE "shop"."orders" TO "looker";',
      ],
      ['DROP ROLE "looker";'],
    ],
  ])('of %s', (member, different, statements, removal) => {
    const login = written(member, different);

    expect(login.user).toBe('looker');
    expect(login.statements).toEqual(statements);
    expect(login.removal).toEqual(removal);
  });

  test('of PostgreSQL come with what the server must demand, and what everybody loses', () => {
    const { configuration, hardening, requiresTls } = written('POSTGRESQL');

    expect(requiresTls).toBe(false);
    expect(configuration).toEqual({
      file: 'pg_hba.conf',
      lines: ['hostssl "shop" "looker" all scram-sha-256', 'host all "looker" all reject'],
    });
    expect(hardening).toEqual([
      'REVOKE CREATE ON SCHEMA public FROM PUBLIC;',
      'REVOKE TEMPORARY ON DATABASE "shop" FROM PUBLIC;',
    ]);
  });

  test('of the engines that can say so keep the login from connecting without TLS', () => {
    const saying = WITH_LOGINS.filter((engine) => {
      const login = userStatements(engine, { user: 'looker', canRead: [engine.name === 'oracle' ? 'A.B' : 'orders'] });
      return 'requiresTls' in login && login.requiresTls;
    });

    expect(saying.map(({ name }) => name)).toEqual(['aurora-mysql', 'mariadb', 'mysql']);
  });

  test.each(WITH_LOGINS)('of $displayName are explained in sentences and hold no password', (engine) => {
    const login = userStatements(engine, { user: 'looker', canRead: [engine.name === 'oracle' ? 'A.B' : 'orders'] });

    if (!('statements' in login)) throw new Error(JSON.stringify(login));
    expect(login.where).toMatch(/^(Run|Send) them .*\.$/);
    for (const note of login.notes) expect(note).toMatch(/^\S.*\.$/);
    expect(login.notes.length).toBeGreaterThan(0);
    expect(login.notes.join().includes('TLS') || login.requiresTls || login.configuration !== undefined).toBe(true);
    expect(JSON.stringify(login)).not.toMatch(/(password|pwd)[=:]\s*\w/i);
  });

  test('of Redis come with the access string of ElastiCache, which has the patterns as they are', () => {
    const { statements, notes } = written('REDIS', { canRead: ['a"b:*', 'c\\*d'] });

    // The client reads its escapes; ElastiCache would take them for a part of the pattern.
    expect(statements[0]).toContain(' "~a\\"b:*" "~c\\\\*d" ');
    expect(notes.join('\n')).toContain('`on ~a"b:* ~c\\*d resetchannels -@all +@read ');
  });

  test('allow ten connections where nobody said how many', () => {
    expect(written('POSTGRESQL', { connectionLimit: undefined }).statements[0]).toContain('CONNECTION LIMIT 10;');
  });

  test('leave a word in capitals where nobody said the database', () => {
    expect(written('POSTGRESQL', { database: undefined }).statements).toContain(
      'GRANT CONNECT ON DATABASE "DATABASE" TO "looker";',
    );
  });
});

describe('a name of a table', () => {
  test.each([
    ['orders', '"public"."orders"'],
    ['sales.orders', '"sales"."orders"'],
    ['"odd.schema".orders', '"odd.schema"."orders"'],
    ['sales."a""b.c"', '"sales"."a""b.c"'],
    ['Größe; --', '"public"."Größe; --"'],
  ])('is read as it is written: %s', (text, expected) => {
    expect(written('POSTGRESQL', { canRead: [text] }).statements.at(-1)).toBe(
      `GRANT SELECT ON TABLE ${expected} TO "looker";`,
    );
  });
});

describe('is refused:', () => {
  const long = 'x'.repeat(300);

  test.each<[rule: string, Member, different: object, property: string, message: RegExp]>([
    ['UsersNotSupported', 'MEMCACHED', {}, 'userStatements', /Memcached/],
    ['UsersNotSupported', 'NEPTUNE', {}, 'userStatements', /no users/],
    ['UsersNotSupported', 'SFTP', {}, 'userStatements', /no users/],
    ['UserValueUnknown', 'POSTGRESQL', { user: '${TfToken[TOKEN.1]}' }, 'userStatements.user', /quoted safely/],
    ['UserValueUnknown', 'POSTGRESQL', { database: expression('var.x') }, 'userStatements.database', /until apply/],
    ['UserValueUnknown', 'MYSQL', { canRead: ['a', expression('var.x')] }, 'userStatements.canRead[1]', /until apply/],
    ['UserValueUnknown', 'MYSQL', { canRead: ['#{TfToken[TOKEN.1]}'] }, 'userStatements.canRead', /until apply/],
    [
      'UserValueUnknown',
      'MYSQL',
      { connectionLimit: -1.8881545897087503e289 },
      'userStatements.connectionLimit',
      /until/,
    ],
    ['UserNameInvalid', 'MYSQL', { user: "o'brien" }, 'userStatements.user', /32 characters/],
    ['UserNameInvalid', 'MYSQL', { user: 'x'.repeat(33) }, 'userStatements.user', /32 characters/],
    ['UserNameInvalid', 'POSTGRESQL', { user: '' }, 'userStatements.user', /not a valid name/],
    ['UserNameInvalid', 'POSTGRESQL', { user: '/looker' }, 'userStatements.user', /not a valid name/],
    ['UserNameReserved', 'REDIS', { user: 'default' }, 'userStatements.user', /keep for themselves/],
    ['UserNameReserved', 'POSTGRESQL', { user: 'pg_monitor' }, 'userStatements.user', /after the integration/],
    ['UserNameReserved', 'COCKROACHDB', { user: 'node' }, 'userStatements.user', /keep/],
    ['UserNameReserved', 'COCKROACHDB', { user: 'crdb_internal_x' }, 'userStatements.user', /keep/],
    ['UserNameReserved', 'ELASTICSEARCH', { user: 'elastic' }, 'userStatements.user', /keep/],
    ['UserNameReserved', 'OPENSEARCH', { user: 'Admin' }, 'userStatements.user', /keep/],
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
    ['UserStatementNameInvalid', 'POSTGRESQL', { database: ' shop' }, 'userStatements.database', /spaces at an end/],
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
    ['UserStatementNameInvalid', 'COUCHDB', { canRead: ['../_users'] }, 'userStatements.canRead[0]', /lower case/],
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

describe('no name can say more than itself', () => {
  const doubled = (quote: string) => (token: string) => token.slice(1, -1).replaceAll(quote + quote, quote);
  const escaped = (token: string) => token.slice(1, -1).replace(/\\(.)/gsu, '$1');

  /** How a server or its client reads quoted names, written apart from the code that quotes them. */
  const READERS: Partial<Record<Member, { token: RegExp; read: (token: string) => string }>> = {
    POSTGRESQL: { token: /"(?:[^"]|"")*"/gu, read: doubled('"') },
    COCKROACHDB: { token: /"(?:[^"]|"")*"/gu, read: doubled('"') },
    REDSHIFT: { token: /"(?:[^"]|"")*"/gu, read: doubled('"') },
    ORACLE: { token: /"[^"]*"/gu, read: doubled('"') },
    CASSANDRA: { token: /"(?:[^"]|"")*"/gu, read: doubled('"') },
    MYSQL: { token: /`(?:[^`]|``)*`/gu, read: doubled('`') },
    MARIADB: { token: /`(?:[^`]|``)*`/gu, read: doubled('`') },
    SQL_SERVER: { token: /\[(?:[^\]]|\]\])*\]/gu, read: doubled(']') },
    CLICKHOUSE: { token: /`(?:[^`\\]|\\.)*`/gsu, read: escaped },
    INFLUXDB: { token: /"(?:[^"\\]|\\.)*"/gsu, read: escaped },
    REDIS: { token: /"(?:[^"\\]|\\.)*"/gsu, read: (token) => escaped(token).replace(/^~/, '') },
    MONGODB: { token: /"(?:[^"\\]|\\.)*"/gsu, read: (token) => JSON.parse(token) },
    ELASTICSEARCH: { token: /"(?:[^"\\]|\\.)*"/gsu, read: (token) => JSON.parse(token) },
    OPENSEARCH: { token: /"(?:[^"\\]|\\.)*"/gsu, read: (token) => JSON.parse(token) },
  };
  const TABLES: readonly Member[] = [
    'POSTGRESQL',
    'COCKROACHDB',
    'REDSHIFT',
    'ORACLE',
    'CASSANDRA',
    'MYSQL',
    'MARIADB',
    'SQL_SERVER',
    'CLICKHOUSE',
  ];

  // Texts that are made of what has a meaning somewhere, and texts of anything.
  const nasty = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'abcXYZ019_'), minLength: 1, maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...'"\'`[]\\;-/*.$(){}&@:%# ab\n'), minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  );

  test.each(Object.entries(READERS) as [Member, { token: RegExp; read: (token: string) => string }][])(
    'to %s',
    (member, { token, read }) => {
      const isTable = TABLES.includes(member);
      const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
      const optionsOf = (schema: string, table: string, database: string) => ({
        database,
        canRead: [isTable ? `${quoted(schema)}.${quoted(table)}` : table],
      });
      const bodies = ({ statements, removal, hardening, configuration }: UserStatements) => [
        ...statements,
        ...removal,
        ...hardening,
        ...(configuration?.lines ?? []),
      ];
      const skeletons = (login: UserStatements) => bodies(login).map((text) => text.replaceAll(token, '?'));
      const plain = skeletons(written(member, optionsOf('s', 't', 'd')));
      let accepted = 0;

      fc.assert(
        fc.property(nasty, nasty, nasty, (schema, table, database) => {
          const options = { ...OPTIONS, ...optionsOf(schema, table, database) };
          const login = userStatements(engineOf(member), options);
          if (!('statements' in login)) {
            expect(login.map(({ rule }) => rule)).toEqual(
              login.map(() => expect.stringMatching(/^User(StatementNameInvalid|ValueUnknown)$/)),
            );
            return;
          }
          accepted++;
          const names = bodies(login).flatMap((text) => (text.match(token) ?? []).map(read));

          expect(skeletons(login)).toEqual(plain);
          expect(names).toEqual(expect.arrayContaining(isTable ? [schema, table] : [table]));
        }),
        { numRuns: 1000 },
      );

      expect(accepted).toBeGreaterThan(5);
    },
  );

  test('to the shell and the broker of RabbitMQ', () => {
    fc.assert(
      fc.property(fc.uniqueArray(nasty, { minLength: 1, maxLength: 4 }), nasty, (canRead, other) => {
        const login = userStatements(DatabaseEngine.RABBITMQ, { user: 'looker', canRead });
        if (!('statements' in login)) return;
        const words = shellWords(login.statements[2]);

        expect(words.slice(0, -1)).toEqual(['rabbitmqctl', 'set_permissions', '--vhost=/', 'looker', '^$', '^$']);
        const pattern = new RegExp(words.at(-1) ?? '', 'u');
        for (const queue of canRead) expect(pattern.test(queue)).toBe(true);
        expect(pattern.test(other)).toBe(canRead.includes(other));
      }),
      { numRuns: 1000 },
    );
  });
});

/** What a POSIX shell makes of a line that only has bare words and single quotes. */
function shellWords(line: string): string[] {
  const words = line.match(/(?:'[^']*'|\\'|[^\s'\\])+/g) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|\\(')/g, (_all, quoted, escaped) => escaped ?? quoted));
}
