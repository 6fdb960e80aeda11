import { AddressSet } from '../../lib/network/address-set';
import { type Entry, identityOf } from './exposed-endpoint';

/** What entries admit together. */
export interface Access {
  readonly addresses: AddressSet;
  /** The entries whose addresses are not known: lists, groups and values known after apply, by their identity. */
  readonly unmeasured: ReadonlyMap<string, Entry>;
}

export function accessOf(entries: readonly Entry[]): Access {
  return {
    addresses: addressesOf(entries),
    unmeasured: new Map(
      entries.filter(({ addresses }) => addresses === undefined).map((entry) => [identityOf(entry), entry]),
    ),
  };
}

/** The addresses that entries are known to admit. */
export function addressesOf(entries: readonly Entry[]): AddressSet {
  return AddressSet.of(entries.flatMap(({ addresses }) => addresses?.ranges ?? []));
}
