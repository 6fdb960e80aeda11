import { validatedName } from '../certificate/certificate-names';
import type { DatabaseEndpointProps } from '../endpoint/database-endpoint-props';
import { canonicalName } from '../network/domain-name';
import type { Rule } from '../rules/rule';
import { isUnknown, itemsOf } from '../tokens/unresolved';

/** A record that a construct wants to own. */
export interface WantedRecord {
  readonly kind: 'alias' | 'validation' | 'loadBalancer';
  /** Zone and name, the same in every run. */
  readonly key: string;
  readonly property: string;
  readonly value: string;
}

/** The records that a construct wants, and who of its stack has them already. */
export interface RecordReview {
  readonly wanted: readonly WantedRecord[];
  /** Path of the construct that owns a record. */
  readonly ownerOf: (key: string) => string | undefined;
}

/** A text for a value that is the same in every run. */
export type KeyOf = (text: string) => string;

/** What is refused because another construct of the stack has the same record. */
export const RECORD_RULES: readonly Rule<RecordReview>[] = [
  {
    name: 'DomainTaken',
    because: 'A record has one owner: two that write it overwrite each other, and the one that goes takes it along.',
    check: ({ wanted, ownerOf }) =>
      wanted
        .filter(({ kind, key }) => kind === 'alias' && ownerOf(key) !== undefined)
        .slice(0, 1)
        .map(({ key, property, value }) => ({
          property,
          value,
          reason: `is the name of ${ownerOf(key)} in the same zone`,
          remedy: 'Give every endpoint a name of its own.',
        })),
  },
  {
    name: 'LoadBalancerNameTaken',
    because: 'A name of a load balancer is unique in account and Region, and AWS refuses the second one at apply.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html',
    check: ({ wanted, ownerOf }) =>
      wanted
        .filter(({ kind, key }) => kind === 'loadBalancer' && ownerOf(key) !== undefined)
        .map(({ key, property, value }) => ({
          property,
          value,
          reason: `is the name of ${ownerOf(key)}`,
          remedy: 'Give every load balancer a name of its own, or leave it out to have one made.',
        })),
  },
  {
    name: 'ValidationRecordTaken',
    because:
      'ACM validates all certificates of an account for a name, and for the wildcard on it, by one record; when its owner goes, the renewal of the others fails.',
    see: 'https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html',
    check: ({ wanted, ownerOf }) =>
      wanted
        .filter(({ kind, key }) => kind === 'validation' && ownerOf(key) !== undefined)
        .map(({ key, property, value }) => ({
          property,
          value,
          reason: `is validated by a record that ${ownerOf(key)} makes already`,
          remedy:
            'Use one SharedCertificate for both with EndpointCertificate.shared, or write validationRecordsExist: true here.',
        })),
  },
];

/** The zones of an endpoint's domain, by keys that are the same in every run. */
interface Zone {
  readonly id?: string;
  readonly name?: string;
}

/** The records that an endpoint makes, and the other names that nobody else may have. */
export function recordsOfEndpoint(props: DatabaseEndpointProps, keyOf: KeyOf): WantedRecord[] {
  const { loadBalancerName: name } = props;
  const key = `load balancer ${name === undefined ? '' : keyOf(name)}`;
  const names =
    name === undefined ? [] : [{ kind: 'loadBalancer', key, property: 'loadBalancerName', value: name } as const];
  return [...names, ...dnsRecords(props, keyOf)];
}

function dnsRecords({ domain, tls }: DatabaseEndpointProps, keyOf: KeyOf): WantedRecord[] {
  if (domain === undefined) return [];
  const termination = tls?._termination;
  const publicZone = { id: domain.zoneId, name: domain.zoneName };
  const privateZone = { id: domain.privateZoneId, name: domain.privateZoneName };
  const aliases = [publicZone, privateZone].flatMap((zone) => alias(zone, domain.name, keyOf));
  const placed = termination ? [termination.certificate, ...(termination.additionalCertificates ?? [])] : [];
  const validations = placed.flatMap(({ _source: source }, i) => {
    if (source.kind !== 'issued' || source.props.validationRecordsExist) return [];
    const prefix = i === 0 ? 'tls.certificate.' : `tls.additionalCertificates[${i - 1}].`;
    const names = source.props.subjectAlternativeNames ?? [];
    return validationRecords(publicZone, { property: 'domain.name', text: domain.name }, names, prefix, keyOf);
  });
  return [...aliases, ...distinct(validations)];
}

/** The validation records of one certificate. */
export function validationRecords(
  zone: Zone,
  name: { readonly property: string; readonly text: string },
  otherNames: readonly string[],
  prefix: string,
  keyOf: KeyOf,
): WantedRecord[] {
  const names = [
    name,
    ...itemsOf(otherNames).map((text, i) => ({ property: `${prefix}subjectAlternativeNames[${i}]`, text })),
  ];
  return distinct(
    names.flatMap(({ property, text }) => {
      const key = recordKey(zone, validatedName(text), keyOf);
      return key === undefined
        ? []
        : [{ kind: 'validation', key: `validation ${key}`, property, value: text } as const];
    }),
  );
}

function alias(zone: Zone, name: string, keyOf: KeyOf): WantedRecord[] {
  const key = recordKey(zone, name, keyOf);
  return key === undefined ? [] : [{ kind: 'alias', key: `alias ${key}`, property: 'domain.name', value: name }];
}

function recordKey({ id, name }: Zone, record: string, keyOf: KeyOf): string | undefined {
  const text = (value: string) => (isUnknown(value) ? keyOf(value) : canonicalName(value));
  if (id !== undefined) return `${isUnknown(id) ? keyOf(id) : id} ${text(record)}`;
  return name === undefined ? undefined : `zone ${text(name)} ${text(record)}`;
}

function distinct(records: readonly WantedRecord[]): WantedRecord[] {
  return records.filter(({ key }, i) => records.findIndex((each) => each.key === key) === i);
}
