import type { Span } from '../../../lambda/target-sync/follow';
import { retire } from '../../../lambda/target-sync/retire';
import { ModelGroup } from './model-group';
import { Recorder } from './recorder';
import { VirtualTime } from './virtual-time';

const TARGETS = [
  { address: '10.0.0.1', port: 5432 },
  { address: '10.9.0.1', port: 5432, zone: 'all' },
];

function stage(targets = TARGETS) {
  const clock = new VirtualTime();
  const group = new ModelGroup(clock, {}, targets);
  const report = new Recorder();
  const start = (isPatient: boolean) => {
    const end = clock.now() + 55_000;
    const span: Span = { end, verifiedBy: end, intervalMs: 1000, onlyUntilDone: false };
    return clock.until(retire({ name: 'prod/Orders' }, span, isPatient, { clock, group, report }));
  };
  const actions = () => group.calls.map(({ action }) => action);
  return { clock, group, report, start, actions };
}

test('a group that no listener gives weight is emptied, each target with its port and zone', async () => {
  const { group, report, start } = stage();
  group.hasWeight = false;

  expect(await start(true)).toEqual({ serves: false, failures: [] });
  expect(group.live()).toEqual([]);
  expect(report.done).toEqual(['deregister 10.0.0.1', 'deregister 10.9.0.1']);
});

test('a group that still has weight is never emptied: an apply fails with the reason, other runs learn that it serves', async () => {
  for (const isPatient of [true, false]) {
    const { group, start, actions } = stage();

    const { serves, failures } = await start(isPatient);

    expect(serves).toBe(true);
    expect(failures.join()).toMatch(/a listener still sends connections/);
    expect(group.live()).toEqual(['10.0.0.1', '10.9.0.1']);
    expect(actions()).not.toContain('deregister');
  }
});

test('an apply waits for the listener, which may show its new weights a moment later', async () => {
  const { clock, group, start } = stage();
  const running = start(true);
  clock.sleep(3000).then(() => {
    group.hasWeight = false;
  });

  expect(await running).toEqual({ serves: false, failures: [] });
  expect(group.live()).toEqual([]);
});

test('an empty group costs one call', async () => {
  const { start, actions } = stage([]);

  expect(await start(false)).toEqual({ serves: false, failures: [] });
  expect(actions()).toEqual(['describe']);
});

test('targets that drain count as gone', async () => {
  const { group, start, actions } = stage();
  group.hasWeight = false;
  await start(true);
  const before = actions().length;

  await start(true);

  expect(actions().slice(before)).toEqual(['describe']);
});

test.each(['describe', 'receives', 'deregister'] as const)('an apply repeats %s where it fails', async (action) => {
  const { group, report, start } = stage();
  group.hasWeight = false;
  let failures = 2;
  group.fault = (call) =>
    call.action === action && failures-- > 0 ? { error: new Error('Rate exceeded') } : undefined;

  expect(await start(true)).toEqual({ serves: false, failures: [] });
  expect(group.live()).toEqual([]);
  expect(report.failures).toHaveLength(2);
});

test('other runs try once, since a run of long ago could empty what was filled again since', async () => {
  const { group, start, actions } = stage();
  group.fault = ({ action }) => (action === 'receives' ? { error: new Error('Rate exceeded') } : undefined);

  expect(await start(false)).toEqual({ serves: false, failures: ['Error: Rate exceeded'] });
  expect(actions()).toEqual(['describe', 'receives']);
});

test('what was counted is written before the run may be killed', async () => {
  const { group, report, start } = stage();
  group.hasWeight = false;
  const written: number[] = [];
  report.flush = () => void written.push(report.done.length);

  await start(true);

  expect(written.at(-1)).toBe(TARGETS.length);
});
