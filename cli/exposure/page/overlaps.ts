import { type AddressRange, AddressSet } from '../../../lib/network/address-set';
import { bitsOf } from '../../../lib/network/cidr';

/** Something that admits addresses. */
export interface Admitting {
  readonly addresses: AddressSet;
  /** The identities of sources whose content is not known. */
  readonly unmeasured: readonly string[];
}

/** What reaches exactly these of the endpoints, two or more. */
export interface Overlap {
  /** Positions in the list, ascending. */
  readonly endpoints: readonly number[];
  readonly addresses: AddressSet;
  /** Identities of sources that are written at exactly these endpoints. */
  readonly unmeasured: readonly string[];
}

/**
 * Divides everything that reaches more than one endpoint by the endpoints that it reaches: each address, and each source
 * whose content is not known, is in exactly one of the results.
 *
 * An endpoint that admits every address of a family has all of it in common with every other one, which tells nobody
 * anything: it is left out of the comparison of that family.
 */
export function overlaps(endpoints: readonly Admitting[]): Overlap[] {
  const found = new Map<string, { endpoints: readonly number[]; ranges: AddressRange[]; unmeasured: string[] }>();
  const of = (positions: readonly number[]) => {
    const key = positions.join();
    const known = found.get(key) ?? { endpoints: positions, ranges: [], unmeasured: [] };
    found.set(key, known);
    return known;
  };
  for (const family of [4, 6] as const) {
    for (const { positions, range } of runs(endpoints, family)) of(positions).ranges.push(range);
  }
  for (const [identity, positions] of writtenAt(endpoints)) {
    if (positions.length > 1) of(positions).unmeasured.push(identity);
  }
  return [...found.values()].map(({ ranges, ...rest }) => ({ ...rest, addresses: AddressSet.of(ranges) }));
}

/** Runs of addresses that reach the same endpoints, two or more, in the order of the addresses. */
function* runs(
  endpoints: readonly Admitting[],
  family: 4 | 6,
): Generator<{ readonly positions: readonly number[]; readonly range: AddressRange }> {
  const bounds = endpoints
    .flatMap(({ addresses }, position) =>
      addresses.ranges
        .filter((range) => range.family === family && range.last - range.first + 1n < 1n << BigInt(bitsOf(family)))
        .flatMap(({ first, last }) => [
          { at: first, position, opens: true },
          { at: last + 1n, position, opens: false },
        ]),
    )
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  // The ranges of one set do not touch each other, so each endpoint is open once.
  const open = new Set<number>();
  for (const [i, { at, position, opens }] of bounds.entries()) {
    if (opens) open.add(position);
    else open.delete(position);
    const next = bounds[i + 1]?.at;
    if (open.size < 2 || next === undefined || next === at) continue;
    yield { positions: [...open].sort((a, b) => a - b), range: { family, first: at, last: next - 1n } };
  }
}

function writtenAt(endpoints: readonly Admitting[]): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  for (const [position, { unmeasured }] of endpoints.entries()) {
    for (const identity of new Set(unmeasured)) {
      positions.set(identity, [...(positions.get(identity) ?? []), position]);
    }
  }
  return positions;
}
