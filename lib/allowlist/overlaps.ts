import type { AddressRange } from '../network/address-set';
import type { AllowedBlock } from './allowlist';

/** An entry that lies within another one, about which something else is said. */
export interface NestedEntry {
  readonly inner: AllowedBlock;
  readonly outer: AllowedBlock;
}

/** Finds entries within others with another owner or another last day: taking one of them out ends nothing. */
export function nestedEntries(blocks: readonly AllowedBlock[]): NestedEntry[] {
  const found: NestedEntry[] = [];
  let open: AllowedBlock[] = [];
  for (const inner of [...blocks].sort(outermostFirst)) {
    open = open.filter(({ cidr }) => contains(cidr, inner.cidr));
    // The narrowest one that differs is the nearest to what the author had in mind.
    const outer = [...open].reverse().find((each) => differs(each, inner));
    if (outer !== undefined) found.push({ inner, outer });
    open.push(inner);
  }
  return found;
}

/** What still admits a block in whole, if anything does, or else what admits parts of it. */
export function stillAdmitting(
  block: AddressRange,
  blocks: readonly AllowedBlock[],
): { readonly inWhole: boolean; readonly by: readonly AllowedBlock[] } {
  const whole = blocks.filter(({ cidr }) => contains(cidr, block));
  return whole.length > 0
    ? { inWhole: true, by: whole }
    : { inWhole: false, by: blocks.filter(({ cidr }) => contains(block, cidr)) };
}

/** Where an entry stands and who owns it, for somebody who has to talk to them. */
export function placeAndOwner({ property, text, source }: AllowedBlock): string {
  const { owner, expires } = source._about;
  const about = [property, owner && `owner ${owner}`, expires && `until ${expires}`].filter(Boolean);
  return `${text} (${about.join(', ')})`;
}

function differs({ source: a }: AllowedBlock, { source: b }: AllowedBlock): boolean {
  return a !== b && (a._about.owner !== b._about.owner || a._about.expires !== b._about.expires);
}

function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

function outermostFirst({ cidr: a }: AllowedBlock, { cidr: b }: AllowedBlock): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefix - b.prefix;
}
