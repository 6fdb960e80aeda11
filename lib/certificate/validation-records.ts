import { distinctRecords, type KeyOf, type RecordZone, recordKey, type WantedRecord } from '../dns/record-rules';
import { itemsOf } from '../tokens/unresolved';
import { validatedName } from './certificate-names';
import type { PlacedCertificate } from './placed-certificates';

/** A name, and the zone in which ACM finds the records for it. */
export interface ValidatedDomain {
  readonly name: string;
  readonly zoneId?: string;
  readonly zoneName?: string;
  /** As for any record. */
  readonly account?: string;
}

/** The validation records of the certificates that ACM issues for an endpoint. */
export function validationRecordsOf(
  certificates: readonly PlacedCertificate[],
  domain: ValidatedDomain,
  keyOf: KeyOf,
): WantedRecord[] {
  const zone = { id: domain.zoneId, name: domain.zoneName, account: domain.account };
  const name = { property: 'domain.name', text: domain.name };
  const records = certificates.flatMap(({ property, certificate: { _source: source } }) =>
    source.kind !== 'issued' || source.props.validationRecordsExist
      ? []
      : validationRecords(zone, name, source.props.subjectAlternativeNames ?? [], `${property}.`, keyOf),
  );
  return distinctRecords(records);
}

/** The validation records of one certificate. */
export function validationRecords(
  zone: RecordZone,
  name: { readonly property: string; readonly text: string },
  otherNames: readonly string[],
  prefix: string,
  keyOf: KeyOf,
): WantedRecord[] {
  const names = [
    name,
    ...itemsOf(otherNames).map((text, i) => ({ property: `${prefix}subjectAlternativeNames[${i}]`, text })),
  ];
  return distinctRecords(
    names.flatMap(({ property, text }) => {
      const key = recordKey(zone, validatedName(text), keyOf);
      return key === undefined
        ? []
        : [{ kind: 'validation', key: `validation ${key}`, property, value: text } as const];
    }),
  );
}
