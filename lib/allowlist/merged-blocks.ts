import { AddressSet } from '../network/address-set';
import type { Cidr } from '../network/cidr';
import type { AllowedBlock } from './allowlist';

/** A block that stands for several that were written. */
export interface MergedBlock {
  readonly cidr: Cidr;
  readonly members: readonly AllowedBlock[];
}

/**
 * The fewest blocks that admit exactly the same addresses; what is pinned to different groups stays apart.
 *
 * @param untilItsDay whether what ends on different days stays apart too: one rule can only be revoked as a whole.
 */
export function mergedBlocks(blocks: readonly AllowedBlock[], untilItsDay = false): MergedBlock[] {
  return separate(blocks).flatMap((own) =>
    untilItsDay && own.some(({ source }) => source._about.expires !== undefined) ? mergedByDay(own) : merged(own),
  );
}

function merged(blocks: readonly AllowedBlock[]): MergedBlock[] {
  const waiting = [...blocks].sort(lastFirst);
  return AddressSet.of(blocks.map(({ cidr }) => cidr))
    .toCidrs()
    .map((cidr) => {
      const members: AllowedBlock[] = [];
      // A written block lies in one merged block as a whole, and both come in the order of their addresses.
      while (waiting.length > 0 && waiting[waiting.length - 1].cidr.first <= cidr.last) members.push(waiting.pop()!);
      return { cidr, members };
    });
}

/**
 * Blocks that end together, those that last longest first. What lies within those needs no rule: there is never the same
 * block twice, and a day that passes changes no rule but its own.
 */
function mergedByDay(blocks: readonly AllowedBlock[]): MergedBlock[] {
  const found: { readonly cidr: Cidr; readonly members: AllowedBlock[] }[] = [];
  let admitted = AddressSet.of([]);
  for (const together of byDay(blocks)) {
    const lasting = admitted;
    const [covered, own] = [true, false].map((isCovered) =>
      together.filter(({ cidr }) => lasting.contains(cidr) === isCovered),
    );
    found.push(...merged(own).map(({ cidr, members }) => ({ cidr, members: [...members] })));
    for (const block of covered) memberOf(found, block).push(block);
    admitted = admitted.union(AddressSet.of(own.map(({ cidr }) => cidr)));
  }
  return found;
}

/** The first of the blocks that admit it: what is said of it is said there. */
function memberOf(
  found: readonly { readonly cidr: Cidr; readonly members: AllowedBlock[] }[],
  { cidr: { first } }: AllowedBlock,
): AllowedBlock[] {
  const holder = found.find(({ cidr }) => cidr.first <= first && first <= cidr.last);
  if (holder === undefined) throw new Error('a block that others admit is in none of them');
  return holder.members;
}

/** What does not end comes first, then the last days, the latest first. */
function byDay(blocks: readonly AllowedBlock[]): AllowedBlock[][] {
  const days = groupedBy(blocks, ({ source }) => source._about.expires ?? '');
  return [...days].sort(([a], [b]) => (a === '' ? -1 : b === '' ? 1 : a < b ? 1 : -1)).map(([, there]) => there);
}

function separate(blocks: readonly AllowedBlock[]): AllowedBlock[][] {
  return [...groupedBy(blocks, ({ cidr, source }) => `${cidr.family} ${source._about.group ?? ''}`).values()];
}

function groupedBy(
  blocks: readonly AllowedBlock[],
  keyOf: (block: AllowedBlock) => string,
): Map<string, AllowedBlock[]> {
  const parts = new Map<string, AllowedBlock[]>();
  for (const block of blocks) {
    const part = keyOf(block);
    const there = parts.get(part);
    if (there) there.push(block);
    else parts.set(part, [block]);
  }
  return parts;
}

function lastFirst(a: AllowedBlock, b: AllowedBlock): number {
  return a.cidr.first > b.cidr.first ? -1 : a.cidr.first < b.cidr.first ? 1 : a.cidr.prefix - b.cidr.prefix;
}
