import { type IResolvable, type IResolveContext, Token } from 'cdktf';
import { isUnknown } from './unresolved';

/**
 * A value in whose texts Terraform sees nothing to evaluate but CDKTF's tokens: what a user has written as a literal is
 * shown as it was written, also where it looks like a template.
 *
 * It is applied to the configuration of every resource that the library makes, so expressions of its own must be tokens
 * as well (`expressionToken`).
 */
export function asLiteral<Value>(value: Value): Value {
  return literal(value) as Value;
}

function literal(value: unknown): unknown {
  if (typeof value === 'string') return literalText(value);
  if (Array.isArray(value)) return value.some(mayBeTemplate) ? value.map(literal) : value;
  return isPlain(value) && Object.entries(value).some((pair) => pair.some(mayBeTemplate))
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [literalText(key), literal(each)]))
    : value;
}

function mayBeTemplate(value: unknown): boolean {
  return typeof value === 'string' ? /[$%]/.test(value) : typeof value === 'object' && value !== null;
}

// Constructs, tokens and everything else that has a class of its own resolve to what they want.
function isPlain(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null || isUnknown(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function literalText(text: string): string {
  if (!/[$%]/.test(text)) return text;
  const parts = text.split(TOKEN);
  if (parts.length === 1) return escaped(text);
  const isTemplate = (part: string, i: number) => i % 2 === 0 && /[$%]\{|\$$/.test(part);
  if (!parts.some(isTemplate)) return text;
  return Token.asString(new MixedText(parts));
}

/** CDKTF would take what is escaped for the beginning of an expression, and write the tokens as parts of that. */
class MixedText implements IResolvable {
  public readonly creationStack: string[] = [];

  /** @param parts literal and token in turn. */
  public constructor(private readonly parts: readonly string[]) {}

  public resolve(context: IResolveContext): string {
    const last = this.parts.length - 1;
    return this.parts
      .map((part, i) => {
        if (i % 2 === 1) return context.resolve(part);
        return i === last ? escaped(part) : beforeToken(escaped(part));
      })
      .join('');
  }

  public toString(): string {
    return '<text>';
  }
}

/** https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1 */
function escaped(text: string): string {
  return text.replace(/[$%]\{/g, (opening) => `${opening[0]}${opening}`);
}

// With the expression of the token behind it, a dollar sign would be an escape as well.
function beforeToken(text: string): string {
  return text.replace(/\$+$/, (dollars) => `\${"${dollars}"}`);
}

/** Tokens of texts, and those of numbers within a text. */
export const TOKEN = /(\$\{TfToken\[[\w:.-]+\]\}|-?\d\.\d+e\+\d+)/;
