import fc from 'fast-check';
import {
  type Placement,
  type PlacementLimits,
  placeRules,
  type RuleToPlace,
  rehomedBySpreading,
} from '../../lib/placement/placement';
import { affinity, slotsByAffinity } from '../../lib/placement/rendezvous';
import { runs } from '../support/property-runs';
import {
  groupsOf,
  ipv4Rule,
  type KeyedGroup,
  movesOfHistory,
  packing,
  quantile,
  randomAddress,
  randomNumbers,
  rehomed,
} from './edit-history';

const FIVE: PlacementLimits = { rulesPerGroup: 60, groups: 5 };
const addresses = (count: number, seed = 1): string[] => {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => randomAddress(random));
};
const homes = (groups: readonly KeyedGroup[]): Record<string, string> =>
  Object.fromEntries(groups.flatMap(({ name, keys }) => keys.map((key) => [key, name])));
const sizes = (groups: readonly KeyedGroup[]): number[] => groups.map(({ keys }) => keys.length);
const misfit = (rules: readonly RuleToPlace[], limits: PlacementLimits) => {
  const placement = placeRules(rules, limits);
  return 'misfit' in placement ? placement.misfit : undefined;
};

/** Any mix of rules: IPv4, IPv6, security groups (both families), prefix lists. */
const anyRules = (maxLength: number): fc.Arbitrary<RuleToPlace[]> =>
  fc.uniqueArray(
    fc.oneof(
      { weight: 6, arbitrary: fc.ipV4().map((ip) => ({ key: `${ip}/32`, ipv4: 1, ipv6: 0 })) },
      { weight: 4, arbitrary: fc.ipV6().map((ip) => ({ key: `${ip}/128`, ipv4: 0, ipv6: 1 })) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 99 }).map((id) => ({ key: `sg-${id}`, ipv4: 1, ipv6: 1 })) },
      {
        weight: 1,
        arbitrary: fc
          .record({ id: fc.integer({ min: 0, max: 99 }), size: fc.integer({ min: 1, max: 12 }), pinned: fc.boolean() })
          .map(({ id, size, pinned }) => ({
            key: `pl-${id}`,
            ipv4: size,
            ipv6: size,
            ...(pinned ? { pinnedTo: 'lists' } : {}),
          })),
      },
    ),
    { maxLength, selector: ({ key }) => key },
  );

describe('a placement', () => {
  test('puts every rule into exactly one group and no group over its limit', () => {
    fc.assert(
      fc.property(
        anyRules(60),
        fc.integer({ min: 12, max: 30 }),
        fc.integer({ min: 2, max: 6 }),
        (rules, rulesPerGroup, groups) => {
          const placement = placeRules(rules, { rulesPerGroup, groups });
          fc.pre('groups' in placement);

          const placed = placement.groups.flatMap((group) => group.rules);
          expect(placed.map(({ key }) => key).sort()).toEqual(rules.map(({ key }) => key).sort());
          expect(placement.groups.length).toBeLessThanOrEqual(groups);
          for (const { rules: there, ipv4, ipv6 } of placement.groups) {
            expect(ipv4).toBe(there.reduce((sum, rule) => sum + rule.ipv4, 0));
            expect(ipv6).toBe(there.reduce((sum, rule) => sum + rule.ipv6, 0));
            expect(Math.max(ipv4, ipv6)).toBeLessThanOrEqual(rulesPerGroup);
          }
        },
      ),
    );
  });

  test('is the same for any order of the rules', () => {
    fc.assert(
      fc.property(
        anyRules(80).chain((rules) =>
          fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length })),
        ),
        ([rules, shuffled]) => {
          const limits = { rulesPerGroup: 20, groups: 5, shardFromStart: true };
          const outcome = (placed: Placement) =>
            'groups' in placed
              ? placed.groups.map(({ name, rules: there }) => [name, there.map(({ key }) => key).sort()])
              : placed;
          expect(outcome(placeRules(shuffled, limits))).toEqual(outcome(placeRules(rules, limits)));
        },
      ),
    );
  });

  test('exists for every list of single rules that fits all groups together', () => {
    expect(sizes(groupsOf(addresses(300).map(ipv4Rule), FIVE))).toEqual([60, 60, 60, 60, 60]);
  });

  test('counts IPv4 and IPv6 apart: 300 of each fit five groups of 60', () => {
    const ipv6 = Array.from({ length: 300 }, (_, i) => ({ key: `2600:1f13::${i.toString(16)}/128`, ipv4: 0, ipv6: 1 }));

    const groups = groupsOf([...addresses(300).map(ipv4Rule), ...ipv6], FIVE);

    expect(groups.map((group) => [group.ipv4, group.ipv6])).toEqual(Array(5).fill([60, 60]));
  });

  test('keeps the order of the list within each group', () => {
    const keys = addresses(200);
    for (const group of groupsOf(keys.map(ipv4Rule), FIVE)) {
      expect(group.keys).toEqual(keys.filter((key) => group.keys.includes(key)));
    }
  });

  test('of two lists that differ in IPv4 only is the same for IPv6', () => {
    const ipv6 = Array.from({ length: 280 }, (_, i) => ({ key: `2600:1f13::${i.toString(16)}/128`, ipv4: 0, ipv6: 1 }));
    const withSome = homes(groupsOf([...ipv6, ...addresses(100).map(ipv4Rule)], FIVE));
    const withMore = homes(groupsOf([...ipv6, ...addresses(300, 2).map(ipv4Rule)], FIVE));

    for (const { key } of ipv6) expect(withMore[key]).toBe(withSome[key]);
  });
});

describe('over a history of 200 edits', () => {
  const moves = (load: number, histories = 8) =>
    Array.from({ length: histories }, (_, seed) =>
      movesOfHistory(seed + 1, Math.round(load * 300), 200, packing({ ...FIVE, shardFromStart: true })),
    );

  test.each([
    [0.5, 0, 0],
    [0.8, 0, 2],
    [0.9, 0, 4],
    [0.97, 1, 4],
    [1, 1, 4],
  ])('at load %d the median edit moves at most %d other rules and the worst at most %d', (load, median, worst) => {
    for (const history of moves(load)) {
      expect(quantile(history, 0.5)).toBeLessThanOrEqual(median);
      expect(quantile(history, 1)).toBeLessThanOrEqual(worst);
    }
  });
});

describe('one edit', () => {
  test('moves at most one other rule for each group but one, however full the groups are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer(),
        (groups, rulesPerGroup, free, seed) => {
          const limits = { groups, rulesPerGroup, shardFromStart: true };
          const count = Math.max(1, groups * rulesPerGroup - free);
          const rules = [...new Set(addresses(count, seed))].map(ipv4Rule);

          const moved = rehomed(groupsOf(rules.slice(1), limits), groupsOf(rules, limits));

          expect(moved.length).toBeLessThanOrEqual(groups - 1);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  test('of a security group, which counts in both families, moves at most that many of each family', () => {
    const ipv6 = Array.from({ length: 290 }, (_, i) => ({ key: `2600:1f13::${i.toString(16)}/128`, ipv4: 0, ipv6: 1 }));
    const rules = [...ipv6, ...addresses(290).map(ipv4Rule)];
    const before = groupsOf(rules, FIVE);
    for (let id = 0; id < 20; id++) {
      const after = groupsOf([...rules, { key: `sg-${id}`, ipv4: 1, ipv6: 1 }], FIVE);
      expect(rehomed(before, after).length).toBeLessThanOrEqual(2 * 4);
    }
  });

  test('of a rule that is not pinned never moves a pinned one', () => {
    const pinned = addresses(40, 9).map((key) => ({ ...ipv4Rule(key), pinnedTo: 'partners' }));
    const scheme = (keys: readonly string[]) =>
      groupsOf([...pinned, ...keys.map(ipv4Rule)], { ...FIVE, shardFromStart: true });

    const keys = addresses(230);
    const before = scheme(keys);
    for (const after of [
      scheme(keys.slice(1)),
      scheme([...keys, '8.8.8.8/32']),
      scheme(keys.slice(0, 10)),
      scheme([]),
    ]) {
      const partners = after.find(({ name }) => name === 'partners');
      expect(partners).toEqual(before.find(({ name }) => name === 'partners'));
    }
  });
});

describe('one group', () => {
  test('stays one while the list fits it', () => {
    expect(sizes(groupsOf(addresses(60).map(ipv4Rule), FIVE))).toEqual([60]);
  });

  test('becomes all groups with the next rule', () => {
    expect(groupsOf(addresses(61).map(ipv4Rule), FIVE).map(({ name }) => name)).toEqual(['1', '2', '3', '4', '5']);
  });

  test('becomes all groups at once if the user asks for room to grow', () => {
    expect(groupsOf(addresses(10).map(ipv4Rule), { ...FIVE, shardFromStart: true })).toHaveLength(5);
  });

  test('is there for an empty list', () => {
    expect(groupsOf([], FIVE)).toEqual([{ name: '1', pinned: false, keys: [], ipv4: 0, ipv6: 0 }]);
  });

  test('gives away the rules that the step to all groups announces', () => {
    const keys = addresses(61);
    const announced = rehomedBySpreading(keys.slice(0, 60).map(ipv4Rule), FIVE).map(({ key }) => key);

    const moved = rehomed(groupsOf(keys.slice(0, 60).map(ipv4Rule), FIVE), groupsOf(keys.map(ipv4Rule), FIVE));

    expect(announced.sort()).toEqual(moved.sort());
    expect(moved.length).toBeGreaterThan(30);
  });

  test('has nothing to announce if all groups together are too small', () => {
    expect(rehomedBySpreading(addresses(301).map(ipv4Rule), FIVE)).toEqual([]);
  });
});

describe('pinned rules', () => {
  const pinned = (key: string, pinnedTo: string): RuleToPlace => ({ ...ipv4Rule(key), pinnedTo });

  test('have a group of their own, after the shared ones and by name', () => {
    const groups = groupsOf(
      [pinned('8.8.8.8/32', 'partners'), pinned('8.8.4.4/32', 'audit'), ipv4Rule('1.1.1.1/32')],
      FIVE,
    );

    expect(groups.map(({ name, pinned, keys }) => [name, pinned, keys])).toEqual([
      ['1', false, ['1.1.1.1/32']],
      ['audit', true, ['8.8.4.4/32']],
      ['partners', true, ['8.8.8.8/32']],
    ]);
  });

  test('leave the first group empty if there is nothing else, as it leads to the database', () => {
    expect(groupsOf([pinned('8.8.8.8/32', 'partners')], FIVE).map(({ name }) => name)).toEqual(['1', 'partners']);
  });

  test('leave the other groups to the rest', () => {
    const groups = groupsOf([pinned('8.8.8.8/32', 'partners'), ...addresses(61).map(ipv4Rule)], FIVE);

    expect(groups.map(({ name }) => name)).toEqual(['1', '2', '3', '4', 'partners']);
  });

  test('that take the last group move nothing but what was in it, and what that displaces', () => {
    const rules = addresses(120).map(ipv4Rule);
    const before = groupsOf(rules, FIVE);

    const moved = rehomed(before, groupsOf([...rules, pinned('8.8.8.8/32', 'partners')], FIVE));

    expect(moved.sort()).toEqual([...before[4].keys].sort());
  });
});

describe('large rules', () => {
  const list = (key: string, size: number): RuleToPlace => ({ key, ipv4: size, ipv6: 0 });

  test('count with their size', () => {
    const groups = groupsOf([list('pl-1', 55), ...addresses(60).map(ipv4Rule)], { rulesPerGroup: 60, groups: 2 });

    expect(groups.map(({ ipv4 }) => ipv4).sort()).toEqual([55, 60]);
  });

  test('find the one way in which they can be packed', () => {
    const sizes = [30, 30, 20, 20, 20];
    for (let attempt = 0; attempt < 40; attempt++) {
      const lists = sizes.map((size, i) => list(`pl-${attempt}-${i}`, size));
      expect(groupsOf(lists, { rulesPerGroup: 60, groups: 2 }).map(({ ipv4 }) => ipv4)).toEqual([60, 60]);
    }
  });

  test('stay where they are when single rules come and go', () => {
    const lists = [list('pl-1', 40), list('pl-2', 25), list('pl-3', 10)];
    const where = (singles: number) => {
      const all = homes(groupsOf([...lists, ...addresses(singles).map(ipv4Rule)], { ...FIVE, shardFromStart: true }));
      return lists.map(({ key }) => all[key]);
    };

    expect(where(0)).toEqual(where(225));
  });
});

describe('rules that do not fit', () => {
  const pin = (pinnedTo: string) => (key: string) => ({ ...ipv4Rule(key), pinnedTo });

  test.each<[string, RuleToPlace[], PlacementLimits, object]>([
    ['301 rules', addresses(301).map(ipv4Rule), FIVE, { kind: 'tooManyRules', family: 4, needed: 301, available: 300 }],
    [
      '301 IPv6 rules',
      addresses(301).map((key) => ({ key, ipv4: 0, ipv6: 1 })),
      FIVE,
      { kind: 'tooManyRules', family: 6, needed: 301, available: 300 },
    ],
    [
      'a prefix list of 100',
      [{ key: 'pl-1', ipv4: 0, ipv6: 100 }],
      FIVE,
      { kind: 'ruleTooLarge', name: 'pl-1', needed: 100, available: 60 },
    ],
    [
      '61 pinned rules',
      addresses(61).map(pin('partners')),
      FIVE,
      { kind: 'pinnedGroupFull', name: 'partners', family: 4, needed: 61, available: 60 },
    ],
    [
      '61 pinned IPv6 rules',
      addresses(61).map((key) => ({ key, ipv4: 0, ipv6: 1, pinnedTo: 'partners' })),
      FIVE,
      { kind: 'pinnedGroupFull', name: 'partners', family: 6, needed: 61, available: 60 },
    ],
    [
      'two pinned groups and others',
      [pin('a')('1.1.1.1/32'), pin('b')('1.1.1.2/32'), ipv4Rule('1.1.1.3/32')],
      { rulesPerGroup: 60, groups: 2 },
      { kind: 'tooManyPinnedGroups', needed: 3, available: 2 },
    ],
    [
      'three prefix lists of 40',
      [1, 2, 3].map((id) => ({ key: `pl-${id}`, ipv4: 40, ipv6: 0 })),
      { rulesPerGroup: 60, groups: 2 },
      { kind: 'cannotBePacked', needed: 3, available: 2 },
    ],
  ])('are reported with figures: %s', (_, rules, limits, figures) => {
    expect(misfit(rules, limits)).toEqual(figures);
  });
});

describe('affinity', () => {
  // These numbers are a promise: other ones would move the rules of everyone who has an endpoint.
  test.each([
    ['203.0.113.7/32', [2, 1, 3, 4, 0]],
    ['198.51.100.0/24', [3, 0, 2, 1, 4]],
    ['2001:db8::/32', [2, 1, 0, 3, 4]],
    ['sg-0123456789abcdef0', [2, 4, 1, 0, 3]],
  ])('of %s for five slots never changes', (key, order) => {
    expect(slotsByAffinity(key, 5)).toEqual(order);
  });

  test('tells keys with the same hash apart by their text, so that the order of the list never decides', () => {
    const keys = new Map<number, string>();
    let twins: string[] = [];
    for (let i = 0; twins.length === 0; i++) {
      const key = `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}/32`;
      const other = keys.get(affinity(key, 0));
      if (other !== undefined) twins = [key, other];
      keys.set(affinity(key, 0), key);
    }
    const place = (order: string[]) => homes(groupsOf(order.map(ipv4Rule), { rulesPerGroup: 1, groups: 2 }));

    expect(place(twins)).toEqual(place([...twins].reverse()));
  });

  test('ranks slots by its number', () => {
    for (const key of addresses(50)) {
      const order = slotsByAffinity(key, 16);
      expect(order).toEqual([...order].sort((a, b) => affinity(key, b) - affinity(key, a)));
    }
  });

  test('spreads neighbouring addresses evenly', () => {
    const favourites = [0, 0, 0, 0, 0];
    for (let i = 0; i < 5000; i++) favourites[slotsByAffinity(`10.0.${i >> 8}.${i & 255}/32`, 5)[0]]++;

    for (const count of favourites) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  test('ranks slots that are left in the same order when the last one goes', () => {
    for (const key of addresses(50)) {
      expect(slotsByAffinity(key, 4)).toEqual(slotsByAffinity(key, 5).filter((slot) => slot !== 4));
    }
  });
});
