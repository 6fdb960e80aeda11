import { domainToASCII } from 'node:url';
import type { DatabaseEndpointProps } from '../endpoint/database-endpoint-props';
import { isHostName } from '../network/domain-name';
import type { Problem } from '../rules/endpoint-error';
import type { Finding, Rule } from '../rules/rule';
import { isUnknown, isUnknownList, itemsOf } from '../tokens/unresolved';

const NLB_DOCS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network';

/** A number that AWS limits. */
interface Bounds {
  readonly property: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** What is refused about the load balancer and its listener. */
export const LOAD_BALANCER_RULES: readonly Rule<DatabaseEndpointProps>[] = [
  {
    name: 'VpcIdInvalid',
    because: 'A VPC is named by its id.',
    check: ({ vpcId }) =>
      isUnknown(vpcId) || /^vpc-[\w-]+$/.test(vpcId)
        ? undefined
        : {
            property: 'vpcId',
            value: vpcId,
            reason: 'is not the id of a VPC',
            remedy: 'Write an id like vpc-0123456789abcdef0.',
          },
  },
  {
    name: 'SubnetIdInvalid',
    because: 'Subnets are named by their ids.',
    check: ({ subnetIds, target }) => [
      ...subnetFindings(subnetIds, 'subnetIds'),
      ...subnetFindings(target._options.sync?.subnetIds ?? [], 'target.sync.subnetIds'),
    ],
  },
  {
    name: 'SubnetsTooFew',
    because: 'A load balancer in one Availability Zone is gone when the zone is.',
    see: 'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-13',
    check: ({ subnetIds, allowSingleSubnet }) =>
      isUnknownList(subnetIds) || subnetIds.length >= (allowSingleSubnet ? 1 : 2)
        ? undefined
        : {
            property: 'subnetIds',
            value: subnetIds,
            reason: `names ${subnetIds.length === 1 ? 'one subnet' : 'no subnet'}`,
            remedy:
              'Name one subnet in each of at least two Availability Zones, or accept the loss of a zone with allowSingleSubnet: true.',
          },
  },
  {
    name: 'SubnetDuplicate',
    because: 'A load balancer takes one subnet for each Availability Zone.',
    see: `${NLB_DOCS}/availability-zones.html`,
    check: ({ subnetIds }) =>
      itemsOf(subnetIds).flatMap((id, i) => subnetRepetition(id, subnetIds.indexOf(id), i) ?? []),
  },
  {
    name: 'NumberOutOfRange',
    because: 'AWS refuses other values, at apply.',
    see: `${NLB_DOCS}/edit-target-group-attributes.html`,
    check: (props) => bounds(props).flatMap(outOfRange),
  },
  {
    name: 'HealthCheckOverlaps',
    because: 'A check must end before the next one begins.',
    see: `${NLB_DOCS}/target-group-health-checks.html`,
    check: ({ engine, healthCheck = {} }) => {
      const interval = healthCheck.intervalSeconds ?? engine._healthCheckIntervalSeconds;
      const timeout = healthCheck.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
      return isUnknown(interval) || isUnknown(timeout) || timeout <= interval
        ? undefined
        : {
            property: 'healthCheck.timeoutSeconds',
            value: timeout,
            reason: `is longer than the interval of ${interval} seconds`,
            remedy: 'Write a shorter time-out or a longer interval.',
          };
    },
  },
  {
    name: 'LoadBalancerNameInvalid',
    because:
      'AWS takes up to 32 letters, digits and hyphens, none of them a hyphen at either end, and keeps "internal-" for itself.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html',
    check: ({ loadBalancerName: name }) =>
      name === undefined || isUnknown(name) || /^(?!internal-)(?!-)[a-zA-Z0-9-]{1,32}(?<!-)$/.test(name)
        ? undefined
        : {
            property: 'loadBalancerName',
            value: name,
            reason: 'is not a name that AWS accepts for a load balancer',
            remedy:
              'Write up to 32 letters, digits and hyphens, with no hyphen at either end and not beginning with internal-.',
          },
  },
  {
    name: 'DomainNameInvalid',
    because: 'Clients connect to a host name, without scheme, port or trailing dot.',
    see: 'https://www.rfc-editor.org/rfc/rfc1123#section-2.1',
    check: ({ domain }) =>
      domain === undefined || isUnknown(domain.name) || isHostName(domain.name)
        ? undefined
        : {
            property: 'domain.name',
            value: domain.name,
            reason: 'is not a host name',
            remedy: hostNameRemedy(domain.name),
          },
  },
  {
    name: 'TagInvalid',
    because:
      'Elastic Load Balancing takes 50 tags with keys up to 128 and values up to 256 characters, in a set of its own.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html',
    check: ({ tags = {}, target }) => [
      ...tagFindings(tags),
      ...tagFindings(target._options.sync?.tags ?? {}, 'target.sync.tags'),
    ],
  },
];

/** Seconds after which a health check has failed, where nothing else was asked for. */
export const DEFAULT_TIMEOUT_SECONDS = 5;

function subnetFindings(ids: readonly string[], property: string): Finding[] {
  return itemsOf(ids).flatMap((id, i) =>
    isUnknown(id) || /^subnet-[\w-]+$/.test(id)
      ? []
      : {
          property: `${property}[${i}]`,
          value: id,
          reason: 'is not the id of a subnet',
          remedy: 'Write an id like subnet-0123456789abcdef0.',
        },
  );
}

/** What is wrong with a subnet that stands at two places. */
export function subnetRepetition(id: string, first: number, index: number): Problem | undefined {
  return first < index
    ? {
        rule: 'SubnetDuplicate',
        property: `subnetIds[${index}]`,
        value: id,
        reason: `repeats subnetIds[${first}]`,
        remedy: 'Name every subnet once.',
      }
    : undefined;
}

function bounds({
  port,
  target,
  idleTimeoutSeconds,
  deregistrationDelaySeconds,
  healthCheck = {},
  quotas = {},
}: DatabaseEndpointProps): Bounds[] {
  const { graceSeconds, healthyWithinSeconds, sync = {} } = target._options;
  return [
    { property: 'port', value: port, min: 1, max: 65535, unit: '' },
    { property: 'target.port', value: target._options.port, min: 1, max: 65535, unit: '' },
    { property: 'idleTimeoutSeconds', value: idleTimeoutSeconds, min: 60, max: 6000, unit: ' seconds' },
    { property: 'deregistrationDelaySeconds', value: deregistrationDelaySeconds, min: 0, max: 3600, unit: ' seconds' },
    { property: 'healthCheck.intervalSeconds', value: healthCheck.intervalSeconds, min: 5, max: 300, unit: ' seconds' },
    { property: 'healthCheck.timeoutSeconds', value: healthCheck.timeoutSeconds, min: 2, max: 120, unit: ' seconds' },
    { property: 'healthCheck.healthyThreshold', value: healthCheck.healthyThreshold, min: 2, max: 10, unit: ' checks' },
    {
      property: 'healthCheck.unhealthyThreshold',
      value: healthCheck.unhealthyThreshold,
      min: 2,
      max: 10,
      unit: ' checks',
    },
    {
      property: 'quotas.certificatesPerLoadBalancer',
      value: quotas.certificatesPerLoadBalancer,
      min: 1,
      max: 1000,
      unit: ' certificates',
    },
    { property: 'target.graceSeconds', value: graceSeconds, min: 0, max: 3600, unit: ' seconds' },
    { property: 'target.healthyWithinSeconds', value: healthyWithinSeconds, min: 60, max: 86_400, unit: ' seconds' },
    { property: 'target.sync.runSeconds', value: sync.runSeconds, min: 1, max: 58, unit: ' seconds' },
    { property: 'target.sync.intervalSeconds', value: sync.intervalSeconds, min: 1, max: 60, unit: ' seconds' },
  ];
}

function outOfRange({ property, value, min, max, unit }: Bounds): Finding | [] {
  return value === undefined || isUnknown(value) || (Number.isInteger(value) && value >= min && value <= max)
    ? []
    : {
        property,
        value,
        reason: `is not a whole number from ${min} to ${max}`,
        remedy: `Write ${min} to ${max}${unit}.`,
      };
}

// Clients, certificates and Route 53 know names in other scripts by their ASCII form alone.
function hostNameRemedy(name: string): string {
  const ascii = /[^\p{ASCII}]/u.test(name) ? domainToASCII(name) : '';
  return isHostName(ascii) ? `Write its ASCII form, ${ascii}.` : 'Write a name like orders.db.example.com.';
}

/** What is wrong with tags. */
export function tagFindings(tags: { readonly [key: string]: string }, owner = 'tags'): Finding[] {
  const form = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  const findings = Object.entries(tags).flatMap(([key, value]): Finding[] => {
    const property = `${owner}[${JSON.stringify(key)}]`;
    const remedy = 'Use letters, digits, spaces and _.:/=+-@: a key of 1 to 128 characters, a value of up to 256.';
    if (isUnknown(key)) {
      return [{ property: owner, reason: 'has a key that is a token', remedy: 'Write tag keys as literals.' }];
    }
    if (key.length < 1 || key.length > 128 || !form.test(key)) {
      return [{ property, reason: 'has a key that AWS refuses', remedy }];
    }
    if (/^aws:/i.test(key)) {
      return [
        { property, reason: 'has a key that AWS keeps for itself', remedy: 'Write a key without the prefix aws:.' },
      ];
    }
    return isUnknown(value) || (value.length <= 256 && form.test(value))
      ? []
      : [{ property, value, reason: 'has a value that AWS refuses', remedy }];
  });
  const count = new Set(['Name', ...Object.keys(tags)]).size;
  return count > 50
    ? [
        ...findings,
        { property: owner, reason: `makes ${count} tags with Name, and AWS takes 50`, remedy: 'Leave some out.' },
      ]
    : findings;
}
