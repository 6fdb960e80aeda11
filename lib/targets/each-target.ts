import type { IResolveContext } from 'cdktf';
import { expressionOf, expressionToken, staticKey } from '../tokens/expression';
import { isUnresolvedList } from '../tokens/unresolved';

/**
 * What `for_each` iterates over for a list of addresses or ids: a map from the value, or the text of its
 * expression where it is known after apply, to the value. A list that is known after apply becomes a set.
 */
export function eachTarget(ids: readonly string[], context: IResolveContext): unknown {
  return isUnresolvedList(ids)
    ? expressionToken(`toset(${expressionOf(ids, context)})`)
    : Object.fromEntries(ids.map((id) => [staticKey(id, context), id]));
}
