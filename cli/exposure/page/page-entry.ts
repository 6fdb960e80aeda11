import type { AddressSet } from '../../../lib/network/address-set';
import type { Entry } from '../exposed-endpoint';
import { sizes } from '../render/json';
import { placeOf } from '../render/words';
import type { PageEntry } from './page-data';

/** An entry as the page has it. */
export function pageEntry(entry: Entry, within?: Entry): PageEntry {
  const { value, written, addresses, description, owner, ticket, expires, group, integration } = entry;
  return {
    source: value,
    written: written === value ? undefined : written,
    blocks: addresses && blocksOf(addresses, value),
    addresses: addresses && sizes(addresses),
    ...{ description, owner, ticket, expires, group, integration },
    where: placeOf(entry),
    within: within && placed(within),
  };
}

/** The blocks of a set, unless it is the one block that the source names. */
function blocksOf(addresses: AddressSet, value: string): readonly string[] | undefined {
  const blocks = addresses.toCidrs().map(({ text }) => text);
  return blocks.length === 1 && blocks[0] === value ? undefined : blocks;
}

function placed(entry: Entry): string {
  const place = placeOf(entry);
  return place === undefined ? entry.value : `${entry.value} at ${place}`;
}
