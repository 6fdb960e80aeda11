import type { Memory } from '../../../lambda/target-sync/memory';
import { answering, endpointWith } from './fixtures';
import type { Phase } from './model-group';
import { type Script, World } from './world';

const A = '10.0.0.1';
const B = '10.0.0.2';
const B_UNUSED = `${B}:5432 gets no traffic (unused, Target.NotInUse): the load balancer has no subnet in its zone`;
const failover: Script = [
  [0, answering([A])],
  [20, answering([B])],
];
const writer = endpointWith();
/** As AWS does it: minutes until registration is complete, and health checks after it. */
const asAws = (minutes: number): Phase[] => [
  { state: 'initial', reason: 'Elb.RegistrationInProgress', ms: minutes * 60_000 - 20_000 },
  { state: 'initial', reason: 'Elb.InitialHealthChecking', ms: 20_000 },
  { state: 'healthy' },
];
const FOREVER_UNUSED: Phase[] = [{ state: 'unused', reason: 'Target.NotInUse' }];

/** One run a minute, in a process that lives on; what each of them has reported. */
async function minutes(world: World, count: number) {
  const all: { failures: readonly string[]; ailing: string[]; seconds: number[]; recoveries: string[] }[] = [];
  let memory: Memory | undefined;
  for (let minute = 0; minute < count; minute++) {
    const end = world.time.now() + 60_000;
    const [run] = await world.run({ seconds: 58, memory });
    memory = run.memory;
    const { secondsUntilHealthy, recoveries, ailing } = run.report;
    all.push({ failures: run.failures ?? [], ailing, seconds: secondsUntilHealthy, recoveries });
    await world.time.until(world.time.sleep(Math.max(0, end - world.time.now())));
  }
  return all;
}

test.each([1.5, 3, 5])(
  'a new target that is healthy after %s minutes fails no run, and its time is measured',
  async (time) => {
    const world = new World(writer, failover, { initially: [A], times: { phases: () => asAws(time) } });

    const runs = await minutes(world, 8);

    expect(runs.flatMap(({ failures }) => failures)).toEqual([]);
    const [seconds] = runs.flatMap((run) => run.seconds);
    expect(seconds).toBeGreaterThanOrEqual(time * 60 - 1);
    expect(seconds).toBeLessThanOrEqual(time * 60 + 12);
    expect(runs.flatMap(({ recoveries }) => recoveries)).toEqual([B]);
  },
);

test('a database that moved to a zone without a load balancer fails each run from the second minute on, with the reason', async () => {
  const phases = (address: string): Phase[] => (address === A ? [{ state: 'healthy' }] : FOREVER_UNUSED);
  const world = new World(writer, failover, { initially: [A], times: { phases } });

  const runs = await minutes(world, 4);

  expect(runs.map(({ failures }) => failures)).toEqual([[], [B_UNUSED], [B_UNUSED], [B_UNUSED]]);
  expect(runs.map(({ ailing }) => ailing)).toEqual([[], ['unused'], ['unused'], ['unused']]);
  expect(world.group.live()).toEqual([B]);
});

test('a process that has just begun finds it too', async () => {
  const world = new World(writer, [[0, answering([B])]], { initially: [B], times: { phases: () => FOREVER_UNUSED } });

  expect((await minutes(world, 2)).map(({ failures }) => failures)).toEqual([[], [B_UNUSED]]);
});

test('a target that never answers its checks fails the runs after ten minutes, or after the time that was set', async () => {
  const phases = (): Phase[] => [
    { state: 'initial', reason: 'Elb.RegistrationInProgress', ms: 120_000 },
    { state: 'unhealthy', reason: 'Target.FailedHealthChecks' },
  ];
  const failing = async (healthySeconds?: number) => {
    const world = new World(endpointWith({ healthySeconds }), [[0, answering([A])]], { times: { phases } });
    const runs = await minutes(world, 13);
    return { first: runs.findIndex(({ failures }) => failures.length > 0), runs, world };
  };

  const { first, runs, world } = await failing();

  expect(first).toBe(10);
  expect(runs[10].failures).toEqual([
    expect.stringMatching(
      /^10\.0\.0\.1:5432 has not been healthy for \d+ seconds \(unhealthy, Target\.FailedHealthChecks\)$/,
    ),
  ]);
  expect(runs[10].ailing).toEqual(['unhealthy']);
  // Decided, it is looked at once a minute.
  const late = world.group.calls.filter(({ action, at }) => action === 'describe' && at - 1_000_000 > 660_000);
  expect(late.length).toBeLessThanOrEqual(2);
  expect((await failing(180)).first).toBe(3);
});

test('a target is judged by what was last seen of it, and not by the time that has passed since', async () => {
  const phases = (): Phase[] => [{ state: 'initial', ms: 3000 }, { state: 'healthy' }];
  const world = new World(endpointWith({ healthySeconds: 2 }), [[0, answering([A])]], { times: { phases } });

  const [{ failures }] = await world.run({ seconds: 5 });

  expect(failures).toEqual([]);
});

describe('where the listener does not exist yet', () => {
  const times = { phases: () => asAws(3), listenerAfterMs: 500_000 };

  test('an apply fills the group at once and succeeds', async () => {
    const world = new World(writer, [[0, answering([A])]], { times });

    const [{ failures }] = await world.run({ apply: true });

    expect(failures).toEqual([]);
    expect(world.time.now() - 1_000_000).toBeLessThan(1000);
    expect(world.group.calls.map(({ action }) => action)).toEqual(['describe', 'register', 'describe']);
  });

  test('the runs of the schedule wait for it without failing, for however long, and measure from then on', async () => {
    const world = new World(writer, [[0, answering([A])]], { times });
    await world.run({ apply: true });

    const runs = await minutes(world, 14);

    expect(runs.flatMap(({ failures }) => failures)).toEqual([]);
    const [seconds] = runs.flatMap((run) => run.seconds);
    // A run looks at the group when it begins, so it may see a listener up to a minute late.
    expect(seconds).toBeGreaterThan(110);
    expect(seconds).toBeLessThanOrEqual(192);
  });
});

test('an apply does not wait for health, nor fail for it', async () => {
  const world = new World(writer, failover, { initially: [A], times: { phases: () => FOREVER_UNUSED } });

  const [{ failures }] = await world.run({ apply: true });

  expect(failures).toEqual([]);
  expect(world.group.calls.map(({ action }) => action)).toEqual(['describe']);
});

test('a failover is followed as fast while a target is watched as ever', async () => {
  const changes: Script = [...failover, [31, answering(['10.0.0.3'])]];
  const world = new World(writer, changes, { initially: [A], times: { phases: () => asAws(4) } });

  const [{ report }] = await world.run();

  expect(world.group.live()).toEqual(['10.0.0.3']);
  expect(Math.max(...report.seconds)).toBeLessThan(1);
});

test('what is draining, initial and healthy is told apart', async () => {
  const world = new World(writer, failover, { initially: [A], times: { healthyAfterMs: 15_000, drainingMs: 12_000 } });

  const [{ report }] = await world.run();

  expect(report.states).toEqual([
    `${A} healthy`,
    `${A} healthy, ${B} initial`,
    `${A} draining, ${B} initial`,
    `${B} healthy`,
  ]);
});

test('while a target is watched, the group is looked at every ten seconds, and once a run afterwards', async () => {
  const world = new World(writer, [[0, answering([A])]], { times: { phases: () => asAws(2) } });

  await minutes(world, 4);

  const looks = world.group.calls.filter(({ action }) => action === 'describe').map(({ at }) => at - 1_000_000);
  expect(looks.filter((at) => at < 120_000).length).toBeGreaterThan(9);
  expect(looks.filter((at) => at < 120_000).length).toBeLessThan(17);
  expect(looks.filter((at) => at > 135_000).length).toBe(1);
});

test('a call that cannot tell whether there is a listener fails the run if it stays so, and condemns nothing', async () => {
  const world = new World(writer, [[0, answering([A])]], { initially: [A], times: { phases: () => FOREVER_UNUSED } });
  world.group.fault = ({ action }) => (action === 'isInUse' ? { error: new Error('AccessDenied') } : undefined);

  const runs = await minutes(world, 3);

  expect(runs.map(({ failures, ailing }) => [failures, ailing])).toEqual(Array(3).fill([['Error: AccessDenied'], []]));
});
