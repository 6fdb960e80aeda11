import type { AllowlistRequirements } from '../allowlist/allowlist-requirements';
import { REQUIREMENT_INVALID } from '../allowlist/requirement-rules';
import { requirementMistakes } from '../allowlist/requirements';
import { invalidZoneId } from '../dns/domain-rules';
import { AWS_IDS } from '../network/aws-ids';
import { isHostName } from '../network/domain-name';
import { checkQuotas, MOST_GROUPS, QUOTA_FACTS, quotaWarning, type RuleQuotas } from '../placement/rule-quotas';
import { acknowledgeRule } from '../rules/acknowledge-rule';
import type { Finding, Rule } from '../rules/rule';
import { isUnresolved, isUnresolvedList, itemsOf } from '../tokens/unresolved';
import { ADDRESS_WARNINGS } from './address-rules';
import { LOAD_BALANCER_RULES } from './load-balancer-rules';
import type { LoadBalancerSettings } from './load-balancer-settings';

/** A load balancer that endpoints are to share. */
export interface SharedLoadBalancerInput {
  readonly settings: LoadBalancerSettings;
  /** As they were written, with what every account has in place of the rest. */
  readonly quotas: RuleQuotas;
  readonly securityGroupCount: number;
  readonly acknowledge: readonly string[];
  /** What must be said about the entries of its endpoints' allowlists. */
  readonly require?: AllowlistRequirements;
  /** Only of one that exists already. */
  readonly imported?: ImportedLoadBalancer;
}

/** What is judged of a load balancer that exists already. */
export interface ImportedLoadBalancer {
  readonly arn: string;
  readonly dnsName: string;
  readonly zoneId: string;
  readonly securityGroupIds: readonly string[];
  readonly quotas?: Partial<RuleQuotas>;
}

/** Validation rules for load balancers that endpoints share. */
export const SHARED_LOAD_BALANCER_RULES: readonly Rule<SharedLoadBalancerInput>[] = [
  ...LOAD_BALANCER_RULES.map((rule) => ({
    ...rule,
    check: ({ settings }: SharedLoadBalancerInput) => rule.check(settings),
  })),
  {
    name: 'QuotaInvalid',
    ...QUOTA_FACTS.QuotaInvalid,
    check: ({ quotas }) => checkQuotas(quotas).map(({ rule, ...finding }) => finding),
  },
  {
    ...REQUIREMENT_INVALID,
    check: ({ require = {} }) =>
      requirementMistakes(require).map(({ rule, part, ...mistake }) => ({
        property: `allowlist.require.${part}`,
        ...mistake,
      })),
  },
  {
    name: 'SecurityGroupCountInvalid',
    because: 'A network interface has a limited number of security groups, and a load balancer needs at least one.',
    see: QUOTA_FACTS.TooManyPinnedGroups.see,
    check: ({ securityGroupCount: count, quotas: { securityGroupsPerInterface: most }, imported }) =>
      imported || (Number.isInteger(count) && count >= 1 && count <= most)
        ? undefined
        : {
            property: 'securityGroupCount',
            value: count,
            reason: `is not a number of security groups from 1 to ${most}`,
            remedy:
              'Write a whole number in this range, or request an increase of the quota L-2AFB9258 (up to 16) and set quotas.securityGroupsPerInterface.',
          },
  },
  {
    name: 'LoadBalancerArnInvalid',
    because: 'Only network load balancers pass TCP and TLS on.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html',
    check: ({ imported }) =>
      imported === undefined || isUnresolved(imported.arn) || NLB_ARN.test(imported.arn)
        ? undefined
        : {
            property: 'arn',
            value: imported.arn,
            reason: 'is not the ARN of a network load balancer',
            remedy:
              'Write an ARN like arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/partners/50dc6c495c0c9188.',
          },
  },
  {
    name: 'LoadBalancerDnsNameInvalid',
    because: 'Records of endpoints are aliases of the name that Elastic Load Balancing gave the load balancer.',
    see: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-elb-load-balancer.html',
    check: ({ imported }) =>
      imported === undefined || isUnresolved(imported.dnsName) || isElbName(imported.dnsName)
        ? undefined
        : {
            property: 'dnsName',
            value: imported.dnsName,
            reason: 'is not the name that AWS gave a load balancer',
            remedy:
              'Write its attribute dns_name, like partners-50dc6c495c0c9188.elb.eu-central-1.amazonaws.com, without scheme, port and final dot. A name of your own is the domain.name of an endpoint.',
          },
  },
  {
    name: 'LoadBalancerZoneIdInvalid',
    because:
      "An alias record needs the hosted zone of Elastic Load Balancing's own names, of which each Region has one.",
    see: 'https://docs.aws.amazon.com/general/latest/gr/elb.html',
    check: ({ imported }) => {
      const finding = invalidZoneId('zoneId', imported?.zoneId);
      return (
        finding && {
          ...finding,
          remedy:
            "Write the load balancer's attribute zone_id, like Z3F0SRJ5LGBH90. The zone of a name of your own is the domain.zoneId of an endpoint.",
        }
      );
    },
  },
  {
    name: 'SecurityGroupsMissing',
    because:
      'A load balancer without security groups admits everybody, and one that was made without can never get any.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    check: ({ imported }) =>
      imported === undefined || isUnresolvedList(imported.securityGroupIds) || imported.securityGroupIds.length > 0
        ? undefined
        : {
            property: 'securityGroupIds',
            value: [],
            reason: 'is empty, so nothing would enforce the allowlists',
            remedy:
              'Name security groups that are attached to the load balancer and that nothing else writes to. One that has none cannot be used: make a new EndpointLoadBalancer.',
          },
  },
  {
    name: 'SecurityGroupIdInvalid',
    because: 'Security groups are named by their ids.',
    check: ({ imported }) => {
      const ids = imported?.securityGroupIds ?? [];
      if (isUnresolvedList(ids)) {
        return {
          property: 'securityGroupIds',
          reason: 'is a list that is known after apply, and how many groups there are decides where rules go',
          remedy: 'Write the ids one by one, each of which may be a token, such as Fn.element(list, 0).',
        };
      }
      return ids.flatMap((id, i, all): Finding[] => {
        const first = all.indexOf(id);
        const property = `securityGroupIds[${i}]`;
        if (first < i) {
          return [
            { property, value: id, reason: `repeats securityGroupIds[${first}]`, remedy: 'Name every group once.' },
          ];
        }
        return isUnresolved(id) || AWS_IDS.securityGroup.test(id)
          ? []
          : [
              {
                property,
                value: id,
                reason: 'is not the id of a security group',
                remedy: 'Write an id like sg-0123456789abcdef0.',
              },
            ];
      });
    },
  },
  {
    name: 'SecurityGroupsBeyondQuota',
    because: 'A network interface has a limited number of security groups, and these are attached already.',
    see: QUOTA_FACTS.TooManyPinnedGroups.see,
    check: ({ imported, quotas }) => {
      const attached = itemsOf(imported?.securityGroupIds ?? []).length;
      const written = imported?.quotas?.securityGroupsPerInterface;
      // A quota that no account has is told so by a rule of its own.
      const most = written === undefined || checkQuotas(quotas).length > 0 ? MOST_GROUPS : written;
      return attached <= most
        ? undefined
        : {
            property: 'securityGroupIds',
            reason: `names ${attached} security groups, and ${written === undefined ? 'a network interface' : 'quotas.securityGroupsPerInterface'} allows ${most}`,
            remedy: `Name only groups that are attached to the load balancer, ${MOST_GROUPS} at most, and leave quotas.securityGroupsPerInterface out or set it to the quota of the account (L-2AFB9258).`,
          };
    },
  },
  acknowledgeRule(() => WARNING_NAMES, ' about a load balancer'),
];

/** Why a load balancer that was not made here has no resource. */
export const LOAD_BALANCER_NOT_MADE = {
  name: 'LoadBalancerNotMade',
  because: 'A load balancer that was not made by this app is no resource of it.',
};

/** Warnings about load balancers that endpoints share. */
export const SHARED_LOAD_BALANCER_WARNINGS: readonly Rule<SharedLoadBalancerInput>[] = [
  {
    name: 'ImportedLoadBalancerUnchecked',
    because:
      'Nothing is known at synthesis of a load balancer that was not made by this app but what is written: which rules and egress its security groups hold already, its listeners, and whether the groups are attached at all.',
    check: ({ imported }) =>
      imported && {
        property: 'securityGroupIds',
        reason:
          'are taken as they are: whatever else they admit, no allowlist limits, and quotas count only the rules of these endpoints',
        remedy:
          'See that nothing else writes to these groups and that they are attached to the load balancer, set quotas to what they have left, and acknowledge ImportedLoadBalancerUnchecked.',
      },
  },
  {
    name: 'QuotasBeyondAws',
    because: 'AWS raises both quotas only as long as their product stays within 1000 rules for each network interface.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    check: ({ quotas, imported }) => {
      if (imported === undefined) return quotaWarning(quotas);
      const { securityGroupIds, quotas: written } = imported;
      const securityGroupsPerInterface = written?.securityGroupsPerInterface ?? securityGroupIds.length;
      return quotaWarning({ ...quotas, securityGroupsPerInterface });
    },
  },
];

const WARNING_NAMES = [...SHARED_LOAD_BALANCER_WARNINGS, ...ADDRESS_WARNINGS].map(({ name }) => name);

// Emulators have names of other domains, but the same label.
function isElbName(name: string): boolean {
  return isHostName(name) && name.toLowerCase().split('.').indexOf('elb') > 0;
}

const NLB_ARN = /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/net\/[^/]+\/[0-9a-f]+$/;
