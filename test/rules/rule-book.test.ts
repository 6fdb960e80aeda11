import { chapter, ruleBook } from '../../lib/rules/rule-book';

const [ODD, LARGE] = ['Odd numbers are refused.', 'Large numbers are refused.'];

/** Two rules that one look at the number decides between; `looks` counts the looks. */
function numbers() {
  let looks = 0;
  const book = chapter({ NumberOdd: { because: ODD }, NumberLarge: { because: LARGE } }, (value: number) => {
    looks++;
    return [
      ...(value % 2 === 0 ? [] : [{ rule: 'NumberOdd' as const, property: 'n', value, reason: 'is odd', remedy: 'x' }]),
      ...(value < 10 ? [] : [{ rule: 'NumberLarge' as const, property: 'n', value, reason: 'is large', remedy: 'x' }]),
    ];
  });
  return { book, looks: () => looks };
}

test('one look finds what breaks any rule of a chapter', () => {
  const { book, looks } = numbers();

  expect(book.check(11).map(({ rule }) => rule)).toEqual(['NumberOdd', 'NumberLarge']);
  expect(looks()).toBe(1);
});

test('a book has the names of all its rules, and their findings in the order of its parts', () => {
  const single = {
    name: 'NumberUnlucky',
    because: 'It is said so.',
    check: (value: number) =>
      value === 13 ? { property: 'n', value, reason: 'is unlucky', remedy: 'Write 12.' } : undefined,
  };
  const book = ruleBook(single, numbers().book);

  expect(book.names.map(({ name, because }) => [name, because])).toEqual([
    ['NumberUnlucky', 'It is said so.'],
    ['NumberOdd', ODD],
    ['NumberLarge', LARGE],
  ]);
  expect(book.check(13).map(({ rule }) => rule)).toEqual(['NumberUnlucky', 'NumberOdd', 'NumberLarge']);
  expect(book.check(2)).toEqual([]);
});

test('a token is not shown, whichever kind of rule finds it', () => {
  const book = chapter({ Found: { because: 'It is there.' } }, (value: string) => [
    { rule: 'Found' as const, property: 'n', value, reason: 'is there', remedy: 'Take it out.' },
  ]);

  expect(book.check('${TfToken[TOKEN.0]}')).toEqual([
    { rule: 'Found', property: 'n', value: undefined, reason: 'is there', remedy: 'Take it out.' },
  ]);
});
