import { AllowedSource } from '../../lib';
import type { Allowlist } from '../../lib/allowlist/allowlist';
import { readAllowlist } from '../../lib/allowlist/allowlist';
import {
  type AllowlistPlanOptions,
  assertPlaced,
  type PlannedGroup,
  planAllowlist,
} from '../../lib/allowlist/allowlist-plan';
import { DEFAULT_QUOTAS } from '../../lib/placement/rule-quotas';
import { movesOfHistory, quantile, randomAddress, randomNumbers, type Scheme } from '../placement/edit-history';
import { expression } from '../support/expression';

const OPTIONS: AllowlistPlanOptions = {
  quotas: DEFAULT_QUOTAS,
  aggregate: false,
  ruleTags: true,
  endsOnItsDay: true,
  shardFromStart: true,
  keyOf: (text) => text,
};

/** Each source is read once, however many lists it is in. */
const READ = new Map<string, Allowlist>();

function read(source: AllowedSource): Allowlist {
  const key = JSON.stringify([source._values, source._about]);
  const known = READ.get(key) ?? readAllowlist([source], { dualStack: true, now: new Date('2026-07-01') });
  READ.set(key, known);
  return known;
}

function together(lists: readonly Allowlist[]): Allowlist {
  const all = <Kind extends keyof Allowlist>(kind: Kind) => lists.flatMap((list) => list[kind] as never[]);
  return {
    blocks: all('blocks'),
    computed: all('computed'),
    lists: all('lists'),
    prefixLists: all('prefixLists'),
    awsPrefixLists: all('awsPrefixLists'),
    securityGroups: all('securityGroups'),
    invalid: [],
    expired: [],
  };
}

function plan(sources: readonly AllowedSource[], options: Partial<AllowlistPlanOptions> = {}): readonly PlannedGroup[] {
  return assertPlaced(planAllowlist(together(sources.map(read)), { ...OPTIONS, ...options })).groups;
}

function keysOf({ ipv4, ipv6, prefixLists, awsPrefixLists, securityGroups }: PlannedGroup): string[] {
  const references = [...prefixLists, ...awsPrefixLists, ...securityGroups].map(({ text }) => text);
  return [...Object.keys(ipv4), ...Object.keys(ipv6), ...references];
}

function homesOf(groups: readonly PlannedGroup[]): Map<string, string> {
  return new Map(groups.flatMap((group) => keysOf(group).map((key): [string, string] => [key, group.name])));
}

function moved(before: readonly PlannedGroup[], after: readonly PlannedGroup[]): string[] {
  const homes = homesOf(before);
  return [...homesOf(after)].flatMap(([key, home]) => ((homes.get(key) ?? home) === home ? [] : [key]));
}

/** What an endpoint plans for a list of IPv4 addresses. */
const planned: Scheme = (keys) =>
  plan(keys.map((key) => AllowedSource.cidr(key))).map((group) => ({
    name: group.name,
    pinned: false,
    keys: keysOf(group),
    ...group.count,
  }));

describe('over histories of 200 edits in five groups', () => {
  test.each([
    { load: 0.5, worst: 0 },
    { load: 0.8, worst: 2 },
    { load: 0.9, worst: 5 },
  ])('at a load of $load the median edit moves no other rule, and the worst at most $worst', ({ load, worst }) => {
    const moves = [1, 2, 3].flatMap((seed) => movesOfHistory(seed, load * 300, 200, planned));

    expect(moves).toHaveLength(600);
    expect(quantile(moves, 0.5)).toBe(0);
    expect(Math.max(...moves)).toBeLessThanOrEqual(worst);
  });

  // What is measured at 97 % stands in docs/decisions/0004; this is only the bound beyond which something is broken.
  test('at a load of 97 % the median edit moves at most 1, and the worst never a fifth of the list', () => {
    const moves = [1, 2].flatMap((seed) => movesOfHistory(seed, 291, 200, planned));

    expect(quantile(moves, 0.5)).toBeLessThanOrEqual(1);
    expect(Math.max(...moves)).toBeLessThan(60);
  });

  test('pinned entries never move, and move nobody else', () => {
    const random = randomNumbers(7);
    const pinned = Array.from({ length: 40 }, () => AllowedSource.cidr(randomAddress(random), { group: 'partners' }));
    const rest = Array.from({ length: 200 }, () => AllowedSource.cidr(randomAddress(random)));
    let before = plan([...rest, ...pinned]);

    for (let step = 0; step < 200; step++) {
      const list = step % 3 === 0 ? pinned : rest;
      const fixed = step % 3 === 0 ? rest : pinned;
      if (random() < 0.5) list.splice(Math.floor(random() * list.length), 1);
      else list.push(AllowedSource.cidr(randomAddress(random), step % 3 === 0 ? { group: 'partners' } : {}));
      const after = plan([...rest, ...pinned]);

      const others = new Set(moved(before, after));
      expect(fixed.filter((source) => others.has(source._values[0]))).toEqual([]);
      expect(pinned.filter((source) => others.has(source._values[0]))).toEqual([]);
      before = after;
    }
  });
});

describe('the groups', () => {
  const blocks = (count: number, seed = 1) => {
    const random = randomNumbers(seed);
    return Array.from({ length: count }, () => AllowedSource.cidr(randomAddress(random)));
  };

  test('stay two rules below the quota as long as the list allows it', () => {
    for (const count of [200, 260, 290]) {
      for (const group of plan(blocks(count))) expect(group.count.ipv4).toBeLessThanOrEqual(58);
    }
  });

  test('are filled to the quota where the list needs it', () => {
    expect(plan(blocks(300)).map(({ count }) => count.ipv4)).toEqual([60, 60, 60, 60, 60]);
  });

  // Terraform destroys and creates in no particular order: a swap must not need more than the group has room for.
  test('have room for the rules of an edit before others leave, up to 90 % load', () => {
    const list = blocks(270, 3);
    const before = plan(list);
    for (let i = 0; i < 60; i++) {
      const after = plan([...list.slice(0, i), ...list.slice(i + 1), ...blocks(1, 1000 + i)]);
      for (const [index, group] of after.entries()) {
        const together = new Set([...keysOf(before[index]), ...keysOf(group)]);
        expect(together.size).toBeLessThanOrEqual(60);
      }
    }
  });

  test.each([
    ['a prefix list of some size', AllowedSource.prefixList('pl-0a', { maxEntries: 17 }), 17],
    ['a prefix list of unknown size', AllowedSource.prefixList('pl-0a'), 1],
    ['the prefix list of CloudFront', AllowedSource.awsPrefixList('com.amazonaws.global.cloudfront.origin-facing'), 55],
    ['the prefix list of S3', AllowedSource.awsPrefixList('com.amazonaws.eu-central-1.s3'), 1],
    [
      'a prefix list of AWS with a size that was said',
      AllowedSource.awsPrefixList('com.amazonaws.global.cloudfront.origin-facing', { maxEntries: 57 }),
      57,
    ],
    ['a security group', AllowedSource.securityGroup('sg-0a'), 1],
  ])('count %s in both families', (_, source, rules) => {
    const [group] = plan([source], { shardFromStart: false });

    expect(group.count).toEqual({ ipv4: rules, ipv6: rules });
  });

  test.each([
    ['com.amazonaws.global.ipv6.cloudfront.origin-facing', 55],
    ['com.amazonaws.eu-central-1.dynamodb', 1],
    ['com.amazonaws.eu-central-1.ec2-instance-connect', 2],
    ['com.amazonaws.eu-central-1.ipv6.ec2-instance-connect', 2],
    ['com.amazonaws.global.groundstation', 5],
    ['com.amazonaws.eu-central-1.route53-healthchecks', 25],
    ['com.amazonaws.eu-central-1.ipv6.route53-healthchecks', 25],
    ['com.amazonaws.eu-central-1.s3express', 6],
    ['com.amazonaws.eu-central-1.vpc-lattice', 10],
    ['com.amazonaws.eu-central-1.ipv6.vpc-lattice', 10],
  ])('count the prefix list %s of AWS as AWS documents it', (name, rules) => {
    const [group] = plan([AllowedSource.awsPrefixList(name)], { shardFromStart: false });

    expect(group.count).toEqual({ ipv4: rules, ipv6: rules });
  });

  test('are as many as there may be, less one for what is known after apply', () => {
    const token = AllowedSource.cidr(expression('aws_eip.nat.public_ip'));
    const list = AllowedSource.cidrs(['#{TfToken[TOKEN.7]}']);

    expect(plan(blocks(100))).toHaveLength(5);
    expect(plan([...blocks(100), token])).toHaveLength(4);
    expect(plan([...blocks(100), token, list])).toHaveLength(4);
  });
});

describe('the step from one group to several', () => {
  test('is announced with the number of rules that it moves', () => {
    const random = randomNumbers(5);
    const list = Array.from({ length: 61 }, () => AllowedSource.cidr(randomAddress(random)));
    const one = plan(list.slice(0, 60), { shardFromStart: false });

    const several = assertPlaced(planAllowlist(together(list.map(read)), { ...OPTIONS, shardFromStart: false }));

    const newcomer = several.groups[0].name === homesOf(several.groups).get(list[60]._values[0]) ? 0 : 1;
    expect(moved(one, several.groups)).toHaveLength(several.rehomedBySpreading - newcomer);
  });

  test('is nothing to announce where there is room to grow', () => {
    const list = [AllowedSource.cidr('52.20.30.40')];

    expect(assertPlaced(planAllowlist(together(list.map(read)), OPTIONS)).rehomedBySpreading).toBe(0);
  });
});

describe('a list that does not fit', () => {
  test('says how many rules merging would save, of the family that does not fit', () => {
    const touching = Array.from({ length: 302 }, (_, i) => `52.${20 + (i >> 8)}.${i & 255}.0/24`);
    const other = ['2600:1f18::/33', '2600:1f18:8000::/33'];
    const misfit = planAllowlist(read(AllowedSource.cidrs([...touching, ...other])), OPTIONS);

    // 256 of them are one /16, and 46 are a /19, a /21, a /22 and a /23.
    expect(misfit).toMatchObject({ misfit: { kind: 'tooManyRules', family: 4, needed: 302 }, savedByMerging: 297 });
  });

  test('fits once it is merged', () => {
    const touching = Array.from({ length: 302 }, (_, i) => `52.${20 + (i >> 8)}.${i & 255}.0/24`);

    const groups = plan([AllowedSource.cidrs(touching)], { aggregate: true, shardFromStart: false });

    expect(groups.map(({ ipv4 }) => Object.keys(ipv4))).toEqual([
      ['52.20.0.0/16', '52.21.0.0/19', '52.21.32.0/21', '52.21.40.0/22', '52.21.44.0/23'],
    ]);
  });
});
