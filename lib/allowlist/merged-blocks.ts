import { AddressSet } from '../network/address-set';
import type { Cidr } from '../network/cidr';
import type { AllowedBlock } from './allowlist';

/** A block that stands for several that were written. */
export interface MergedBlock {
  readonly cidr: Cidr;
  readonly members: readonly AllowedBlock[];
}

/** The fewest blocks that admit exactly the same addresses; what is pinned to different groups stays apart. */
export function mergedBlocks(blocks: readonly AllowedBlock[]): MergedBlock[] {
  return separate(blocks).flatMap((own) => {
    const waiting = [...own].sort(lastFirst);
    return AddressSet.of(own.map(({ cidr }) => cidr))
      .toCidrs()
      .map((cidr) => {
        const members: AllowedBlock[] = [];
        // A written block lies in one merged block as a whole, and both come in the order of their addresses.
        while (waiting.length > 0 && waiting[waiting.length - 1].cidr.first <= cidr.last) members.push(waiting.pop()!);
        return { cidr, members };
      });
  });
}

function separate(blocks: readonly AllowedBlock[]): AllowedBlock[][] {
  const parts = new Map<string, AllowedBlock[]>();
  for (const block of blocks) {
    const part = `${block.cidr.family} ${block.source._about.group ?? ''}`;
    const there = parts.get(part);
    if (there) there.push(block);
    else parts.set(part, [block]);
  }
  return [...parts.values()];
}

function lastFirst(a: AllowedBlock, b: AllowedBlock): number {
  return a.cidr.first > b.cidr.first ? -1 : a.cidr.first < b.cidr.first ? 1 : a.cidr.prefix - b.cidr.prefix;
}
