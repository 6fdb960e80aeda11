import { Lazy, Token } from 'cdktf';

/** An expression of Terraform as a token, as a user writes one for which CDKTF has no attribute: `var.x`. */
export function expression(text: string): string {
  return template(`\${${text}}`);
}

/** The same for a text with expressions in it. */
export function template(text: string): string {
  return Lazy.stringValue({ produce: () => text });
}

/** The same for a number. */
export function expressionNumber(text: string): number {
  return Token.asNumber(expression(text));
}
