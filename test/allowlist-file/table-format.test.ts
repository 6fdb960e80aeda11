import type { AboutEntry, AllowlistEntry } from '../../lib/allowlist/allowlist-entry';
import { type AllowlistContent, readAllowlistFiles } from '../../lib/allowlist-file/allowlist-reader';
import { describeProblem } from '../../lib/rules/endpoint-error';
import { problemsOf } from './bad-files';

function content(path: string, text: string | Uint8Array, groups?: readonly string[]): AllowlistContent {
  return readAllowlistFiles(path, () => text, { groups });
}

/** Entries with what is said about them in one object. */
function entries(path: string, text: string | Uint8Array): readonly (Omit<AllowlistEntry, 'about'> & AboutEntry)[] {
  const { entries, problems } = content(path, text);
  expect(problems.map(describeProblem)).toEqual([]);
  return entries.map(({ about, ...entry }) => ({ ...entry, ...about }));
}

function blocks(path: string, text: string | Uint8Array): (string | undefined)[] {
  return entries(path, text).map(({ value }) => value);
}

describe('a table', () => {
  test('says by the names of its columns what YAML says by keys', () => {
    const table = [
      'cidr,prefixList,maxEntries,awsPrefixList,securityGroup,anywhere,reason,description,owner,ticket,expires,group',
      '203.0.113.7,,,,,,,Metabase,jane,SEC-1,2031-01-31,partners',
      ',pl-0123456789abcdef0,20,,,,,,,,,',
      ',,,com.amazonaws.eu-central-1.s3,,,,,,,,',
      ',,,,sg-0123456789abcdef0,,,,,,,',
      ',,,,,TRUE,Public demo data,,,,,',
    ];
    const at = (line: number, column: number) => ({ origin: { location: { file: 'a.csv', line, column } } });

    expect(entries('a.csv', table.join('\n'))).toMatchObject([
      {
        ...at(2, 1),
        ...{ kind: 'cidr', value: '203.0.113.7', description: 'Metabase', owner: 'jane' },
        ...{ ticket: 'SEC-1', expires: '2031-01-31', section: 'partners', group: undefined },
        fields: { expires: { location: { file: 'a.csv', line: 2, column: 39 } } },
      },
      { ...at(3, 2), kind: 'prefixList', value: 'pl-0123456789abcdef0', maxEntries: 20 },
      { ...at(4, 4), kind: 'awsPrefixList', value: 'com.amazonaws.eu-central-1.s3' },
      { ...at(5, 5), kind: 'securityGroup', value: 'sg-0123456789abcdef0' },
      { ...at(6, 6), kind: 'anywhere', value: 'Public demo data' },
    ]);
  });

  test('of a vendor keeps its further columns as labels', () => {
    const table = '"IP Address","Region","labels.Valid in",Vendor,Comment\n203.0.113.7,eu-west-1,EU,,"Looker, EU"\n';

    expect(entries('vendor.csv', table)).toMatchObject([
      { value: '203.0.113.7', description: 'Looker, EU', labels: { Region: 'eu-west-1', 'Valid in': 'EU' } },
    ]);
  });

  test.each([
    ['with commas', 'cidr,owner\n203.0.113.7,jane\n'],
    ['with semicolons, as Excel saves it where the comma is the decimal sign', 'cidr;owner\r\n203.0.113.7;jane\r\n'],
    ['with tabs', 'cidr\towner\n203.0.113.7\tjane'],
    ['with a byte order mark and Windows line ends', '\ufeffcidr,owner\r\n203.0.113.7,jane\r\n'],
    ['with quotes around everything', '"cidr","owner"\n"203.0.113.7","jane"\n'],
    ['with blanks around everything', ' cidr , owner \n 203.0.113.7 , "jane" \n'],
    [
      'with comments and empty rows',
      '# offices\n\ncidr,owner\n,\n# Berlin\n203.0.113.7,jane\n;\n,,\n'.replace(';\n', ''),
    ],
    ['with rows that end early', 'cidr,owner,ticket\n203.0.113.7,jane\n'],
    ['with empty columns at its end', 'cidr,owner,,\n203.0.113.7,jane,,\n'],
  ])('is read %s', (_, text) => {
    for (const read of [text, Buffer.from(text)])
      expect(entries('a.csv', read)).toMatchObject([{ value: '203.0.113.7', owner: 'jane' }]);
  });

  test('of one column needs no name for it', () => {
    expect(blocks('a.csv', '203.0.113.7\r\n"198.51.100.0/24"\r\n')).toEqual(['203.0.113.7', '198.51.100.0/24']);
  });

  test('has line ends, quotes and separators within quotes', () => {
    const [entry] = entries('a.csv', 'owner,cidr\n"Jane ""JD"" Doe,\nBerlin",203.0.113.7\n');

    expect(entry).toMatchObject({ owner: 'Jane "JD" Doe,\nBerlin', origin: { location: { line: 3, column: 9 } } });
  });

  test('is read by group', () => {
    const table = 'cidr,group\n203.0.113.7,a\n203.0.113.7,b\n203.0.113.8,a\n203.0.113.9,\n';

    expect(content('a.csv', table, ['a'])).toMatchObject({
      entries: [{ value: '203.0.113.7' }, { value: '203.0.113.8' }],
      problems: [],
    });
    expect(problemsOf(content('a.csv', table)).map(({ rule }) => rule)).toEqual(['CidrDuplicate']);
  });
});

describe('plain text', () => {
  test('has one block a line, and comments', () => {
    const text = '# vendor\n\n203.0.113.7\n  198.51.100.0/24 # Berlin\n2001:db8::/32\t\n#10.0.0.1\n192.0.2.1#x';

    expect(blocks('a.txt', text)).toEqual(['203.0.113.7', '198.51.100.0/24', '2001:db8::/32', '192.0.2.1']);
    expect(entries('a.txt', text).map(({ origin }) => [origin.location.line, origin.location.column])).toEqual([
      [3, 1],
      [4, 3],
      [5, 1],
      [7, 1],
    ]);
  });

  test('may have a byte order mark and Windows line ends', () => {
    const [entry] = entries('a.TXT', Buffer.from('\ufeff203.0.113.7\r\n203.0.113.8\r\n'));

    expect(entry).toMatchObject({ value: '203.0.113.7', origin: { location: { line: 1, column: 1 } } });
  });
});

describe('JSON', () => {
  test('may have a byte order mark', () => {
    expect(entries('a.json', Buffer.from('\ufeff{ "entries": ["203.0.113.7"] }'))).toMatchObject([
      { origin: { location: { line: 1, column: 15 } } },
    ]);
  });

  test('may have invisible characters as escapes, which a review shows', () => {
    const text = '{ "owner": "jane\\u200d", "entries": ["203.0.113.7"] }';

    expect(entries('a.json', text)).toMatchObject([{ owner: 'jane\u200d' }]);
  });
});

test('an emoji in a comment is fine', () => {
  expect(blocks('a.yaml', '# \u26a0\ufe0f Berlin \ufffd\nentries: [203.0.113.7]\n')).toEqual(['203.0.113.7']);
});

describe('a long file', () => {
  const LINES = 20_000;
  const lines = (line: (i: number) => string) => Array.from({ length: LINES }, (_, i) => line(i)).join('\n');
  const address = (i: number) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`;

  test.each([
    ['of blocks in a table', 'a.csv', `cidr,owner\n${lines((i) => `${address(i)},"o${i}"`)}`, 0],
    ['of mistakes in a table', 'a.csv', `cidr,owner\n${lines((i) => `${address(i)}.1,o${i}`)}`, LINES],
    ['of surplus cells', 'a.csv', `cidr\n${lines((i) => `${address(i)},o${i}`)}`, LINES],
    ['of mistakes in plain text', 'a.txt', lines((i) => `${address(i)} x`), LINES],
    ['of groups that no group can be called', 'a.csv', `cidr,group\n${lines((i) => `${address(i)},g ${i}`)}`, LINES],
    ['of templates', 'a.yaml', `entries:\n${lines((i) => `  - { cidr: ${address(i)}, owner: "\${x${i}}" }`)}`, LINES],
    ['of invisible characters', 'a.txt', lines((i) => `${address(i)}\u200b`), 1],
    ['of carriage returns', 'a.txt', lines(address).replaceAll('\n', '\r'), 1],
    ['of addresses as keys', 'a.yaml', `entries:\n${lines((i) => `  - ${i.toString(16)}::`)}`, LINES],
    ['of quotes', 'a.csv', `cidr,owner\n10.0.0.1,"${'""'.repeat(LINES)}"`, 0],
    ['of quotes that stay open', 'a.csv', `cidr,owner\n10.0.0.1,"${'""'.repeat(LINES)}`, 1],
    ['of exponents', 'a.yaml', `entries: [10.0.0.1]\nowner: "${'1e'.repeat(LINES)}"`, 0],
    ['of digits', 'a.yaml', `entries: [10.0.0.1]\nowner: "${'1'.repeat(LINES)}"`, 0],
    ['of colons', 'a.yaml', `entries: [10.0.0.1]\nowner: ${':'.repeat(LINES)} x: y`, 1],
    ['of replaced characters', 'a.txt', `10.0.0.1 #${'\ufffd'.repeat(LINES)}`, 0],
  ])('%s is read in linear time', (_, path, text, mistakes) => {
    const start = process.cpuUsage();
    const found = problemsOf(content(path, Buffer.from(text))).length;

    expect(found).toBe(mistakes);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(4);
  });
});
