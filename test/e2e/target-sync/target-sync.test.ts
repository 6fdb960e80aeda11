import type { EndpointConfiguration } from '../../../lib/target-sync/contract';
import type { Zone } from '../../lambda/target-sync/loopback-dns';
import { describeWithTools } from '../harness';
import type { Fault } from './elb-front';
import { APPLY, at, FAILOVER, SCHEDULE, seconds, useStage } from './stage';

const A = '10.0.1.1';
const B = '10.0.2.2';
const C = '10.0.3.3';

describeWithTools(['emulator'], 'the bundled target-sync function', () => {
  const stage = useStage();

  const change = (endpoint: EndpointConfiguration, zone: Zone) => stage().dns.set(endpoint.names[0].hostname, zone);

  test('an apply registers the first targets, with port and zone, and says so', async () => {
    const inside = await stage().endpoint(at(A));
    const outside = await stage().endpoint(at('10.9.0.1'), { port: 3306, cidrBlocks: ['10.9.0.0/24'] });
    const ipv6 = await stage().endpoint({ addresses: [A, '2001:db8::5'] }, { family: 6, vpcCidrs: ['2001:db8::/56'] });
    const sandbox = await stage().sandbox([inside, outside, ipv6]);

    expect(await sandbox.invoke(APPLY)).toEqual({ result: { synced: [inside.name, outside.name, ipv6.name] } });

    expect(await stage().registered(inside)).toEqual([A]);
    expect(await stage().registered(ipv6)).toEqual(['2001:db8::5']);
    expect(await stage().registered(outside)).toEqual(['10.9.0.1']);
    const { calls } = stage().elb;
    const zones = (arn: string) => calls.filter((call) => call.arn === arn).flatMap((call) => call.zones);
    expect([inside, outside, ipv6].map(({ targetGroupArn }) => zones(targetGroupArn))).toEqual([[], ['all'], []]);
    const described = await stage().emulator.call('elasticloadbalancing', 'DescribeTargetHealth', {
      TargetGroupArn: outside.targetGroupArn,
    });
    expect(described.first('Port')).toBe('3306');
    expect(sandbox.metrics(inside.name)).toEqual({ TargetsRegistered: [1], SecondsToRegister: [expect.any(Number)] });
  });

  test('an apply that can register nothing fails with the reason', async () => {
    const sandbox = await stage().sandbox([await stage().endpoint({ rcode: 'NXDOMAIN' })], { runSeconds: 2 });

    const { error } = await sandbox.invoke(APPLY);

    expect(error).toMatch(/^db-\d+: db-\d+\.example\.internal: NXDOMAIN$/);
  });

  test('a writer is followed through failover and failback, in one process', async () => {
    const endpoint = await stage().running(at(A), [A]);
    const sandbox = await stage().sandbox([endpoint]);

    const first = sandbox.invoke(SCHEDULE);
    await seconds(2);
    change(endpoint, at(B));
    expect(await first).toHaveProperty('result');
    expect(await stage().registered(endpoint)).toEqual([B]);

    const second = sandbox.invoke(SCHEDULE);
    await seconds(1);
    change(endpoint, at(A));
    expect(await second).toHaveProperty('result');
    await sandbox.invoke(FAILOVER);

    expect(await stage().registered(endpoint)).toEqual([A]);
    // How long AWS, or the front here, takes until a target is healthy is another matter.
    const { SecondsUntilHealthy, ...metrics } = sandbox.metrics(endpoint.name);
    expect(metrics).toEqual({
      TargetsRegistered: [1, 1],
      SecondsToRegister: [expect.any(Number), expect.any(Number)],
      TargetsDeregistered: [1, 1],
      SecondsToDeregister: [expect.any(Number), expect.any(Number)],
    });
    expect(Math.max(...sandbox.metrics(endpoint.name)['SecondsToDeregister'])).toBeLessThan(10);
  });

  test('a reader set that answers in rotation grows and shrinks', async () => {
    const endpoint = await stage().running({ rotation: [A] }, [A], { role: 'reader' });
    const sandbox = await stage().sandbox([endpoint], { runSeconds: 8, intervalSeconds: 0.05 });

    change(endpoint, { rotation: [A, B, C] });
    await sandbox.invoke(SCHEDULE);
    expect(await stage().registered(endpoint)).toEqual([A, B, C]);
    expect(stage().elb.callsAbout(endpoint.targetGroupArn)).not.toContain('DeregisterTargets');

    change(endpoint, { rotation: [A, C] });
    await sandbox.invoke(SCHEDULE);
    expect(await stage().registered(endpoint)).toEqual([A, C]);
    expect(sandbox.metrics(endpoint.name)).toMatchObject({ TargetsRegistered: [1, 1], TargetsDeregistered: [1] });
  });

  test('through bad answers of every kind the targets stay, the run fails, and each kind is counted', async () => {
    const empty = await stage().running('empty', [A]);
    const bad = [
      await stage().running({ rcode: 'NXDOMAIN' }, [A]),
      await stage().running({ rcode: 'SERVFAIL' }, [A]),
      await stage().running('silent', [A]),
      await stage().running({ addresses: ['0.0.0.0'] }, [A]),
      await stage().running({ addresses: ['54.1.2.3'] }, [A]),
      await stage().running({ addresses: ['10.66.66.66'] }, [A]),
    ];
    const good = await stage().running(at(B), [A]);
    const sandbox = await stage().sandbox([empty, ...bad, good]);

    const { error } = await sandbox.invoke(SCHEDULE);

    const reasons = [
      'the answer is empty',
      'NXDOMAIN',
      'SERVFAIL',
      'the DNS server does not answer in time',
      '0.0.0.0',
      '54.1.2.3',
      '10.66.66.66 is outside 10.0.0.0/16',
    ];
    for (const [i, endpoint] of [empty, ...bad].entries()) {
      expect(await stage().registered(endpoint)).toEqual([A]);
      expect(error).toMatch(new RegExp(`${endpoint.name}: [^;]*${reasons[i]}`));
      const counted = i === 0 ? 'EmptyAnswers' : 'FailedLookups';
      const metrics = sandbox.metrics(endpoint.name);
      expect(Object.keys(metrics).sort()).toEqual([counted, 'RunsFailed', 'RunsUnanswered'].sort());
      expect(metrics[counted].length).toBeGreaterThan(1);
    }
    expect(await stage().registered(good)).toEqual([B]);
    expect(error).not.toContain(`${good.name}:`);

    for (const endpoint of [empty, ...bad]) change(endpoint, at(C));
    expect(await sandbox.invoke(APPLY)).toHaveProperty('result');
    for (const endpoint of [empty, ...bad]) expect(await stage().registered(endpoint)).toEqual([C]);
  });

  test('more addresses than the quota allows are an error, and change nothing', async () => {
    const endpoint = await stage().running({ addresses: [B, C], ttl: 1 }, [A], { quota: 1 });
    const sandbox = await stage().sandbox([endpoint], { runSeconds: 2 });

    expect((await sandbox.invoke(SCHEDULE)).error).toContain('the names resolve to 2 addresses, but the quota is 1');

    expect(await stage().registered(endpoint)).toEqual([A]);
  });

  // describe, [the name changes], describe, register, describe, deregister, describe
  const SITES = [0, 1, 2, 3, 4, 5];
  const FAULTS: Fault[] = [
    'throttled',
    'broken',
    'denied',
    'reset',
    'reset after it was done',
    'hangs',
    'hangs after it was done',
  ];

  test('a call that fails once, at any place and in any way, delays the failover and does not spoil it', async () => {
    const cases = await Promise.all(
      SITES.flatMap((site) =>
        FAULTS.map(async (fault) => ({ site, fault, endpoint: await stage().running(at(A), [A]) })),
      ),
    );
    const calls = new Map(
      cases.map(({ endpoint }) => [endpoint.targetGroupArn, stage().elb.callsAbout(endpoint.targetGroupArn).length]),
    );
    stage().elb.fault = ({ arn, nth }) => {
      const found = cases.find(({ endpoint }) => endpoint.targetGroupArn === arn);
      return found && nth === found.site + (calls.get(arn) ?? 0) ? found.fault : undefined;
    };
    const sandbox = await stage().sandbox(
      cases.map(({ endpoint }) => endpoint),
      { runSeconds: 25 },
    );

    const running = sandbox.invoke(SCHEDULE);
    await seconds(7);
    for (const { endpoint } of cases) change(endpoint, at(B));

    expect(await running).toHaveProperty('result');
    for (const { site, fault, endpoint } of cases) {
      const outcome = {
        site,
        fault,
        registered: await stage().registered(endpoint),
        metrics: sandbox.metrics(endpoint.name),
      };
      expect(outcome).toMatchObject({
        site,
        fault,
        registered: [B],
        metrics: { TargetsRegistered: [1], TargetsDeregistered: [1] },
      });
      // On a slow machine, calls to the emulator that take too long are failed looks as well.
      expect(outcome.metrics[fault === 'throttled' ? 'ThrottledCalls' : 'FailedLooks']).toContain(1);
      expect(outcome.metrics).not.toHaveProperty('RunsFailed');
    }
  });

  test('calls that always fail fail the run, which says whose and why; what could be done is done', async () => {
    const cases = [
      { action: 'DescribeTargetHealth', fault: 'throttled', left: [A] },
      { action: 'RegisterTargets', fault: 'denied', left: [A] },
      { action: 'DeregisterTargets', fault: 'broken', left: [A, B] },
    ] as const;
    const endpoints = await Promise.all(cases.map(() => stage().running(at(B), [A])));
    const healthy = await stage().running(at(B), [A]);
    const failing = new Map(endpoints.map(({ targetGroupArn }, i) => [targetGroupArn, cases[i]]));
    stage().elb.fault = ({ arn, action }) =>
      failing.get(arn)?.action === action ? failing.get(arn)?.fault : undefined;
    const sandbox = await stage().sandbox([...endpoints, healthy]);

    const { error } = await sandbox.invoke(SCHEDULE);

    for (const [i, { left, fault }] of cases.entries()) {
      const { name } = endpoints[i];
      expect(error).toMatch(
        new RegExp(`${name}: ${{ throttled: 'Throttling', denied: 'AccessDenied', broken: 'InternalFailure' }[fault]}`),
      );
      expect(stage().elb.live(endpoints[i].targetGroupArn)).toEqual([...left]);
      const counted = sandbox.metrics(name)[fault === 'throttled' ? 'ThrottledCalls' : 'FailedLooks'];
      // Again and again; how often in these seconds is a matter of the machine.
      expect(counted.length).toBeGreaterThan(1);
      expect(sandbox.metrics(name)).toMatchObject({ RunsFailed: [1] });
    }
    expect(await stage().registered(healthy)).toEqual([B]);
  });

  test('a schedule, an event and an apply at once, in three processes, make the changes of one', async () => {
    const endpoints = await Promise.all(Array.from({ length: 6 }, () => stage().running(at(A), [A])));
    const sandboxes = await Promise.all([1, 2, 3].map(() => stage().sandbox(endpoints)));

    const running = sandboxes.map((sandbox, i) => sandbox.invoke([SCHEDULE, FAILOVER, APPLY][i]));
    await seconds(1.5);
    for (const endpoint of endpoints) change(endpoint, at(B));
    const late = await sandboxes[2].invoke(APPLY);
    const answers = await Promise.all(running);

    expect([...answers, late].map(({ error }) => error)).toEqual([undefined, undefined, undefined, undefined]);
    for (const endpoint of endpoints) {
      expect(await stage().registered(endpoint)).toEqual([B]);
      const registrations = stage().elb.calls.filter(
        ({ arn, action }) => arn === endpoint.targetGroupArn && action === 'RegisterTargets',
      );
      expect(registrations.slice(1).every(({ addresses }) => addresses.join() === B)).toBe(true);
    }
  });

  test.each([
    ['before the new target is registered', 'RegisterTargets', 'hangs', [A]],
    ['after the new target is registered', 'RegisterTargets', 'hangs after it was done', [A, B]],
    ['before the old target is removed', 'DeregisterTargets', 'hangs', [A, B]],
    ['after the old target is removed', 'DeregisterTargets', 'hangs after it was done', [B]],
  ] as const)(
    'a process killed %s leaves a group that serves, and the next one finishes the work',
    async (_, action, fault, left) => {
      const endpoint = await stage().running(at(B), [A]);
      await seconds(1.6); // the old target is healthy by now
      const killed = await stage().sandbox([endpoint]);
      let isReached: () => void;
      const reached = new Promise<void>((resolve) => {
        isReached = resolve;
      });
      stage().elb.fault = (call) => {
        if (call.action !== action) return undefined;
        setTimeout(isReached, 300);
        return fault;
      };

      killed.invoke(SCHEDULE).catch(() => undefined);
      await reached;
      await killed.kill();
      expect(stage().elb.live(endpoint.targetGroupArn)).toEqual([...left]);

      stage().elb.fault = () => undefined;
      const next = await stage().sandbox([endpoint]);
      expect(await next.invoke(SCHEDULE)).toHaveProperty('result');
      expect(await stage().registered(endpoint)).toEqual([B]);
    },
  );
});
