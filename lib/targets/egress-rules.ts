import { addressesWithin } from '../allowlist/breadth';
import { AddressSet } from '../network/address-set';
import { type Cidr, isCidr, parseCidr } from '../network/cidr';
import { PRIVATE_BLOCKS } from '../network/load-balancer-space';
import { isUnreachable, specialRangeOf } from '../network/special-ranges';
import { checkQuotas } from '../placement/rule-quotas';
import type { Finding, Rule } from '../rules/rule';
import { isUnresolved, itemsOf } from '../tokens/unresolved';
import type { DatabaseTarget } from './database-target';
import type { TargetSettings } from './target-settings';

/** To how many addresses egress may be allowed in total, as the prefix length of a block with that many. */
export const MAX_EGRESS_BREADTH = { ipv4: 8, ipv6: 44 };

/** A block of `cidrBlocks` that is known at synthesis. */
export interface EgressBlock {
  readonly property: string;
  readonly text: string;
  readonly cidr: Cidr;
}

/** The blocks to which egress is allowed, as far as they are known and valid. */
export function knownEgress({ _cidrBlocks }: DatabaseTarget): EgressBlock[] {
  return itemsOf(_cidrBlocks ?? []).flatMap((text, i) => {
    const cidr = isUnresolved(text) ? undefined : parseCidr(text);
    return cidr !== undefined && isCidr(cidr) ? { property: `target.cidrBlocks[${i}]`, text, cidr } : [];
  });
}

/** Validation rules for the blocks to which egress is allowed. */
export const EGRESS_RULES: readonly Rule<TargetSettings>[] = [
  {
    name: 'TargetCidrInvalid',
    because: 'Egress rules require canonical CIDR blocks.',
    check: ({ target }) =>
      itemsOf(target._cidrBlocks ?? []).flatMap((block, i): Finding[] => {
        const parsed = isUnresolved(block) ? undefined : parseCidr(block);
        return parsed === undefined || isCidr(parsed)
          ? []
          : [{ property: `target.cidrBlocks[${i}]`, value: block, reason: parsed.reason, remedy: parsed.remedy }];
      }),
  },
  {
    name: 'TargetCidrDuplicate',
    because: 'EC2 allows one rule per block.',
    check: ({ target }) =>
      itemsOf(target._cidrBlocks ?? []).flatMap((block, i, all) =>
        all.indexOf(block) < i
          ? {
              property: `target.cidrBlocks[${i}]`,
              value: block,
              reason: `repeats target.cidrBlocks[${all.indexOf(block)}]`,
              remedy: 'List every block once.',
            }
          : [],
      ),
  },
  {
    name: 'TargetCidrTooBroad',
    because: 'Private networks have at most a /8 of IPv4, and AWS gives a VPC at most a /44 of IPv6.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html',
    check: ({ target }) => ([4, 6] as const).flatMap((family) => tooBroad(target, family)),
  },
  {
    name: 'TargetCidrUnreachable',
    because: 'No host has a loopback, link-local, multicast or reserved address.',
    see: 'https://www.iana.org/assignments/iana-ipv4-special-registry',
    check: ({ target }) =>
      knownEgress(target)
        .filter(({ cidr }) => isUnreachable(cidr))
        .map(({ property, text, cidr }) => ({
          property,
          value: text,
          reason: `is ${specialRangeOf(cidr)?.purpose}, which no database can be in`,
          remedy: "Write the blocks of the targets' subnets.",
        })),
  },
  {
    name: 'TooManyEgressRules',
    because: 'A security group has a limited number of egress rules, and each target address or block needs one.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    check: ({ target, quotas }) => {
      if (target._options.securityGroupId !== undefined || checkQuotas(quotas).length > 0) return undefined;
      const room = quotas.rulesPerSecurityGroup;
      const leadsTo = itemsOf(target._cidrBlocks ?? target._ids ?? []);
      const ipv6 = leadsTo.filter((text) => !isUnresolved(text) && text.includes(':')).length;
      // What is known after apply may be of either family.
      const ipv4 = leadsTo.filter((text) => !isUnresolved(text) && !text.includes(':')).length;
      const most = Math.max(ipv4, ipv6, Math.ceil(leadsTo.length / 2));
      return most <= room
        ? undefined
        : {
            property: target._cidrBlocks === undefined ? 'target' : 'target.cidrBlocks',
            reason: `needs ${most} egress rules, but a security group has room for ${room}`,
            remedy:
              "Set the targets' securityGroupId, which needs one rule, write larger blocks, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup.",
          };
    },
  },
];

/** Warnings about the blocks to which egress is allowed. */
export const EGRESS_WARNINGS: readonly Rule<TargetSettings>[] = [
  {
    name: 'TargetCidrPublic',
    because: 'A network load balancer can reach targets only at private addresses, or at addresses of its own VPC.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-type',
    check: ({ target }) =>
      knownEgress(target)
        .filter(({ cidr }) => cidr.family === 4 && !PRIVATE_SPACE.contains(cidr))
        .map(({ property, text }) => ({
          property,
          value: text,
          reason: 'is public address space, to which egress would be allowed',
          remedy:
            'Write the private blocks of the subnets, or acknowledge TargetCidrPublic if the VPC uses this range.',
        })),
  },
];

const PRIVATE_SPACE = AddressSet.of(PRIVATE_BLOCKS);

function tooBroad(target: DatabaseTarget, family: 4 | 6): Finding[] {
  const blocks = knownEgress(target).filter(({ cidr }) => cidr.family === family);
  if (blocks.length === 0) return [];
  const allowed = addressesWithin(MAX_EGRESS_BREADTH, family);
  const wide = blocks.filter(({ cidr }) => cidr.last - cidr.first >= allowed);
  const all = AddressSet.of(blocks.map(({ cidr }) => cidr));
  const remedy = "Write the blocks of the targets' subnets.";
  if (wide.length > 0) {
    const reason = 'would let the endpoint send traffic far beyond its database';
    return wide.map(({ property, text }) => ({ property, value: text, reason, remedy }));
  }
  return all.size(family) > allowed
    ? [
        {
          property: 'target.cidrBlocks',
          reason: `would let the endpoint send traffic far beyond its database: together more than one /${family === 4 ? MAX_EGRESS_BREADTH.ipv4 : MAX_EGRESS_BREADTH.ipv6}`,
          remedy,
        },
      ]
    : [];
}
