import fc from 'fast-check';
import { type Ending, timelineOf } from '../../../../cli/exposure/page/timeline';
import { isExpiry } from '../../../../lib/allowlist/expiry';
import { runs } from '../../../support/property-runs';

const asOf = new Date('2027-01-15T00:00:00Z');
const ending = (expires?: string): Ending => ({ endpoint: 'prod/Orders', entry: { source: '8.8.8.8/32', expires } });
const periods = (...days: string[]) =>
  timelineOf(days.map(ending), asOf).periods.map(({ name, count, soon }) => [name, count, soon]);

it('has every entry once: on its last day, without an end, or with an expiry that is not a date', () => {
  const day = fc
    .date({ min: new Date('2024-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const expires = fc.oneof({ weight: 5, arbitrary: day }, fc.constantFrom(undefined, 'soon', '2027-02-30', '2027-1-1'));
  fc.assert(
    fc.property(fc.array(expires, { maxLength: 40 }), (all) => {
      const { days, periods: found, withoutEnd, unreadable } = timelineOf(all.map(ending), asOf);
      const dated = all.filter((each): each is string => each !== undefined && isExpiry(each));
      const left = (text: string) => (Date.parse(text) - asOf.getTime()) / 86_400_000;

      expect(days.flatMap(({ day: name, endings }) => endings.map(() => name))).toEqual([...dated].sort());
      expect(withoutEnd + unreadable + dated.length).toBe(all.length);
      expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(dated.length);
      expect(found.reduce((sum, { soon }) => sum + soon, 0)).toBe(dated.filter((each) => left(each) <= 30).length);
      for (const each of days) expect(each.daysLeft).toBe(left(each.day));
      for (const { name, count } of found.filter((each) => each.name !== 'later')) {
        expect(count).toBe(dated.filter((each) => each.startsWith(`${name}-`)).length);
      }
      expect(found.length).toBeLessThanOrEqual(48);
    }),
    { numRuns: runs(300) },
  );
});

describe('the periods of the timeline', () => {
  it('are the months from today on, without a gap', () => {
    expect(periods('2027-03-31', '2027-02-14', '2027-02-15')).toEqual([
      ['2027-01', 0, 0],
      ['2027-02', 2, 1],
      ['2027-03', 1, 0],
    ]);
  });

  it('begin before today where something should have ended', () => {
    expect(periods('2026-12-31', '2027-01-15')).toEqual([
      ['2026-12', 1, 1],
      ['2027-01', 1, 1],
    ]);
  });

  it('are years where there are many months, and the last one is all that comes later', () => {
    expect(periods('2027-02-01', '2032-01-01').map(([name]) => name)).toEqual([
      '2027',
      '2028',
      '2029',
      '2030',
      '2031',
      '2032',
    ]);
    expect(periods('2027-02-01', '9999-12-31', '2050-12-31').slice(-2)).toEqual([
      ['2050', 1, 0],
      ['later', 1, 0],
    ]);
  });

  it('are none where nothing ends', () => {
    expect(periods()).toEqual([]);
  });
});
