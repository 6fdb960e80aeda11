import type { IResolveContext } from 'cdktf';
import { asBlock } from '../tokens/block-expression';
import { ForEach } from '../tokens/deferred';
import { expressionOf, expressionToken, staticKey } from '../tokens/expression';
import { type Allowlist, type AllowlistValue, describe } from './allowlist';
import { detailsOf } from './rule-details';
import { writtenDetails } from './rule-tags';

/**
 * Blocks that are tokens, one by one.
 *
 * @param ruleTags whether rules are tagged with what their entries say.
 */
export function computedEntries(values: readonly AllowlistValue[], ruleTags: boolean): ForEach {
  return entriesByExpression(values, ({ text, source }, context) => ({
    cidr: expressionToken(asBlock(expressionOf(text, context))),
    description: describe(source),
    ...writtenDetails(ruleTags ? detailsOf(source) : undefined),
  }));
}

/** A map from the text of each value's expression. */
export function entriesByExpression<Value extends AllowlistValue>(
  values: readonly Value[],
  entryOf: (value: Value, context: IResolveContext) => unknown,
): ForEach {
  return ForEach.deferred((context) =>
    Object.fromEntries(values.map((value) => [staticKey(value.text, context), entryOf(value, context)])),
  );
}

/** Lists that are tokens, as one map by block. Terraform must know them when it plans. */
export function listedEntries(lists: Allowlist['lists'], ruleTags: boolean): ForEach {
  return ForEach.deferred((context) => {
    const maps = lists.map(({ list, source }) => {
      // An address and the block of that address are one key.
      const blocks = `toset([for c in ${expressionOf(list, context)} : ${asBlock('c')}])`;
      const description = expressionOf(describe(source), context);
      const details = Object.entries(writtenDetails(ruleTags ? detailsOf(source) : undefined))
        .map(([name, text]) => `, ${name} = ${expressionOf(text, context)}`)
        .join('');
      return `{for c in ${blocks} : c => {cidr = c, description = ${description}${details}}}`;
    });
    maps.sort();
    return expressionToken(maps.length === 1 ? maps[0] : `merge(${maps.join(', ')})`);
  });
}
