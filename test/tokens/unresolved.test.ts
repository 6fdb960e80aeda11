import { Fn, Lazy, ref, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import * as fc from 'fast-check';
import { isUnresolved, isUnresolvedList, mayHoldTokens } from '../../lib/tokens/unresolved';

const stack = new TerraformStack(Testing.app(), 'prod');
const variable = new TerraformVariable(stack, 'x', { type: 'any' });

const TOKENS: [string, unknown][] = [
  ['a string token', variable.stringValue],
  ['a string token with text around it', `a${variable.stringValue}b`],
  ['a number token', variable.numberValue],
  ['a list token', variable.listValue],
  ['a number list token', Token.asNumberList(variable.value)],
  ['a map token', Token.asStringMap(variable.value)],
  ['a number map token', Token.asNumberMap(variable.value)],
  ['a reference', variable.value],
  ['a reference by hand', ref('aws_lb.x')],
  ['a lazy value', Lazy.anyValue({ produce: () => 1 })],
  ['a function', Fn.upper(variable.stringValue)],
];

const PLAIN: [string, unknown][] = [
  ['an empty string', ''],
  ['a string', 'vpc-0a'],
  ['a string with a dollar', '$5 {net}'],
  ['zero', 0],
  ['a negative number', -1],
  ['the least number', -Number.MAX_VALUE],
  ['minus infinity', Number.NEGATIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['no number', Number.NaN],
  ['true', true],
  ['nothing', undefined],
  ['null', null],
  ['an empty list', []],
  ['a list', ['a', 'b']],
  ['an empty map', {}],
  ['a map', { a: 'b' }],
];

test.each(TOKENS)('%s is unknown, as CDKTF says', (_, value) => {
  expect(Token.isUnresolved(value)).toBe(true);
  expect(isUnresolved(value)).toBe(true);
});

test.each(PLAIN)('%s is known, as CDKTF says', (_, value) => {
  expect(Token.isUnresolved(value)).toBe(false);
  expect(isUnresolved(value)).toBe(false);
});

test.each(['${var.x}', 'a-${aws_eip.nat.id}', '%{ if var.x }a%{ endif }', '${TfToken[', '#{TfToken', '&{x}'])(
  'the text %j is known, whatever it looks like',
  (text) => {
    expect(Token.isUnresolved(text)).toBe(false);
    expect(isUnresolved(text)).toBe(false);
  },
);

test.each(TOKENS)('%s may be a token or hold one, however deep', (_, value) => {
  for (const nested of [value, [value], { a: value }, { a: ['b', { c: value }] }]) {
    expect(mayHoldTokens(nested)).toBe(true);
  }
});

test('a number token within a text is a token, and so is one in a key', () => {
  expect(mayHoldTokens(`port ${variable.numberValue}`)).toBe(true);
  expect(mayHoldTokens({ [variable.stringValue]: 'a' })).toBe(true);
});

test.each(PLAIN)('%s holds no token, however deep', (_, value) => {
  for (const nested of [value, [value], { a: value }, { a: ['b', { c: value }] }]) {
    expect(mayHoldTokens(nested)).toBe(false);
  }
});

test('a list with a token in it is unknown', () => {
  expect(isUnresolved(['a', variable.stringValue])).toBe(true);
});

test('every text is known, as CDKTF says', () => {
  const odd = fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '#', '&', 'TfToken[', ']', 'a', '.') });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), odd), (text) => {
      fc.pre(!/TfToken\[[\w:.-]+\]\}/.test(text));
      expect(isUnresolved(text)).toBe(Token.isUnresolved(text));
    }),
  );
});

test('every number is known, as CDKTF says', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer(), fc.double()), (number) => {
      expect(isUnresolved(number)).toBe(Token.isUnresolved(number));
    }),
  );
});

describe('a list of unknown length', () => {
  test('is a list token', () => {
    expect(isUnresolvedList(variable.listValue)).toBe(true);
    expect(isUnresolvedList(Fn.sort(variable.listValue))).toBe(true);
  });

  test('is not a list with tokens in it', () => {
    expect(isUnresolvedList(['a', variable.stringValue])).toBe(false);
    expect(isUnresolvedList([])).toBe(false);
  });
});
