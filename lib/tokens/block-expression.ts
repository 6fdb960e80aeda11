import { bitsOf, type Cidr } from '../network/cidr';

/*
 * Terraform expressions about blocks of addresses, for preconditions. Each takes expressions and gives one; what is
 * not a block makes none of them fail, as its own condition says so.
 */

/** A bare address means only itself, as it does at synthesis. */
export function asBlock(value: string): string {
  return `can(regex("/", ${value})) ? ${value} : can(regex(":", ${value})) ? "\${${value}}/128" : "\${${value}}/32"`;
}

/** The blocks of a list, bare addresses included. */
export function asBlocks(list: string): string {
  return `[for c in ${list} : ${asBlock('c')}]`;
}

/** Whether a block is written as EC2 writes it: no host bits, IPv6 in lowercase and shortened. */
export function isCanonical(block: string): string {
  return `try(cidrsubnet(${block}, 0, 0) == ${block}, false)`;
}

/** Whether a block lies within another, which is canonical. */
export function isWithin(inner: string, outer: string): string {
  return `try(${prefixOf(inner)} >= ${prefixOf(outer)} && cidrsubnet("\${split("/", ${inner})[0]}/\${split("/", ${outer})[1]}", 0, 0) == ${outer}, false)`;
}

/** Whether a block lies within one of several that are known. */
export function isWithinAny(inner: string, outer: readonly string[]): string {
  return `anytrue([for o in ${JSON.stringify(outer)} : ${isWithin(inner, 'o')}])`;
}

/** The blocks of one family in a list of blocks, each once. */
export function ofFamily(blocks: string, family: 4 | 6): string {
  return `distinct([for c in ${blocks} : c if ${family === 4 ? '!' : ''}can(regex(":", c))])`;
}

/**
 * Whether the blocks of one family admit no more addresses than are left. Blocks lie within one another or have
 * nothing in common, so those that lie in no other add up to what all of them admit.
 *
 * @param free what counts for nothing: blocks that have nothing in common, such as those that are admitted already.
 */
export function admitsAtMost(blocks: string, family: 4 | 6, free: readonly Cidr[], left: bigint): string {
  const known = JSON.stringify(free.filter((block) => block.family === family).map(({ text }) => text));
  const isInAnother = `anytrue([for o in ${known} : ${isWithin('c', 'o')}]) || anytrue([for o in d : o != c && ${isWithin('c', 'o')}])`;
  const added = `sum(concat([0], [for c in d : ${sizeOf('c', family)} if !(${isInAnother})]))`;
  const alreadyIn = `sum(concat([0], [for o in ${known} : ${sizeOf('o', family)} if anytrue([for c in d : o != c && ${isWithin('o', 'c')}])]))`;
  return `alltrue([for d in [${ofFamily(blocks, family)}] : ${added} - ${alreadyIn} <= ${left}])`;
}

function prefixOf(block: string): string {
  return `tonumber(split("/", ${block})[1])`;
}

function sizeOf(block: string, family: 4 | 6): string {
  const bits = bitsOf(family);
  return `pow(2, ${bits} - try(${prefixOf(block)}, ${bits}))`;
}
