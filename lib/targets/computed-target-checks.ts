import type { IResolveContext } from 'cdktf';
import { addressesWithin } from '../allowlist/breadth';
import { AddressSet } from '../network/address-set';
import { PRIVATE_BLOCKS } from '../network/load-balancer-space';
import { UNREACHABLE_BLOCKS } from '../network/special-ranges';
import type { RuleQuotas } from '../placement/rule-quotas';
import type { Precondition } from '../terraform/precondition';
import { admitsAtMost, asBlock, asBlocks, isCanonical, isWithinAny, ofFamily } from '../tokens/block-expression';
import { expressionOf, expressionToken } from '../tokens/expression';
import { isUnresolved, isUnresolvedList } from '../tokens/unresolved';
import type { DatabaseTarget } from './database-target';
import { knownEgress, MAX_EGRESS_BREADTH } from './egress-rules';

/**
 * What Terraform checks of target addresses known after apply, at each resource whose `each.value` is one: each is a
 * single address of a machine, as it must be where it is written out.
 */
export function targetAddressChecks(path: string, target: DatabaseTarget): Precondition[] {
  if (target._ids === undefined || target._type !== 'ip' || !isUnresolved(target._ids)) return [];
  const block = BLOCK;
  const address = {
    condition: expressionToken(`!can(regex("/", each.value)) && ${isCanonical(block)} && !(${isUnreachable(block)})`),
    errorMessage: `${path}: target: ${expressionToken('each.value')} is not a host address in canonical form. Write one address like 10.0.1.5, IPv6 in lower case and shortened. [TargetAddressInvalid]`,
  };
  const isPrivate = {
    condition: expressionToken(
      `can(regex(":", each.value)) || ${isWithinAny(
        block,
        PRIVATE_BLOCKS.map(({ text }) => text),
      )}`,
    ),
    errorMessage: `${path}: target: ${expressionToken('each.value')} is a public address, which a network load balancer cannot have as a target. Write the database's private address${target._outsideVpc ? '' : ', or set publicRangeInVpc: true if the VPC uses this range itself'}. [TargetAddressPublic]`,
  };
  return target._outsideVpc || !target._publicRangeInVpc ? [address, isPrivate] : [address];
}

/**
 * What Terraform checks of the blocks that egress leads to where it alone knows some of them. The conditions stand at
 * the rules: at the security group they would make it depend on a database that may depend on it.
 */
export function egressChecks(path: string, target: DatabaseTarget, quotas: RuleQuotas): Precondition[] {
  const leadsTo = target._cidrBlocks ?? target._ids ?? [];
  if (!isUnresolved(leadsTo)) return [];
  const each =
    target._cidrBlocks === undefined ? targetAddressChecks(path, target) : blockChecks(path, BLOCK, 'each.value');
  return [...each, ...narrowChecks(path, target), ...withinGroup(path, leadsTo, quotas)];
}

/** A target's address is a block of one address. */
const BLOCK = `(${asBlock('each.value')})`;

/**
 * What Terraform checks of every rule whose block it computes.
 *
 * @param block an expression of the block.
 * @param written one of what was written.
 */
export function blockChecks(path: string, block: string, written: string): Precondition[] {
  return [
    {
      condition: expressionToken(isCanonical(block)),
      errorMessage: `${path}: target.cidrBlocks: ${expressionToken(written)} is not a CIDR block in canonical form. Write an address, or a network without host bits; IPv6 in lower case and shortened. [TargetCidrInvalid]`,
    },
    {
      condition: expressionToken(`!(${isUnreachable(block)})`),
      errorMessage: `${path}: target.cidrBlocks: ${expressionToken(written)} is a loopback, link-local, multicast or reserved range, which no database can be in. Write the blocks of the targets' subnets. [TargetCidrUnreachable]`,
    },
  ];
}

/** What Terraform checks of the blocks of one target together. */
export function narrowChecks(path: string, target: DatabaseTarget): Precondition[] {
  if (target._cidrBlocks === undefined || !isUnresolved(target._cidrBlocks)) return [];
  const known = AddressSet.of(knownEgress(target).map(({ cidr }) => cidr));
  const blocks = (context: IResolveContext) => asBlocks(asList(target._cidrBlocks ?? [], context));
  return ([4, 6] as const).map((family) => {
    const left = addressesWithin(MAX_EGRESS_BREADTH, family) - known.size(family);
    return {
      condition: expressionToken((context) => admitsAtMost(blocks(context), family, known.toCidrs(), left)),
      errorMessage: `${path}: target.cidrBlocks would let the endpoint send traffic far beyond its database: more than one /${family === 4 ? MAX_EGRESS_BREADTH.ipv4 : MAX_EGRESS_BREADTH.ipv6} of IPv${family}. Write the blocks of the targets' subnets. [TargetCidrTooBroad]`,
    };
  });
}

function withinGroup(path: string, leadsTo: readonly string[], quotas: RuleQuotas): Precondition[] {
  const quota = quotas.rulesPerSecurityGroup;
  const blocks = (context: IResolveContext) => {
    const list = asList(leadsTo, context);
    return asBlocks(isUnresolvedList(leadsTo) ? `distinct(${list})` : list);
  };
  return [
    {
      condition: expressionToken(
        (context) => `alltrue([for l in [${blocks(context)}] : length(distinct(l)) == length(l)])`,
      ),
      errorMessage: `${path}: target: two values known after apply, or one of them and a literal, are the same. List each one once. [TargetDuplicate]`,
    },
    ...([4, 6] as const).map((family) => {
      const count = (context: IResolveContext) => `length(${ofFamily(blocks(context), family)})`;
      return {
        condition: expressionToken((context) => `${count(context)} <= ${quota}`),
        errorMessage: `${path}: target needs ${expressionToken(count)} egress rules of IPv${family}, but a security group has room for ${quota}. Set the targets' securityGroupId, which needs one rule, or write larger blocks. [TooManyEgressRules]`,
      };
    }),
  ];
}

function asList(values: readonly string[], context: IResolveContext): string {
  if (isUnresolvedList(values)) return `tolist(${expressionOf(values, context)})`;
  return `[${values
    .map((value) => expressionOf(value, context))
    .sort()
    .join(', ')}]`;
}

function isUnreachable(block: string): string {
  const { blocks, exceptions } = UNREACHABLE_BLOCKS;
  return `${isWithinAny(block, blocks)} && !${isWithinAny(block, exceptions)}`;
}
