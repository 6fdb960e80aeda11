import { Fn, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { resolve } from 'cdktf/lib/_tokens';
import fc from 'fast-check';
import { templateIn } from '../../lib/allowlist-file/template-text';
import { runs } from '../support/property-runs';

const stack = new TerraformStack(Testing.app(), 'prod');
const variable = new TerraformVariable(stack, 'x', { type: 'any' });
const TOKENS = [
  variable.stringValue,
  String(variable.numberValue),
  variable.listValue[0],
  String(Token.asNumberList(variable.value)[0]),
  Object.keys(Token.asStringMap(variable.value))[0],
  Fn.upper(variable.stringValue),
];

test.each([...TOKENS, '${x}', '%{ if x }', '$${x}', 'a -1.8881545897087505e+289 b'])('%j is no text', (token) => {
  expect(templateIn(token)).toBeDefined();
  expect(templateIn(`SEC ${token}`)).toBeDefined();
});

test('what CDKTF shows for the values of a map is no text by itself', () => {
  const [value] = Object.values(Token.asStringMap(variable.value));

  expect(templateIn(String(value))).toBeDefined();
});

test.each(['$5 {net}', 'a#{b}', '&{x}', '5e+3', '-1.5e+300', 'e+1', '', '%', '$', '1-1.8881545897087505e+289'])(
  '%j is text',
  (text) => {
    expect(templateIn(text)).toBeUndefined();
  },
);

test('what is text stays as it is on its way through CDKTF', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...TOKENS,
      '${',
      '%{',
      '#{TfToken[',
      '&{TfToken[',
      ']}',
      'TOKEN.0',
      'e+',
      'e',
      '-',
      '.',
      '|',
      '289',
    ),
    fc.integer({ min: 0, max: 99 }).map(String),
    fc.stringMatching(/^[a-z ]{0,3}$/),
    fc.double().map(String),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')),
      (text) => {
        fc.pre(templateIn(text) === undefined);
        expect(resolve(stack, text)).toBe(text);
      },
    ),
    { numRuns: runs(2000) },
  );
});
