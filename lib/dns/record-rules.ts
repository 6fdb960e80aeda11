import { canonicalName } from '../network/domain-name';
import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';

/** A record that a construct wants to own. */
export interface WantedRecord {
  readonly kind: 'alias' | 'validation' | 'loadBalancer';
  /** Zone and name, the same in every run. */
  readonly key: string;
  readonly property: string;
  readonly value: string;
}

/** The records that a construct wants, and which constructs in its stack already own them. */
export interface RecordReview {
  readonly wanted: readonly WantedRecord[];
  /** Path of the construct that owns a record. */
  readonly ownerOf: (key: string) => string | undefined;
}

/** A text for a value that is the same in every run. */
export type KeyOf = (text: string) => string;

/** Validation rules for records that another construct of the stack has already. */
export const RECORD_RULES: readonly Rule<RecordReview>[] = [
  {
    name: 'DomainTaken',
    because: 'A record has one owner: two owners would overwrite each other, and removing one would remove the record.',
    check: ({ wanted, ownerOf }) =>
      wanted
        .filter(({ kind, key }) => kind === 'alias' && ownerOf(key) !== undefined)
        .slice(0, 1)
        .map(({ key, property, value }) => ({
          property,
          value,
          reason: `is the name of ${ownerOf(key)} in the same zone`,
          remedy: 'Give every endpoint a different name.',
        })),
  },
  {
    name: 'LoadBalancerNameTaken',
    because: "A load balancer's name is unique per account and Region, and AWS refuses a second one at apply.",
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html',
    check: ({ wanted, ownerOf }) =>
      wanted
        .filter(({ kind, key }) => kind === 'loadBalancer' && ownerOf(key) !== undefined)
        .map(({ key, property, value }) => ({
          property,
          value,
          reason: `is the name of ${ownerOf(key)}`,
          remedy: 'Give every load balancer a different name, or leave it out to have one generated.',
        })),
  },
  {
    name: 'ValidationRecordTaken',
    because:
      "ACM validates all of an account's certificates for a name and its wildcard through one record; if its owner is removed, the renewal of the others fails.",
    see: 'https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html',
    check: ({ wanted, ownerOf }) =>
      wanted
        .filter(({ kind, key }) => kind === 'validation' && ownerOf(key) !== undefined)
        .map(({ key, property, value }) => ({
          property,
          value,
          reason: `is validated by a record that ${ownerOf(key)} already creates`,
          remedy:
            'Use one SharedCertificate for both with EndpointCertificate.shared, or write validationRecordsExist: true here.',
        })),
  },
];

/** A zone, by its id or its name. */
export interface RecordZone {
  /** What distinguishes its account from others; nothing for the stack's default provider. */
  readonly account?: string;
  readonly id?: string;
  readonly name?: string;
}

/** The alias record of an endpoint's name in a zone; none without a zone. */
export function aliasRecords(zone: RecordZone, name: string, keyOf: KeyOf): WantedRecord[] {
  const key = recordKey(zone, name, keyOf);
  return key === undefined ? [] : [{ kind: 'alias', key: `alias ${key}`, property: 'domain.name', value: name }];
}

/** Zone and name of a record, as a text that is the same in every run; undefined without a zone. */
export function recordKey({ id, name, account = '' }: RecordZone, record: string, keyOf: KeyOf): string | undefined {
  const text = (value: string) => (isUnresolved(value) ? keyOf(value) : canonicalName(value));
  if (id !== undefined) return `${isUnresolved(id) ? keyOf(id) : id} ${text(record)}`;
  return name === undefined ? undefined : `zone${account} ${text(name)} ${text(record)}`;
}

/** Each record once. */
export function distinctRecords(records: readonly WantedRecord[]): WantedRecord[] {
  return records.filter(({ key }, i) => records.findIndex((each) => each.key === key) === i);
}
