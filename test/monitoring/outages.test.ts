import { ALL_ALARMS } from '../../lib/monitoring/alarm-definitions';
import { type AlarmState, evaluated, type Samples, statesOver } from '../support/alarm-evaluation';
import { alarmsIn, monitorEverything, titleOf } from '../support/monitoring';
import { type Block, synthesize } from '../support/synthesis';

/** How long something lasts, in samples, and what CloudWatch has of it. */
type Stretch = readonly (number | undefined)[];

/** An outage of the kind that an alarm is about. */
interface Outage {
  readonly everySeconds?: number;
  /** A usual day, with what happens on usual days. */
  readonly usual: Stretch;
  readonly outage: Stretch;
  /** After how many samples of the outage somebody must know. */
  readonly within: number;
  /** What ends by itself, or is nothing to speak of: nobody must be told. */
  readonly passing?: readonly Stretch[];
  /** Whether it is over as soon as usual samples come again. */
  readonly ends?: false;
}

const times = (count: number, value: number | undefined): Stretch => Array.from({ length: count }, () => value);
const NOTHING = times(30, undefined);
const ZERO = times(30, 0);
/** What the internet does all day: no two values alike. */
const NOISE = Array.from({ length: 600 }, (_, i) => 40 + ((i * 37) % 23));

const OUTAGES: { readonly [title: string]: readonly Outage[] } = {
  'no healthy target': [
    { usual: times(30, 1), outage: times(10, 0), within: 8, passing: [times(4, 0)] },
    // Everything was deregistered: an empty group reports nothing.
    { usual: times(30, 1), outage: times(15, undefined), within: 11, passing: [times(2, undefined)] },
  ],
  'unhealthy targets': [{ usual: ZERO, outage: times(8, 1), within: 5, passing: [times(3, 1), times(10, undefined)] }],
  'target-sync fails': [
    { usual: NOTHING, outage: times(8, 1), within: 4, passing: [[1], [1, 1]] },
    // Every other run.
    { usual: NOTHING, outage: [1, undefined, 1, undefined, 1, undefined, 1], within: 6 },
  ],
  'database name unanswered': [{ usual: NOTHING, outage: times(8, 1), within: 5, passing: [times(3, 1)] }],
  'targets changed late': [{ usual: [...NOTHING, 4, undefined, 12], outage: [95], within: 1, passing: [[58]] }],
  'target-sync not invoked': [
    { usual: times(30, 1), outage: times(12, undefined), within: 8, passing: [times(2, undefined)] },
  ],
  'target-sync breaks off': [{ usual: ZERO, outage: times(8, 1), within: 5, passing: [[1, 0, 1]] }],
  'user function fails': [{ usual: NOTHING, outage: [...times(4, undefined), 1], within: 5 }],
  'user differs from its declaration': [
    { everySeconds: 43_200, usual: times(6, 0), outage: [3, undefined, 3], within: 1 },
    // A measurement that does not come leaves what is known: the failure is an alarm of the function.
    { everySeconds: 43_200, usual: times(6, 0), outage: [3, ...times(4, undefined)], within: 1 },
  ],
  'certificate expires soon': [
    // 198 days, of which ACM lets 45 go at most.
    {
      everySeconds: 86_400,
      usual: Array.from({ length: 150 }, (_, day) => 198 - day),
      outage: [...Array.from({ length: 48 }, (_, day) => 47 - day), ...times(20, undefined)],
      within: 19,
      passing: [[47, 46, 45, 44, 43, 42, 41, 40]],
    },
  ],
  'more connections refused than usual': [
    { usual: NOISE, outage: times(20, 900), within: 15, passing: [times(5, 900), NOISE] },
    // Nothing at all is usual behind an internal load balancer.
    { usual: [...NOTHING, ...times(60, 1)], outage: times(20, 30), within: 15, passing: [NOTHING] },
  ],
  'TLS handshakes with clients fail': [{ usual: NOTHING, outage: times(20, 4), within: 15, passing: [times(5, 4)] }],
  'TLS handshakes with databases fail': [
    { usual: NOTHING, outage: times(6, 12), within: 3, passing: [[9], [3, 3, 3]] },
  ],
  'source ports run out': [{ usual: ZERO, outage: times(6, 40), within: 3, passing: [[40]] }],
  'connections rejected by the load balancer': [{ usual: ZERO, outage: times(6, 5), within: 3, passing: [[5]] }],
  'more resets by the load balancer than usual': [
    { usual: NOISE, outage: times(20, 900), within: 15, passing: [times(5, 900)] },
  ],
  'more resets by databases than usual': [
    { usual: NOISE, outage: times(20, 900), within: 15, passing: [times(5, 900)] },
  ],
};

const alarms = Object.values(alarmsIn(synthesize((stack) => monitorEverything(stack))));
const ROWS = Object.entries(OUTAGES).flatMap(([title, outages]) =>
  outages.map((outage, i) => [title, i, outage] as const),
);

function statesOf(alarm: Block, values: Stretch, everySeconds = 60): AlarmState[] {
  const samples: Samples = { everySeconds, values };
  return statesOver(evaluated(alarm), samples, 'INSUFFICIENT_DATA');
}

/** The state in force after a number of samples: an alarm looks once a period. */
function stateAt(alarm: Block, count: number, values: Stretch, everySeconds = 60): AlarmState {
  const { periodSeconds } = evaluated(alarm);
  return statesOf(alarm, values, everySeconds)[Math.floor((count * everySeconds) / periodSeconds) - 1];
}

test('every alarm has an outage that it is about', () => {
  expect(Object.keys(OUTAGES).sort()).toEqual(ALL_ALARMS.map(({ title }) => title).sort());
  expect([...new Set(alarms.map(titleOf))].sort()).toEqual(Object.keys(OUTAGES).sort());
});

describe.each(ROWS)('"%s" (%s)', (title, _, { everySeconds, usual, outage, within, passing = [] }) => {
  const ofTitle = alarms.filter((alarm) => titleOf(alarm) === title);

  test('goes off in time', () => {
    const values = [...usual, ...outage];

    expect(ofTitle.length).toBeGreaterThan(0);
    for (const alarm of ofTitle) expect(stateAt(alarm, usual.length + within, values, everySeconds)).toBe('ALARM');
  });

  test('says nothing on usual days', () => {
    for (const alarm of ofTitle) expect(statesOf(alarm, usual, everySeconds)).not.toContain('ALARM');
  });

  test('says nothing of what passes', () => {
    for (const alarm of ofTitle) {
      for (const stretch of passing) {
        expect(statesOf(alarm, [...usual, ...stretch, ...usual], everySeconds)).not.toContain('ALARM');
      }
    }
  });

  test('stays as long as it lasts, and is over when it is over', () => {
    for (const alarm of ofTitle) {
      const last = usual.length + outage.length;
      expect(stateAt(alarm, last, [...usual, ...outage], everySeconds)).toBe('ALARM');
      expect(statesOf(alarm, [...usual, ...outage, ...usual], everySeconds).at(-1)).toBe('OK');
    }
  });
});

test('nobody is woken by a failover that takes as long as AWS support says', () => {
  const found = alarmsIn(synthesize((stack) => monitorEverything(stack)));
  // Five minutes of registration, and one of health checks.
  const failover = [...times(30, 1), ...times(6, 0), ...times(30, 1)];

  expect(statesOf(found['Orders_Monitoring_NoHealthyTarget'], failover)).not.toContain('ALARM');
  expect(statesOf(found['Cache_Monitoring_NoHealthyTarget'], failover)).toContain('ALARM');
});
