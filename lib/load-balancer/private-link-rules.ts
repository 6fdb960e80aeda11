import { hostNameFinding, invalidZoneId, invalidZoneName } from '../dns/domain-rules';
import { isWithin, isZoneName } from '../network/domain-name';
import { acknowledgeRule } from '../rules/acknowledge-rule';
import type { Finding, Rule } from '../rules/rule';
import { tagRule } from '../rules/tag-rule';
import { isUnresolved, isUnresolvedList, itemsOf } from '../tokens/unresolved';

/** An endpoint of a load balancer, as clients of PrivateLink find it. */
export interface LinkedEndpoint {
  /** Path of the endpoint. */
  readonly endpoint: string;
  readonly port: number;
  readonly engine: string;
  /** The name that was given to it. */
  readonly hostname?: string;
  /** Seconds; none where the listener terminates TLS. */
  readonly idleTimeoutSeconds?: number;
  /** Whether its allowlist admits a private address, or may do so. */
  readonly admitsPrivateAddresses: boolean;
}

/** A load balancer that is to be shared over PrivateLink, and how. */
export interface PrivateLinkInput {
  readonly enforcesAllowlist: boolean;
  readonly principals: readonly string[];
  readonly acceptanceRequired: boolean;
  readonly supportedRegions?: readonly string[];
  readonly privateDnsName?: string;
  readonly zoneId?: string;
  readonly zoneName?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly acknowledge: readonly string[];
  readonly loadBalancer: {
    readonly isImported: boolean;
    readonly subnetIds: readonly string[];
    readonly deletionProtection: boolean;
  };
  /** Path of the service that shares the load balancer already. */
  readonly sharedBy?: string;
  readonly endpoints: readonly LinkedEndpoint[];
}

const PRIVATELINK_DOCS = 'https://docs.aws.amazon.com/vpc/latest/privatelink';
const NLB_SERVICES = `${PRIVATELINK_DOCS}/create-endpoint-service.html`;
const PERMISSIONS = `${PRIVATELINK_DOCS}/configure-endpoint-service.html#add-remove-permissions`;
const CROSS_REGION = `${PRIVATELINK_DOCS}/privatelink-share-your-services.html#endpoint-service-cross-region`;
const DNS_NAMES = `${PRIVATELINK_DOCS}/manage-dns-names.html`;

/** The idle timeout of a TCP listener that AWS does not count as a custom one. */
export const AWS_IDLE_TIMEOUT_SECONDS = 350;

const PRINCIPAL = /^arn:aws[a-z-]*:iam::\d{12}:(root|(user|role)\/[\w+=,.@-]+)$/;
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

const IDLE_TIMEOUT = {
  name: 'PrivateLinkIdleTimeout',
  because:
    'AWS does not share a load balancer across Regions that has a custom idle timeout for TCP. The default of this library, 3600 seconds, is one.',
  see: CROSS_REGION,
};

/** Validation rules for sharing a load balancer over PrivateLink. */
export const PRIVATE_LINK_RULES: readonly Rule<PrivateLinkInput>[] = [
  {
    name: 'PrivateLinkSharedTwice',
    because: 'A load balancer can belong to one endpoint service.',
    see: NLB_SERVICES,
    check: ({ sharedBy }) =>
      sharedBy === undefined
        ? undefined
        : {
            property: '',
            reason: `has been called already, by which ${sharedBy} was made`,
            remedy: 'Add the principals there, or share a second load balancer.',
          },
  },
  {
    name: 'PrivateLinkImported',
    because:
      'Whether the allowlists hold for clients of PrivateLink is an attribute of the load balancer, and one that comes from fromAttributes is not changed.',
    check: ({ loadBalancer: { isImported } }) =>
      isImported
        ? {
            property: '',
            reason: 'needs a load balancer that this app makes, and this one comes from fromAttributes',
            remedy: 'Share it where it is made, or make an EndpointLoadBalancer here.',
          }
        : undefined,
  },
  {
    name: 'PrincipalInvalid',
    because:
      'Principals are accounts, users and roles by their ARNs, without a path, or everybody as a single asterisk.',
    see: PERMISSIONS,
    check: ({ principals }) => itemsOf(principals).flatMap((text, i, all) => principalFinding(text, i, all) ?? []),
  },
  {
    name: 'PrivateLinkOpen',
    because:
      'With everybody as principal and nobody to accept, the load balancer is public, also where it has no public address.',
    see: PERMISSIONS,
    check: ({ principals, acceptanceRequired }) => {
      const index = itemsOf(principals).indexOf('*');
      return index < 0 || acceptanceRequired
        ? undefined
        : {
            property: `principals[${index}]`,
            value: '*',
            reason: 'lets every AWS account connect, and acceptanceRequired is false',
            remedy: 'Name the accounts, users or roles by their ARNs, or set acceptanceRequired: true.',
          };
    },
  },
  {
    name: 'PrivateLinkNobody',
    because: 'Only principals of an endpoint service can connect to it.',
    see: PERMISSIONS,
    check: ({ principals, acceptanceRequired }) =>
      principals.length > 0 || acceptanceRequired
        ? undefined
        : {
            property: 'principals',
            value: [],
            reason: 'is empty and acceptanceRequired is false, so whoever is added elsewhere gets in unseen',
            remedy: "Name who may connect, such as 'arn:aws:iam::123456789012:root', or set acceptanceRequired: true.",
          },
  },
  {
    name: 'RegionInvalid',
    because: 'Regions are identified by their codes.',
    see: 'https://docs.aws.amazon.com/general/latest/gr/rande.html',
    check: ({ supportedRegions = [] }) =>
      itemsOf(supportedRegions).flatMap((text, i) => regionFinding(`supportedRegions[${i}]`, text) ?? []),
  },
  {
    ...IDLE_TIMEOUT,
    check: ({ endpoints, supportedRegions }) => {
      const custom = endpoints.filter(({ idleTimeoutSeconds }) => isCustomTimeout(idleTimeoutSeconds));
      return crossesRegions(supportedRegions) && custom.length > 0
        ? {
            property: 'supportedRegions',
            value: isUnresolvedList(supportedRegions ?? []) ? undefined : supportedRegions,
            reason: `reaches other Regions, and there is a custom idle timeout: ${custom
              .slice(0, NAMED)
              .map(({ endpoint, idleTimeoutSeconds }) => timeoutText(endpoint, idleTimeoutSeconds))
              .join(', ')}${custom.length > NAMED ? ` and ${custom.length - NAMED} more` : ''}`,
            remedy: `Set idleTimeoutSeconds: ${AWS_IDLE_TIMEOUT_SECONDS} on each of them, which is AWS's own default, and have their clients send keepalives more often than that; or leave supportedRegions out.`,
          }
        : undefined;
    },
  },
  {
    name: 'PrivateLinkSubnetsTooFew',
    because: 'AWS shares a load balancer across Regions only if it is in at least two Availability Zones.',
    see: CROSS_REGION,
    check: ({ supportedRegions, loadBalancer: { subnetIds } }) =>
      crossesRegions(supportedRegions) && !isUnresolvedList(subnetIds) && subnetIds.length < 2
        ? {
            property: 'supportedRegions',
            value: isUnresolvedList(supportedRegions ?? []) ? undefined : supportedRegions,
            reason: 'reaches other Regions, and the load balancer has a single subnet',
            remedy: 'Give the load balancer a subnet in a second Availability Zone, or leave supportedRegions out.',
          }
        : undefined,
  },
  {
    name: 'PrivateDnsNameInvalid',
    because: 'The private DNS name of an endpoint service is a host name, without scheme, port or trailing dot.',
    see: DNS_NAMES,
    check: ({ privateDnsName: name }) => (name === undefined ? undefined : hostNameFinding('privateDnsName', name)),
  },
  {
    name: 'PrivateDnsZoneMissing',
    because: 'Consumers can use the private DNS name once AWS has seen a TXT record in the public DNS of the domain.',
    see: DNS_NAMES,
    check: ({ privateDnsName, zoneId, zoneName }) => {
      const hasZone = zoneId !== undefined || zoneName !== undefined;
      if ((privateDnsName !== undefined) === hasZone) return undefined;
      return hasZone
        ? {
            property: zoneId === undefined ? 'zoneName' : 'zoneId',
            reason: 'is of no use without privateDnsName',
            remedy: 'Give the service its privateDnsName, or leave the zone out.',
          }
        : {
            property: 'privateDnsName',
            value: privateDnsName,
            reason: 'cannot be verified without a public zone',
            remedy: 'Name the public zone of the domain with zoneId or zoneName.',
          };
    },
  },
  {
    name: 'ZoneIdInvalid',
    because: 'A hosted zone is named by its id, without the path that some of the API puts before it.',
    check: ({ zoneId }) => invalidZoneId('zoneId', zoneId),
  },
  {
    name: 'ZoneNameInvalid',
    because: 'A hosted zone is looked up by its name, which consists of labels with dots between them.',
    check: ({ zoneName }) => invalidZoneName('zoneName', zoneName),
  },
  {
    name: 'PrivateDnsNameOutsideZone',
    because:
      'The record that verifies a name belongs below that name, and the provider would append the zone to others.',
    see: DNS_NAMES,
    check: ({ privateDnsName: name, zoneName: zone }) =>
      name === undefined ||
      zone === undefined ||
      [name, zone].some(isUnresolved) ||
      !isZoneName(zone) ||
      isWithin(name, zone)
        ? undefined
        : {
            property: 'privateDnsName',
            value: name,
            reason: `is not in the zone ${zone}`,
            remedy: 'Write a name that ends with that of the zone, or the zone that holds the name.',
          },
  },
  tagRule(({ tags }) => tags),
  acknowledgeRule(() => WARNING_NAMES, ' about sharing over PrivateLink'),
];

/** Warnings about sharing a load balancer over PrivateLink. */
export const PRIVATE_LINK_WARNINGS: readonly Rule<PrivateLinkInput>[] = [
  {
    name: 'PrivateLinkUnprotected',
    because:
      'AWS does not delete a load balancer that belongs to an endpoint service: a change that replaces it takes its listeners first and then fails.',
    see: NLB_SERVICES,
    check: ({ loadBalancer: { deletionProtection } }) =>
      deletionProtection === false
        ? {
            property: '',
            reason: 'is called on a load balancer with deletionProtection: false',
            remedy:
              'Leave deletionProtection out, or acknowledge PrivateLinkUnprotected; and remove the sharing in an apply of its own before the load balancer.',
          }
        : undefined,
  },
  {
    name: 'PrivateLinkClientsNotAdmitted',
    because:
      "With PrivateLinkAccess.allowlist(), security groups see the private address of the consumer's client, which no public block matches: connections hang while everything looks healthy.",
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    check: ({ enforcesAllowlist, endpoints }) =>
      endpoints
        .filter(({ admitsPrivateAddresses }) => enforcesAllowlist && !admitsPrivateAddresses)
        .map(({ endpoint }) => ({
          property: 'access',
          reason: `has the allowlists hold for PrivateLink, and that of ${endpoint} admits no private address`,
          remedy:
            "Admit the private blocks of the consumers' clients there, choose PrivateLinkAccess.principals(), or acknowledge PrivateLinkClientsNotAdmitted where that endpoint is not for them.",
        })),
  },
];

const WARNING_NAMES = PRIVATE_LINK_WARNINGS.map(({ name }) => name);

/** An endpoint that is added to a load balancer which is shared already. */
export interface LinkedAddition {
  readonly endpoint: LinkedEndpoint;
  readonly service: string;
  readonly supportedRegions?: readonly string[];
}

/** Validation rules for endpoints of a load balancer that is shared over PrivateLink. */
export const LINKED_ENDPOINT_RULES: readonly Rule<LinkedAddition>[] = [
  {
    ...IDLE_TIMEOUT,
    check: ({ endpoint: { idleTimeoutSeconds }, service, supportedRegions }) =>
      crossesRegions(supportedRegions) && isCustomTimeout(idleTimeoutSeconds)
        ? {
            property: 'idleTimeoutSeconds',
            value: idleTimeoutSeconds,
            reason: `is a custom idle timeout, and ${service} shares the load balancer with other Regions`,
            remedy: `Set idleTimeoutSeconds: ${AWS_IDLE_TIMEOUT_SECONDS}, which is AWS's own default, and have clients send keepalives more often than that; or put the endpoint on another load balancer.`,
          }
        : undefined,
  },
];

/** Whether consumers in other Regions are wanted: an empty list takes them away. */
export function crossesRegions(regions: readonly string[] | undefined): boolean {
  return regions !== undefined && (isUnresolvedList(regions) || regions.length > 0);
}

/** What is wrong with the code of a Region. */
export function regionFinding(property: string, text: string): Finding | undefined {
  return isUnresolved(text) || REGION.test(text)
    ? undefined
    : { property, value: text, reason: 'is not the code of a Region', remedy: 'Write a code like eu-central-1.' };
}

const NAMED = 5;

function timeoutText(endpoint: string, seconds: number | undefined): string {
  return isUnresolved(seconds) ? `${endpoint} (known after apply)` : `${endpoint} (${seconds} seconds)`;
}

// A timeout that is known after apply may be anything.
function isCustomTimeout(seconds: number | undefined): boolean {
  return seconds !== undefined && seconds !== AWS_IDLE_TIMEOUT_SECONDS;
}

function principalFinding(text: string, index: number, all: readonly string[]): Finding | undefined {
  if (isUnresolved(text)) return undefined;
  const property = `principals[${index}]`;
  const first = all.indexOf(text);
  if (first < index) {
    return { property, value: text, reason: `repeats principals[${first}]`, remedy: 'Name every principal once.' };
  }
  if (text === '*' || PRINCIPAL.test(text)) return undefined;
  if (/^\d{12}$/.test(text)) {
    return {
      property,
      value: text,
      reason: 'is the number of an account, and AWS takes an ARN',
      remedy: `Write arn:aws:iam::${text}:root, in the partition of the account.`,
    };
  }
  return /^arn:aws[a-z-]*:iam::\d{12}:(user|role)\/.*\//.test(text)
    ? {
        property,
        value: text,
        reason: 'has a path, which AWS does not support in principals of an endpoint service',
        remedy: 'Name a user or role without a path, or the whole account, such as arn:aws:iam::123456789012:root.',
      }
    : {
        property,
        value: text,
        reason: 'is not the ARN of an account, a user or a role',
        remedy:
          'Write an ARN like arn:aws:iam::123456789012:root, arn:aws:iam::123456789012:role/looker or arn:aws:iam::123456789012:user/looker.',
      };
}
