import type { IResolveContext } from 'cdktf';
import { Deferred, ForEach } from '../terraform/deferred';
import { expressionOf, expressionToken, staticKey } from '../terraform/expression';
import type { Precondition } from '../terraform/precondition';
import { type Allowlist, type AllowlistValue, describe } from './allowlist';

/** Blocks that are tokens, one by one. */
export function computedEntries(values: readonly AllowlistValue[]): ForEach {
  return entriesByExpression(values, ({ text, source }, context) => ({
    cidr: expressionToken(asBlock(expressionOf(text, context))),
    description: describe(source),
  }));
}

/** A map from the text of each value's expression. */
export function entriesByExpression(
  values: readonly AllowlistValue[],
  entryOf: (value: AllowlistValue, context: IResolveContext) => unknown,
): ForEach {
  return ForEach.deferred((context) =>
    Object.fromEntries(values.map((value) => [staticKey(value.text, context), entryOf(value, context)])),
  );
}

/** Lists that are tokens, as one map by block. Terraform must know them when it plans. */
export function listedEntries(lists: Allowlist['lists']): ForEach {
  return ForEach.deferred((context) => {
    const maps = lists.map(({ list, source }) => {
      // An address and the block of that address are one key.
      const blocks = `toset([for c in ${expressionOf(list, context)} : ${asBlock('c')}])`;
      const description = expressionOf(describe(source), context);
      return `{for c in ${blocks} : c => {cidr = c, description = ${description}}}`;
    });
    maps.sort();
    return expressionToken(maps.length === 1 ? maps[0] : `merge(${maps.join(', ')})`);
  });
}

/** What Terraform checks of every rule whose block it computes. */
export function computedRuleChecks(path: string, dualStack: boolean): Precondition[] {
  const canonical = {
    condition: expressionToken('try(cidrsubnet(each.value.cidr, 0, 0) == each.value.cidr, false)'),
    errorMessage: `${path}: allow: ${expressionToken('each.value.cidr')} is not a CIDR block in canonical form. Write an address, or a network without host bits; IPv6 in lower case and shortened. [ComputedCidrInvalid]`,
  };
  const ipv4 = {
    condition: expressionToken('!can(regex(":", each.value.cidr))'),
    errorMessage: `${path}: allow: ${expressionToken('each.value.cidr')} is IPv6, and the load balancer is IPv4 only. Set dualStack: true, or leave the entry out. [Ipv6NeedsDualStack]`,
  };
  return dualStack ? [canonical] : [canonical, ipv4];
}

/** What Terraform checks of all blocks that it computes together. */
export function computedGroupChecks(path: string, allowlist: Allowlist): Precondition[] {
  const { blocks, computed, lists, prefixLists, securityGroups } = allowlist;
  const known = blocks.length + computed.length + prefixLists.length + securityGroups.length;
  const open = blocks.some(({ source }) => source._kind === 'anywhere');
  const all = (context: IResolveContext) =>
    `concat(${[
      ...lists.map(({ list }) => `tolist(${expressionOf(list, context)})`).sort(),
      `[${computed
        .map(({ text }) => expressionOf(text, context))
        .sort()
        .join(', ')}]`,
    ].join(', ')})`;

  const notEmpty = {
    condition: new Deferred((context) => `\${length(${all(context)}) > 0}`),
    errorMessage: `${path}: allow is empty. Name who may connect. [AllowlistEmpty]`,
  };
  const narrow = ([4, 6] as const).map((family) => ({
    condition: new Deferred(
      (context) => `\${${addressCount(all(context), family)} <= ${LARGEST_SHARE[family].addresses}}`,
    ),
    errorMessage: `${path}: allow admits more of the IPv${family} internet than a ${LARGEST_SHARE[family].prefix}. Name narrower networks, or write AllowedSource.anywhere({ reason }). [AllowlistTooBroad]`,
  }));
  return [...(known === 0 ? [notEmpty] : []), ...(open ? [] : narrow)];
}

/** The most that computed entries may admit together without a word: a /8 of IPv4, a /24 of IPv6. */
const LARGEST_SHARE = {
  4: { prefix: '/8', addresses: 'pow(2, 24)' },
  6: { prefix: '/24', addresses: 'pow(2, 104)' },
};

// A bare address stands for itself alone, as it does where it is known at synthesis.
function asBlock(value: string): string {
  return `can(regex("/", ${value})) ? ${value} : can(regex(":", ${value})) ? "\${${value}}/128" : "\${${value}}/32"`;
}

function addressCount(list: string, family: 4 | 6): string {
  const bits = family === 4 ? 32 : 128;
  const size = `pow(2, ${bits} - try(tonumber(split("/", c)[1]), ${bits}))`;
  const isFamily = family === 4 ? '!can(regex(":", c))' : 'can(regex(":", c))';
  return `sum(concat([0], [for c in distinct(${list}) : ${size} if ${isFamily}]))`;
}
