import { TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import { AllowedSource, DatabaseEndpoint, type DatabaseEndpointProps, DatabaseTarget } from '../../lib';
import { type Cidr, isCidr, parseCidr } from '../../lib/network/cidr';
import { held, stretchesOf } from '../allowlist/blocks';
import { homesOf, type SynthesizedGroup, synthesizedGroups } from '../allowlist/synthesized-groups';
import { endpoint, synthesizeEndpoint, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { runs } from '../support/property-runs';
import { addresses, synthesizeApp, warningsOf } from '../support/synthesis';
import { apart } from './placement.refusals';

// Some of the lists below are most of the internet.
const LIMITS = { maxBreadth: { ipv4: 0, ipv6: 0 }, asOf: '2026-07-01' };
const ANY_SIZE = { dualStack: true, allowlist: LIMITS };

function groupsOf(allow: AllowedSource[], overrides: Partial<DatabaseEndpointProps> = {}): SynthesizedGroup[] {
  return synthesizedGroups(synthesizeEndpoint(validProps({ allow, ...ANY_SIZE, ...overrides })));
}

function block(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!isCidr(parsed)) throw new Error(text);
  return parsed;
}

function admitted(groups: readonly SynthesizedGroup[]): Cidr[] {
  return groups.flatMap(({ ipv4, ipv6 }) => [...ipv4, ...ipv6]).map(block);
}

/** A place in a list: what is written, and what is said of it. */
interface Written {
  readonly text: string;
  readonly group?: string;
  readonly expires?: string;
}

// Networks that are nobody's special case, crowded together so that they nest and touch, or anywhere and of any size.
const ipv4Text = fc.oneof(
  fc
    .record({ low: fc.integer({ min: 0, max: 255 }), prefix: fc.integer({ min: 25, max: 32 }) })
    .map(({ low, prefix }) => `52.20.30.${cut(low, 32 - prefix)}/${prefix}`),
  fc
    .record({
      a: fc.integer({ min: 16, max: 95 }),
      b: fc.nat(255),
      c: fc.nat(255),
      prefix: fc.integer({ min: 8, max: 24 }),
    })
    .map(({ a, b, c, prefix }) => {
      const bits = cut((a << 16) | (b << 8) | c, 24 - prefix);
      return `${bits >> 16}.${(bits >> 8) & 255}.${bits & 255}.0/${prefix}`;
    }),
  fc.record({ low: fc.nat(255) }).map(({ low }) => `52.20.30.${low}`),
);
const ipv6Text = fc.oneof(
  fc
    .record({ low: fc.nat(255), prefix: fc.integer({ min: 121, max: 128 }) })
    .map(({ low, prefix }) => `2600:1F18::${cut(low, 128 - prefix).toString(16)}/${prefix}`),
  fc
    .record({ part: fc.nat(0xffff), prefix: fc.integer({ min: 18, max: 32 }) })
    .map(({ part, prefix }) => `2600:${cut(part, 32 - prefix).toString(16)}::/${prefix}`),
  fc.nat(255).map((low) => `2600:1f18::${low.toString(16)}`),
);

function cut(bits: number, free: number): number {
  return (bits >> free) << free;
}

const written: fc.Arbitrary<Written[]> = fc.uniqueArray(
  fc.record(
    {
      text: fc.oneof(ipv4Text, ipv6Text),
      group: fc.constantFrom('partners', 'offices'),
      expires: fc.constantFrom('2026-06-30', '2026-07-01', '2031-12-31'),
    },
    { requiredKeys: ['text'] },
  ),
  { minLength: 1, maxLength: 120, selector: ({ text }) => block(text).text },
);

function sources(list: readonly Written[]): AllowedSource[] {
  return list.map(({ text, ...about }) => AllowedSource.cidr(text, about));
}

const isOver = ({ expires }: Written) => expires === '2026-06-30';

describe('what is admitted', () => {
  test.each([
    ['as they are written', false],
    ['merged', true],
  ])('is exactly what is written, with blocks %s', (_, aggregate) => {
    fc.assert(
      fc.property(written, fc.boolean(), (list, shardFromStart) => {
        const current = list.filter((entry) => !isOver(entry));
        fc.pre(current.length > 0);
        const wanted = current.map(({ text }) => block(text));

        const rules = admitted(groupsOf(sources(list), { allowlist: { ...LIMITS, aggregate }, shardFromStart }));

        for (const stretch of stretchesOf([...wanted, ...rules])) {
          expect([stretch, held(stretch, rules)]).toEqual([stretch, held(stretch, wanted)]);
        }
      }),
      { numRuns: runs(40) },
    );
  });

  test('is one rule for each entry that is written, and no other, where blocks are not merged', () => {
    fc.assert(
      fc.property(written, fc.boolean(), (list, shardFromStart) => {
        const current = list.filter((entry) => !isOver(entry));
        fc.pre(current.length > 0);

        const keys = [...homesOf(groupsOf(sources(list), { shardFromStart })).keys()];

        expect(keys.sort()).toEqual(current.map(({ text }) => block(text).text).sort());
      }),
      { numRuns: runs(25) },
    );
  });

  test('has no two rules in one group that touch or overlap, where blocks are merged', () => {
    fc.assert(
      fc.property(written, (list) => {
        fc.pre(!list.every(isOver));

        for (const { ipv4, ipv6 } of groupsOf(sources(list), { allowlist: { ...LIMITS, aggregate: true } })) {
          for (const family of [ipv4, ipv6]) {
            const blocks = family.map(block).sort((a, b) => (a.first < b.first ? -1 : 1));
            blocks.slice(1).forEach((next, i) => {
              expect(blocks[i].last < next.first).toBe(true);
            });
          }
        }
      }),
      { numRuns: runs(25) },
    );
  });

  test('says what every merged entry said', () => {
    const allow = [
      AllowedSource.cidr('52.20.30.128/25', { description: 'Paris' }),
      AllowedSource.cidr('52.20.30.0/25', { description: 'Berlin' }),
      AllowedSource.cidr('52.20.30.7/32', { description: 'Paris' }),
      AllowedSource.cidr('52.20.30.0/24', { description: 'Partners', group: 'partners' }),
    ];
    const tf = synthesizeEndpoint(validProps({ allow, allowlist: { aggregate: true } }));

    const said = Object.values(tf.resource?.aws_vpc_security_group_ingress_rule ?? {}).map(({ for_each }) => for_each);
    expect(said).toHaveLength(2);
    expect(said).toEqual(
      expect.arrayContaining([{ '52.20.30.0/24': 'Berlin; Paris' }, { '52.20.30.0/24': 'Partners' }]),
    );
  });
});

/** Addresses of both families, and what counts in both: security groups and prefix lists of some size. */
const MIXED = (ipv4: number, ipv6: number, references = 0): AllowedSource[] => [
  AllowedSource.cidrs(apart(ipv4)),
  AllowedSource.cidrs(Array.from({ length: ipv6 }, (_, i) => `2600:1f18:${(2 * i).toString(16)}::/48`)),
  ...Array.from({ length: references }, (_, i) =>
    i % 2 === 0
      ? AllowedSource.securityGroup(`sg-0${i}`)
      : AllowedSource.prefixList(`pl-0${i}`, { maxEntries: 1 + (i % 9) }),
  ),
];

/** What EC2 counts in a group. */
function count({ ipv4, ipv6, prefixLists, securityGroups }: SynthesizedGroup): { ipv4: number; ipv6: number } {
  const references = prefixLists.reduce((sum, id) => sum + 1 + (Number(id.slice(4)) % 9), securityGroups.length);
  return { ipv4: ipv4.length + references, ipv6: ipv6.length + references };
}

describe('a list that does not fit one group', () => {
  test('never takes up more than 60 rules of a family in any group', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 61, max: 240 }),
        fc.integer({ min: 0, max: 240 }),
        fc.integer({ min: 0, max: 18 }),
        (ipv4, ipv6, references) => {
          const groups = groupsOf(MIXED(ipv4, ipv6, references));

          expect(groups).toHaveLength(5);
          for (const group of groups) {
            expect(Math.max(...Object.values(count(group)))).toBeLessThanOrEqual(60);
          }
          expect(homesOf(groups).size).toBe(ipv4 + ipv6 + references);
        },
      ),
      { numRuns: runs(25) },
    );
  });

  test.each([
    [61, 0],
    [290, 290],
    [300, 300],
  ])('%d blocks of IPv4 and %d of IPv6 are spread over five groups', (ipv4, ipv6) => {
    const groups = groupsOf(MIXED(ipv4, ipv6));

    expect(groups).toHaveLength(5);
    expect(groups.flatMap((group) => group.ipv4)).toHaveLength(ipv4);
    expect(groups.flatMap((group) => group.ipv6)).toHaveLength(ipv6);
    for (const group of groups) expect(Math.max(group.ipv4.length, group.ipv6.length)).toBeLessThanOrEqual(60);
  });

  test('attaches every group to the load balancer, and creates none that is not attached', () => {
    const tf = synthesizeEndpoint(validProps({ allow: MIXED(100, 0) }));

    expect(
      synthesizedGroups(tf)
        .map(({ address }) => address)
        .sort(),
    ).toEqual(addresses(tf, 'aws_security_group').sort());
  });

  test('leads to the database from the first group, whose rule the database admits', () => {
    const target = DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: 'sg-0d' });
    const tf = synthesizeEndpoint(validProps({ allow: MIXED(100, 0), target }));
    const [first, ...others] = synthesizedGroups(tf);

    expect(first.egress).toHaveLength(1);
    expect(others.flatMap(({ egress }) => egress)).toEqual([]);
    expect(Object.values(tf.resource?.aws_vpc_security_group_ingress_rule ?? {})).toContainEqual(
      expect.objectContaining({ security_group_id: 'sg-0d', referenced_security_group_id: `\${${first.address}.id}` }),
    );
  });

  test('keeps the first group of the list that fits, so that nothing but rules is replaced', () => {
    const small = addresses(synthesizeEndpoint(validProps({ allow: MIXED(60, 0) })), 'aws_security_group');
    const large = synthesizedGroups(synthesizeEndpoint(validProps({ allow: MIXED(61, 0) })));

    expect(small).toEqual([large[0].address]);
  });

  test('says at synthesis how many rules the step from one group to several moves', () => {
    const allow = MIXED(61, 0);
    const [first] = groupsOf(allow);

    const said = warningsOf(endpoint(validProps({ allow }))).filter((text) => text.endsWith('[AllowlistSpread]'));

    expect(said).toEqual([expect.stringContaining(` ${61 - first.ipv4.length} rules move`)]);
  });
});

describe('a list that fits one group', () => {
  test.each([
    ['60 blocks', MIXED(60, 0)],
    ['60 blocks of each family', MIXED(60, 60)],
    ['50 blocks and 10 security groups', [...MIXED(50, 0), ...sgs(10)]],
    ['a prefix list of 60', [AllowedSource.prefixList('pl-0a', { maxEntries: 60 })]],
  ])('stays in one: %s', (_, allow) => {
    expect(groupsOf(allow)).toHaveLength(1);
  });

  test.each([
    ['61 blocks', MIXED(61, 0)],
    ['61 blocks of IPv6', MIXED(0, 61)],
    ['50 blocks and 11 security groups', [...MIXED(50, 0), ...sgs(11)]],
    ['6 blocks and a prefix list of 55', [...MIXED(6, 0), AllowedSource.prefixList('pl-0a', { maxEntries: 55 })]],
    ['6 blocks of IPv6 and the 55 rules of CloudFront', [...MIXED(0, 6), cloudfront()]],
  ])('does not fit with %s', (_, allow) => {
    expect(groupsOf(allow).length).toBe(5);
  });

  test('is spread over all groups where there is to be room to grow, even if it is one entry', () => {
    const groups = groupsOf([AllowedSource.cidr('52.20.30.40')], { shardFromStart: true });

    expect(groups).toHaveLength(5);
    expect(groups.flatMap(({ ipv4 }) => ipv4)).toEqual(['52.20.30.40/32']);
  });

  test('with room to grow moves no rule when it outgrows what one group holds', () => {
    const before = homesOf(groupsOf(MIXED(60, 0), { shardFromStart: true }));
    const after = homesOf(groupsOf(MIXED(61, 0), { shardFromStart: true }));

    for (const [key, home] of before) expect(after.get(key)).toBe(home);
  });

  test('has the groups that the quotas allow', () => {
    const quotas = { rulesPerSecurityGroup: 10, securityGroupsPerInterface: 7 };

    const groups = groupsOf(MIXED(64, 0), { quotas });

    expect(groups).toHaveLength(7);
    for (const { ipv4 } of groups) expect(ipv4.length).toBeLessThanOrEqual(10);
  });
});

function sgs(count: number): AllowedSource[] {
  return Array.from({ length: count }, (_, i) => AllowedSource.securityGroup(`sg-0${i}`));
}

function cloudfront(): AllowedSource {
  return AllowedSource.awsPrefixList('com.amazonaws.global.cloudfront.origin-facing');
}

describe('a prefix list of AWS', () => {
  test('is looked up by its name, in the Region of the provider', () => {
    const tf = synthesizeEndpoint(validProps({ allow: [cloudfront()] }));
    const [group] = synthesizedGroups(tf);

    expect(group.awsPrefixLists).toEqual(['com.amazonaws.global.cloudfront.origin-facing']);
    expect(Object.values(tf.data?.aws_ec2_managed_prefix_list ?? {})).toEqual([
      expect.objectContaining({
        name: '${each.key}',
        for_each: {
          'com.amazonaws.global.cloudfront.origin-facing': 'com.amazonaws.global.cloudfront.origin-facing',
        },
      }),
    ]);
  });
});

describe('pinned entries', () => {
  const PINNED = [
    AllowedSource.cidr('35.10.0.0/16', { group: 'partners' }),
    AllowedSource.cidr('2600:1f19::/48', { group: 'partners' }),
    AllowedSource.prefixList('pl-0a', { group: 'partners', maxEntries: 20 }),
  ];
  const pinnedGroup = (groups: SynthesizedGroup[]) => groups.filter(({ ipv4 }) => ipv4.includes('35.10.0.0/16'));

  test('are in a group of their own, which nothing else enters', () => {
    const [group] = pinnedGroup(groupsOf([...MIXED(200, 200), ...PINNED]));

    expect(group).toMatchObject({ ipv4: ['35.10.0.0/16'], ipv6: ['2600:1f19::/48'], prefixLists: ['pl-0a'] });
    expect(group.address).toMatch(/partners/);
  });

  test('never move, whatever happens to the rest', () => {
    const homes = [MIXED(1, 0), MIXED(60, 0), MIXED(61, 61), MIXED(240, 0)].map(
      (rest) => pinnedGroup(groupsOf([...rest, ...PINNED]))[0].address,
    );

    expect(new Set(homes).size).toBe(1);
  });

  test('keep the place of another pinned group when one is added', () => {
    const more = AllowedSource.cidr('35.11.0.0/16', { group: 'auditors' });
    const [before] = pinnedGroup(groupsOf([...MIXED(5, 0), ...PINNED]));
    const [after] = pinnedGroup(groupsOf([...MIXED(5, 0), more, ...PINNED]));

    expect(after).toEqual(before);
  });

  test('leave the first group empty where there is nothing else, for it leads to the database', () => {
    const groups = groupsOf(PINNED);

    expect(groups).toHaveLength(2);
    expect(groups[0]).toMatchObject({ ipv4: [], ipv6: [], egress: [expect.anything()] });
  });
});

describe('what is known after apply', () => {
  test('is in a group of its own, which takes the place of one', () => {
    const groups = groupsOf([...MIXED(100, 0), AllowedSource.cidr(expression('aws_eip.nat.public_ip'))]);

    expect(groups).toHaveLength(5);
    expect(groups.map(({ computed }) => computed.length)).toEqual([0, 0, 0, 0, 1]);
    expect(groups[4].ipv4).toEqual([]);
  });

  test('moves no rule of a list that fits one group', () => {
    const token = AllowedSource.cidr(expression('aws_eip.nat.public_ip'));

    expect(homesOf(groupsOf([...MIXED(60, 0), token]))).toEqual(homesOf(groupsOf(MIXED(60, 0))));
  });
});

test('the order of the list does not show in the JSON', () => {
  const synthesized = (allow: AllowedSource[], aggregate: boolean) =>
    synthesizeApp({
      prod: (stack) => {
        const list = new TerraformVariable(stack, 'offices', { type: 'list(string)' });
        new DatabaseEndpoint(
          stack,
          'Orders',
          validProps({
            ...ANY_SIZE,
            allowlist: { ...LIMITS, aggregate },
            allow: [...allow, AllowedSource.cidrs(list.listValue)],
          }),
        );
      },
    }).prod;
  const list = written.chain((entries) =>
    fc.shuffledSubarray(
      [...sources(entries), ...sgs(3), cloudfront(), AllowedSource.prefixList('pl-0a'), nat('a'), nat('b')],
      {
        minLength: entries.length + 7,
      },
    ),
  );

  fc.assert(
    fc.property(
      list.chain((one) =>
        fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length }), fc.boolean()),
      ),
      ([one, other, aggregate]) => {
        expect(synthesized(other, aggregate)).toBe(synthesized(one, aggregate));
      },
    ),
    { numRuns: runs(15) },
  );
});

function nat(name: string): AllowedSource {
  return AllowedSource.cidr(expression(`aws_eip.${name}.public_ip`));
}
