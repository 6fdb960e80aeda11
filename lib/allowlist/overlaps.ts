import { type AddressRange, holds } from '../network/address-set';
import type { AllowedBlock } from './allowlist';
import { originText } from './origin';

/** An entry that lies within another one. */
export interface NestedEntry {
  readonly inner: AllowedBlock;
  readonly outer: AllowedBlock;
}

/** Finds entries within others with another owner or another last day: removing one of them ends no access. */
export function nestedEntries(blocks: readonly AllowedBlock[]): NestedEntry[] {
  // The narrowest one that differs is closest to what the author had in mind.
  return nested(blocks, (inner, outer) => differs(outer, inner));
}

/** Finds entries that admit nobody whom one other entry, the narrowest of several, does not admit already. */
export function shadowedEntries(blocks: readonly AllowedBlock[]): NestedEntry[] {
  return nested(blocks, () => true);
}

function nested(
  blocks: readonly AllowedBlock[],
  isMeant: (inner: AllowedBlock, outer: AllowedBlock) => boolean,
): NestedEntry[] {
  const found: NestedEntry[] = [];
  let open: AllowedBlock[] = [];
  for (const inner of [...blocks].sort(outermostFirst)) {
    open = open.filter(({ cidr }) => holds(cidr, inner.cidr));
    const outer = [...open].reverse().find((each) => isMeant(inner, each));
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
  const whole = blocks.filter(({ cidr }) => holds(cidr, block));
  return whole.length > 0
    ? { inWhole: true, by: whole }
    : { inWhole: false, by: blocks.filter(({ cidr }) => holds(block, cidr)) };
}

/** Where an entry stands and who owns it, for somebody who has to talk to them. */
export function locationAndOwner(block: AllowedBlock): string {
  const { owner, expires } = block.source._about;
  const about = [originText(block), owner && `owner ${owner}`, expires && `until ${expires}`].filter(Boolean);
  return `${block.text} (${about.join(', ')})`;
}

function differs({ source: a }: AllowedBlock, { source: b }: AllowedBlock): boolean {
  return a !== b && (a._about.owner !== b._about.owner || a._about.expires !== b._about.expires);
}

function outermostFirst({ cidr: a }: AllowedBlock, { cidr: b }: AllowedBlock): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefix - b.prefix;
}
