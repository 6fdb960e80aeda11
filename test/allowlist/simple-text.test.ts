import fc from 'fast-check';
import { type LocatedValue, parseFully, parseLocated } from '../../lib/allowlist/located-value';
import { parseSimple } from '../../lib/allowlist/simple-text';

const SIMPLE_TEXTS: readonly (readonly [what: string, text: string])[] = [
  [
    'lists and maps in block style',
    'owner: a@example.com\nentries:\n  - cidr: 52.20.30.40/32\n    description: Client 1\n',
  ],
  [
    'a list as far left as its key',
    'entries:\n- 52.20.30.40\n-   cidr: 2600:1f18::/48\n    ticket: SEC-1\nversion: 1\n',
  ],
  ['comments and empty lines', '# who\n\nentries: # below\n # here\n  - a # there\n      # and here\n  - b#c\n\n# end'],
  ['the start of a document', '# who\n---\nentries:\n  - a\n'],
  ['quotes', `a: "b: # c"\nd: 'e "f"' # g\nh: "i\\u0041\\n\\/"\nj: ""\n`],
  ['flow collections', 'include: [a/b.yaml, "c", \'d\']\nlabels: { tier: gold, "a b": [1, true] } # c\nempty: []\n'],
  ['numbers, flags and dates', 'a: 0\nb: 100\nc: true\nd: False\ne: 2031-01-31\nf: 10.0.0.0/8\ng: 2001:db8::/32\n'],
  ['texts with odd characters', '$schema: ./a.json\nb: it\'s [x] {y}, "z" | > & * ! % @ `\nc: (d) é\n'],
  ['JSON on one line', '{"entries":[{"cidr":"52.20.30.40/32","labels":{}},"10.0.0.0/8"],"version":1}'],
  ['JSON on several lines', '{\n  "entries": [\n    { "cidr": "52.20.30.40/32" },\n    "10.0.0.0/8"\n  ]\n}\n'],
];

describe('the quick reader takes', () => {
  test.each(SIMPLE_TEXTS)('%s', (_, text) => {
    expect(parseSimple(text)).toBeDefined();
    expect(parseSimple(text)).toEqual(parseFully(text));
  });
});

describe('the quick reader leaves to the full one', () => {
  test.each([
    ['an empty text', ''],
    ['a scalar', 'a'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a key twice in JSON', '{"a": 1, "a": 2}'],
    ['a text over several lines', 'a: b\n  c\n'],
    ['a quoted text over several lines', 'a: "b\n  c"\n'],
    ['a block of text', 'a: |\n  b\n'],
    ['a flow collection over several lines', 'a: [\n  b]\n'],
    ['a value that is missing', 'a:\nb: c\n'],
    ['an item that is missing', '-\n- a\n'],
    ['null', 'a: null\n'],
    ['a number that is not whole', 'a: 1.5\n'],
    ['a number with an exponent', 'a: 2e3\n'],
    ['a number with leading zeros', 'a: 007\n'],
    ['a large number', 'a: 12345678901234567890\n'],
    ['a key that is no text', 'true: a\n'],
    ['a key that is a number', '1: a\n'],
    ['a list of lists', '- - a\n'],
    ['an anchor', 'a: &x b\n'],
    ['an alias', 'a: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a directive', '%YAML 1.1\n---\na: yes\n'],
    ['a second document', 'a: b\n---\na: c\n'],
    ['the end of a document', 'a: b\n...\n'],
    ['a tab', 'a:\tb\n'],
    ['a carriage return', 'a: b\r\nc: d\r\n'],
    ['an escaped quote', "a: 'it''s'\n"],
    ['an escape that JSON does not know', 'a: "\\x41"\n'],
    ['a comma too many', '["a",]'],
    ['a comment without a space', 'a: "b"#c\n'],
    ['a map in the wrong column', 'a:\n  b: c\n d: e\n'],
    ['a map in a text', 'a: b: c\n'],
    ['a pair in a list', '[a: b]'],
    ['something after the end', '["a"] b'],
  ])('%s', (_, text) => {
    expect(parseSimple(text)).toBeUndefined();
    expect(parseLocated(text)).toEqual(parseFully(text));
  });
});

/** A value of a file, without its place. */
type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

// Tame ones are frequent: a text with one odd word in it is left to the full reader as a whole.
const word = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      'Metabase Cloud',
      '52.20.30.40/32',
      '2600:1f18::/48',
      '10.1.2.3',
      '2031-01-31',
      'SEC-12',
    ),
    weight: 20,
  },
  fc.constantFrom('true', 'null', '1.5', '1e5', '~', '- a', 'a: b', 'a #b', '#a', ' a', 'a ', "it's", 'say "a"', ''),
  fc.string({ maxLength: 12 }),
);
const key = fc.oneof(
  { arbitrary: fc.constantFrom('owner', 'cidr', 'description', 'entries', 'labels', '$schema'), weight: 20 },
  fc.constantFrom('true', 'null', '1', '__proto__', 'a b'),
);
const plain: fc.Arbitrary<Plain> = fc.letrec<{ node: Plain }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.oneof({ arbitrary: word, weight: 4 }, fc.nat(), fc.boolean()),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.uniqueArray(fc.tuple(key, tie('node')), { maxLength: 4, selector: ([name]) => name }).map(Object.fromEntries),
  ),
})).node;

/** Writes a value in one of the styles that people and programs use. */
function write(value: Plain, indent: number, style: () => number): string {
  const pad = ' '.repeat(indent);
  const end =
    style() === 0 ? ' # note\n' : style() === 1 ? '\n\n' : style() === 2 ? `\n${' '.repeat(style())}# note\n` : '\n';
  if (typeof value !== 'object') return ` ${scalar(value, style)}${end}`;
  const isList = Array.isArray(value);
  const items = Object.entries(value) as [string, Plain][];
  if (items.length === 0 || style() === 0) return ` ${flow(value, style)}${end}`;
  const lines = items.map(([name, each]) => {
    if (!isList)
      return `${pad}${scalar(name, style)}:${write(each, indent + 2 - (Array.isArray(each) && style() < 3 ? 2 : 0), style)}`;
    const gap = ' '.repeat(1 + (style() % 3));
    const nested = typeof each === 'object' && !Array.isArray(each) ? write(each, indent + 1 + gap.length, style) : '';
    return nested.startsWith('\n') ? `${pad}-${gap}${nested.trimStart()}` : `${pad}-${write(each, indent + 2, style)}`;
  });
  return `\n${lines.join('')}`;
}

function scalar(value: string | number | boolean, style: () => number): string {
  if (typeof value !== 'string' || style() < 4) return String(value);
  return style() < 4 ? `'${value}'` : JSON.stringify(value);
}

function flow(value: Plain, style: () => number): string {
  if (typeof value !== 'object') return scalar(value, style);
  if (Array.isArray(value)) return `[${value.map((each) => flow(each, style)).join(', ')}]`;
  const pairs = Object.entries(value).map(([name, each]) => `${scalar(name, style)}: ${flow(each, style)}`);
  return style() < 4 ? `{ ${pairs.join(', ')} }` : `{${pairs.join(',')}}`;
}

const written = fc.tuple(plain, fc.infiniteStream(fc.nat(7))).map(([value, styles]) => {
  const style = () => styles.next().value as number;
  return style() < 2
    ? JSON.stringify(value, undefined, style() < 4 ? undefined : 2)
    : write(value, 0, style).replace(/^\s*/, '');
});

/** Cuts out, doubles or inserts pieces: what nobody writes on purpose. */
const damaged = fc
  .tuple(
    written,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(4),
        fc.constantFrom(...' \n:#-,[]{}"\'&*!|>%@`?.~01ae', '- ', ': ', ' #', '---\n', '\u2028', '\ufeff', 'é'),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((before, [place, cut, insert]) => {
      const at = place % (before.length + 1);
      return before.slice(0, at) + insert + before.slice(at + cut);
    }, text),
  );

const STYLES = [
  ['as they are written', written],
  ['with damage', damaged],
] as const;

describe.each(STYLES)('texts %s', (_, texts) => {
  test('are read by the quick reader as by the full one, or not at all', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const simple: LocatedValue | undefined = parseSimple(text);
        if (simple !== undefined) expect(simple).toEqual(parseFully(text));
      }),
      { numRuns: 10_000 },
    );
  });

  test('are often read by the quick reader', () => {
    const taken = fc.sample(texts, { numRuns: 1000, seed: 1 }).filter((text) => parseSimple(text) !== undefined);

    expect(taken.length).toBeGreaterThan(40);
  });
});
