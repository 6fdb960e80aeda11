import { domainToASCII } from 'node:url';
import { isHostName, isWithin, isZoneName } from '../network/domain-name';
import type { Finding, Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';

/** The name of an endpoint and its zones. */
export interface DomainInput {
  readonly domain?: DomainNames;
  readonly internetFacing: boolean;
}

/** What is written about a name and its zones. */
export interface DomainNames {
  readonly name: string;
  readonly zoneId?: string;
  readonly zoneName?: string;
  readonly privateZoneId?: string;
  readonly privateZoneName?: string;
  readonly evaluateTargetHealth?: boolean;
}

const ROUTE53_DOCS = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide';

/** Validation rules for names and zones. */
export const DOMAIN_RULES: readonly Rule<DomainInput>[] = [
  {
    name: 'DomainNameInvalid',
    because: 'Clients connect to a hostname, without scheme, port or trailing dot.',
    see: 'https://www.rfc-editor.org/rfc/rfc1123#section-2.1',
    check: ({ domain }) => (domain === undefined ? undefined : hostNameFinding('domain.name', domain.name)),
  },
  {
    name: 'ZoneIdInvalid',
    because: 'A hosted zone is identified by its id, without the path that parts of the API prepend.',
    check: ({ domain = { name: '' } }) =>
      (['zoneId', 'privateZoneId'] as const).flatMap((property) => {
        return invalidZoneId(`domain.${property}`, domain[property]) ?? [];
      }),
  },
  {
    name: 'ZoneNameInvalid',
    because: 'A hosted zone is looked up by its name, which consists of labels with dots between them.',
    check: ({ domain = { name: '' } }) =>
      (['zoneName', 'privateZoneName'] as const).flatMap((property) => {
        return invalidZoneName(`domain.${property}`, domain[property]) ?? [];
      }),
  },
  {
    name: 'DomainOutsideZone',
    because:
      'The provider appends the name of the zone to a name that does not end with it: orders.db.example.com in the zone other.com silently becomes orders.db.example.com.other.com.',
    see: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route53_record#name-1',
    check: ({ domain }) =>
      domain === undefined || isUnresolved(domain.name)
        ? []
        : (['zoneName', 'privateZoneName'] as const).flatMap((property): Finding[] => {
            const zone = domain[property];
            return zone === undefined || isUnresolved(zone) || !isZoneName(zone) || isWithin(domain.name, zone)
              ? []
              : [
                  {
                    property: 'domain.name',
                    value: domain.name,
                    reason: `is not in the zone ${zone} (domain.${property})`,
                    remedy: "Write a name that ends with the zone's name, or set the zone that contains the name.",
                  },
                ];
          }),
  },
  {
    name: 'ZoneRepeated',
    because: 'A hosted zone is either public or private, so one id cannot be both.',
    see: `${ROUTE53_DOCS}/hosted-zones-private.html`,
    check: ({ domain }) =>
      domain?.zoneId !== undefined && !isUnresolved(domain.zoneId) && domain.zoneId === domain.privateZoneId
        ? {
            property: 'domain.privateZoneId',
            value: domain.privateZoneId,
            reason: 'is also the id of the public zone',
            remedy: 'Write the id of the private zone with the same name, or leave one of the two out.',
          }
        : undefined,
  },
  {
    name: 'TargetHealthWithoutZone',
    because: "The endpoint's records evaluate the health, and without a zone it has none.",
    check: ({ domain }) =>
      domain?.evaluateTargetHealth !== undefined && !hasZone(domain)
        ? {
            property: 'domain.evaluateTargetHealth',
            value: domain.evaluateTargetHealth,
            reason: 'has no effect without a zone',
            remedy: 'Set domain.zoneId or domain.zoneName, or leave this out.',
          }
        : undefined,
  },
];

/** Warnings about names and zones. */
export const DOMAIN_WARNINGS: readonly Rule<DomainInput>[] = [
  {
    name: 'NameNotPublic',
    because: 'A private zone resolves only in the VPCs that it is associated with.',
    see: `${ROUTE53_DOCS}/hosted-zones-private.html`,
    check: ({ domain, internetFacing }) =>
      domain !== undefined && internetFacing && hasPrivateZone(domain) && !hasPublicZone(domain)
        ? {
            property: 'domain',
            reason:
              'has a record only in a private zone, but the endpoint is internet-facing: nobody outside can resolve it',
            remedy: 'Also set the public zone with domain.zoneId or domain.zoneName, or set internetFacing: false.',
          }
        : undefined,
  },
];

/** What is wrong with the name that clients connect to, wherever it is written. */
export function hostNameFinding(property: string, name: string): Finding | undefined {
  return isUnresolved(name) || isHostName(name)
    ? undefined
    : { property, value: name, reason: 'is not a host name', remedy: hostNameRemedy(name) };
}

// Clients, certificates and Route 53 know names in other scripts only by their ASCII form.
function hostNameRemedy(name: string): string {
  const ascii = /[^\p{ASCII}]/u.test(name) ? domainToASCII(name) : '';
  return isHostName(ascii) ? `Write its ASCII form, ${ascii}.` : 'Write a name like orders.db.example.com.';
}

/** What is wrong with a zone id, in any property. */
export function invalidZoneId(property: string, id: string | undefined): Finding | undefined {
  return id === undefined || isUnresolved(id) || /^[A-Z0-9]{1,32}$/.test(id)
    ? undefined
    : {
        property,
        value: id,
        reason: 'is not the id of a hosted zone',
        remedy: 'Write an id like Z0123456789ABCDEFGHIJ.',
      };
}

/** What is wrong with a zone name, in any property. */
export function invalidZoneName(property: string, name: string | undefined): Finding | undefined {
  return name === undefined || isUnresolved(name) || isZoneName(name)
    ? undefined
    : {
        property,
        value: name,
        reason: 'is not the name of a zone',
        remedy: 'Write a name like db.example.com.',
      };
}

/** Whether the endpoint has records in a public zone. */
export function hasPublicZone({ zoneId, zoneName }: DomainNames): boolean {
  return zoneId !== undefined || zoneName !== undefined;
}

/** Whether the endpoint has records in a private zone. */
export function hasPrivateZone({ privateZoneId, privateZoneName }: DomainNames): boolean {
  return privateZoneId !== undefined || privateZoneName !== undefined;
}

function hasZone(domain: DomainNames): boolean {
  return hasPublicZone(domain) || hasPrivateZone(domain);
}
