import { userStatements } from '../../../lib/clients/user-statements/write-statements';
import { ENGINE_FACTS, type Member } from '../../engine/engine-facts';
import { type EngineStatements, RESERVED_USERS, SAME_STATEMENTS, STATEMENTS } from './statements-by-engine';
import { engineOf, written } from './written-statements';

const WITH_LOGINS = ENGINE_FACTS.filter(({ hasUsers }) => hasUsers).map(({ member }) => engineOf(member));

describe('the statements', () => {
  test.each(Object.entries(STATEMENTS) as [Member, EngineStatements][])('of %s', (member, expected) => {
    const login = written(member, expected.options);

    expect(login.user).toBe('looker');
    expect(login.statements).toEqual(expected.statements);
    expect(login.removal).toEqual(expected.removal);
  });

  test.each(Object.entries(SAME_STATEMENTS) as [Member, Member][])('of %s are those of %s', (member, other) => {
    const [same, expected] = [member, other].map((each) => {
      const { statements, removal, configuration } = written(each, STATEMENTS[other]?.options);
      return { statements, removal, configuration };
    });

    expect(same).toEqual(expected);
  });

  test('of every engine with users are shown here', () => {
    const shown = [...Object.keys(STATEMENTS), ...Object.keys(SAME_STATEMENTS)];

    expect(ENGINE_FACTS.flatMap(({ member, hasUsers }) => (hasUsers ? member : [])).sort()).toEqual(shown.sort());
  });

  test.each(ENGINE_FACTS.filter(({ hasUsers }) => hasUsers))(
    'of $member are not for a user that its server reserves',
    ({ member }) => {
      const reserved = RESERVED_USERS[member];

      expect(reserved).toBeDefined();
      for (const user of reserved ?? []) {
        expect(userStatements(engineOf(member), { user, canRead: ['a.b'] })).toContainEqual(
          expect.objectContaining({ rule: 'UserNameReserved' }),
        );
      }
    },
  );

  test('of PostgreSQL come with the lines of pg_hba.conf and with what is revoked from everybody', () => {
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

  test('of the engines that support it keep the login from connecting without TLS', () => {
    const saying = WITH_LOGINS.filter((engine) => {
      const login = userStatements(engine, { user: 'looker', canRead: [engine.name === 'oracle' ? 'A.B' : 'orders'] });
      return 'requiresTls' in login && login.requiresTls;
    });

    expect(saying.map(({ name }) => name).sort()).toEqual(['aurora-mysql', 'mariadb', 'mysql']);
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

  test('allow ten connections by default', () => {
    expect(written('POSTGRESQL', { connectionLimit: undefined }).statements[0]).toContain('CONNECTION LIMIT 10;');
  });

  test('have a word in capitals where the database is not given', () => {
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
