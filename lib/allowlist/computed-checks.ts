import type { IResolveContext } from 'cdktf';
import type { AddressSet } from '../network/address-set';
import { PRIVATE_ADDRESSES } from '../network/special-ranges';
import type { RuleQuotas } from '../placement/rule-quotas';
import type { Precondition } from '../terraform/precondition';
import { admitsAtMost, asBlock, asBlocks, isCanonical, ofFamily } from '../tokens/block-expression';
import { expressionOf, expressionToken, staticKey } from '../tokens/expression';
import { areDistinct, idsOnPorts, type OnPort, repeated } from '../tokens/list-expression';
import { isUnresolved } from '../tokens/unresolved';
import type { Allowlist, AllowlistValue } from './allowlist';
import { addressesWithin, type BreadthLimits } from './breadth';

/** What decides about values that are known after apply. */
export interface ComputedChecksProps {
  readonly allowlist: Allowlist;
  /** What the entries that are known at synthesis admit together. */
  readonly admitted: AddressSet;
  readonly limits: BreadthLimits;
  readonly quotas: RuleQuotas;
  readonly dualStack: boolean;
}

/** What Terraform checks of every rule whose block it computes. */
export function computedRuleChecks(path: string, dualStack: boolean): Precondition[] {
  const canonical = {
    condition: expressionToken(isCanonical('each.value.cidr')),
    errorMessage: `${path}: allow: ${expressionToken('each.value.cidr')} is not a CIDR block in canonical form. Write an address, or a network without host bits; IPv6 in lower case and shortened. [ComputedCidrInvalid]`,
  };
  const ipv4 = {
    condition: expressionToken('!can(regex(":", each.value.cidr))'),
    errorMessage: `${path}: allow: ${expressionToken('each.value.cidr')} is IPv6, but the load balancer is IPv4-only. Set dualStack: true, or remove the entry. [Ipv6NeedsDualStack]`,
  };
  return dualStack ? [canonical] : [canonical, ipv4];
}

/** What Terraform checks of all blocks that it computes together, before it makes the group that they are rules of. */
export function computedGroupChecks(path: string, props: ComputedChecksProps): Precondition[] {
  return [...computedListChecks(path, props), ...computedQuotaChecks(path, [props.allowlist], props)];
}

/** Those of them that are about one allowlist. */
export function computedListChecks(path: string, props: ComputedChecksProps): Precondition[] {
  const { allowlist } = props;
  return [
    ...(isEmptyWithoutLists(allowlist) ? [notEmpty(path, allowlist)] : []),
    ...(allowlist.blocks.some(({ source }) => source._kind === 'anywhere') ? [] : narrow(path, props)),
    ...distinct(path, allowlist),
  ];
}

/** The ids of what was looked up by name, as an expression. */
export type LookedUp = (context: IResolveContext) => string;

/** What Terraform checks of references of one kind in one group whose values are known after apply. */
export function referenceChecks(
  path: string,
  values: readonly AllowlistValue[],
  lookedUp: readonly LookedUp[] = [],
): Precondition[] {
  if (lookedUp.length === 0 && (values.length < 2 || !values.some(({ text }) => isUnresolved(text)))) return [];
  // A group of another account may be written with the account and without it.
  const ids = (context: IResolveContext) => {
    const written = values.map(({ text }) => expressionOf(text, context)).sort();
    return `concat([for id in [${written.join(', ')}] : reverse(split("/", id))[0]]${lookedUp.map((list) => `, ${list(context)}`).join('')})`;
  };
  return [
    {
      condition: expressionToken((context) => areDistinct(ids(context))),
      errorMessage: `${path}: allow names ${expressionToken((context) => `join(", ", ${repeated(ids(context))})`)} more than once. List every source once. [SourceDuplicate]`,
    },
  ];
}

/** The same for groups whose rules are for several ports: a source may have one rule for each of them. */
export function referenceOnPortChecks(path: string, values: () => readonly OnPort[]): Precondition[] {
  const rules = (context: IResolveContext) => idsOnPorts(values(), context);
  return [
    {
      // Terraform refuses a condition that refers to nothing, as that of a group would which holds literals alone.
      condition: expressionToken((context) => `each.key != "" && ${areDistinct(rules(context))}`),
      errorMessage: `${path}: entries for one port repeat ${expressionToken((context) => `join(", ", ${repeated(rules(context))})`)}. Write every source once. [SourceDuplicate]`,
    },
  ];
}

/** An endpoint whose other entries have expired was written with somebody in it, and may close. */
function isEmptyWithoutLists(allowlist: Allowlist): boolean {
  const { blocks, computed, prefixLists, awsPrefixLists, securityGroups, expired } = allowlist;
  return [blocks, computed, prefixLists, awsPrefixLists, securityGroups, expired].every(({ length }) => length === 0);
}

function notEmpty(path: string, allowlist: Allowlist): Precondition {
  return {
    condition: expressionToken((context) => `length(${listed(allowlist, context)}) > 0`),
    errorMessage: `${path}: allow is empty. List who may connect. [AllowlistEmpty]`,
  };
}

/** One limit holds for everything that is admitted together: what is known already has used a part of it. */
function narrow(path: string, { allowlist, admitted, limits }: ComputedChecksProps): Precondition[] {
  const free = admitted.union(PRIVATE_ADDRESSES).toCidrs();
  const known = admitted.subtract(PRIVATE_ADDRESSES);
  return ([4, 6] as const).map((family) => {
    const prefix = family === 4 ? limits.ipv4 : limits.ipv6;
    const left = addressesWithin(limits, family) - known.size(family);
    return {
      condition: expressionToken((context) => admitsAtMost(all(allowlist, context), family, free, left)),
      errorMessage: `${path}: allow admits more of the IPv${family} internet than one /${prefix}, together with the literal blocks. List narrower networks, raise maxBreadth, or write AllowedSource.anywhere({ reason }). [AllowlistTooBroad]`,
    };
  });
}

/** Blocks of lists are keys of one map, but a single one is keyed by its expression: EC2 would refuse the second rule. */
function distinct(path: string, allowlist: Allowlist): Precondition[] {
  const { computed, lists } = allowlist;
  if (computed.length === 0 || computed.length + lists.length < 2) return [];
  const single = (context: IResolveContext) =>
    `{${computed
      .map(({ text }) => `${JSON.stringify(staticKey(text, context))} = ${blockOf(text, context)}`)
      .sort()
      .join(', ')}}`;
  const rules = (context: IResolveContext) =>
    `concat(values(${single(context)}), distinct(${asBlocks(listed(allowlist, context))}))`;
  return [
    {
      condition: expressionToken((context) => areDistinct(rules(context))),
      errorMessage: `${path}: allow repeats ${expressionToken((context) => `join(", ", flatten([for l in [${rules(context)}] : [for name, c in ${single(context)} : "\${c} (\${name})" if length([for o in l : o if o == c]) > 1]]))`)}. List every source once. [CidrDuplicate]`,
    },
  ];
}

/** Whether the group has room for what Terraform computes of all allowlists that share it. */
export function computedQuotaChecks(
  path: string,
  allowlists: readonly Allowlist[],
  { quotas, dualStack }: Pick<ComputedChecksProps, 'quotas' | 'dualStack'>,
): Precondition[] {
  const quota = quotas.rulesPerSecurityGroup;
  return ([4, 6] as const)
    .filter((family) => family === 4 || dualStack)
    .map((family) => {
      const count = (context: IResolveContext) =>
        allowlists.map((allowlist) => `length(${ofFamily(all(allowlist, context), family)})`).join(' + ');
      return {
        condition: expressionToken((context) => `${count(context)} <= ${quota}`),
        errorMessage: `${path}: allow has ${expressionToken(count)} IPv${family} blocks that are known after apply, but their security group has room for ${quota}. Write blocks as literals, which are spread over several groups, use a prefix list, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup. [ComputedGroupFull]`,
      };
    });
}

/** Everything that Terraform computes, as blocks. */
function all(allowlist: Allowlist, context: IResolveContext): string {
  const single = allowlist.computed.map(({ text }) => expressionOf(text, context)).sort();
  return asBlocks(`concat(${listed(allowlist, context)}, [${single.join(', ')}])`);
}

function listed({ lists }: Allowlist, context: IResolveContext): string {
  return `concat([], ${lists
    .map(({ list }) => `tolist(${expressionOf(list, context)})`)
    .sort()
    .join(', ')})`;
}

function blockOf(text: string, context: IResolveContext): string {
  return `[for c in [${expressionOf(text, context)}] : ${asBlock('c')}][0]`;
}
