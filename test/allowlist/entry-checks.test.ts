import fc from 'fast-check';
import { checkDescription } from '../../lib/allowlist/description';
import { checkExpiry, daysLeft } from '../../lib/allowlist/expiry';
import { checkMustInclude } from '../../lib/allowlist/must-include';
import { AddressSet } from '../../lib/network/address-set';
import { placeRules } from '../../lib/placement/placement';
import {
  checkQuotas,
  DEFAULT_QUOTAS,
  misfitProblem,
  quotaWarning,
  weightOfReference,
} from '../../lib/placement/rule-quotas';
import { runs } from '../support/property-runs';
import { blockList } from './blocks';

describe('a description', () => {
  const allowed = ['abcXYZ019', ' ._-:/()#,@[]+=&;{}!$*'].join('');

  test('may have all of EC2’s characters and no others', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), (character) => {
        const fine = /^[a-zA-Z0-9]$/.test(character) || allowed.includes(character);
        expect(checkDescription(`x${character}`) === undefined).toBe(fine);
      }),
      { numRuns: runs(2000) },
    );
    expect(checkDescription(allowed)).toBeUndefined();
  });

  test('of a prefix list may have the same but for the ampersand', () => {
    expect(checkDescription(allowed.replace('&', ''), 'prefixList')).toBeUndefined();
    expect(checkDescription('R&D')).toBeUndefined();
  });

  test('may be 255 characters long', () => {
    expect(checkDescription('x'.repeat(255))).toBeUndefined();
  });
});

describe('the last day of access', () => {
  test.each([
    ['2027-01-31', '2027-01-30T23:59:59.999Z', 1],
    ['2027-01-31', '2027-01-31T00:00:00Z', 0],
    ['2027-01-31', '2027-01-31T23:59:59.999Z', 0],
    ['2027-01-31', '2027-02-01T00:00:00Z', -1],
    ['2028-02-29', '2028-03-01T12:00:00Z', -1],
    ['2027-12-31', '2027-01-01T00:00:00Z', 364],
  ])('%s, seen at %s, leaves %d days', (expires, now, left) => {
    expect(daysLeft(expires, new Date(now))).toBe(left);
  });

  test('may be any day of the calendar', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (day) => {
        expect(checkExpiry(day.toISOString().slice(0, 10))).toBeUndefined();
      }),
    );
  });

  test('must be one to be counted from', () => {
    expect(() => daysLeft('2027-02-29', new Date())).toThrow("'2027-02-29' is not a date");
  });
});

test('everybody in the allowlist has access', () => {
  fc.assert(
    fc.property(blockList, (blocks) => {
      const texts = blocks.map(({ text }) => text);

      expect(checkMustInclude(texts, AddressSet.of(blocks))).toEqual([]);
    }),
  );
});

describe('quotas', () => {
  test('of every account are fine', () => {
    expect(checkQuotas(DEFAULT_QUOTAS)).toEqual([]);
    expect(quotaWarning(DEFAULT_QUOTAS)).toBeUndefined();
  });

  test.each([
    [1000, 1],
    [62, 16],
    [200, 5],
  ])('of %d rules and %d groups are what AWS grants at most', (rulesPerSecurityGroup, securityGroupsPerInterface) => {
    expect(quotaWarning({ rulesPerSecurityGroup, securityGroupsPerInterface })).toBeUndefined();
    expect(quotaWarning({ rulesPerSecurityGroup: rulesPerSecurityGroup + 1, securityGroupsPerInterface })?.rule).toBe(
      'QuotasBeyondAws',
    );
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('of %d are none', (value) => {
    expect(checkQuotas({ rulesPerSecurityGroup: value, securityGroupsPerInterface: value })).toHaveLength(2);
  });

  test('raised as the error says make room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 301, max: 1000 }), fc.integer({ min: 0, max: 2 }), (count, pinned) => {
        const free = Array.from({ length: count }, (_, i) => ({ key: `${i}`, ipv4: 1, ipv6: 0 }));
        const apart = Array.from({ length: pinned }, (_, i) => ({ key: `p${i}`, ipv4: 1, ipv6: 0, pinnedTo: `p${i}` }));
        const place = (rulesPerGroup: number, groups: number) =>
          placeRules([...free, ...apart], { rulesPerGroup, groups });
        const placement = place(60, 5);
        if (!('misfit' in placement)) throw new Error('should not fit');

        const { remedy } = misfitProblem(placement.misfit, DEFAULT_QUOTAS);

        const rules = /rulesPerSecurityGroup to (\d+)/.exec(remedy)?.[1];
        const groups = /securityGroupsPerInterface to (\d+)/.exec(remedy)?.[1];
        if (rules !== undefined) expect('groups' in place(Number(rules), 5)).toBe(true);
        if (groups !== undefined) expect('groups' in place(60, Number(groups))).toBe(true);
      }),
    );
  });

  test('are used up by references in both families', () => {
    expect(weightOfReference()).toEqual({ ipv4: 1, ipv6: 1 });
    expect(weightOfReference(55)).toEqual({ ipv4: 55, ipv6: 55 });
  });
});
