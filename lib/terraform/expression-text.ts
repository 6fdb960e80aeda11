import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import { isUnknown } from '../unknown';
import { withoutBraces } from './expression';

/**
 * A text for a value that is the same in every run: the expression that a token stands for, or the literal itself.
 * Tokens are numbered as they come.
 */
export function expressionText(scope: Construct, text: string): string {
  if (!isUnknown(text)) return text;
  const resolver = new DefaultTokenResolver(new StringConcat());
  return withoutBraces(String(Tokenization.resolve(text, { scope, resolver, preparing: false })));
}
