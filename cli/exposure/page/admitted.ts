import { AddressSet } from '../../../lib/network/address-set';
import { accessOf } from '../access';
import type { Entry } from '../exposed-endpoint';
import { sizes } from '../render/json';
import { accessText } from '../render/words';
import { admitsText } from './words';

const NOTHING = AddressSet.of([]);

/** What entries admit together, as a text with numbers that can be read. */
export function admittedText(entries: readonly Entry[]): string {
  const { addresses, unmeasured } = accessOf(entries);
  const others = unmeasured.size === 0 ? '' : accessText({ addresses: NOTHING, unmeasured });
  return admitsText(sizes(addresses), others);
}
