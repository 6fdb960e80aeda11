import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_ALARMS } from '../../lib/monitoring/alarm-definitions';
import { RUNBOOK_URL } from '../../lib/monitoring/runbook';
import { alarmsIn, monitorEverything } from '../support/monitoring';
import { synthesize } from '../support/synthesis';

const ROOT = join(__dirname, '../..');
const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
const monitoring = readFileSync(join(ROOT, 'docs/monitoring.md'), 'utf8');

/** The sections by the anchors that GitHub gives their headings. */
const SECTIONS = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading] = section.split('\n');
      const anchor = heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-');
      return [anchor, section] as const;
    }),
);

test('the runbook is where package.json says that the repository is', () => {
  const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  expect(RUNBOOK_URL).toBe(`${repository.url.replace(/\.git$/, '')}/blob/main/docs/runbook.md`);
});

test('every alarm has a section of its own, and every other section is where to begin', () => {
  const sections = ALL_ALARMS.map(({ section }) => section);

  expect(new Set(sections).size).toBe(ALL_ALARMS.length);
  expect([...SECTIONS.keys()].sort()).toEqual([...sections, 'where-to-begin'].sort());
});

test.each(ALL_ALARMS)(
  'the section about "$title" says what it means, what to look at and what to do',
  ({ section }) => {
    const text = SECTIONS.get(section) ?? '';
    const places = ['**What it means.** ', '**What to look at.**', '**What to do.**'].map((part) => text.indexOf(part));

    expect(places[0]).toBeGreaterThan(0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    // A step that can be taken, and not only a wish.
    expect(text.slice(places[2])).toMatch(/\n(1\. |\| )/);
  },
);

test('every link in an alarm leads to a section', () => {
  const alarms = Object.values(alarmsIn(synthesize((stack) => monitorEverything(stack))));

  for (const { alarm_description: description } of alarms) {
    const [, anchor = ''] = /What to do: \S+\/docs\/runbook\.md#([\w-]+)$/.exec(String(description)) ?? [];
    expect([...SECTIONS.keys()]).toContain(anchor);
  }
});

test('every link within the runbook leads to a section', () => {
  const anchors = [...runbook.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor);

  expect(anchors.length).toBeGreaterThan(8);
  expect(anchors.filter((anchor) => !SECTIONS.has(anchor))).toEqual([]);
});

const minutes = (seconds: number) => (seconds % 3600 === 0 ? `${seconds / 3600} h` : `${seconds / 60} min`);

test('docs/monitoring.md says of every alarm when it goes off, and why', () => {
  const rows = ALL_ALARMS.map((alarm) => {
    const { title, urgency, metric, comparison, threshold, missingData } = alarm;
    const sign = { LessThanThreshold: '<', GreaterThanThreshold: '>', GreaterThanOrEqualToThreshold: '>=' }[comparison];
    const limit =
      typeof threshold === 'number' ? `${sign} ${threshold}` : `> usual + ${threshold.standardDeviations} σ`;
    const when = `${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods} x ${minutes(alarm.periodSeconds)}`;
    const metricText = `\`${metric.name}\`, ${metric.statistic}`;
    return `| [${title}](runbook.md#${alarm.section}) | ${urgency} | ${metricText} | ${limit}, ${when} | ${missingData} | ${alarm.because} |`;
  });

  for (const row of rows) expect(monitoring).toContain(row);
});
