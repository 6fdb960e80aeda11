import type { DatabaseEndpointProps } from '../endpoint/database-endpoint-props';
import { isWithin, isZoneName } from '../network/domain-name';
import type { Finding, Rule } from '../rules/rule';
import { isUnknown } from '../tokens/unresolved';

const ROUTE53_DOCS = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide';

/** What is refused about names and zones. */
export const DOMAIN_RULES: readonly Rule<DatabaseEndpointProps>[] = [
  {
    name: 'ZoneIdInvalid',
    because: 'A hosted zone is named by its id, without the path that some of the API puts before it.',
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
      'The provider appends the name of the zone to a name that does not end with it: orders.db.example.com in the zone other.com becomes orders.db.example.com.other.com, without a word.',
    see: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route53_record#name-1',
    check: ({ domain }) =>
      domain === undefined || isUnknown(domain.name)
        ? []
        : (['zoneName', 'privateZoneName'] as const).flatMap((property): Finding[] => {
            const zone = domain[property];
            return zone === undefined || isUnknown(zone) || !isZoneName(zone) || isWithin(domain.name, zone)
              ? []
              : [
                  {
                    property: 'domain.name',
                    value: domain.name,
                    reason: `is not in the zone ${zone} (domain.${property})`,
                    remedy: 'Write a name that ends with that of the zone, or the zone that holds the name.',
                  },
                ];
          }),
  },
  {
    name: 'ZoneRepeated',
    because: 'A hosted zone is either public or private, so one id cannot be both.',
    see: `${ROUTE53_DOCS}/hosted-zones-private.html`,
    check: ({ domain }) =>
      domain?.zoneId !== undefined && !isUnknown(domain.zoneId) && domain.zoneId === domain.privateZoneId
        ? {
            property: 'domain.privateZoneId',
            value: domain.privateZoneId,
            reason: 'is the id of the public zone as well',
            remedy: 'Write the id of the private zone of the same name, or leave one of both out.',
          }
        : undefined,
  },
  {
    name: 'TargetHealthWithoutZone',
    because: 'Health is evaluated by the records of the endpoint, and without a zone it has none.',
    check: ({ domain }) =>
      domain?.evaluateTargetHealth !== undefined && !hasZone(domain)
        ? {
            property: 'domain.evaluateTargetHealth',
            value: domain.evaluateTargetHealth,
            reason: 'has no effect without a zone',
            remedy: 'Name the zone with domain.zoneId or domain.zoneName, or leave this out.',
          }
        : undefined,
  },
];

/** What is worth knowing about names and zones. */
export const DOMAIN_WARNINGS: readonly Rule<DatabaseEndpointProps>[] = [
  {
    name: 'NameNotPublic',
    because: 'A private zone answers in the VPCs that it is associated with and nowhere else.',
    see: `${ROUTE53_DOCS}/hosted-zones-private.html`,
    check: ({ domain, internetFacing }) =>
      domain !== undefined && internetFacing !== false && hasPrivateZone(domain) && !hasPublicZone(domain)
        ? {
            property: 'domain',
            reason:
              'has a record in a private zone alone, and the endpoint is internet-facing: nobody outside finds it',
            remedy: 'Name the public zone too with domain.zoneId or domain.zoneName, or set internetFacing: false.',
          }
        : undefined,
  },
];

/** What is wrong with an id of a zone, wherever it is written. */
export function invalidZoneId(property: string, id: string | undefined): Finding | undefined {
  return id === undefined || isUnknown(id) || /^[A-Z0-9]{1,32}$/.test(id)
    ? undefined
    : {
        property,
        value: id,
        reason: 'is not the id of a hosted zone',
        remedy: 'Write an id like Z0123456789ABCDEFGHIJ.',
      };
}

/** What is wrong with a name of a zone, wherever it is written. */
export function invalidZoneName(property: string, name: string | undefined): Finding | undefined {
  return name === undefined || isUnknown(name) || isZoneName(name)
    ? undefined
    : {
        property,
        value: name,
        reason: 'is not the name of a zone',
        remedy: 'Write a name like db.example.com.',
      };
}

type Zones = NonNullable<DatabaseEndpointProps['domain']>;

/** Whether the endpoint has records in a public zone. */
export function hasPublicZone({ zoneId, zoneName }: Zones): boolean {
  return zoneId !== undefined || zoneName !== undefined;
}

/** Whether the endpoint has records in a private zone. */
export function hasPrivateZone({ privateZoneId, privateZoneName }: Zones): boolean {
  return privateZoneId !== undefined || privateZoneName !== undefined;
}

function hasZone(domain: Zones): boolean {
  return hasPublicZone(domain) || hasPrivateZone(domain);
}
