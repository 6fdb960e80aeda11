import { AWS_IDS } from '../network/aws-ids';
import { isCidr } from '../network/cidr';
import { knownCidr } from '../network/known-cidr';
import { isWithin, PRIVATE_BLOCKS } from '../network/load-balancer-space';
import { isUnreachable } from '../network/special-ranges';
import type { Rule } from '../rules/rule';
import { isUnresolved, itemsOf } from '../tokens/unresolved';
import { DatabaseIngress } from './database-ingress';
import { type DatabaseTarget, TargetType } from './database-target';
import { EGRESS_RULES, EGRESS_WARNINGS } from './egress-rules';
import { filledGroups } from './group-parts';
import { targetQuota, targetQuotaName } from './target-quota';
import type { TargetSettings } from './target-settings';

const TARGET_DOCS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-type';

/** Validation rules for targets. */
export const TARGET_RULES: readonly Rule<TargetSettings>[] = [
  {
    name: 'TargetsMissing',
    because: 'An endpoint without a target accepts connections that go nowhere.',
    check: ({ target }) =>
      target._ids?.length === 0
        ? {
            property: 'target',
            value: [],
            reason: 'names no target',
            remedy:
              'List at least one, or write DatabaseTarget.selfRegistering(...) if something else registers targets.',
          }
        : undefined,
  },
  {
    name: 'TargetAddressInvalid',
    because: 'Targets of type ip are single host addresses.',
    see: TARGET_DOCS,
    check: ({ target }) =>
      addresses(target).flatMap(({ text, property }) => {
        const parsed = knownCidr(text);
        if (!isCidr(parsed) || !isAddress(text)) {
          return {
            property,
            value: text,
            reason: 'is not an IP address',
            remedy:
              'Write one address like 10.0.1.5. For a name, write DatabaseTarget.hostname(...), which follows its address.',
          };
        }
        return isUnreachable(parsed)
          ? {
              property,
              value: text,
              reason: 'is not a host address in a VPC',
              remedy: "Write the database's private address.",
            }
          : [];
      }),
  },
  {
    name: 'TargetAddressPublic',
    because: 'A network load balancer can reach targets only at private addresses, or at addresses of its own VPC.',
    see: TARGET_DOCS,
    check: ({ target }) =>
      addresses(target)
        .filter(({ text }) => isIpv4(text) && !isWithin(text, PRIVATE_BLOCKS))
        .filter(() => target._outsideVpc || !target._publicRangeInVpc)
        .map(({ text, property }) => ({
          property,
          value: text,
          reason: 'is a public address, which a network load balancer cannot have as a target',
          remedy: target._outsideVpc
            ? "Write the database's private address."
            : "Write the database's private address. If your VPC uses this range itself, set publicRangeInVpc: true.",
        })),
  },
  {
    name: 'TargetDuplicate',
    because: 'A target is registered once per port.',
    check: ({ target }) =>
      itemsOf(target._ids ?? []).flatMap((id, i, all) =>
        all.indexOf(id) < i
          ? {
              property: `target[${i}]`,
              value: id,
              reason: `repeats target[${all.indexOf(id)}]`,
              remedy: 'List every target once.',
            }
          : [],
      ),
  },
  {
    name: 'TargetFamiliesMixed',
    because: 'A target group contains either IPv4 or IPv6 addresses.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-ip-address-type',
    check: ({ target }) => {
      const families = new Set(
        addresses(target)
          .filter(({ text }) => isAddress(text))
          .map(({ text }) => isIpv4(text)),
      );
      return families.size > 1
        ? {
            property: 'target',
            value: target._ids,
            reason: 'mixes IPv4 and IPv6 addresses',
            remedy: 'List addresses of one family only.',
          }
        : undefined;
    },
  },
  {
    name: 'TargetIpv6NeedsDualStack',
    because: 'Only a dual-stack load balancer can reach IPv6 targets.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-ip-address-type',
    check: ({ target, dualStack }) =>
      hasIpv6Targets(target) && !dualStack
        ? {
            property: 'target',
            value: target._ids,
            reason: 'has IPv6 addresses, but the load balancer is IPv4-only',
            remedy: "Set dualStack: true, or use the database's IPv4 address.",
          }
        : undefined,
  },
  {
    name: 'InstanceIdInvalid',
    because: 'Targets of type instance are identified by their EC2 ids.',
    check: ({ target }) =>
      target._type !== TargetType.INSTANCE
        ? undefined
        : itemsOf(target._ids ?? []).flatMap((id, i) =>
            isUnresolved(id) || AWS_IDS.instance.test(id)
              ? []
              : {
                  property: `target[${i}]`,
                  value: id,
                  reason: 'is not the id of an EC2 instance',
                  remedy: 'Write an id like i-0123456789abcdef0.',
                },
          ),
  },
  {
    name: 'TargetReachUnknown',
    because: 'The endpoint may send traffic only to its targets, so it must know their possible addresses.',
    check: ({ target }) =>
      (target._ids === undefined || target._type === TargetType.INSTANCE) &&
      target._options.securityGroupId === undefined &&
      (target._cidrBlocks ?? []).length === 0
        ? {
            property: 'target',
            reason: 'needs securityGroupId or cidrBlocks for egress',
            remedy: "Set the targets' securityGroupId, or the cidrBlocks that contain their addresses.",
          }
        : undefined,
  },
  ...EGRESS_RULES,
  {
    name: 'TargetSecurityGroupInvalid',
    because: 'Security groups are identified by their ids.',
    check: ({ target }) => {
      const id = target._options.securityGroupId;
      return id === undefined || isUnresolved(id) || AWS_IDS.securityGroup.test(id)
        ? undefined
        : {
            property: 'target.securityGroupId',
            value: id,
            reason: 'is not the id of a security group',
            remedy: 'Write an id like sg-0123456789abcdef0.',
          };
    },
  },
  {
    name: 'DatabaseIngressInvalid',
    because: 'The rule is made by the endpoint or managed elsewhere.',
    check: ({ target }) => {
      const { databaseIngress } = target._options;
      return databaseIngress === undefined || Object.values(DatabaseIngress).includes(databaseIngress)
        ? undefined
        : {
            property: 'target.databaseIngress',
            value: databaseIngress,
            reason: 'is not a valid way to admit the endpoint',
            remedy: 'Write DatabaseIngress.CREATED or DatabaseIngress.MANAGED_ELSEWHERE.',
          };
    },
  },
  {
    name: 'DatabaseIngressUnused',
    because: "Without the database's security group there is no rule to create.",
    check: ({ target }) => {
      const { databaseIngress, securityGroupId } = target._options;
      return databaseIngress !== undefined && securityGroupId === undefined
        ? {
            property: 'target.databaseIngress',
            value: databaseIngress,
            reason: "has no effect without the database's security group",
            remedy: "Set the database's securityGroupId, or leave databaseIngress out.",
          }
        : undefined;
    },
  },
  {
    name: 'SecurityGroupOutsideVpc',
    because:
      'A rule that references a security group covers its members in this VPC or a peered one; nothing on premises or behind a transit gateway can be a member.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-referencing',
    check: ({ target }) =>
      target._outsideVpc && target._options.securityGroupId !== undefined
        ? {
            property: 'target.securityGroupId',
            value: target._options.securityGroupId,
            reason: 'cannot be used for egress, because the targets are outside the VPC',
            remedy:
              "Leave it out: egress is then allowed to the targets' addresses. In a peered VPC, you can add a rule to the database's security group that admits the endpoint's first security group.",
          }
        : undefined,
  },
  {
    name: 'TargetQuotaExceeded',
    because: 'A network load balancer has at most 3000 targets, and 500 with cross-zone load balancing.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html',
    check: ({ target, crossZone, sessions }) => {
      const quota = targetQuota(crossZone);
      const count = itemsOf(target._ids ?? []).length * filledGroups(sessions);
      return count > quota
        ? {
            property: 'target',
            reason: `${sessions ? `with sessions in ${filledGroups(sessions)} target groups, makes` : 'names'} ${count} targets, but the load balancer supports ${quota}: the quota ${targetQuotaName(crossZone)}`,
            remedy: 'List fewer, or spread them over several endpoints.',
          }
        : undefined;
    },
  },
];

/** Warnings about targets. */
export const TARGET_WARNINGS: readonly Rule<TargetSettings>[] = [
  ...EGRESS_WARNINGS,
  {
    name: 'ClientIpOutsideVpc',
    because: 'Responses to preserved client addresses return only from the same VPC or one peered in the same Region.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation',
    check: ({ preserveClientIp, target }) =>
      preserveClientIp && target._outsideVpc
        ? {
            property: 'preserveClientIp',
            value: true,
            reason: 'works outside the VPC only for targets in a VPC peered in the same Region',
            remedy: 'Leave it out for targets on premises or in another Region.',
          }
        : undefined,
  },
];

/** Whether the targets are known to have IPv6 addresses. */
export function hasIpv6Targets(target: DatabaseTarget): boolean {
  return target._options.ipv6 === true || addresses(target).some(({ text }) => isAddress(text) && !isIpv4(text));
}

function addresses(target: DatabaseTarget): { text: string; property: string }[] {
  if (target._type !== TargetType.IP) return [];
  return itemsOf(target._ids ?? [])
    .map((text, i) => ({ text, property: `target[${i}]` }))
    .filter(({ text }) => !isUnresolved(text));
}

function isAddress(text: string): boolean {
  return !text.includes('/') && isCidr(knownCidr(text));
}

function isIpv4(text: string): boolean {
  return isAddress(text) && !text.includes(':');
}
