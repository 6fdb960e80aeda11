import { ailments, type Health, isPending, isPuzzling, observe } from '../../../lambda/target-sync/health';
import type { Target } from '../../../lambda/target-sync/target';

const A = '10.0.0.1';
const target = (state: Target['state'], reason?: string, address = A): Target => ({
  address,
  port: 5432,
  state,
  reason,
});
const NOT_IN_USE = target('unused', 'Target.NotInUse');
const INITIAL = target('initial', 'Elb.RegistrationInProgress');

/** Looks at the group every ten seconds; a state lasts for so many looks. */
function lookThrough(phases: readonly (readonly [looks: number, targets: readonly Target[], isInUse?: boolean])[]) {
  let health: Health | undefined;
  let now = 0;
  const seconds: number[] = [];
  for (const [looks, targets, isInUse = true] of phases) {
    for (let i = 0; i < looks; i++) {
      now += 10_000;
      const seen = observe(health, targets, isInUse, now);
      health = seen.health;
      seconds.push(...seen.recoveries.map((recovery) => recovery.seconds));
    }
  }
  const known = health as Health;
  return {
    seconds,
    ailments: ailments(known, new Set([A]), 600, now),
    isPending: isPending(known, new Set([A]), 600, now),
  };
}

test('a target that becomes healthy in the time that AWS takes is no ailment, and its time is measured', () => {
  expect(
    lookThrough([
      [1, []],
      [30, [INITIAL]],
    ]),
  ).toEqual({ seconds: [], ailments: [], isPending: true });
  expect(
    lookThrough([
      [1, []],
      [30, [INITIAL]],
      [1, [target('healthy')]],
    ]),
  ).toEqual({
    seconds: [300],
    ailments: [],
    isPending: false,
  });
});

test.each([
  ['initial', INITIAL, 'initial, Elb.RegistrationInProgress'],
  ['unhealthy', target('unhealthy', 'Target.FailedHealthChecks'), 'unhealthy, Target.FailedHealthChecks'],
  ['unhealthy.draining', target('unhealthy.draining'), 'unhealthy.draining'],
  ['unavailable', target('unavailable', 'Elb.InternalError'), 'unavailable, Elb.InternalError'],
  ['unused for a reason of its own', target('unused', 'Target.IpUnusable'), 'unused, Target.IpUnusable'],
])(
  'a target that stays %s is an ailment after the time for it, and is not looked at more often then',
  (_, state, text) => {
    expect(lookThrough([[60, [state]]])).toMatchObject({ ailments: [], isPending: true });
    expect(lookThrough([[61, [state]]])).toEqual({
      seconds: [],
      ailments: [{ kind: 'unhealthy', text: `10.0.0.1:5432 has not been healthy for 600 seconds (${text})` }],
      isPending: false,
    });
  },
);

test('a target without a zone in the load balancer is an ailment after a minute', () => {
  expect(lookThrough([[6, [NOT_IN_USE]]])).toMatchObject({ ailments: [], isPending: true });
  expect(lookThrough([[7, [NOT_IN_USE]]])).toEqual({
    seconds: [],
    ailments: [
      {
        kind: 'unused',
        text: '10.0.0.1:5432 gets no traffic (unused, Target.NotInUse): the load balancer has no subnet in its zone',
      },
    ],
    isPending: false,
  });
});

test('a group that no listener leads to waits for it, for however long', () => {
  expect(
    lookThrough([
      [1, []],
      [400, [NOT_IN_USE], false],
    ]),
  ).toEqual({ seconds: [], ailments: [], isPending: false });
});

test('time counts from the listener on', () => {
  const waited = [
    [1, []],
    [400, [NOT_IN_USE], false],
  ] as const;

  expect(lookThrough([...waited, [60, [INITIAL]]])).toMatchObject({ ailments: [] });
  expect(lookThrough([...waited, [61, [INITIAL]]]).ailments).toHaveLength(1);
  expect(lookThrough([...waited, [3, [NOT_IN_USE]], [9, [INITIAL]], [1, [target('healthy')]]])).toEqual({
    seconds: [120],
    ailments: [],
    isPending: false,
  });
});

test('a target that was there before is judged from the first look on, and its time is not measured', () => {
  expect(
    lookThrough([
      [3, [INITIAL]],
      [1, [target('healthy')]],
    ]).seconds,
  ).toEqual([]);
  expect(lookThrough([[61, [target('unhealthy')]]]).ailments).toHaveLength(1);
});

test('one that was healthy and is not any more is judged from then on, and its return is no registration', () => {
  const before = [
    [1, []],
    [2, [INITIAL]],
    [100, [target('healthy')]],
  ] as const;

  expect(lookThrough([...before, [60, [target('unhealthy')]]])).toMatchObject({ seconds: [20], ailments: [] });
  expect(lookThrough([...before, [61, [target('unhealthy')]]]).ailments).toHaveLength(1);
  expect(lookThrough([...before, [9, [target('unhealthy')]], [1, [target('healthy')]]]).seconds).toEqual([20]);
});

test('what is draining is no ailment, and one that comes back begins anew', () => {
  const draining = target('draining', 'Target.DeregistrationInProgress');

  expect(lookThrough([[100, [draining]]])).toEqual({ seconds: [], ailments: [], isPending: false });
  expect(
    lookThrough([
      [50, [INITIAL]],
      [1, [draining]],
      [59, [INITIAL]],
      [1, [target('healthy')]],
    ]),
  ).toMatchObject({
    seconds: [590],
    ailments: [],
  });
});

test('only targets that the names stand for are judged', () => {
  const other = target('unhealthy', undefined, '10.0.0.9');

  expect(lookThrough([[100, [target('healthy'), other]]])).toMatchObject({ ailments: [], isPending: false });
});

test('a process that has slept has seen nothing of what happened meanwhile', () => {
  const first = observe(observe(undefined, [], true, 0).health, [INITIAL], true, 1000).health;

  const later = observe(first, [target('healthy')], true, 3_600_000);
  const still = observe(first, [target('unhealthy')], true, 3_600_000);

  expect(later.recoveries).toEqual([]);
  expect(ailments(still.health, new Set([A]), 600, 3_600_000)).toEqual([]);
  expect(observe(first, [target('healthy')], true, 120_000).recoveries).toEqual([
    { address: A, port: 5432, seconds: 119 },
  ]);
});

test('only a target that is in no use makes it worth asking whether the group is', () => {
  expect(isPuzzling([target('healthy'), NOT_IN_USE])).toBe(true);
  expect(isPuzzling([target('unused')])).toBe(true);
  expect(isPuzzling([target('healthy'), INITIAL, target('unused', 'Target.InvalidState'), target('draining')])).toBe(
    false,
  );
});
