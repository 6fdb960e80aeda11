import type { IResolveContext } from 'cdktf';
import type { RuleQuotas } from '../placement/rule-quotas';
import type { Precondition } from '../terraform/precondition';
import { asBlock } from '../tokens/block-expression';
import { expressionOf, expressionToken, staticKey } from '../tokens/expression';
import { areDistinct, type OnPort, repeated } from '../tokens/list-expression';
import { isUnresolved, isUnresolvedList, itemsOf } from '../tokens/unresolved';
import { blockChecks } from './computed-target-checks';
import type { TargetGroupSettings } from './target-settings';
import { blockOf } from './target-share';

/** The blocks that targets are in. */
export function blocksOf({ target }: TargetGroupSettings): readonly string[] {
  return target._cidrBlocks ?? target._ids ?? [];
}

/** One rule for each place and port. */
export function byPort(places: readonly OnPort[], context: IResolveContext): object {
  return inOrder(places.map((place) => [keyOf(place, context), place]));
}

/** What `for_each` iterates over for the blocks of all endpoints: a map, or an expression where some are lists. */
export function eachBlock(all: readonly TargetGroupSettings[], context: IResolveContext): unknown {
  const map = singleBlocks(all, context);
  const lists = new Set(
    all.filter((each) => isUnresolvedList(blocksOf(each))).map((each) => listedBlocks(each, context)),
  );
  return lists.size === 0 ? map : expressionToken(merged(map, lists, context));
}

/** What Terraform checks of blocks of which it alone knows some: EC2 refuses the second of two rules that are the same. */
export function sharedEgressChecks(
  path: string,
  all: readonly TargetGroupSettings[],
  { rulesPerSecurityGroup: quota }: RuleQuotas,
): Precondition[] {
  const isLiteral = (each: TargetGroupSettings) => !isUnresolved(blocksOf(each)) && !isUnresolved(each.port);
  if (all.every(isLiteral)) return [];
  const rules = (context: IResolveContext) => {
    const map = eachBlock(all, context);
    return `[for r in values(${expressionOf(map, context)}) : "\${r.port} \${r.id}"]`;
  };
  return [
    ...blockChecks(path, 'each.value.id', 'each.value.id'),
    {
      condition: expressionToken((context) => areDistinct(rules(context))),
      errorMessage: `${path}: target: two endpoints lead to one place and port, written in different ways: ${expressionToken((context) => `join(", ", ${repeated(rules(context))})`)}. Write both in the same way. [TargetDuplicate]`,
    },
    ...([4, 6] as const).map((family) => {
      const count = (context: IResolveContext) =>
        `length([for r in ${rules(context)} : r if ${family === 4 ? '!' : ''}can(regex(":", r))])`;
      return {
        condition: expressionToken((context) => `${count(context)} <= ${quota}`),
        errorMessage: `${path}: all targets need ${expressionToken(count)} egress rules of IPv${family}, and a security group has room for ${quota}. Give the targets' securityGroupId, which takes one rule, or write larger blocks. [TooManyEgressRules]`,
      };
    }),
  ];
}

function singleBlocks(all: readonly TargetGroupSettings[], context: IResolveContext): object {
  const entries = all.flatMap((each) =>
    itemsOf(blocksOf(each)).map((text): [string, OnPort] => {
      const { port } = each;
      if (!isUnresolved(text)) return [keyOf({ port, id: blockOf(text) }, context), { id: blockOf(text), port }];
      const id = expressionToken(asBlock(expressionOf(text, context)));
      return [keyOf({ port, id: text }, context), { id, port }];
    }),
  );
  return inOrder(entries);
}

/** The key of the rule for a place and a port. */
export function keyOf({ port, id }: OnPort, context: IResolveContext): string {
  return `${staticKey(port, context)} ${staticKey(id, context)}`;
}

/** The order says nothing of that of the endpoints. */
function inOrder(entries: readonly [key: string, rule: OnPort][]): object {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

// Blocks of several lists, and those that are written out, are one where they have one key.
function listedBlocks(settings: TargetGroupSettings, context: IResolveContext): string {
  const port = expressionOf(settings.port, context);
  const blocks = `toset([for c in ${expressionOf(blocksOf(settings), context)} : ${asBlock('c')}])`;
  return `{for c in ${blocks} : "\${${port}} \${c}" => {id = c, port = ${port}}}`;
}

function merged(map: object, lists: ReadonlySet<string>, context: IResolveContext): string {
  const maps = [...lists].sort();
  if (Object.keys(map).length > 0) maps.unshift(expressionOf(map, context));
  return maps.length === 1 ? maps[0] : `merge(${maps.join(', ')})`;
}
