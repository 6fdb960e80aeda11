import fc from 'fast-check';
import { compare } from '../../../../cli/exposure/diff/compare';
import type { Change, Difference } from '../../../../cli/exposure/diff/difference';
import type { ExposedEndpoint } from '../../../../cli/exposure/exposed-endpoint';
import { type AddressRange, AddressSet } from '../../../../lib/network/address-set';
import { runs } from '../../../support/property-runs';
import { app, FAMILIES, PRIVILEGES, SIZE, type Source, sources, state, TABLES, user } from './arbitrary-apps';
import { endpoint } from './states';

/** Every address of both families. */
const ADDRESSES = [0, 1].flatMap((family) => Array.from({ length: SIZE }, (_, number) => ({ family, number })));
type Address = (typeof ADDRESSES)[number];

const rangeOf = ({ family, number }: Address): AddressRange => {
  const { first, family: ip } = FAMILIES[family];
  return { family: ip, first: first + BigInt(number), last: first + BigInt(number) };
};
const admits =
  ({ family, number }: Address) =>
  (each: Source) =>
    each.family === family && each.from <= number && number < each.from + each.count;

/** The addresses that a set has of them. */
const within = (set: AddressSet) => ADDRESSES.filter((address) => set.contains(rangeOf(address)));

/** The last day of an address, `never` for one that keeps access, and nothing for one that has none. */
function endOf(address: Address, list: readonly Source[]): string | undefined {
  return list
    .filter(admits(address))
    .map(({ expires = 'never' }) => expires)
    .sort()
    .at(-1);
}

const EMPTY = AddressSet.of([]);
const between = (before: ExposedEndpoint, after: ExposedEndpoint): Pick<Difference, 'gained' | 'lost' | 'changes'> =>
  compare([before], [after])[0] ?? { gained: EMPTY, lost: EMPTY, changes: [] };

test('what is gained and lost is what asking for every single address tells', () => {
  fc.assert(
    fc.property(sources, sources, (base, head) => {
      const { gained, lost, changes } = between(state(base), state(head));

      const only = (some: readonly Source[], others: readonly Source[]) =>
        ADDRESSES.filter((address) => some.some(admits(address)) && !others.some(admits(address)));
      expect(within(gained)).toEqual(only(head, base));
      expect(within(lost)).toEqual(only(base, head));
      for (const [kind, all] of [
        ['gained', gained],
        ['lost', lost],
      ] as const) {
        const parts = changes.flatMap((each) => (each.kind === kind ? (each.addresses?.ranges ?? []) : []));
        expect(within(AddressSet.of(parts))).toEqual(within(all));
      }
    }),
    { numRuns: runs(400) },
  );
});

test('each entry is told with exactly the addresses that it gives', () => {
  fc.assert(
    fc.property(sources, sources, (base, head) => {
      const { gained, changes } = between(state(base), state(head));
      const ofEntries = changes.flatMap((each) => (each.kind === 'gained' ? [each] : []));

      for (const { entry, addresses = EMPTY } of ofEntries) {
        const own = within(entry.addresses ?? EMPTY);
        expect(within(addresses)).toEqual(within(gained).filter((address) => own.includes(address)));
      }
    }),
  );
});

test('an address whose last day moves is in one change, with both days', () => {
  fc.assert(
    fc.property(sources, sources, (base, head) => {
      const moves = between(state(base), state(head)).changes.flatMap((each) => (each.kind === 'expiry' ? [each] : []));

      const told = ADDRESSES.map((address) =>
        moves
          .filter(({ addresses }) => addresses?.contains(rangeOf(address)))
          .map((move) => [move.before ?? 'never', move.after ?? 'never']),
      );
      const expected = ADDRESSES.map((address) => {
        const [before, after] = [endOf(address, base), endOf(address, head)];
        return before !== undefined && after !== undefined && before !== after ? [[before, after]] : [];
      });
      expect(told).toEqual(expected);
    }),
    { numRuns: runs(400) },
  );
});

/** What is left of a change if it no longer matters which side is the base. */
function turned(change: Change, isTurned: boolean): string {
  const { kind } = change;
  const sides = 'before' in change || 'after' in change ? [change.before ?? '-', change.after ?? '-'] : [];
  return JSON.stringify([
    isTurned ? (swap[kind] ?? kind) : kind,
    'name' in change ? change.name : '',
    isTurned ? sides.reverse() : sides,
    'addresses' in change ? (change.addresses?.toCidrs().map(({ text }) => text) ?? '?') : '',
    kind === 'gained' || kind === 'lost' ? change.entry.value : '',
    // Of a login that has another name, each side has its own.
    'grant' in change ? [change.user.userName, change.user.database, change.grant] : '',
    kind === 'userAdded' || kind === 'userRemoved' ? change.user : '',
  ]);
}

const OPPOSITES = [
  ['added', 'removed'],
  ['gained', 'lost'],
  ['userAdded', 'userRemoved'],
  ['privilegesGained', 'privilegesLost'],
] as const;
const swap: Readonly<Record<string, string>> = Object.fromEntries(
  OPPOSITES.flatMap(([one, other]) => [
    [one, other],
    [other, one],
  ]),
);

test('the difference from head to base mirrors that from base to head', () => {
  fc.assert(
    fc.property(app, app, (base, head) => {
      const [there] = compare(base, head);
      const [back] = compare(head, base);

      expect(back?.gained.ranges).toEqual(there?.lost.ranges);
      expect(back?.lost.ranges).toEqual(there?.gained.ranges);
      expect(back?.changes.map((change) => turned(change, true)).sort()).toEqual(
        there?.changes.map((change) => turned(change, false)).sort(),
      );
    }),
    { numRuns: runs(800) },
  );
});

test('nothing is different between an app and itself', () => {
  fc.assert(fc.property(app, (same) => expect(compare(same, same)).toEqual([])));
});

type RandomUser = (typeof user extends fc.Arbitrary<infer Value> ? Value : never) & { readonly database: string };

/** Whether a login may do this, on the table or, without one, on every table of the schema. */
const may = ({ grants }: RandomUser, schema: string, table: string | undefined, privilege: string) =>
  grants.some(
    (each) =>
      each.schema === schema &&
      (each.tables === undefined || (table !== undefined && each.tables.includes(table))) &&
      (each.privileges.includes(privilege) || each.privileges.includes('ALL PRIVILEGES')),
  );

test('a login gains what it may do now and could not before, and nothing else', () => {
  fc.assert(
    fc.property(user, user, (before, after) => {
      const sides = [before, { ...after, userName: before.userName, user: before.user }] as const;
      const [base, head] = sides.map((each) => endpoint({ users: [each] }));
      const { changes } = between(base, head);

      for (const [kind, now, old] of [
        ['privilegesGained', sides[1], sides[0]],
        ['privilegesLost', sides[0], sides[1]],
      ] as const) {
        const grants = changes.flatMap((each) => (each.kind === kind ? [each.grant] : []));
        const told = { ...now, grants } as RandomUser;
        for (const schema of ['s', 't']) {
          for (const table of [undefined, ...TABLES]) {
            for (const privilege of PRIVILEGES) {
              const could = old.database === now.database && may(old, schema, table, privilege);
              const is = may(now, schema, table, privilege);
              // What it had already may be told again as a part of all privileges, or of all tables.
              if (is && !could) expect([schema, table, privilege, may(told, schema, table, privilege)]).toContain(true);
              if (!is) expect(may(told, schema, table, privilege)).toBe(false);
            }
          }
        }
        // No grant is told of which everything was there.
        for (const { schema, tables, privileges } of grants as RandomUser['grants']) {
          for (const table of tables ?? [undefined]) {
            for (const privilege of privileges) {
              expect(old.database === now.database && may(old, schema, table, privilege)).toBe(false);
            }
          }
        }
      }
    }),
    { numRuns: runs(400) },
  );
});

const NAMES = ['a.example.com', 'b.example.com', 'c.example.com'];
const PATHS = ['prod/A', 'prod/B', 'prod/C', 'prod/D'];
/** Endpoints of different names and different paths. */
const fleet = fc
  .tuple(
    fc.shuffledSubarray(PATHS, { maxLength: 3 }),
    fc.shuffledSubarray(NAMES, { minLength: 3 }),
    fc.array(sources, { minLength: 3, maxLength: 3 }),
  )
  .map(([paths, names, lists]) =>
    paths.map((path, i) => ({
      path,
      name: names[i],
      list: lists[i],
      state: { ...state(lists[i]), endpoint: path, hostname: names[i], knownAs: [names[i]] },
    })),
  );

test('whatever is renamed, each endpoint gains and loses exactly what it has on one side only', () => {
  fc.assert(
    fc.property(fleet, fleet, (base, head) => {
      const [there, back] = [
        compare(
          base.map((each) => each.state),
          head.map((each) => each.state),
        ),
        compare(
          head.map((each) => each.state),
          base.map((each) => each.state),
        ),
      ];
      const paths = new Set([...base, ...head].map(({ path }) => path));
      const partnerOf = (one: (typeof base)[number], others: typeof base, own: typeof base) =>
        others.find(({ path }) => path === one.path) ??
        others.find(({ path, name }) => name === one.name && !own.some((each) => each.path === path));
      const only = (some: readonly Source[] = [], others: readonly Source[] = []) =>
        ADDRESSES.filter((address) => some.some(admits(address)) && !others.some(admits(address)));

      const expected = [
        ...head.map((after) => ({ path: after.path, before: partnerOf(after, base, head), after })),
        ...base
          .filter((before) => partnerOf(before, head, base) === undefined)
          .map((before) => ({ path: before.path, before, after: undefined })),
      ];
      for (const { path, before, after } of expected) {
        const found = there.find((each) => each.endpoint === path);
        expect(within(found?.gained ?? EMPTY)).toEqual(only(after?.list, before?.list));
        expect(within(found?.lost ?? EMPTY)).toEqual(only(before?.list, after?.list));
        expect(found?.changes.some(({ kind }) => kind === 'renamed') ?? false).toBe(
          before !== undefined && after !== undefined && before.path !== after.path,
        );
      }
      for (const { endpoint: path } of there) expect(paths).toContain(path);
      const turnedAll = (all: readonly Difference[], isTurned: boolean) =>
        all.flatMap(({ changes }) => changes.map((change) => turned(change, isTurned))).sort();
      expect(turnedAll(back, true)).toEqual(turnedAll(there, false));
    }),
    { numRuns: runs(400) },
  );
});
