import type { IResolveContext } from 'cdktf';

/** The Terraform expression for a value, to be put inside a larger expression: a token's reference, or a literal. */
export function expressionOf(value: unknown, context: IResolveContext): string {
  const resolved = context.resolve(value);
  const whole = typeof resolved === 'string' ? /^\$\{((?:(?!\$\{).)*)\}$/s.exec(resolved) : null;
  return whole ? whole[1] : JSON.stringify(resolved);
}

/**
 * A key for a value that may only be known at apply, as `for_each` needs keys when it plans: the text of the
 * expression itself, such as `aws_eip.nat.public_ip`. It does not depend on the order of anything.
 */
export function staticKey(value: string, context: IResolveContext): string {
  return String(context.resolve(value)).replace(/\$\{|\}/g, '');
}
