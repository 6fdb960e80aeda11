import type { AddressSet } from '../../../lib/network/address-set';
import { type Cidr, isCidr, parseCidr } from '../../../lib/network/cidr';
import { addressesOf } from '../access';
import { type Entry, identityOf } from '../exposed-endpoint';
import type { AccessChange, Fact } from './difference';

interface OtherSide {
  /** The entries of the other side. */
  readonly other: readonly Entry[];
  /** What has no access there because its last day has passed. */
  readonly expired?: readonly Entry[];
}

/**
 * What each entry has of the addresses that were gained or lost, and the lists, groups and values known after apply that
 * only one side has: of these only the identity can be compared.
 *
 * Entries that overlap each name what they have in common. What has one owner stands together.
 */
export function accessChanges(
  kind: 'gained' | 'lost',
  changed: AddressSet,
  entries: readonly Entry[],
  { other, expired = [] }: OtherSide,
): AccessChange[] {
  const known = new Set(other.filter(({ addresses }) => addresses === undefined).map(identityOf));
  const gone = new Set(expired.map(identityOf));
  const isNewlyPublic = kind === 'gained' && admitsEverybody(entries) && !admitsEverybody(other);
  const inOrder = [...entries].sort((a, b) => compareTexts(a.owner ?? LAST, b.owner ?? LAST));
  return inOrder.flatMap((entry): AccessChange[] => {
    const addresses = entry.addresses && changed.intersect(entry.addresses);
    if (addresses === undefined ? known.has(identityOf(entry)) : addresses.isEmpty) return [];
    const isPublic = isNewlyPublic && EVERYBODY.some((all) => entry.addresses?.contains(all));
    const facts: readonly Fact[] =
      kind === 'lost' ? ['any'] : isPublic ? ['public', 'gained', 'any'] : ['gained', 'any'];
    return [{ kind, entry, addresses, facts, hasExpired: kind === 'lost' && gone.has(identityOf(entry)) }];
  });
}

/** Sorts after every name. */
const LAST = '\u{10ffff}';

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether every address of a family may connect. */
export function admitsEverybody(entries: readonly Entry[]): boolean {
  const addresses = addressesOf(entries);
  return EVERYBODY.some((all) => addresses.contains(all));
}

const EVERYBODY: readonly Cidr[] = ['0.0.0.0/0', '::/0'].map(parseCidr).filter(isCidr);
