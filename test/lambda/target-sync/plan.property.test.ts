import fc from 'fast-check';
import type { Answer } from '../../../lambda/target-sync/answer';
import { learn, type Memory, NOTHING, type Sighting } from '../../../lambda/target-sync/memory';
import { type Plan, type Policy, plan } from '../../../lambda/target-sync/plan';
import type { Target } from '../../../lambda/target-sync/target';
import { randomNumbers } from '../../placement/edit-history';
import { runs } from '../../support/property-runs';
import { answering, EMPTY, endpointWith, NXDOMAIN } from './fixtures';

const NAMES = ['first', 'second'];
const address = fc.integer({ min: 1, max: 6 }).map((last) => `10.0.0.${last}`);
const role = fc.constantFrom('writer' as const, 'reader' as const);
const target: fc.Arbitrary<Target> = fc.record({
  address,
  port: fc.constantFrom(5432, 5432, 5432, 6432),
  state: fc.constantFrom('initial' as const, 'healthy' as const, 'draining' as const, 'other' as const),
});
const group = fc.uniqueArray(target, { maxLength: 6, selector: ({ address, port }) => `${address}:${port}` });
const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 4, arbitrary: fc.uniqueArray(address, { minLength: 1, maxLength: 4 }).map((list) => answering(list, 1)) },
  fc.constantFrom(EMPTY, NXDOMAIN),
);
const sightings: fc.Arbitrary<ReadonlyMap<string, Sighting>> = fc
  .dictionary(
    address,
    fc.record({
      state: fc.constantFrom('answered' as const, 'unproven' as const, 'gone' as const),
      since: fc.integer({ min: 0, max: 200_000 }),
      doubt: fc.constant(0),
      heardAt: fc.option(fc.integer({ min: 0, max: 400_000 }), { nil: undefined }),
      displacements: fc.integer({ min: 0, max: 4 }),
    }),
  )
  .map((entries) => new Map(Object.entries(entries)));
const resolved = fc.record({
  now: fc.integer({ min: 200_000, max: 400_000 }),
  isComplete: fc.boolean(),
  sightings,
  ttlSeconds: fc.constant(5),
});
const policyOf = (role: Policy['role'], quota = 500) => endpointWith({ role, quota, graceSeconds: 30 });

/** What AWS makes of a plan; new targets are not healthy yet. */
function apply(observed: readonly Target[], { register, deregister }: Plan): Target[] {
  const isOf = (steps: Plan['register']) => (t: Target) =>
    steps.some((step) => step.target.address === t.address && step.target.port === t.port);
  const kept = observed
    .filter((t) => !isOf(register)(t))
    .map((t) => (isOf(deregister)(t) ? { ...t, state: 'draining' as const } : t));
  return [...kept, ...register.map((step) => ({ ...step.target, state: 'initial' as const }))];
}
const live = (targets: readonly Target[]) => targets.filter(({ state }) => state !== 'draining');
const addresses = (targets: readonly Target[]) => [...new Set(live(targets).map((t) => t.address))].sort();

test('whatever is in the group and whatever is known of the names, a plan never empties the group', () => {
  fc.assert(
    fc.property(group, resolved, role, fc.integer({ min: 1, max: 6 }), (observed, known, role, quota) => {
      const after = apply(observed, plan(observed, known, policyOf(role, quota)));

      if (live(observed).length > 0) expect(live(after).length).toBeGreaterThan(0);
    }),
    { numRuns: runs(2000) },
  );
});

test('a plan removes only what is gone or on another port, and only when all that is wanted is registered', () => {
  fc.assert(
    fc.property(group, resolved, role, (observed, known, role) => {
      const { deregister } = plan(observed, known, policyOf(role));

      const wanted = [...known.sightings].filter(([, { state }]) => state === 'answered').map(([name]) => name);
      for (const { target } of deregister) {
        expect(target.port === 6432 || known.sightings.get(target.address)?.state === 'gone').toBe(true);
        expect(observed).toContainEqual(expect.objectContaining({ address: target.address, port: target.port }));
      }
      if (deregister.length > 0) {
        expect(wanted.filter((name) => !live(observed).some((t) => t.address === name && t.port === 5432))).toEqual([]);
      }
    }),
    { numRuns: runs(2000) },
  );
});

test('planning is idempotent: once carried out, a plan asks for its removals and then for nothing', () => {
  fc.assert(
    fc.property(group, resolved, role, (observed, known, role) => {
      const policy = policyOf(role);
      const first = plan(observed, known, policy);
      const registered = apply(observed, first);
      const second = plan(registered, known, policy);
      const third = plan(apply(registered, second), known, policy);

      expect(plan(observed, known, policy)).toEqual(first);
      if (first.register.length > 0) expect(second.register).toEqual([]);
      expect([...third.register, ...third.deregister]).toEqual([]);
    }),
    { numRuns: runs(2000) },
  );
});

/** Lives through looks, one every second, and carries out what is planned. */
function liveThrough(
  start: readonly Target[],
  history: readonly (readonly Answer[])[],
  role: Policy['role'],
  from: { memory: Memory; now: number } = { memory: NOTHING, now: 0 },
): { group: Target[]; memory: Memory; now: number; sets: string[][] } {
  let { memory, now } = from;
  let observed = [...start];
  const policy = policyOf(role);
  const names = NAMES.slice(0, history[0]?.length ?? 1);
  const sets = [addresses(observed)];
  for (const answers of history) {
    now += 1000;
    for (let phase = 0; phase < 2; phase++) {
      const registered = live(observed).map((t) => t.address);
      memory = learn(memory, {
        now,
        role,
        names,
        answers: new Map(names.map((name, i) => [name, answers[i]])),
        registered,
      });
      observed = apply(observed, plan(observed, { ...memory, now }, policy));
      sets.push(addresses(observed));
    }
    // A second later targets are healthy, and ten seconds later gone; either may be earlier here.
    observed = observed.map((t) => (t.state === 'initial' ? { ...t, state: 'healthy' as const } : t));
    if (now % 3000 === 0) observed = live(observed);
  }
  return { group: observed, memory, now, sets };
}

const rightPort = group
  .map((targets) => targets.map((t) => ({ ...t, port: 5432 })))
  .map((targets) => [...new Map(targets.map((t) => [t.address, t])).values()]);
const history = fc
  .integer({ min: 1, max: 2 })
  .chain((names) =>
    fc.array(fc.array(answer, { minLength: names, maxLength: names }), { minLength: 1, maxLength: 40 }),
  );

test('through any history of answers the group is never emptied', () => {
  fc.assert(
    fc.property(rightPort, history, role, (start, answers, role) => {
      const { sets } = liveThrough(start, answers, role);

      const filled = sets.findIndex((set) => set.length > 0);
      if (filled >= 0) expect(sets.slice(filled).every((set) => set.length > 0)).toBe(true);
    }),
    { numRuns: runs(300) },
  );
});

test('after any history the group converges to the last good answer, and then rests', () => {
  fc.assert(
    fc.property(
      rightPort,
      history,
      role,
      fc.uniqueArray(address, { minLength: 1, maxLength: 4 }),
      (start, answers, role, last) => {
        const before = liveThrough(start, answers, role);
        const steady = Array.from({ length: 400 }, () => answers[0].map(() => answering(last, 1)));
        const after = liveThrough(before.group, steady, role, before);
        const later = liveThrough(after.group, steady.slice(0, 5), role, after);

        expect(addresses(after.group)).toEqual([...last].sort());
        expect(new Set(later.sets.map(String)).size).toBe(1);
      },
    ),
    { numRuns: runs(100) },
  );
});

test('bad answers after a good one change nothing, for however long', () => {
  fc.assert(
    fc.property(
      rightPort,
      role,
      fc.uniqueArray(address, { minLength: 1, maxLength: 4 }),
      fc.array(fc.constantFrom(EMPTY, NXDOMAIN), { minLength: 1, maxLength: 900 }),
      (start, role, good, bad) => {
        const before = liveThrough(
          start,
          Array.from({ length: 300 }, () => [answering(good, 1)]),
          role,
        );
        const after = liveThrough(
          before.group,
          bad.map((answer) => [answer]),
          role,
          before,
        );

        expect(new Set(after.sets.map(String))).toEqual(new Set([String([...good].sort())]));
      },
    ),
    { numRuns: runs(30) },
  );
});

const pool = fc.uniqueArray(
  fc.integer({ min: 1, max: 250 }).map((last) => `10.0.1.${last}`),
  { minLength: 2, maxLength: 15 },
);

test('of a reader that answers in rotation, one after the other or at random, no address is ever removed', () => {
  fc.assert(
    fc.property(pool, fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.integer(), (readers, size, atRandom, seed) => {
      // Each address is as likely as any other, which numbers of fast-check are not.
      const random = randomNumbers(seed);
      const part = (i: number) => {
        const rotated = readers.map((_, k) => readers[(i + k) % readers.length]);
        const shuffled = atRandom
          ? rotated
              .map((name) => [random(), name] as const)
              .sort(([a], [b]) => a - b)
              .map(([, name]) => name)
          : rotated;
        return shuffled.slice(0, size);
      };

      const { sets } = liveThrough(
        [],
        Array.from({ length: 300 }, (_, i) => [answering(part(i), 1)]),
        'reader',
      );

      const removals = sets.slice(1).filter((set, i) => sets[i].some((name) => !set.includes(name)));
      expect(removals).toEqual([]);
      if (!atRandom) expect(sets.at(-1)).toEqual([...readers].sort());
    }),
    { numRuns: runs(60) },
  );
});

test('of a writer that wrongly answers in strict rotation, the group follows the first change and then rests', () => {
  fc.assert(
    fc.property(fc.uniqueArray(address, { minLength: 2, maxLength: 2 }), (pair) => {
      const { sets } = liveThrough(
        [],
        Array.from({ length: 200 }, (_, i) => [answering([pair[i % 2]], 1)]),
        'writer',
      );

      const distinct = sets.filter((set, i) => String(set) !== String(sets[i - 1]));
      expect(distinct).toEqual([[], [pair[0]], [...pair].sort(), [pair[1]]]);
    }),
  );
});

test('of a writer that wrongly answers at random, ten minutes see few changes', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(1)), (stream) => {
      const picks = stream[Symbol.iterator]();
      const answers = Array.from({ length: 600 }, () => [answering([`10.0.0.${picks.next().value}`], 5)]);

      const { sets } = liveThrough([], answers, 'writer');

      expect(sets.filter((set, i) => set.length > 1 && String(set) !== String(sets[i - 1])).length).toBeLessThanOrEqual(
        6,
      );
    }),
    { numRuns: runs(50) },
  );
});
