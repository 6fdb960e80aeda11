import type { AddressSet } from '../../../lib/network/address-set';
import { accessOf } from '../access';
import type { Entry, ExposedEndpoint } from '../exposed-endpoint';
import type { Selected } from '../select';

/**
 * What was found, for programs. Names and meanings are part of the command's interface, as docs/exposure.md tells them;
 * fields may be added.
 */
export function toJson(selected: readonly Selected[]): object {
  return {
    endpoints: selected.map(({ endpoint, entries, undetermined, expired }) => ({
      ...endpointJson(endpoint),
      addresses: sizes(accessOf(endpoint.entries).addresses),
      entries: entries.map(entryJson),
      undetermined: undetermined.map(entryJson),
      expired: expired.map(entryJson),
    })),
  };
}

/** What an endpoint is, without who may connect. */
export function endpointJson({ entries, expired, ...rest }: ExposedEndpoint): object {
  return rest;
}

export function entryJson({ addresses, ...rest }: Entry): object {
  return { ...rest, addresses: addresses && sizes(addresses) };
}

/** How many addresses there are, as decimal numbers: IPv6 has more than JSON can count. */
export function sizes(set: AddressSet): { readonly ipv4: string; readonly ipv6: string } {
  return { ipv4: String(set.size(4)), ipv6: String(set.size(6)) };
}
