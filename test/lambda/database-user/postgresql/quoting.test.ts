import { identifier, literal } from '../../../../lambda/database-user/postgresql/quoting';

test('a quote in a name is doubled', () => {
  expect(identifier('or"ders; --')).toBe('"or""ders; --"');
});

test.each([
  ['x'.repeat(63), undefined],
  ['x'.repeat(64), 'has 64 bytes, and PostgreSQL takes 63'],
  ['é'.repeat(32), 'has 64 bytes'],
  ['', 'is empty'],
  ['a\0', 'has a NUL'],
])('the name %j is taken or refused', (name, problem) => {
  if (problem === undefined) expect(identifier(name)).toBe(`"${name}"`);
  else expect(() => identifier(name)).toThrow(problem);
});

test.each([
  ['plain', "'plain'"],
  ["it's", "'it''s'"],
  ["\\'; --", " E'\\\\''; --'"],
])('the literal of %j', (text, quoted) => {
  expect(literal(text)).toBe(quoted);
});
