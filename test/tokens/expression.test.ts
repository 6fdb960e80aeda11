import { Fn, type IResolveContext, TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { Deferred } from '../../lib/tokens/deferred';
import { expressionOf, staticKey } from '../../lib/tokens/expression';
import { template } from '../support/expression';
import { synthesize } from '../support/synthesis';

/** What a function of the library makes of a value while CDKTF writes the stack out. */
function resolved(
  make: (stack: TerraformStack) => unknown,
  read: (value: unknown, context: IResolveContext) => unknown,
): unknown {
  const tf = synthesize((stack) => {
    const value = make(stack);
    new TerraformOutput(stack, 'result', { value: new Deferred((context) => ({ read: read(value, context) })) });
  });
  return (tf.output?.result?.value as { read: unknown } | undefined)?.read;
}

const text = (stack: TerraformStack) => new TerraformVariable(stack, 'owner', { type: 'string' }).stringValue;
const number = (stack: TerraformStack) => new TerraformVariable(stack, 'count', { type: 'number' }).numberValue;
const list = (stack: TerraformStack) => new TerraformVariable(stack, 'items', { type: 'list(string)' }).listValue;

describe('the expression for a value inside a larger one', () => {
  const expression = (make: (stack: TerraformStack) => unknown) => resolved(make, expressionOf);

  test.each<[string, (stack: TerraformStack) => unknown, string]>([
    ['a text is a literal', () => 'Team "blue" \\ red', '"Team \\"blue\\" \\\\ red"'],
    ['a token is its reference', text, 'var.owner'],
    ['a number token is its reference', number, 'var.count'],
    ['a list token is its reference', list, 'var.items'],
    ['a list is a literal', () => ['a', 'b'], '["a","b"]'],
    ['a list of tokens is a literal with references', (stack) => ['a', text(stack)], '["a",var.owner]'],
    [
      'a map of maps and lists is a literal with references',
      (stack) => ({ a: { b: [text(stack), `by ${number(stack)}`] }, c: undefined, d: 5 }),
      '{"a":{"b":[var.owner,"by ${var.count}"]},"d":5}',
    ],
    ['quotes within a reference stay as they are', () => [template('${var.x["a"]}')], '[var.x["a"]]'],
    ['a function is itself', (stack) => Fn.upper(text(stack)), 'upper(var.owner)'],
    ['a token with text around it is a template', (stack) => `by ${text(stack)}!`, '"by ${var.owner}!"'],
    ['a token with text behind it is a template', (stack) => `${text(stack)}!`, '"${var.owner}!"'],
    ['a token with text before it is a template', (stack) => `by ${text(stack)}`, '"by ${var.owner}"'],
    ['a token with braces behind it is a template', (stack) => `${text(stack)} {x}`, '"${var.owner} {x}"'],
    ['a map is a literal', () => ({ a: 'b' }), '{"a":"b"}'],
    ['an empty text is a literal', () => '', '""'],
    ['an expression with braces is itself', () => template('${lookup({ a = "}" }, "a")}'), 'lookup({ a = "}" }, "a")'],
    [
      'an expression with a template in it is itself',
      () => template('${upper("${var.a} {\\"x\\"}")}'),
      'upper("${var.a} {\\"x\\"}")',
    ],
    [
      'an expression with braces is kept between texts',
      () => template('a "b" ${lookup({ a = "}" }, "a")} {c}'),
      '"a \\"b\\" ${lookup({ a = "}" }, "a")} {c}"',
    ],
    ['a directive is a template', () => template('%{ if var.a }x%{ endif }'), '"%{ if var.a }x%{ endif }"'],
    ['a template that never ends is left to Terraform', () => template('${upper("a'), 'upper("'],
    ['a text that looks like a template is a literal', () => 'a ${var.x} %{ if y }', '"a $${var.x} %%{ if y }"'],
    ['a key that looks like a template is a literal', () => ({ '${a}': 'b' }), '{"$${a}":"b"}'],
    ['a text that looks like one around a token', (stack) => `\${a ${text(stack)}}`, '"$${a ${var.owner}}"'],
    ['a dollar sign before a token', (stack) => `$${text(stack)}`, '"${"$"}${var.owner}"'],
    ['two tokens are a template', (stack) => text(stack).repeat(2), '"${var.owner}${var.owner}"'],
  ])('%s', (_, make, written) => {
    expect(expression(make)).toBe(written);
  });
});

describe('the key of a value that may be unknown', () => {
  const key = (make: (stack: TerraformStack) => string) =>
    resolved(make, (value, context) => staticKey(String(value), context));

  test.each<[string, (stack: TerraformStack) => string, string]>([
    ['a known value is its own key', () => 'pl-0a', 'pl-0a'],
    ['a token is keyed by its reference', text, 'var.owner'],
    ['a token with text around it is keyed by both', (stack) => `${text(stack)}/32`, 'var.owner/32'],
    ['a reference written by hand is keyed like one', () => template('${var.owner}'), 'var.owner'],
  ])('%s', (_, make, written) => {
    expect(key(make)).toBe(written);
  });

  test.each<[string, (stack: TerraformStack) => string]>([
    ['an expression', (stack) => Fn.join('.', [text(stack), 'example', Fn.element(list(stack), 0)])],
    ['a directive', () => template('%{ if var.open }52.20.30.40/32%{ endif }')],
  ])('%s leaves nothing in the key that Terraform would evaluate, as keys must be known when it plans', (_, make) => {
    expect(key(make)).not.toMatch(/[$%]\{/);
  });
});

test('a deferred value that is turned into a text by mistake is recognizable', () => {
  expect(String(new Deferred(() => 1))).toBe('<deferred>');
});
