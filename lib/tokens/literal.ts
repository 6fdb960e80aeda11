import { type IResolvable, type IResolveContext, Token } from 'cdktf';
import { isUnresolved } from './unresolved';

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
  // Most is what it was, and is not copied.
  if (Array.isArray(value)) {
    if (!value.some(mayBeTemplate)) return value;
    const known = value.map(literal);
    return known.some((each, i) => each !== value[i]) ? known : value;
  }
  if (!isPlain(value)) return value;
  const keys = Object.keys(value);
  if (!keys.some((key) => mayBeTemplate(key) || mayBeTemplate(value[key]))) return value;
  const known = keys.map((key) => [literalText(key), literal(value[key])] as const);
  return known.some(([key, each], i) => key !== keys[i] || each !== value[keys[i]]) ? Object.fromEntries(known) : value;
}

function mayBeTemplate(value: unknown): boolean {
  return typeof value === 'string' ? /[$%]/.test(value) : typeof value === 'object' && value !== null;
}

/** Constructs, tokens and everything else with its own class resolve to whatever they choose. */
export function isPlain(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null || isUnresolved(value)) return false;
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
  /** @param parts literal and token in turn. */
  public constructor(private readonly parts: readonly string[]) {}

  public get creationStack(): string[] {
    return [];
  }

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
