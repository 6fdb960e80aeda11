import type { AddressSet } from '../../../lib/network/address-set';
import { accessOf } from '../access';
import type { Entry, ExposedEndpoint } from '../exposed-endpoint';
import type { Selected } from '../select';

/** Where the JSON Schema of what was found is published. */
export const REPORT_SCHEMA =
  'https://raw.githubusercontent.com/cdktf-database-endpoint/cdktf-database-endpoint/main/schema/exposure-report.schema.json';

/** What was found, for programs, as schema/exposure-report.schema.json publishes it. */
export function toJson(selected: readonly Selected[]): object {
  return {
    $schema: REPORT_SCHEMA,
    version: 1,
    endpoints: selected.map(({ endpoint, entries, undetermined, expired, users }) => ({
      ...endpointJson(endpoint),
      addresses: sizes(accessOf(endpoint.entries).addresses),
      entries: entries.map(entryJson),
      undetermined: undetermined.map(entryJson),
      expired: expired.map(entryJson),
      users,
    })),
  };
}

/** What an endpoint is, without who may connect and log in. */
export function endpointJson({ entries, expired, users, knownAs, ...rest }: ExposedEndpoint): object {
  return rest;
}

export function entryJson({ addresses, ...rest }: Entry): object {
  return { ...rest, addresses: addresses && sizes(addresses) };
}

/** How many addresses there are, as decimal numbers: IPv6 has more than JSON can count. */
export function sizes(set: AddressSet): { readonly ipv4: string; readonly ipv6: string } {
  return { ipv4: String(set.size(4)), ipv6: String(set.size(6)) };
}
