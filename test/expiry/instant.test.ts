import * as fc from 'fast-check';
import { daysLeft, instantAfter, isExpiry } from '../../lib/allowlist/expiry';
import { runs } from '../support/property-runs';

const DAY = 24 * 60 * 60 * 1000;

test.each([
  ['2027-01-31', '2027-02-01T00:00:00'],
  ['2027-12-31', '2028-01-01T00:00:00'],
  ['2028-02-28', '2028-02-29T00:00:00'],
  ['2027-02-28', '2027-03-01T00:00:00'],
  // The clocks of many countries change.
  ['2027-03-28', '2027-03-29T00:00:00'],
  ['9999-12-31', '9999-12-31T23:59:59'],
])('access until %s ends at %s', (lastDay, instant) => {
  expect(instantAfter(lastDay)).toBe(instant);
});

test('access ends at the first instant at which synthesis leaves the entry out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 30) / DAY }), (number) => {
      const midnight = new Date(number * DAY);
      const [year, month, day] = [midnight.getUTCFullYear(), midnight.getUTCMonth() + 1, midnight.getUTCDate()];
      const lastDay = [`${year}`.padStart(4, '0'), `${month}`.padStart(2, '0'), `${day}`.padStart(2, '0')].join('-');
      const instant = Date.parse(`${instantAfter(lastDay)}Z`);

      expect(isExpiry(lastDay)).toBe(true);
      expect(instant).toBe(Date.UTC(year, month - 1, day) + DAY);
      expect(daysLeft(lastDay, new Date(instant - 1))).toBe(0);
      expect(daysLeft(lastDay, new Date(instant))).toBe(-1);
    }),
    { numRuns: runs(1000) },
  );
});
