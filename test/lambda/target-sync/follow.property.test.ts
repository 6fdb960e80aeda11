import fc from 'fast-check';
import { runs } from '../../support/property-runs';
import { answering, EMPTY, endpointWith, NXDOMAIN } from './fixtures';
import type { Call } from './model-group';
import { type RunOptions, type Script, World } from './world';

const address = fc.integer({ min: 1, max: 4 }).map((last) => `10.0.0.${last}`);
const some = fc.uniqueArray(address, { minLength: 1, maxLength: 3 });
const answer = fc.oneof(
  { weight: 3, arbitrary: some.map((list) => answering(list, 2)) },
  fc.constantFrom(EMPTY, NXDOMAIN),
);
const script: fc.Arbitrary<Script> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), answer), { maxLength: 8 })
  .map((changes) => changes.sort(([a], [b]) => a - b));
const fault = fc.record({
  action: fc.constantFrom('describe' as const, 'isInUse' as const, 'register' as const, 'deregister' as const),
  nth: fc.nat(6),
  done: fc.boolean(),
});
const overlapping: fc.Arbitrary<RunOptions[]> = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 30 }),
    killedAfter: fc.option(fc.double({ min: 0.01, max: 60, noNaN: true }), { nil: undefined }),
    apply: fc.boolean(),
    isDeaf: fc.boolean(),
    cacheSeconds: fc.array(fc.double({ min: 0, max: 4.9, noNaN: true }), { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 4 },
);
const history = fc.record({
  role: fc.constantFrom('writer' as const, 'reader' as const),
  initially: fc.uniqueArray(address, { maxLength: 3 }),
  script,
  last: some,
  runs: overlapping,
  faults: fc.array(fault, { maxLength: 6 }),
  seed: fc.integer({ min: 1, max: 1e9 }),
});

function failing(faults: readonly { action: Call['action']; nth: number; done: boolean }[]) {
  const count = { describe: 0, isInUse: 0, receives: 0, register: 0, deregister: 0 };
  return ({ action }: Call) => {
    const nth = count[action]++;
    const found = faults.find((fault) => fault.action === action && fault.nth === nth);
    return found && { error: new Error('Rate exceeded'), done: found.done };
  };
}

test('whatever the names answer, whatever calls fail, however many runs there are at once and whichever are killed: the group is never emptied, and one undisturbed minute or two bring the last good answer', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ role, initially, script, last, runs, faults, seed }) => {
      const endpoint = endpointWith({ role, graceSeconds: 20 });
      const steady: Script = [[60, answering(last, 2)]];
      const world = new World(endpoint, [...script, ...steady], {
        initially,
        seed,
        times: { callMs: 150, healthyAfterMs: 4000 },
      });
      world.group.fault = failing(faults);

      const outcomes = await world.run(...runs);
      world.group.fault = () => undefined;
      await world.time.until(world.time.sleep(30_000));
      const remembered = outcomes.map(({ memory }) => memory);
      const [{ failures, report }] = await world.run(
        { seconds: 240, memory: remembered[0] },
        { seconds: 240, memory: remembered.at(-1), isDeaf: true },
      );

      const filled = world.group.history.findIndex((live) => live.length > 0);
      expect(world.group.history.slice(Math.max(0, filled)).filter((live) => live.length === 0)).toEqual(
        filled < 0 ? world.group.history : [],
      );
      expect(world.group.live()).toEqual([...last].sort());
      expect(failures).toEqual([]);
      expect(report.atEnd).toEqual([]);
    }),
    { numRuns: runs(150) },
  );
});

test('of a writer, runs at once make the changes of one: the new comes, the old goes, nothing returns', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 2700, max: 3300 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 490 }),
      fc.integer({ min: 1, max: 1e9 }),
      async (starts, stale, seed) => {
        const failover: Script = [
          [0, answering(['10.0.0.1'])],
          [30, answering(['10.0.0.2'])],
        ];
        const world = new World(endpointWith(), failover, { initially: ['10.0.0.1'], seed, times: { callMs: 150 } });
        // Caches repeat old answers for nearly their TTL. A run may meet a fresh one, a stale one, or both in turn.
        const caches = [[0], [stale / 100], [0, stale / 100]];
        const runs = starts.map((after, i) => ({ after: after / 100, cacheSeconds: caches[i % caches.length] }));

        await world.run(...runs);

        expect(world.group.history).toEqual([['10.0.0.1'], ['10.0.0.1', '10.0.0.2'], ['10.0.0.2']]);
      },
    ),
    { numRuns: runs(100) },
  );
});
