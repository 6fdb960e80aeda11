import { type IResolveContext, type TerraformElement, Token } from 'cdktf';
import { Deferred } from './deferred';
import { asLiteral, isPlain } from './literal';
import { mayHoldTokens } from './unresolved';

/** The Terraform expression for a value, to be put inside a larger expression: a token's reference, or a literal. */
export function expressionOf(value: unknown, context: IResolveContext): string {
  return expression(context.resolve(asLiteral(value)));
}

/** An expression that the library generates, such as `each.key`, or one that needs other values resolved first. */
export function expressionToken(expression: string | ((context: IResolveContext) => string)): string {
  return typeof expression === 'string'
    ? textToken(() => `\${${expression}}`, expression)
    : textToken((context) => `\${${expression(context)}}`);
}

/** What the tokens of the library's own texts stand for. CDKTF never forgets one either. */
const OWN_TEXTS = new Map<string, Deferred>();

function textToken(produce: (context: IResolveContext) => string, reads?: unknown): string {
  const deferred = new Deferred(produce, reads);
  const token = Token.asString(deferred);
  OWN_TEXTS.set(token, deferred);
  return token;
}

/** A value with those texts in place of their tokens, without the search that CDKTF makes for each of them. */
export function withOwnTexts(value: unknown, context: IResolveContext): unknown {
  if (typeof value === 'string') return OWN_TEXTS.get(value)?.resolve(context) ?? value;
  if (Array.isArray(value)) {
    return value.filter((each) => each !== undefined).map((each) => withOwnTexts(each, context));
  }
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withOwnTexts(each, context)]));
}

/** Whether something of another stack may be in a value, however deep: then CDKTF has to prepare both stacks for it. */
export function mayReferElsewhere(value: unknown): boolean {
  if (typeof value === 'string') return mayHoldTokens(value) && (OWN_TEXTS.get(value)?.mayReferElsewhere ?? true);
  if (typeof value !== 'object' || value === null) return mayHoldTokens(value);
  if (Array.isArray(value)) return value.some(mayReferElsewhere);
  if (value instanceof Deferred) return value.mayReferElsewhere;
  // Whatever has a class of its own, such as a dynamic block, may hold anything, itself among it.
  if (Object.getPrototypeOf(value) !== Object.prototype) return true;
  return Object.keys(value).some(mayHoldTokens) || mayAnyReferElsewhere(value);
}

/** The same for what is in an object whose keys are known. Most of a resource's attributes are not set. */
export function mayAnyReferElsewhere(values: object): boolean {
  for (const value of Object.values(values)) if (value !== undefined && mayReferElsewhere(value)) return true;
  return false;
}

function expression(resolved: unknown): string {
  if (Array.isArray(resolved)) return `[${resolved.map(expression).join(',')}]`;
  if (typeof resolved === 'object' && resolved !== null) {
    const properties = Object.entries(resolved).filter(([, each]) => each !== undefined);
    return `{${properties.map(([name, each]) => `${JSON.stringify(name)}:${expression(each)}`).join(',')}}`;
  }
  if (typeof resolved !== 'string') return JSON.stringify(resolved);
  const parts = partsOf(resolved);
  return parts.length === 1 && parts[0].startsWith('${')
    ? parts[0].slice(2, -1)
    : `"${parts.map((part) => (/^[$%]\{/.test(part) ? part : JSON.stringify(part).slice(1, -1))).join('')}"`;
}

/**
 * An attribute of a resource, as its own getter names it, for a resource of the same stack. The getter's token can be
 * used in other stacks too, costs a stack trace and the search for it, and fixes the logical id of the resource, which
 * users may override as long as nothing is written out.
 */
export function attributeOf(resource: Addressed, attribute: string): string {
  return textToken(() => attributeText(resource, attribute), attribute);
}

/** The same of a data source. */
export function dataAttributeOf(data: Addressed, attribute: string): string {
  return textToken(() => `\${data.${addressIn(data)}.${attribute}}`);
}

/** What the token of a resource's attribute becomes, for what is written beside the stack's JSON. */
export function attributeText(resource: Addressed, attribute: string): string {
  return `\${${addressIn(resource)}.${attribute}}`;
}

/** The address of a resource in its own stack, as `depends_on` takes it. */
export function addressOf(resource: Addressed): string {
  return textToken(() => addressIn(resource), []);
}

interface Addressed extends TerraformElement {
  readonly terraformResourceType: string;
}

/** The address in an expression that is being written. */
export function addressIn({ terraformResourceType, friendlyUniqueId }: Addressed): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/**
 * A key for a value that may only be known at apply, as `for_each` needs keys at plan time: the text of the expression
 * itself, such as `aws_eip.nat.public_ip`. It does not depend on the order of anything.
 */
export function staticKey(value: string | number, context: IResolveContext): string {
  return withoutBraces(String(mayHoldTokens(value) ? context.resolve(value) : value));
}

/** A number that is an expression of the library's own. */
export function numberToken(expression: string): number {
  return Token.asNumber(new Deferred(() => `\${${expression}}`));
}

/** The text of a template, with nothing in it that Terraform would evaluate. */
export function withoutBraces(template: string): string {
  return template.replace(/[$%]\{|\}/g, '');
}

/** Cuts a template into its texts and its interpolations, `${...}` and `%{...}`. */
function partsOf(template: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < template.length; at++) {
    if (!opens(template, at)) continue;
    if (at > from) parts.push(template.slice(from, at));
    from = endOfInterpolation(template, at + 2) + 1;
    parts.push(template.slice(at, from));
    at = from - 1;
  }
  if (from < template.length) parts.push(template.slice(from));
  return parts;
}

// Twice the sign is an escape.
function opens(text: string, at: number): boolean {
  return (text[at] === '$' || text[at] === '%') && text[at + 1] === '{' && text[at - 1] !== text[at];
}

function endOfInterpolation(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '"') at = endOfString(text, at + 1);
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}

function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (opens(text, at)) at = endOfInterpolation(text, at + 2);
    else if (text[at] === '"') return at;
  }
  return text.length;
}
