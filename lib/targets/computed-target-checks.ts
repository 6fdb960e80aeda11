import type { IResolveContext } from 'cdktf';
import { addressesWithin } from '../allowlist/breadth';
import { AddressSet } from '../network/address-set';
import { PRIVATE_BLOCKS } from '../network/load-balancer-space';
import { UNREACHABLE_BLOCKS } from '../network/special-ranges';
import type { RuleQuotas } from '../placement/rule-quotas';
import type { Precondition } from '../terraform/precondition';
import { admitsAtMost, asBlock, asBlocks, isCanonical, isWithinAny, ofFamily } from '../tokens/block-expression';
import { expressionOf, expressionToken } from '../tokens/expression';
import { isUnknown, isUnknownList } from '../tokens/unresolved';
import type { DatabaseTarget } from './database-target';
import { BROADEST_EGRESS, knownEgress } from './egress-rules';

/**
 * What Terraform checks of target addresses that it alone knows, at each resource whose `each.value` is one: each is a
 * single address of a machine, as it must be where it is written out.
 */
export function targetAddressChecks(path: string, target: DatabaseTarget): Precondition[] {
  if (target._ids === undefined || target._type !== 'ip' || !isUnknown(target._ids)) return [];
  const block = BLOCK;
  const address = {
    condition: expressionToken(`!can(regex("/", each.value)) && ${isCanonical(block)} && !(${isUnreachable(block)})`),
    errorMessage: `${path}: target: ${expressionToken('each.value')} is not the address of a machine in canonical form. Write one address like 10.0.1.5, IPv6 in lower case and shortened. [TargetAddressInvalid]`,
  };
  const isPrivate = {
    condition: expressionToken(
      `can(regex(":", each.value)) || ${isWithinAny(
        block,
        PRIVATE_BLOCKS.map(({ text }) => text),
      )}`,
    ),
    errorMessage: `${path}: target: ${expressionToken('each.value')} is a public address, which a network load balancer cannot have as a target. Write the database's private address${target._outsideVpc ? '' : ', or say publicRangeInVpc: true if the VPC uses this range itself'}. [TargetAddressPublic]`,
  };
  return target._outsideVpc || !target._publicRangeInVpc ? [address, isPrivate] : [address];
}

/**
 * What Terraform checks of the blocks that egress leads to where it alone knows some of them. The conditions stand at
 * the rules: at the security group they would make it depend on a database that may depend on it.
 */
export function egressChecks(path: string, target: DatabaseTarget, quotas: RuleQuotas): Precondition[] {
  const leadsTo = target._cidrBlocks ?? target._ids ?? [];
  if (!isUnknown(leadsTo)) return [];
  const each = target._cidrBlocks === undefined ? targetAddressChecks(path, target) : blockChecks(path);
  return [
    ...each,
    ...(target._cidrBlocks === undefined ? [] : narrow(path, target)),
    ...withinGroup(path, leadsTo, quotas),
  ];
}

/** A target's address stands for itself alone. */
const BLOCK = `(${asBlock('each.value')})`;

function blockChecks(path: string): Precondition[] {
  return [
    {
      condition: expressionToken(isCanonical(BLOCK)),
      errorMessage: `${path}: target.cidrBlocks: ${expressionToken('each.value')} is not a CIDR block in canonical form. Write an address, or a network without host bits; IPv6 in lower case and shortened. [TargetCidrInvalid]`,
    },
    {
      condition: expressionToken(`!(${isUnreachable(BLOCK)})`),
      errorMessage: `${path}: target.cidrBlocks: ${expressionToken('each.value')} is a loopback, link-local, multicast or reserved range, where no database is. Write the blocks of the subnets that the targets are in. [TargetCidrUnreachable]`,
    },
  ];
}

function narrow(path: string, target: DatabaseTarget): Precondition[] {
  const known = AddressSet.of(knownEgress(target).map(({ cidr }) => cidr));
  const blocks = (context: IResolveContext) => asBlocks(asList(target._cidrBlocks ?? [], context));
  return ([4, 6] as const).map((family) => {
    const left = addressesWithin(BROADEST_EGRESS, family) - known.size(family);
    return {
      condition: expressionToken((context) => admitsAtMost(blocks(context), family, known.toCidrs(), left)),
      errorMessage: `${path}: target.cidrBlocks would let the endpoint send traffic far beyond its database: more than one /${family === 4 ? BROADEST_EGRESS.ipv4 : BROADEST_EGRESS.ipv6} of IPv${family}. Write the blocks of the subnets that the targets are in. [TargetCidrTooBroad]`,
    };
  });
}

function withinGroup(path: string, leadsTo: readonly string[], quotas: RuleQuotas): Precondition[] {
  const quota = quotas.rulesPerSecurityGroup;
  const blocks = (context: IResolveContext) => {
    const list = asList(leadsTo, context);
    return asBlocks(isUnknownList(leadsTo) ? `distinct(${list})` : list);
  };
  return [
    {
      condition: expressionToken(
        (context) => `alltrue([for l in [${blocks(context)}] : length(distinct(l)) == length(l)])`,
      ),
      errorMessage: `${path}: target: two of the values that are known after apply, or one of them and one that is written out, are the same. Name every one once. [TargetDuplicate]`,
    },
    ...([4, 6] as const).map((family) => {
      const count = (context: IResolveContext) => `length(${ofFamily(blocks(context), family)})`;
      return {
        condition: expressionToken((context) => `${count(context)} <= ${quota}`),
        errorMessage: `${path}: target needs ${expressionToken(count)} egress rules of IPv${family}, and a security group has room for ${quota}. Give the targets' securityGroupId, which takes one rule, or write larger blocks. [TooManyEgressRules]`,
      };
    }),
  ];
}

function asList(values: readonly string[], context: IResolveContext): string {
  if (isUnknownList(values)) return `tolist(${expressionOf(values, context)})`;
  return `[${values
    .map((value) => expressionOf(value, context))
    .sort()
    .join(', ')}]`;
}

function isUnreachable(block: string): string {
  const { blocks, exceptions } = UNREACHABLE_BLOCKS;
  return `${isWithinAny(block, blocks)} && !${isWithinAny(block, exceptions)}`;
}
