import { ALLOWLIST_WARNINGS } from '../allowlist/allowlist-warnings';
import { hostNameFinding, invalidZoneId, invalidZoneName } from '../dns/domain-rules';
import type { ExpiryEnforcement } from '../expiry/expiry-enforcement';
import { EXPIRY_RULES } from '../expiry/expiry-rules';
import { canonicalName, isWithin, isZoneName } from '../network/domain-name';
import { QUOTA_FACTS, type RuleQuotas } from '../placement/rule-quotas';
import { acknowledgeRule } from '../rules/acknowledge-rule';
import { numberRange } from '../rules/number-range';
import type { Finding, Rule } from '../rules/rule';
import { subnetIdRule, VPC_ID_RULE } from '../rules/subnet-rules';
import { tagRule } from '../rules/tag-rule';
import { isUnresolved, isUnresolvedList, itemsOf } from '../tokens/unresolved';
import { regionFinding } from './private-link-rules';

/** A consumer of an endpoint service, with every default filled. */
export interface ConsumerInput {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly serviceName: string;
  readonly serviceRegion?: string;
  readonly ports: readonly number[];
  readonly hostnames: readonly string[];
  readonly privateZoneId?: string;
  readonly privateZoneName?: string;
  readonly securityGroupCount: number;
  readonly quotas: RuleQuotas;
  readonly tags?: { readonly [key: string]: string };
  readonly acknowledge: readonly string[];
  readonly expiry: ExpiryEnforcement;
}

const PRIVATELINK_DOCS = 'https://docs.aws.amazon.com/vpc/latest/privatelink';

/** `cn.` comes before it in China. */
const SERVICE_NAME = /^(?:cn\.)?com\.amazonaws\.vpce\.([a-z0-9-]+)\.vpce-svc-[0-9a-f]+$/;

/** Validation rules for consumers of an endpoint service. */
export const CONSUMER_RULES: readonly Rule<ConsumerInput>[] = [
  VPC_ID_RULE,
  subnetIdRule(({ subnetIds }) => subnetIds),
  ...EXPIRY_RULES,
  {
    name: 'ConsumerSubnetsInvalid',
    because:
      'An interface endpoint has a network interface in each of its subnets, of which there is one for each zone.',
    see: `${PRIVATELINK_DOCS}/create-interface-endpoint.html`,
    check: ({ subnetIds }): Finding | Finding[] => {
      if (subnetIds.length === 0) {
        return {
          property: 'subnetIds',
          value: [],
          reason: 'names no subnet',
          remedy: 'Name one subnet in each Availability Zone that clients and the service have in common.',
        };
      }
      return repetitions('subnetIds', itemsOf(subnetIds), (id) => id);
    },
  },
  {
    name: 'ServiceNameInvalid',
    because:
      "The endpoint service of a load balancer has a name that AWS makes; services of AWS's own are no databases.",
    see: `${PRIVATELINK_DOCS}/create-endpoint-service.html`,
    check: ({ serviceName }) =>
      isUnresolved(serviceName) || SERVICE_NAME.test(serviceName)
        ? undefined
        : {
            property: 'serviceName',
            value: serviceName,
            reason: 'is not the name of an endpoint service',
            remedy:
              'Write the serviceName of the PrivateLinkService, like com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0.',
          },
  },
  {
    name: 'ServiceRegionInvalid',
    because: 'The name of an endpoint service says in which Region it is.',
    see: `${PRIVATELINK_DOCS}/create-interface-endpoint.html`,
    check: ({ serviceName, serviceRegion }) => {
      if (serviceRegion === undefined || isUnresolved(serviceRegion)) return undefined;
      const named = isUnresolved(serviceName) ? undefined : SERVICE_NAME.exec(serviceName)?.[1];
      if (named === undefined || named === serviceRegion) return regionFinding('serviceRegion', serviceRegion);
      return {
        property: 'serviceRegion',
        value: serviceRegion,
        reason: `is not the Region of the service, which is ${named}`,
        remedy: `Write ${named}: it is the Region of the service, not that of the VPC.`,
      };
    },
  },
  {
    name: 'ConsumerPortsInvalid',
    because: 'Each rule of the security group opens a port.',
    check: ({ ports }): Finding | Finding[] =>
      ports.length === 0
        ? {
            property: 'ports',
            value: [],
            reason: 'names no port',
            remedy: 'Name the ports of the endpoints that clients use, such as 5432.',
          }
        : repetitions('ports', ports, String),
  },
  numberRange(({ ports, securityGroupCount, quotas }) => [
    ...ports.map((value, i) => ({ property: `ports[${i}]`, value, min: 1, max: 65535, unit: '' })),
    {
      property: 'securityGroupCount',
      value: securityGroupCount,
      min: 1,
      max: quotas.securityGroupsPerInterface,
      unit: '',
    },
  ]),
  {
    name: 'ConsumerHostnameInvalid',
    because: 'Clients connect to host names, without scheme, port or trailing dot, and each has one record.',
    see: 'https://www.rfc-editor.org/rfc/rfc1123#section-2.1',
    check: ({ hostnames }) => [
      ...itemsOf(hostnames).flatMap((name, i) => hostNameFinding(`hostnames[${i}]`, name) ?? []),
      ...repetitions('hostnames', itemsOf(hostnames), canonicalName),
    ],
  },
  {
    name: 'ConsumerHostnamesUnknown',
    because: 'Each name is the key of a record, and keys must be known when Terraform plans.',
    see: 'https://developer.hashicorp.com/terraform/language/meta-arguments/for_each',
    check: ({ hostnames }) =>
      isUnresolvedList(hostnames)
        ? {
            property: 'hostnames',
            reason: 'is a list that is known after apply',
            remedy: 'Write the names one by one; each may be a token.',
          }
        : undefined,
  },
  {
    name: 'ZoneIdInvalid',
    because: 'A hosted zone is named by its id, without the path that some of the API puts before it.',
    check: ({ privateZoneId }) => invalidZoneId('privateZoneId', privateZoneId),
  },
  {
    name: 'ZoneNameInvalid',
    because: 'A hosted zone is looked up by its name, which consists of labels with dots between them.',
    check: ({ privateZoneName }) => invalidZoneName('privateZoneName', privateZoneName),
  },
  {
    name: 'ConsumerHostnameOutsideZone',
    because: 'The provider appends the name of the zone to a name that does not end with it.',
    check: ({ hostnames, privateZoneName: zone }) =>
      zone === undefined || isUnresolved(zone) || !isZoneName(zone)
        ? undefined
        : itemsOf(hostnames).flatMap((name, i) =>
            isUnresolved(name) || isWithin(name, zone)
              ? []
              : {
                  property: `hostnames[${i}]`,
                  value: name,
                  reason: `is not in the zone ${zone}`,
                  remedy:
                    'Leave the zone out, and each name gets one of its own; or write names that end with that of the zone.',
                },
          ),
  },
  tagRule(({ tags }) => tags),
  acknowledgeRule(() => WARNING_NAMES),
];

/** Warnings about consumers of an endpoint service. */
export const CONSUMER_WARNINGS: readonly Rule<ConsumerInput>[] = [
  {
    name: 'ConsumerInOneZone',
    because: 'An interface endpoint in one Availability Zone is gone when the zone is.',
    see: `${PRIVATELINK_DOCS}/create-interface-endpoint.html`,
    check: ({ subnetIds }) =>
      !isUnresolvedList(subnetIds) && subnetIds.length === 1
        ? {
            property: 'subnetIds',
            reason: 'names one subnet, with whose Availability Zone the interface endpoint is gone',
            remedy: 'Name a subnet in a second zone that the service is in too, or acknowledge ConsumerInOneZone.',
          }
        : undefined,
  },
];

const WARNING_NAMES = [...CONSUMER_WARNINGS, ...ALLOWLIST_WARNINGS.names].map(({ name }) => name).sort();

/** Why the rules of all ports do not fit the security groups. */
export const CONSUMER_GROUPS_FULL = {
  name: 'ConsumerGroupsFull',
  because: 'A security group has a limited number of rules, and there is one for each source and port.',
  see: QUOTA_FACTS.TooManyRules.see,
};

function repetitions<Value extends string | number>(
  property: string,
  values: readonly Value[],
  textOf: (value: Value) => string,
): Finding[] {
  const texts = values.map((value) => (isUnresolved(value) ? undefined : textOf(value)));
  return texts.flatMap((text, i): Finding[] => {
    const first = text === undefined ? i : texts.indexOf(text);
    return first < i
      ? [
          {
            property: `${property}[${i}]`,
            value: values[i],
            reason: `repeats ${property}[${first}]`,
            remedy: 'Write each once.',
          },
        ]
      : [];
  });
}
