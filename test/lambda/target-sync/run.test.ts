import type { Endpoint } from '../../../lambda/target-sync/configuration';
import type { Trigger } from '../../../lambda/target-sync/event';
import type { Memory } from '../../../lambda/target-sync/memory';
import { run, type Surroundings } from '../../../lambda/target-sync/run';
import { answering, endpointWith, NXDOMAIN } from './fixtures';
import { ModelGroup } from './model-group';
import { Recorder } from './recorder';
import { VirtualTime } from './virtual-time';

const ARN = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup';
const endpoint = (name: string, changes = {}) =>
  endpointWith({
    name,
    targetGroupArn: `${ARN}/${name}/1`,
    names: [{ hostname: `${name}.internal`, identifier: name }],
    ...changes,
  });
const orders = endpoint('orders');
const users = endpoint('users');
const broken = endpoint('broken');

function surroundings() {
  const clock = new VirtualTime();
  const groups = new Map<string, ModelGroup>();
  const groupFor = ({ name }: Endpoint) => {
    const group = groups.get(name) ?? new ModelGroup(clock);
    groups.set(name, group);
    return group;
  };
  const memories = new Map<string, Memory>();
  const real: Surroundings = {
    clock,
    groupFor,
    memories,
    lookupFor: () => async (hostname) => (hostname.startsWith('broken') ? NXDOMAIN : answering(['10.0.0.1'])),
    reportFor: () => new Recorder(),
  };
  const start = (trigger: Trigger, endpoints: Endpoint[] = [orders, users], remainingMs = 80_000) =>
    clock.until(run(trigger, { endpoints, runSeconds: 55, intervalSeconds: 1 }, remainingMs, real));
  return { clock, groups, memories, start, real };
}

test('the schedule follows every endpoint, for the length of a run', async () => {
  const { start, groups, clock } = surroundings();

  expect(await start({ kind: 'schedule' })).toEqual({ synced: ['orders', 'users'] });
  expect([...groups.values()].map((group) => group.live())).toEqual([['10.0.0.1'], ['10.0.0.1']]);
  expect(clock.now() - 1_000_000).toBeGreaterThan(50_000);
  expect(clock.now() - 1_000_000).toBeLessThanOrEqual(55_000);
});

test('an event is about the endpoints of its database', async () => {
  expect(await surroundings().start({ kind: 'database', identifier: 'users', eventId: '' })).toEqual({
    synced: ['users'],
  });
});

test('an event about an unknown database is about every endpoint', async () => {
  const { start } = surroundings();

  expect(await start({ kind: 'database', identifier: 'orders-instance-1', eventId: '' })).toEqual({
    synced: ['orders', 'users'],
  });
});

test('an apply ends when all is in place', async () => {
  const { start, clock } = surroundings();

  expect(await start({ kind: 'apply' })).toEqual({ synced: ['orders', 'users'] });
  expect(clock.now() - 1_000_000).toBeLessThan(1000);
});

test('an apply is about the endpoints that it names, and others that fail do not fail it', async () => {
  const { start } = surroundings();

  expect(await start({ kind: 'apply', endpoints: ['users'] }, [broken, users])).toEqual({ synced: ['users'] });
});

test('an endpoint that an apply names twice is looked at once', async () => {
  const { start, groups } = surroundings();

  expect(await start({ kind: 'apply', endpoints: ['users', 'orders', 'users'] })).toEqual({
    synced: ['users', 'orders'],
  });
  expect(groups.get('users')?.calls.map(({ action }) => action)).toEqual(['describe', 'register', 'describe']);
});

test('an apply that names an unknown endpoint fails', async () => {
  await expect(surroundings().start({ kind: 'apply', endpoints: ['gone'] })).rejects.toThrow('no endpoint gone');
});

test('an endpoint that fails does not stop the others, and the run fails at its end', async () => {
  const { start, groups } = surroundings();

  await expect(start({ kind: 'schedule' }, [broken, orders, users])).rejects.toThrow(
    'broken: broken.internal: NXDOMAIN',
  );
  expect(groups.get('users')?.live()).toEqual(['10.0.0.1']);
});

test('all that failed is named', async () => {
  const other = endpoint('broken-too', { port: 1 });

  await expect(surroundings().start({ kind: 'schedule' }, [broken, other])).rejects.toThrow(
    /^broken: .*; broken-too: /,
  );
});

test('a mistake of the program itself fails the run, and does not stop the others either', async () => {
  const { real, groups, clock } = surroundings();
  const mistaken: Surroundings = {
    ...real,
    reportFor: ({ name }) => {
      if (name === 'users') throw new TypeError('undefined is not a function');
      return new Recorder();
    },
  };

  const running = run(
    { kind: 'schedule' },
    { endpoints: [users, orders], runSeconds: 2, intervalSeconds: 1 },
    80_000,
    mistaken,
  );

  await expect(clock.until(running)).rejects.toThrow('users: TypeError: undefined is not a function');
  expect(groups.get('orders')?.live()).toEqual(['10.0.0.1']);
});

test('what was learned is there for the next run of the process', async () => {
  const { start, memories } = surroundings();

  await start({ kind: 'apply' });

  expect([...memories.keys()]).toEqual([orders.targetGroupArn, users.targetGroupArn]);
  expect(memories.get(orders.targetGroupArn)?.sightings.get('10.0.0.1')?.state).toBe('answered');
});

test('endpoints do not begin all at once: the account may describe ten target groups a second', async () => {
  const many = Array.from({ length: 30 }, (_, i) => endpoint(`db-${i}`));
  const { start, groups } = surroundings();

  await start({ kind: 'apply' }, many);

  const begins = [...groups.values()].map((group) => group.calls[0].at - 1_000_000);
  expect(begins.filter((at) => at < 1000).length).toBeLessThanOrEqual(11);
  expect(Math.max(...begins)).toBeLessThan(3000);
});

test('a run ends before the function is stopped, with time for one last look', async () => {
  const { start, clock } = surroundings();

  await start({ kind: 'schedule' }, [orders], 40_000);

  expect(clock.now() - 1_000_000).toBeLessThanOrEqual(25_000);
});

describe('an endpoint whose open connections can be ended', () => {
  const [active, standby, retired] = ['active', 'standby', 'retired'].map((part) => `${ARN}/${part}/1`);
  const late = endpoint('late', { targetGroupArn: active, standbyArn: standby, retiredArn: retired });

  function threeGroups(filled: readonly string[], weighted: string) {
    const { real, clock } = surroundings();
    const groups = new Map(
      [active, standby, retired].map((arn) => {
        const targets = filled.includes(arn) ? [{ address: '10.0.0.1', port: 5432 }] : [];
        const group = new ModelGroup(clock, {}, targets);
        group.hasWeight = arn === weighted;
        return [arn, group] as const;
      }),
    );
    const groupFor: Surroundings['groupFor'] = (_, arn) => groups.get(arn) ?? new ModelGroup(clock);
    const configuration = { endpoints: [late], runSeconds: 55, intervalSeconds: 1 };
    const start = (trigger: Trigger, changes: Partial<Surroundings> = {}) =>
      clock.until(run(trigger, configuration, 80_000, { ...real, groupFor, ...changes }));
    const live = () => [active, standby, retired].map((arn) => groups.get(arn)?.live().join());
    return { start, live, groups, clock };
  }
  const END: Trigger = { kind: 'end', endpoints: ['late'] };

  test('has its targets in two groups after an apply, which does not touch the third', async () => {
    const { start, live, groups } = threeGroups([retired], retired);

    await start({ kind: 'apply' });

    expect(live()).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.1']);
    expect(groups.get(retired)?.calls).toEqual([]);
  });

  test('has its third group emptied when the listener has left it', async () => {
    const { start, live } = threeGroups([active, standby, retired], active);

    expect(await start(END)).toEqual({ synced: ['late'] });
    expect(live()).toEqual(['10.0.0.1', '10.0.0.1', '']);
  });

  test('fails an apply whose listener has not left that group, which stays as it is', async () => {
    const { start, live } = threeGroups([active, standby, retired], retired);

    await expect(start(END)).rejects.toThrow('late: a listener still sends connections to the target group before');
    expect(live()).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.1']);
  });

  test('is followed by the schedule in all groups that serve or stand by, and in no other', async () => {
    const { start, live } = threeGroups([active, standby, retired], active);

    await start({ kind: 'schedule' });

    expect(live()).toEqual(['10.0.0.1', '10.0.0.1', '']);
  });

  test('still follows a failover in the group with the weight where an apply ended before the listener had moved', async () => {
    const { start, live } = threeGroups([active, standby, retired], retired);

    // The group that is to serve next is filled by the apply that moves the listener.
    await expect(start({ kind: 'schedule' }, { lookupFor: () => async () => answering(['10.0.0.2']) })).rejects.toThrow(
      'no listener gives the group weight',
    );

    expect(live()).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.2']);
  });

  test('is not filled again by a run that began with the configuration before', async () => {
    const { start, live, groups, clock } = threeGroups([active, standby], active);
    const running = start({ kind: 'schedule' }, { lookupFor: () => async () => answering(['10.0.0.2']) });
    // Meanwhile, the next epoch: the listener moves on, and the group is emptied.
    const group = groups.get(active);
    if (group) group.hasWeight = false;
    await group?.deregister([{ address: '10.0.0.1', port: 5432 }]);

    await expect(running).rejects.toThrow('no listener gives the group weight');
    expect(live()[0]).toBe('');
    expect(clock.now()).toBeGreaterThan(1_000_000);
  });
});

test('ends no connections of an endpoint that has one target group', async () => {
  await expect(surroundings().start({ kind: 'end', endpoints: ['users'] })).rejects.toThrow(
    'The configuration of users has no target group to empty',
  );
});
