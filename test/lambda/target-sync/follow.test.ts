import { answering, EMPTY, endpointWith, NAME, NXDOMAIN } from './fixtures';
import { type Script, World } from './world';

const A = '10.0.0.1';
const B = '10.0.0.2';
const C = '10.0.0.3';
const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
const failover: Script = [
  [0, answering([A])],
  [20, answering([B])],
];

describe('a writer', () => {
  const writer = endpointWith();

  test('is registered at the first look', async () => {
    const world = new World(writer, [[0, answering([A])]]);

    const [{ failures, report }] = await world.run({ seconds: 2 });

    expect(failures).toEqual([]);
    expect(report.done).toEqual([`register ${A}`]);
    expect(world.group.history).toEqual([[], [A]]);
  });

  test('is followed through a failover within its TTL and the calls', async () => {
    const world = new World(writer, failover, { initially: [A] });

    const [{ failures, report }] = await world.run();

    expect(failures).toEqual([]);
    expect(world.group.history).toEqual([[A], [A, B], [B]]);
    expect(report.done).toEqual([`register ${B}`, `deregister ${A}`]);
    expect(Math.max(...report.seconds)).toBeLessThan(1);
    const changes = world.group.calls.filter(({ action }) => action !== 'describe');
    expect(Math.max(...changes.map(({ at }) => at)) - 1_020_000).toBeLessThan(6000);
  });

  test('that comes back after ten minutes is followed as fast as the first time', async () => {
    const world = new World(writer, [...failover, [640, answering([A])]], { initially: [A] });

    const [{ report }] = await world.run({ seconds: 660 });

    expect(world.group.history).toEqual([[A], [A, B], [B], [A, B], [A]]);
    expect(Math.max(...report.seconds)).toBeLessThan(1);
  });

  test('that comes back at once is followed when the answers have insisted for a TTL', async () => {
    const world = new World(writer, [...failover, [30, answering([A])]], { initially: [A] });

    const [{ report }] = await world.run();

    expect(world.group.history).toEqual([[A], [A, B], [B], [A, B], [A]]);
    expect(report.waited).toContain(A);
    expect(Math.max(...report.seconds)).toBeLessThan(7);
  });

  test('costs one look at the group in a run where nothing happens, and questions no faster than the TTL', async () => {
    const world = new World(writer, [[0, answering([A], 5)]], { initially: [A] });

    const [{ lookups }] = await world.run();

    expect(world.group.calls).toHaveLength(1);
    expect(lookups).toBe(11);
  });

  test('with a TTL of nothing is asked once a second', async () => {
    const world = new World(writer, [[0, answering([A], 0)]], { initially: [A] });

    expect((await world.run())[0].lookups).toBe(55);
  });

  test('with a TTL longer than the run is asked once', async () => {
    const world = new World(writer, [[0, answering([A], 300)]], { initially: [A] });

    expect((await world.run())[0].lookups).toBe(1);
  });

  test.each([
    ['an empty answer', EMPTY, `${NAME}: the answer is empty`],
    ['a failed answer', NXDOMAIN, `${NAME}: NXDOMAIN`],
    ['a public address', answering(['54.1.2.3']), '54.1.2.3'],
    ['an address of another network', answering(['10.66.66.66']), '10.66.66.66 is outside 10.0.0.0/16'],
    ['one right address and one of another network', answering([B, '10.66.66.66']), '10.66.66.66 is outside'],
  ])('keeps its targets through %s, which fails the run if it stays', async (_, bad, message) => {
    const world = new World(writer, [[0, bad]], { initially: [A] });

    const [{ failures, report }] = await world.run();

    expect(world.group.history).toEqual([[A]]);
    expect(failures).toEqual([expect.stringContaining(message)]);
    expect(report.atEnd).toEqual(failures);
    expect(report.badAnswers).toBeGreaterThan(20);
  });

  test.each(['::1', 'fe80::1', '64:ff9b::a00:1', '2001:db8:ffff::1'])(
    'keeps its IPv6 targets through the answer %s',
    async (address) => {
      const endpoint = endpointWith({ family: 6, vpcCidrs: ['2001:db8::/56'] });
      const world = new World(endpoint, [[0, answering([address])]], { initially: ['2001:db8::5'] });

      const [{ failures }] = await world.run();

      expect(world.group.history).toEqual([['2001:db8::5']]);
      expect(failures).toEqual([expect.stringContaining(address)]);
    },
  );

  test('that answers again before the end of a run has not failed', async () => {
    const world = new World(writer, [...failover.slice(0, 1), [10, NXDOMAIN], [30, answering([B])]], {
      initially: [A],
    });

    const [{ failures, report }] = await world.run();

    expect(failures).toEqual([]);
    expect(report.badAnswers).toBeGreaterThan(5);
    expect(world.group.history).toEqual([[A], [A, B], [B]]);
  });

  test('with more addresses than the quota allows keeps its targets and fails the run', async () => {
    const world = new World(endpointWith({ quota: 1 }), [[0, answering([B, C])]], { initially: [A] });

    const [{ failures }] = await world.run({ seconds: 10 });

    expect(world.group.history).toEqual([[A]]);
    expect(failures).toEqual(['Error: the names resolve to 2 addresses, but the quota is 1']);
  });

  test('is not undone by a run that asked a cache with an old answer', async () => {
    const world = new World(writer, failover, { initially: [A] });

    await world.run({}, { after: 18, cacheSeconds: [5] }, { after: 20.1, cacheSeconds: [5] });

    expect(world.group.history).toEqual([[A], [A, B], [B]]);
  });
});

describe('a reader', () => {
  const reader = endpointWith({ role: 'reader', graceSeconds: 40 });
  const rotating = (...addresses: string[]): Script =>
    Array.from({ length: 400 }, (_, i) => [i, answering([addresses[i % addresses.length]], 1)]);

  test('gets all of its addresses, one after the other', async () => {
    const world = new World(reader, rotating(A, B, C));

    const [{ failures }] = await world.run();

    expect(failures).toEqual([]);
    expect(world.group.history).toEqual([[], [A], [A, B], [A, B, C]]);
  });

  test('loses one that is not named any more, when the others are healthy', async () => {
    const world = new World(reader, rotating(A, B), { initially: [A, B, C] });

    const [{ report }] = await world.run({ seconds: 120 });

    expect(world.group.live()).toEqual([A, B]);
    expect(report.done).toEqual([`deregister ${C}`]);
    expect(world.group.calls.length).toBeLessThan(5);
  });

  test('loses one after the grace time while the others stay unhealthy', async () => {
    const world = new World(reader, rotating(A, B), { initially: [C], times: { healthyAfterMs: 900_000 } });

    const [{ report, failures }] = await world.run({ seconds: 120 });

    expect(failures).toEqual([]);
    expect(world.group.live()).toEqual([A, B]);
    expect(report.waited).toContain(C);
    const removal = world.group.calls.find(({ action }) => action === 'deregister')?.at ?? 0;
    expect(removal - 1_000_000).toBeGreaterThan(80_000);
    expect(removal - 1_000_000).toBeLessThan(100_000);
  });

  test('is not removed in a new process before that has heard enough', async () => {
    const world = new World(reader, rotating(A, B), { initially: [A, B, C] });

    await world.run({ seconds: 25 });
    await world.run({ seconds: 25 });

    expect(world.group.live()).toEqual([A, B, C]);
  });

  test('is removed by runs that remember each other', async () => {
    const world = new World(reader, rotating(A, B), { initially: [A, B, C] });

    const [{ memory }] = await world.run({ seconds: 40 });
    await world.run({ seconds: 40, memory });

    expect(world.group.live()).toEqual([A, B]);
  });
});

describe('an apply', () => {
  test('ends as soon as the targets are registered and seen to be', async () => {
    const world = new World(endpointWith(), [[0, answering([A])]]);

    const [{ failures }] = await world.run({ apply: true });

    expect(failures).toEqual([]);
    expect(world.group.calls.map(({ action }) => action)).toEqual(['describe', 'register', 'describe']);
    expect(world.time.now() - 1_000_000).toBeLessThan(200);
  });

  test('waits for a name that does not exist yet', async () => {
    const world = new World(endpointWith(), [
      [0, NXDOMAIN],
      [15, answering([A])],
    ]);

    const [{ failures }] = await world.run({ apply: true });

    expect(failures).toEqual([]);
    expect(world.group.live()).toEqual([A]);
    expect(world.time.now() - 1_000_000).toBeLessThan(18_000);
  });

  test('fails when there is nothing to register until its end', async () => {
    const world = new World(endpointWith(), [[0, NXDOMAIN]]);

    const [{ failures }] = await world.run({ apply: true });

    expect(failures).toEqual([`${NAME}: NXDOMAIN`]);
  });

  test('of a reader waits for five answers', async () => {
    const rotation: Script = Array.from({ length: 60 }, (_, i) => [i, answering([[A, B, C][i % 3]], 1)]);
    const world = new World(endpointWith({ role: 'reader' }), rotation);

    await world.run({ apply: true });

    expect(world.group.live()).toEqual([A, B, C]);
    expect(world.time.now() - 1_000_000).toBeLessThan(6000);
  });
});

describe('a call that fails', () => {
  test.each(['describe', 'register', 'deregister'] as const)(
    '%s: once throttled, it is tried again after a pause',
    async (action) => {
      const world = new World(endpointWith(), failover, { initially: [A] });
      let faults = 1;
      world.group.fault = (call) => (call.action === action && faults-- > 0 ? { error: throttled } : undefined);

      const [{ failures, report }] = await world.run();

      expect(failures).toEqual([]);
      expect(report.failures).toEqual([String(throttled)]);
      expect(world.group.history).toEqual([[A], [A, B], [B]]);
      expect(report.done).toEqual([`register ${B}`, `deregister ${A}`]);
    },
  );

  test.each([
    ['describe', [A]],
    ['register', [A]],
    ['deregister', [A, B]],
  ] as const)('%s: failing to the end, it fails the run, and what was reached stays', async (action, left) => {
    const world = new World(endpointWith(), failover, { initially: [A] });
    world.group.fault = (call) => (call.action === action ? { error: throttled } : undefined);

    const [{ failures, report }] = await world.run();

    expect(failures).toEqual([String(throttled)]);
    expect(report.failures.length).toBeGreaterThan(5);
    expect(world.group.live()).toEqual(left);
  });

  test.each(['register', 'deregister'] as const)(
    '%s: done although its answer was lost, it is not done twice',
    async (action) => {
      const world = new World(endpointWith(), failover, { initially: [A] });
      world.group.fault = (call) =>
        call.action === action ? { error: new Error('socket hang up'), done: true } : undefined;

      const [{ failures, report }] = await world.run();

      expect(failures).toEqual([]);
      expect(world.group.calls.filter((call) => call.action === action)).toHaveLength(1);
      expect(report.done).toEqual([`register ${B}`, `deregister ${A}`]);
    },
  );

  test('accepted without effect, it is repeated ever more slowly and fails the run', async () => {
    const world = new World(endpointWith(), [[0, answering([A])]]);
    world.group.register = async () => undefined;

    const [{ failures, report }] = await world.run();

    expect(failures).toEqual([`register ${A}:5432 has had no effect in the group`]);
    expect(report.done).toEqual([]);
    expect(world.group.calls.length).toBeLessThan(100);
  });
});

describe('a process that remembers what is no longer true', () => {
  const script: Script = [
    [0, answering([B])],
    [10, answering([A])],
    [200, answering([B])],
  ];
  const remembering = async () => {
    const world = new World(endpointWith(), script, { initially: [B] });
    const [{ memory }] = await world.run({ seconds: 20 });
    await world.time.until(world.time.sleep(210_000));
    return { world, memory };
  };

  test('registers nothing from memory while the names fail', async () => {
    const { world, memory } = await remembering();
    await world.run({ seconds: 10 });
    expect(world.group.live()).toEqual([B]);

    const [{ failures }] = await world.run({ seconds: 30, memory, isDeaf: true });

    expect(failures).toEqual([`${NAME}: SERVFAIL`]);
    expect(world.group.live()).toEqual([B]);
  });

  test('removes nothing from memory while the names fail', async () => {
    const { world, memory } = await remembering();
    await world.time.until(world.group.register([{ address: B, port: 5432 }]));

    await world.run({ seconds: 30, memory, isDeaf: true });

    expect(world.group.live()).toEqual([A, B]);
  });
});

test('the names are asked after the group is described, so that no answer is older than what it is compared with', async () => {
  const world = new World(endpointWith(), [[0, answering([A])]]);
  const lookupsAtDescribe: number[] = [];
  const { describe } = world.group;
  world.group.describe = () => {
    lookupsAtDescribe.push(world.lookups);
    return describe.call(world.group);
  };

  await world.run({ apply: true });

  expect(lookupsAtDescribe).toEqual([0, 1]);
});

test('a change in the last moment of a run is still verified', async () => {
  const world = new World(
    endpointWith(),
    [
      [0, answering([A])],
      [9.5, answering([B])],
    ],
    { initially: [A], times: { callMs: 400 } },
  );

  const [{ failures, report }] = await world.run({ seconds: 10.5 });

  expect(failures).toEqual([]);
  expect(report.done).toEqual([`register ${B}`, `deregister ${A}`]);
});
