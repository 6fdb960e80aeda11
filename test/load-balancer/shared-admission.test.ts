import * as fc from 'fast-check';
import { EndpointError, type EndpointProps } from '../../lib';
import { resolveAllowlist } from '../../lib/allowlist/allowlist-input';
import { AllowlistReview } from '../../lib/allowlist/allowlist-review';
import { planShared, type SharedPart } from '../../lib/allowlist/shared-plan';
import { runs } from '../support/property-runs';
import { endpointProps, loadBalancerProps, synthesizeFleet } from '../support/shared-load-balancer';
import type { TerraformJson } from '../support/synthesis';
import { type MadeRule, madeRules } from './admitted';
import { ADDRESSES, addressesOf, type FleetMember, fleets, type RandomFleet, sourceOf } from './arbitrary-fleets';

const FAMILIES = [4, 6] as const;

/** Who was written, computed from the entries one address and port at a time. */
function written({ members }: RandomFleet): string[] {
  return FAMILIES.flatMap((family) =>
    everyAddress().flatMap((address) =>
      members
        .filter(({ entries }) =>
          entries.some((each) => each.family === family && each.first <= address && address < each.first + each.count),
        )
        .map(({ port }) => `${family} ${address} ${port}`),
    ),
  ).sort();
}

/** Who is admitted by rules, once each. */
function admitted(rules: readonly MadeRule[]): string[] {
  const found = rules
    .filter(({ protocol }) => protocol === 'tcp')
    .flatMap(({ source, fromPort, toPort }) => {
      const { family, first, last } = addressesOf(source);
      const ports = Array.from({ length: toPort - fromPort + 1 }, (_, i) => fromPort + i);
      return everyAddress()
        .filter((address) => first <= address && address <= last)
        .flatMap((address) => ports.map((port) => `${family} ${address} ${port}`));
    });
  return [...new Set(found)].sort();
}

function everyAddress(): number[] {
  return Array.from({ length: ADDRESSES }, (_, i) => i);
}

/** What EC2 would refuse: the same rule twice, or more rules of a family in a group than the quota. */
function refusedByEc2(rules: readonly MadeRule[], { rulesPerSecurityGroup }: RandomFleet): string[] {
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  return rules.flatMap(({ group, protocol, source, fromPort, toPort }) => {
    const rule = `${group} ${protocol} ${source} ${fromPort}-${toPort}`;
    const isTwice = seen.has(rule);
    seen.add(rule);
    const family = `${group} IPv${source.includes(':') ? 6 : 4}`;
    const count = (counts.get(family) ?? 0) + 1;
    counts.set(family, count);
    return [...(isTwice ? [rule] : []), ...(count > rulesPerSecurityGroup ? [`${count} in ${family}`] : [])];
  });
}

/** Whether a fleet fits even if no rule is shared or merged. */
function hasRoom(fleet: RandomFleet): boolean {
  const { rulesPerSecurityGroup: most, securityGroupCount, pathMtuDiscovery } = fleet;
  const entries = fleet.members.flatMap((member) => member.entries);
  const groups = new Set(entries.flatMap(({ group }) => group ?? []));
  const count = (family: 4 | 6, group: string | undefined) =>
    entries.filter((each) => each.family === family && each.group === group).length;
  return (
    securityGroupCount + groups.size <= fleet.securityGroupsPerInterface &&
    FAMILIES.every((family) => [...groups].every((group) => count(family, group) <= most)) &&
    FAMILIES.every((family) => count(family, undefined) + (pathMtuDiscovery ? 1 : 0) <= most * securityGroupCount)
  );
}

function judge(fleet: RandomFleet, rules: readonly MadeRule[] | undefined): void {
  if (rules === undefined) {
    expect(hasRoom(fleet)).toBe(false);
    return;
  }
  expect(admitted(rules)).toEqual(written(fleet));
  expect(refusedByEc2(rules, fleet)).toEqual([]);
}

function planned(fleet: RandomFleet): MadeRule[] | undefined {
  const { rulesPerSecurityGroup, securityGroupsPerInterface, pathMtuDiscovery, ...options } = fleet;
  const quotas = { rulesPerSecurityGroup, securityGroupsPerInterface };
  const plan = planShared(
    fleet.members.map((member) => partOf(member)),
    { ...options, quotas, pathMtu: pathMtuDiscovery ? FAMILIES : [] },
  );
  if ('misfit' in plan) return undefined;
  return plan.groups.flatMap(({ name, rules }) =>
    rules.map(({ key, cidr, pathMtu, description = '', fromPort, toPort }) => ({
      ...{ address: key, group: name, protocol: pathMtu === undefined ? 'tcp' : 'icmp', fromPort, toPort, description },
      source: cidr?.text ?? (pathMtu === 6 ? '::/0' : '0.0.0.0/0'),
    })),
  );
}

function partOf({ port, entries, aggregate }: FleetMember): SharedPart {
  const allow = entries.map(sourceOf);
  const input = resolveAllowlist({ allow, allowlist: { aggregate }, dualStack: true, internetFacing: true });
  const sharing = {
    ...{ loadBalancer: 'prod/Partners', endpoint: `prod/On${port}`, port, others: [], hasExistingGroups: false },
    options: {
      ...{ quotas: input.quotas, securityGroupCount: 1, mergePorts: false, pathMtu: [] },
    },
  };
  return new AllowlistReview(input, undefined, undefined, sharing).part!;
}

function synthesized(fleet: RandomFleet): TerraformJson | undefined {
  const { rulesPerSecurityGroup, securityGroupsPerInterface, members, ...options } = fleet;
  const quotas = { rulesPerSecurityGroup, securityGroupsPerInterface };
  try {
    return synthesizeFleet(
      Object.fromEntries(members.map((member) => [`On${member.port}`, propsOf(member)])),
      loadBalancerProps({ ...options, quotas, dualStack: true }),
    );
  } catch (error) {
    if (EndpointError.isEndpointError(error) && error.problems.every(({ property }) => property === 'allow')) return;
    throw error;
  }
}

function propsOf({ port, entries, aggregate }: FleetMember): EndpointProps {
  return endpointProps({ port, allow: entries.map(sourceOf), allowlist: { aggregate } });
}

test('the rules of any fleet admit who is written, on the ports for which they are written, and nobody else', () => {
  fc.assert(
    fc.property(fleets, (fleet) => judge(fleet, planned(fleet))),
    { numRuns: runs(10_000) },
  );
});

test('so do those that are written out', () => {
  fc.assert(
    fc.property(fleets, (fleet) => {
      const tf = synthesized(fleet);

      judge(fleet, tf && madeRules(tf));
    }),
    { numRuns: runs(300) },
  );
});

test('what is written out is the same in whatever order endpoints and entries come', () => {
  fc.assert(
    fc.property(
      fleets.chain((fleet) =>
        fc.record({
          fleet: fc.constant(fleet),
          members: fc.shuffledSubarray([...fleet.members], { minLength: fleet.members.length }),
        }),
      ),
      ({ fleet, members }) => {
        const shuffled = members.map((member) => ({ ...member, entries: [...member.entries].reverse() }));

        expect(synthesized({ ...fleet, members: shuffled })).toEqual(synthesized(fleet));
      },
    ),
    { numRuns: runs(150) },
  );
});
