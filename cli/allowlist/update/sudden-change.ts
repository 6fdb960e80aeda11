import { AddressSet } from '../../../lib/network/address-set';
import { isCidr, parseCidr } from '../../../lib/network/cidr';
import { addressCount, counted } from '../../exposure/render/words';
import type { Failure } from './failure';

/** The addresses of blocks. */
export function addressesOf(blocks: readonly string[]): AddressSet {
  return AddressSet.of(blocks.map(parseCidr).filter(isCidr));
}

/**
 * What is sudden about a change of a published list: it drops more than half of it, or more than doubles it, counted in
 * blocks, or in addresses of a family. Blocks alone would not show one that became wider.
 */
export function suddenChange(before: readonly string[], after: readonly string[]): Failure | undefined {
  const [old, now] = [addressesOf(before), addressesOf(after)];
  const lost = old.subtract(now);
  const kept = before.filter((block) => {
    const range = parseCidr(block);
    return isCidr(range) && now.contains(range);
  });
  const dropped = before.length - kept.length;
  if (dropped * 2 > before.length)
    return sudden(`drops ${dropped} of its ${counted(before.length, 'block')}, more than half`);
  if (([4, 6] as const).some((family) => lost.size(family) * 2n > old.size(family)))
    return sudden(`drops ${addressCount(lost)} of ${addressCount(old)}, more than half`);
  if (after.length > before.length * 2)
    return sudden(`has ${counted(after.length, 'block')} instead of ${before.length}, more than twice as many`);
  if (([4, 6] as const).some((family) => now.size(family) > old.size(family) * 2n))
    return sudden(`admits ${addressCount(now)} instead of ${addressCount(old)}, more than twice as many`);
  return undefined;
}

function sudden(reason: string): Failure {
  return { kind: 'needs-accept', reason, remedy: 'If that is right, run it again with --accept.' };
}
