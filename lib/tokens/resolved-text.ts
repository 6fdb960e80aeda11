import { DefaultTokenResolver, StringConcat, Token, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import { withoutBraces } from './expression';
import { isUnresolved, isUnresolvedList } from './unresolved';

/**
 * A value with the expressions in place of its tokens, which are numbered as they come: the same value has the same
 * text in every run.
 */
export function resolvedText(scope: Construct, value: unknown): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolved = Tokenization.resolve(value, { scope, resolver, preparing: false });
  return withoutBraces(typeof resolved === 'string' ? resolved : JSON.stringify(resolved));
}

/** The same for a text; a literal stays as it is. */
export function expressionText(scope: Construct, text: string): string {
  return isUnresolved(text) ? resolvedText(scope, text) : text;
}

/** A string that stands for a list known after apply. */
export function listText(list: readonly string[]): string {
  return Token.asString(list);
}

/** Ids whose order does not matter, in an order that depends only on the ids. */
export function inOrder(scope: Construct, ids: readonly string[]): string[] {
  if (isUnresolvedList(ids)) return ids as string[];
  const known = ids.map((id) => ({ id, text: resolvedText(scope, id) }));
  return known.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ id }) => id);
}
