import { AllowlistFile, type AllowlistTextOptions } from '../../lib';
import { eachInItsFolder, inFolder, keys, mistakes, read, write } from './allowlist-folder';

eachInItsFolder();

const parse = (text: string, options: Partial<AllowlistTextOptions> = {}) =>
  AllowlistFile.parse(text, { name: inFolder('fleet.yaml'), ...options });

describe('a text that is read as an allowlist file', () => {
  test.each([
    ['YAML', 'fleet.yaml', 'owner: data-team\nentries: [52.20.30.40, { cidr: 52.20.30.41, ticket: SEC-1 }]\n'],
    ['JSON', 'fleet.json', '{ "entries": ["52.20.30.40"] }'],
    ['CSV', 'fleet.csv', 'cidr,owner\n52.20.30.40,data-team\n'],
    ['plain text', 'fleet.txt', '52.20.30.40 # office\n'],
  ])('admits what the file would, in %s', (_, name, text) => {
    write(name, text);

    expect(parse(text, { name: inFolder(name) })).toEqual(read(name));
  });

  test.each([
    ['an entry', 'entries:\n  - 52.20.30.40\n  - 10.1.2.3/8\n'],
    ['the form', 'entries:\n  - { cidr: 52.20.30.40, tickte: SEC-1 }\n'],
    ['hidden characters', 'entries: [52.20.30.40] # \u202e\n'],
    ['a file that admits nobody', '\n'],
    ['an expression', 'entries: [{ cidr: 52.20.30.40, owner: "\u0024{var.x}" }]\n'],
  ])('is refused as the file is: %s', (_, text) => {
    write('fleet.yaml', text);

    expect(mistakes(parse(text))).toEqual(mistakes(read('fleet.yaml')));
    expect(mistakes(parse(text))).toEqual([expect.stringMatching(/^prod\/Orders: fleet\.yaml:\d+:\d+: .*\[\w+\]$/)]);
  });

  test('may come from the web: messages have its address', () => {
    const name = 'https://example.com/lists//fleet.txt';

    expect(mistakes(parse('52.20.30.40\n10.1.2.3/8\n', { name }))).toEqual([
      expect.stringMatching(/^prod\/Orders: https:\/\/example\.com\/lists\/\/fleet\.txt:2:1: .*\[CidrHasHostBits\]$/),
    ]);
  });

  test('is read in the groups that are asked for', () => {
    const text = 'entries: [52.20.30.40]\ngroups: [{ name: partners, entries: [52.20.30.41] }]\n';

    expect(keys(parse(text, { groups: ['partners'] }))).toEqual(['52.20.30.41/32']);
  });

  test('decides nothing about what is read from disk', () => {
    write('offices.txt', '52.20.30.50\n');

    expect(mistakes(parse('include: [offices.txt]\nentries: [52.20.30.40]\n'))).toEqual([
      "prod/Orders: fleet.yaml:1:11: include[0] 'offices.txt' cannot be included: the first file is a text in memory, which must not decide what is read from disk. Name the folder of the files that may be included, with includeFolder in the options of AllowlistFile.parse. [IncludeOutside]",
    ]);
  });

  test('includes files of the folder that code names, and no others', () => {
    write('shared/offices.txt', '52.20.30.50\n');
    write('offices.txt', '52.20.30.51\n');
    const includeFolder = inFolder('shared');

    expect(keys(parse('include: [shared/offices.txt]\nentries: [52.20.30.40]\n', { includeFolder }))).toEqual([
      '52.20.30.40/32',
      '52.20.30.50/32',
    ]);
    expect(mistakes(parse('include: [offices.txt]\nentries: [52.20.30.40]\n', { includeFolder }))).toEqual([
      expect.stringMatching(/fleet\.yaml:1:11: .*\[IncludeOutside\]$/),
    ]);
  });

  test('does not include itself', () => {
    const text = 'include: [fleet.yaml]\nentries: [52.20.30.40]\n';

    expect(mistakes(parse(text, { includeFolder: inFolder('.') }))).toEqual([
      expect.stringMatching(/fleet\.yaml:1:11: .*\[IncludeCycle\]$/),
    ]);
  });
});
