import { describeWithTools } from '../harness';
import type { Phase } from './elb-front';
import { APPLY, at, SCHEDULE, seconds, useStage } from './stage';

const A = '10.0.1.1';
const B = '10.0.2.2';
const SLOW: readonly Phase[] = [
  { state: 'initial', reason: 'Elb.RegistrationInProgress', seconds: 3 },
  { state: 'initial', reason: 'Elb.InitialHealthChecking', seconds: 1 },
  { state: 'healthy' },
];
const HEALTHY: readonly Phase[] = [{ state: 'healthy' }];
const DEAF: readonly Phase[] = [
  { state: 'initial', reason: 'Elb.InitialHealthChecking', seconds: 1 },
  { state: 'unhealthy', reason: 'Target.FailedHealthChecks' },
];
const NO_ZONE: readonly Phase[] = [{ state: 'unused', reason: 'Target.NotInUse' }];

// The function looks again after ten seconds, so its runs are a little longer than that here.
const RUN = { runSeconds: 18 };

describeWithTools(['emulator'], 'the bundled function and the health of what it registers', () => {
  const stage = useStage();

  test('a first apply fills a group that has no listener at once, and runs wait for the listener without failing', async () => {
    const endpoint = await stage().endpoint(at(A), { healthySeconds: 2 });
    stage().elb.withoutListener(endpoint.targetGroupArn);
    stage().elb.phasesOf = () => SLOW.map((phase) => ({ ...phase, seconds: phase.seconds && phase.seconds / 4 }));
    const sandbox = await stage().sandbox([endpoint], { runSeconds: 4 });

    const patient = await stage().sandbox([endpoint], { runSeconds: 60 });
    const begin = Date.now();
    expect(await patient.invoke(APPLY)).toHaveProperty('result');
    expect(Date.now() - begin).toBeLessThan(30_000);
    expect(await sandbox.invoke(SCHEDULE)).toHaveProperty('result');
    expect(await sandbox.invoke(SCHEDULE)).toHaveProperty('result');
    expect(sandbox.logs(endpoint.name).at(-1)).toMatchObject({ registered: [`${A} unused (Target.NotInUse)`] });
    expect(sandbox.metrics(endpoint.name)).not.toHaveProperty('SecondsUntilHealthy');

    stage().elb.addListener(endpoint.targetGroupArn);
    const later = await sandbox.invoke(SCHEDULE);
    const last = await sandbox.invoke(SCHEDULE);

    expect([later, last].map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(sandbox.metrics(endpoint.name)).toMatchObject({ SecondsUntilHealthy: [expect.any(Number)] });
    expect(sandbox.metrics(endpoint.name)).not.toHaveProperty('RunsFailed');
  });

  test('after a failover the time to healthy is measured, and slowness, a missing zone and deafness are told apart', async () => {
    const [slow, nowhere, deaf, well] = await Promise.all(
      [20, 20, 3, 20].map((healthySeconds) => stage().running(at(A), [A], { healthySeconds })),
    );
    const fate = new Map([
      [slow.targetGroupArn, SLOW],
      [nowhere.targetGroupArn, NO_ZONE],
      [deaf.targetGroupArn, DEAF],
    ]);
    stage().elb.phasesOf = (arn, id) => (id === A ? HEALTHY : (fate.get(arn) ?? HEALTHY));
    stage().elb.drainingSecondsOf = () => 8;
    const sandbox = await stage().sandbox([slow, nowhere, deaf, well], RUN);

    let isOver = false;
    const first = sandbox.invoke(SCHEDULE).finally(() => {
      isOver = true;
    });
    await seconds(2);
    for (const { names } of [slow, nowhere, deaf, well]) stage().dns.set(names[0].hostname, at(B));
    while (stage().elb.live(well.targetGroupArn).join() !== B) await seconds(0.1);
    // Nothing waits for the health of others, of which one never comes.
    expect(isOver).toBe(false);
    const answers = [await first, await sandbox.invoke(SCHEDULE)];

    const unhealthy = new RegExp(
      `${deaf.name}: ${B}:5432 has not been healthy for \\d+ seconds \\(unhealthy, Target\\.FailedHealthChecks\\)`,
    );
    const unused = `${nowhere.name}: ${B}:5432 gets no traffic (unused, Target.NotInUse)`;
    expect(answers[0].error ?? '').not.toContain(unused);
    expect(answers[1].error).toMatch(unhealthy);
    expect(answers[1].error).toContain(unused);
    for (const { name } of [slow, well]) expect(answers[1].error).not.toContain(`${name}:`);
    expect(sandbox.metrics(nowhere.name)).toMatchObject({ TargetsUnused: [1], RunsFailed: [1] });
    expect(sandbox.metrics(deaf.name)).toMatchObject({ RunsFailed: expect.arrayContaining([1]) });
    expect(sandbox.metrics(deaf.name)['TargetsUnhealthy'].at(-1)).toBe(1);
    const [time] = sandbox.metrics(slow.name)['SecondsUntilHealthy'];
    expect(time).toBeGreaterThanOrEqual(4);
    expect(time).toBeLessThanOrEqual(17);
    expect(sandbox.metrics(slow.name)).not.toHaveProperty('RunsFailed');
    const states = sandbox.logs(slow.name).flatMap(({ ailing }) => (ailing as string[][]) ?? []);
    expect(states).toEqual(
      expect.arrayContaining([
        `${B} initial (Elb.RegistrationInProgress)`,
        `${A} draining (Target.DeregistrationInProgress)`,
      ]),
    );
  });
});
