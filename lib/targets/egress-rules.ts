import { addressesWithin } from '../allowlist/breadth';
import { AddressSet } from '../network/address-set';
import { type Cidr, isCidr, parseCidr } from '../network/cidr';
import { PRIVATE_BLOCKS } from '../network/load-balancer-space';
import { isUnreachable, specialRangeOf } from '../network/special-ranges';
import { checkQuotas } from '../placement/rule-quotas';
import type { Finding, Rule } from '../rules/rule';
import { isUnknown, itemsOf } from '../tokens/unresolved';
import type { DatabaseTarget } from './database-target';
import type { TargetSettings } from './target-settings';

/** How many addresses egress may lead to in total, as the prefix length of a block with that many. */
export const BROADEST_EGRESS = { ipv4: 8, ipv6: 44 };

/** A block of `cidrBlocks` that is known at synthesis. */
export interface EgressBlock {
  readonly property: string;
  readonly text: string;
  readonly cidr: Cidr;
}

/** The blocks that egress may lead to, as far as they are known and are blocks. */
export function knownEgress({ _cidrBlocks }: DatabaseTarget): EgressBlock[] {
  return itemsOf(_cidrBlocks ?? []).flatMap((text, i) => {
    const cidr = isUnknown(text) ? undefined : parseCidr(text);
    return cidr !== undefined && isCidr(cidr) ? { property: `target.cidrBlocks[${i}]`, text, cidr } : [];
  });
}

/** Validation rules for the blocks that egress may lead to. */
export const EGRESS_RULES: readonly Rule<TargetSettings>[] = [
  {
    name: 'TargetCidrInvalid',
    because: 'Egress rules take canonical CIDR blocks.',
    check: ({ target }) =>
      itemsOf(target._cidrBlocks ?? []).flatMap((block, i): Finding[] => {
        const parsed = isUnknown(block) ? undefined : parseCidr(block);
        return parsed === undefined || isCidr(parsed)
          ? []
          : [{ property: `target.cidrBlocks[${i}]`, value: block, reason: parsed.reason, remedy: parsed.remedy }];
      }),
  },
  {
    name: 'TargetCidrDuplicate',
    because: 'EC2 keeps one rule for each block.',
    check: ({ target }) =>
      itemsOf(target._cidrBlocks ?? []).flatMap((block, i, all) =>
        all.indexOf(block) < i
          ? {
              property: `target.cidrBlocks[${i}]`,
              value: block,
              reason: `repeats target.cidrBlocks[${all.indexOf(block)}]`,
              remedy: 'Name every block once.',
            }
          : [],
      ),
  },
  {
    name: 'TargetCidrTooBroad',
    because: 'Private networks take up a /8 of IPv4 at most, and AWS gives a VPC a /44 of IPv6 at most.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html',
    check: ({ target }) => ([4, 6] as const).flatMap((family) => tooBroad(target, family)),
  },
  {
    name: 'TargetCidrUnreachable',
    because: 'No machine has a loopback, link-local, multicast or reserved address.',
    see: 'https://www.iana.org/assignments/iana-ipv4-special-registry',
    check: ({ target }) =>
      knownEgress(target)
        .filter(({ cidr }) => isUnreachable(cidr))
        .map(({ property, text, cidr }) => ({
          property,
          value: text,
          reason: `is ${specialRangeOf(cidr)?.purpose}, where no database is`,
          remedy: 'Write the blocks of the subnets that the targets are in.',
        })),
  },
  {
    name: 'TooManyEgressRules',
    because:
      'A security group has a limited number of outbound rules, and each target address or block is one of them.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    check: ({ target, quotas }) => {
      if (target._options.securityGroupId !== undefined || checkQuotas(quotas).length > 0) return undefined;
      const room = quotas.rulesPerSecurityGroup;
      const leadsTo = itemsOf(target._cidrBlocks ?? target._ids ?? []);
      const ipv6 = leadsTo.filter((text) => !isUnknown(text) && text.includes(':')).length;
      // What is known after apply may be of either family.
      const ipv4 = leadsTo.filter((text) => !isUnknown(text) && !text.includes(':')).length;
      const most = Math.max(ipv4, ipv6, Math.ceil(leadsTo.length / 2));
      return most <= room
        ? undefined
        : {
            property: target._cidrBlocks === undefined ? 'target' : 'target.cidrBlocks',
            reason: `needs ${most} egress rules, and a security group has room for ${room}`,
            remedy:
              "Give the targets' securityGroupId, which takes one rule, write larger blocks, or have the quota L-0EA8095F raised and set quotas.rulesPerSecurityGroup.",
          };
    },
  },
];

/** Warnings about the blocks that egress may lead to. */
export const EGRESS_WARNINGS: readonly Rule<TargetSettings>[] = [
  {
    name: 'TargetCidrPublic',
    because: 'A network load balancer reaches targets by private addresses, or by addresses of its own VPC.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-type',
    check: ({ target }) => {
      const privateSpace = AddressSet.of(PRIVATE_BLOCKS);
      return knownEgress(target)
        .filter(({ cidr }) => cidr.family === 4 && !privateSpace.contains(cidr))
        .map(({ property, text }) => ({
          property,
          value: text,
          reason: 'is public address space, which egress may then lead to',
          remedy:
            'Write the private blocks of the subnets, or acknowledge TargetCidrPublic if the VPC uses this range.',
        }));
    },
  },
];

function tooBroad(target: DatabaseTarget, family: 4 | 6): Finding[] {
  const allowed = addressesWithin(BROADEST_EGRESS, family);
  const blocks = knownEgress(target).filter(({ cidr }) => cidr.family === family);
  const wide = blocks.filter(({ cidr }) => cidr.last - cidr.first >= allowed);
  const all = AddressSet.of(blocks.map(({ cidr }) => cidr));
  const remedy = 'Write the blocks of the subnets that the targets are in.';
  if (wide.length > 0) {
    const reason = 'would let the endpoint send traffic far beyond its database';
    return wide.map(({ property, text }) => ({ property, value: text, reason, remedy }));
  }
  return all.size(family) > allowed
    ? [
        {
          property: 'target.cidrBlocks',
          reason: `would let the endpoint send traffic far beyond its database: together more than one /${family === 4 ? BROADEST_EGRESS.ipv4 : BROADEST_EGRESS.ipv6}`,
          remedy,
        },
      ]
    : [];
}
