import fc from 'fast-check';
import { differencesOf } from '../../../lambda/database-user/differences';
import type { Description, WantedGrant } from '../../../lambda/database-user/user-server';
import type { DeclaredUser } from '../../../lib/users/contract';
import type { LoginFacts, UserFacts } from '../../../lib/users/description';
import { describedAs, loginOf } from './description-fixtures';
import { USER } from './fixtures';

const PRIVILEGES = ['SELECT', 'INSERT', 'UPDATE', 'SELECT (id)', 'GRANT OPTION FOR SELECT', 'USAGE'];
const text = fc.string({ minLength: 1, maxLength: 12 });

const user: fc.Arbitrary<DeclaredUser> = fc
  .record({
    engine: fc.constantFrom('postgres' as const, 'mysql' as const, 'mariadb' as const),
    futureTables: fc.boolean(),
    revokePublic: fc.boolean(),
    connectionLimit: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    statementTimeoutSeconds: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    validUntil: fc.option(fc.constant('2030-01-01T00:00:00Z'), { nil: undefined }),
  })
  .map((declared) => ({ ...USER, ...declared }));

const wantedGrant: fc.Arbitrary<WantedGrant> = fc.record({
  to: fc.constant('looker_access'),
  on: text,
  privileges: fc.uniqueArray(fc.constantFrom(...PRIVILEGES), { minLength: 1 }),
  holdsFor: fc.constantFrom('now' as const, 'later' as const, 'both' as const),
  mayBeNew: fc.boolean(),
});

interface World {
  readonly user: DeclaredUser;
  readonly converged: Description;
}

/** A user, and what a server says of it after a converge. */
const world: fc.Arbitrary<World> = fc
  .record({
    user,
    wanted: fc.uniqueArray(wantedGrant, { selector: ({ on }) => on, minLength: 1, maxLength: 6 }),
    hasSecond: fc.boolean(),
  })
  .map(({ user, wanted, hasSecond }) => {
    const logins = [loginOf(user), ...(hasSecond ? [loginOf(user, 'looker_2')] : [])];
    return { user, converged: describedAs(user, wanted, { logins }) };
  });

type Mutation = (facts: UserFacts, pick: number, word: string) => UserFacts;

const withLogin =
  (change: (login: LoginFacts, word: string) => LoginFacts): Mutation =>
  (facts, pick, word) => ({
    ...facts,
    logins: facts.logins.map((login, at) => (at === pick % facts.logins.length ? change(login, word) : login)),
  });

const other = (limit = 0) => limit + 1;

/** Everything that somebody else can change, one thing at a time. */
const MUTATIONS: { readonly [name: string]: Mutation } = {
  'a login is gone': (facts) => ({ ...facts, logins: facts.logins.slice(1) }),
  'a login is closed': withLogin((login) => ({ ...login, canLogIn: false })),
  'a login has more': withLogin((login, word) => ({ ...login, beyond: [word] })),
  'a login lacks something': withLogin((login, word) => ({ ...login, lacks: [word] })),
  'another connection limit': withLogin((login) => ({ ...login, connectionLimit: other(login.connectionLimit) })),
  'another statement timeout': withLogin((login) => ({
    ...login,
    statementTimeoutSeconds: other(login.statementTimeoutSeconds),
  })),
  'another end': withLogin((login) => ({ ...login, validUntil: '2031-01-01T00:00:00.000Z' })),
  'no role': (facts) => ({ ...facts, role: undefined, grants: [] }),
  'the role has more': (facts, _, word) => ({ ...facts, role: { name: 'looker_access', beyond: [word] } }),
  'a grant is gone': (facts, pick) => ({
    ...facts,
    grants: facts.grants.filter((_, at) => at !== pick % facts.grants.length),
  }),
  'a privilege is gone': (facts, pick) => ({
    ...facts,
    grants: facts.grants.map((grant, at) =>
      at === pick % facts.grants.length ? { ...grant, privileges: grant.privileges.slice(1) } : grant,
    ),
  }),
  'a privilege came': (facts, pick) => {
    const { [pick % facts.grants.length]: grant } = facts.grants;
    return { ...facts, grants: [...facts.grants, { ...grant, privileges: ['DELETE'] }] };
  },
  'a grant of a login came': (facts, pick) => {
    const { [pick % facts.grants.length]: grant } = facts.grants;
    return { ...facts, grants: [...facts.grants, { ...grant, to: 'looker' }] };
  },
  'a grant on something else came': (facts, _, word) => ({
    ...facts,
    grants: [
      ...facts.grants,
      { to: 'looker_access', on: `not wanted: ${word}`, privileges: ['SELECT'], holdsFor: 'now' },
    ],
  }),
  'something elsewhere': (facts, _, word) => ({ ...facts, elsewhere: [word] }),
  'PUBLIC has something': (facts, _, word) => ({ ...facts, publicPrivileges: [word] }),
  'it owns something': (facts, _, word) => ({ ...facts, owns: [word] }),
  'somebody else made it': (facts, _, word) => ({ ...facts, foreign: [word] }),
};

test('what has converged differs in nothing', () => {
  fc.assert(
    fc.property(world, ({ user, converged }) => {
      expect(differencesOf(user, converged)).toEqual({ differences: [], remarks: [] });
    }),
  );
});

test.each(Object.entries(MUTATIONS))('%s: it is found', (_, mutate) => {
  fc.assert(
    fc.property(world, fc.nat(), text, ({ user, converged }, pick, word) => {
      const { differences, remarks } = differencesOf(user, {
        ...converged,
        facts: mutate(converged.facts, pick, word),
      });

      // What may come of ordinary work on the database is a remark, and there are two kinds of it here.
      const ordinary = remarks.filter(({ kind }) => kind === 'new-table' || kind === 'public-privilege');
      expect(differences.length + ordinary.length).toBeGreaterThan(0);
      expect(ordinary.every(({ kind }) => (kind === 'new-table' ? !user.futureTables : !user.revokePublic))).toBe(true);
    }),
  );
});

test('the order of the facts does not matter', () => {
  const mutations = fc.array(fc.tuple(fc.constantFrom(...Object.values(MUTATIONS)), fc.nat(), text), { maxLength: 5 });
  fc.assert(
    fc.property(world, mutations, ({ user, converged }, changes) => {
      const facts = changes.reduce(
        (before, [mutate, pick, word]) =>
          before.logins.length > 0 && before.grants.length > 0 ? mutate(before, pick, word) : before,
        converged.facts,
      );
      const turned = Object.fromEntries(
        Object.entries(facts).map(([name, value]) => [name, Array.isArray(value) ? [...value].reverse() : value]),
      ) as unknown as UserFacts;
      const wanted = { ...converged.wanted, grants: [...converged.wanted.grants].reverse() };

      expect(differencesOf(user, { facts: turned, wanted })).toEqual(differencesOf(user, { ...converged, facts }));
    }),
  );
});
