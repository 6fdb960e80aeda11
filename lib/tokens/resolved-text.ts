import { DefaultTokenResolver, StringConcat, Token, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import { withoutBraces } from './expression';
import { isUnknown, isUnknownList } from './unresolved';

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
  return isUnknown(text) ? resolvedText(scope, text) : text;
}

/** A text that stands for a list which is known after apply. */
export function listText(list: readonly string[]): string {
  return Token.asString(list);
}

/** Ids whose order means nothing, in one that depends on nothing but themselves. */
export function inOrder(scope: Construct, ids: readonly string[]): string[] {
  if (isUnknownList(ids)) return ids as string[];
  const known = ids.map((id) => ({ id, text: resolvedText(scope, id) }));
  return known.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ id }) => id);
}
