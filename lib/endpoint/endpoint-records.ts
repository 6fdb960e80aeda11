import { validationRecordsOf } from '../certificate/validation-records';
import { aliasRecords, type KeyOf, type WantedRecord } from '../dns/record-rules';
import type { ResolvedEndpoint } from './resolve-endpoint';

/** What tells accounts and Regions of one stack from each other; nothing for the stack's default provider. */
export interface EndpointAccounts {
  readonly ofEndpoint: string;
  readonly ofZones: string;
}

/** The records that an endpoint makes, and the other names that no other construct may have. */
export function recordsOfEndpoint(
  { loadBalancer: { name }, domain: { domain }, certificates: { certificates } }: ResolvedEndpoint,
  keyOf: KeyOf,
  accounts: EndpointAccounts = { ofEndpoint: '', ofZones: '' },
): WantedRecord[] {
  const names: WantedRecord[] =
    name === undefined
      ? []
      : [
          {
            kind: 'loadBalancer',
            key: `load balancer${accounts.ofEndpoint} ${keyOf(name)}`,
            property: 'loadBalancerName',
            value: name,
          },
        ];
  if (domain === undefined) return names;
  const account = accounts.ofZones;
  const publicZone = { id: domain.zoneId, name: domain.zoneName, account };
  const privateZone = { id: domain.privateZoneId, name: domain.privateZoneName, account };
  return [
    ...names,
    ...[publicZone, privateZone].flatMap((zone) => aliasRecords(zone, domain.name, keyOf)),
    ...validationRecordsOf(certificates, { ...domain, account }, keyOf),
  ];
}
