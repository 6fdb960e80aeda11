import fc from 'fast-check';
import { AllowedSource, DatabaseTarget } from '../../lib';
import { homesOf, type SynthesizedGroup, synthesizedGroups } from '../allowlist/synthesized-groups';
import { endpoint, synthesizeEndpoint, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { runs } from '../support/property-runs';
import { addresses, warningsOf } from '../support/synthesis';
import { cloudfront, groupsOf, securityGroups } from './packed-groups';
import { apart } from './placement.refusals';

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

  test('attaches every group to the load balancer, and creates no other', () => {
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
    ['50 blocks and 10 security groups', [...MIXED(50, 0), ...securityGroups(10)]],
    ['a prefix list of 60', [AllowedSource.prefixList('pl-0a', { maxEntries: 60 })]],
  ])('stays in one: %s', (_, allow) => {
    expect(groupsOf(allow)).toHaveLength(1);
  });

  test.each([
    ['61 blocks', MIXED(61, 0)],
    ['61 blocks of IPv6', MIXED(0, 61)],
    ['50 blocks and 11 security groups', [...MIXED(50, 0), ...securityGroups(11)]],
    ['6 blocks and a prefix list of 55', [...MIXED(6, 0), AllowedSource.prefixList('pl-0a', { maxEntries: 55 })]],
    ['6 blocks of IPv6 and the 55 rules of CloudFront', [...MIXED(0, 6), cloudfront()]],
  ])('does not fit with %s', (_, allow) => {
    expect(groupsOf(allow).length).toBe(5);
  });

  test('is spread over all groups with shardFromStart, even if it is one entry', () => {
    const groups = groupsOf([AllowedSource.cidr('52.20.30.40')], { shardFromStart: true });

    expect(groups).toHaveLength(5);
    expect(groups.flatMap(({ ipv4 }) => ipv4)).toEqual(['52.20.30.40/32']);
  });

  test('with shardFromStart moves no rule when it no longer fits one group', () => {
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

  test('leave the first group empty where there is nothing else, since egress to the database is in it', () => {
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
