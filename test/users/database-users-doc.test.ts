import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseEngine, Grant } from '../../lib';
import { STRUCTS } from '../../lib/rules/property-types.generated';
import { privilegesOf, type UserEngine, userEngineOf } from '../../lib/users/user-engine';

const page = readFileSync(join(__dirname, '../../docs/database-users.md'), 'utf8');
const cellsOf = (first: string) =>
  page
    .split('\n')
    .find((line) => line.startsWith(`| ${first} `))
    ?.split(' | ')
    .map((cell) => cell.trim()) ?? [];
const wordsIn = (cell = '') => [...cell.matchAll(/`([A-Z][A-Z ]*)`/g)].map(([, word]) => word);
const sorted = (words: readonly unknown[]) => [...words].sort();

const engineOf = (engine: DatabaseEngine) => userEngineOf(engine) as UserEngine;
const [POSTGRESQL, MYSQL, MARIADB] = [DatabaseEngine.POSTGRESQL, DatabaseEngine.MYSQL, DatabaseEngine.MARIADB].map(
  engineOf,
) as [UserEngine, UserEngine, UserEngine];
const single = { isWhole: false, futureTables: false };
const whole = { isWhole: true, futureTables: true };
const beyond = (engine: UserEngine) =>
  engine.privileges(whole).filter((each) => !engine.privileges(single).includes(each));

describe('docs/database-users.md', () => {
  test('lists what single tables and whole schemas can be granted, engine by engine', () => {
    const [, postgresql, mysql] = cellsOf('`Grant.custom`, single tables');
    const [, wholePostgresql, wholeMysql] = cellsOf('`Grant.custom`, a whole schema');

    expect(sorted(wordsIn(postgresql))).toEqual(sorted(POSTGRESQL.privileges(single)));
    expect(sorted(wordsIn(mysql))).toEqual(sorted(MARIADB.privileges(single)));
    expect(sorted(MYSQL.privileges(single))).toEqual(
      sorted(wordsIn(mysql).filter((each) => each !== 'DELETE HISTORY')),
    );
    expect(sorted(wordsIn(wholePostgresql))).toEqual(sorted(beyond(POSTGRESQL)));
    expect(sorted(wordsIn(wholeMysql))).toEqual(sorted(beyond(MYSQL)));
  });

  test.each([
    ['`Grant.read`', Grant.read({ schema: 'a' }), []],
    ['`Grant.readWrite`', Grant.readWrite({ schema: 'a' }), ['read']],
  ])('says what %s grants', (row, grant, others) => {
    const [, postgresql, mysql] = cellsOf(row);
    const without = (engine: UserEngine) => (others.length > 0 ? engine.read : []);

    expect([...without(POSTGRESQL), ...wordsIn(postgresql)]).toEqual(privilegesOf(grant, POSTGRESQL));
    expect([...without(MYSQL), ...wordsIn(mysql)]).toEqual(privilegesOf(grant, MYSQL));
  });

  test('says which settings an engine has', () => {
    const has = (setting: string) =>
      cellsOf(`\`${setting}\``)
        .slice(1)
        .map((cell) => cell.startsWith('yes'));
    const supports = (setting: keyof UserEngine['supports']) =>
      [POSTGRESQL, MYSQL, MARIADB].map((engine) => engine.supports[setting]);

    expect(has('validUntil')).toEqual(supports('validUntil'));
    expect(has('reassignOwnedObjects')).toEqual(supports('reassignOwnedObjects'));
    expect(
      cellsOf('`statementTimeoutSeconds`, which a session can change')
        .slice(1)
        .map((cell) => cell.startsWith('yes')),
    ).toEqual(supports('statementTimeout'));
  });

  test('names only properties that there are', () => {
    const named = [...page.matchAll(/`(secret|server|network)\.(\w+)`/g)].map(([, struct, name]) => [struct, name]);
    const structs = { secret: 'UserSecretOptions', server: 'DatabaseServer', network: 'UserNetwork' } as const;

    expect(named.length).toBeGreaterThan(5);
    for (const [struct, name] of named) {
      expect(Object.keys(STRUCTS[structs[struct as keyof typeof structs]] ?? {})).toContain(name);
    }
  });
});
