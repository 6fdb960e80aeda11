import { validationRecordsOf } from '../certificate/validation-records';
import { aliasRecords, type KeyOf, type WantedRecord } from '../dns/record-rules';
import type { ResolvedEndpoint } from './resolve-endpoint';

/** What distinguishes accounts and Regions within a stack; nothing for the stack's default provider. */
export interface EndpointAccounts {
  readonly ofEndpoint: string;
  readonly ofZones: string;
}

/** The name of a load balancer, which another of its account and Region may not have. */
export function loadBalancerNameOf(name: string, account: string, keyOf: KeyOf): WantedRecord {
  return {
    kind: 'loadBalancer',
    key: `load balancer${account} ${keyOf(name)}`,
    property: 'loadBalancerName',
    value: name,
  };
}

/** The records that an endpoint creates, and the other names that no other construct may have. */
export function recordsOfEndpoint(
  { loadBalancer: { name }, domain: { domain }, certificates: { certificates } }: ResolvedEndpoint,
  keyOf: KeyOf,
  accounts: EndpointAccounts = { ofEndpoint: '', ofZones: '' },
): WantedRecord[] {
  const names = name === undefined ? [] : [loadBalancerNameOf(name, accounts.ofEndpoint, keyOf)];
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
