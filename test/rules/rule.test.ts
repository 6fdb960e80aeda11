import { applyRules, type Rule } from '../../lib/rules/rule';

const EVEN: Rule<number> = {
  name: 'NumberOdd',
  because: 'Odd numbers are refused.',
  check: (value) =>
    value % 2 === 0 ? undefined : { property: 'number', value, reason: 'is odd', remedy: 'Write an even one.' },
};

test('a rule that finds nothing reports nothing', () => {
  expect(applyRules([EVEN], 2)).toEqual([]);
});

test('what a rule finds carries its name', () => {
  expect(applyRules([EVEN], 3)).toEqual([
    { rule: 'NumberOdd', property: 'number', value: 3, reason: 'is odd', remedy: 'Write an even one.' },
  ]);
});

test('all findings of all rules are reported, in their order', () => {
  const twice: Rule<number> = {
    name: 'Twice',
    because: 'It finds everything twice.',
    check: () => ['a', 'b'].map((property) => ({ property, reason: 'is there', remedy: 'Take it away.' })),
  };

  expect(applyRules([twice, EVEN, twice], 1).map(({ rule, property }) => `${rule} ${property}`)).toEqual([
    'Twice a',
    'Twice b',
    'NumberOdd number',
    'Twice a',
    'Twice b',
  ]);
});

test('an empty list of findings is none', () => {
  expect(applyRules([{ name: 'Nothing', because: 'It finds nothing.', check: () => [] }], 1)).toEqual([]);
});
