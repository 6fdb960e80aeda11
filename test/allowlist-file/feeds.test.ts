import { symlinkSync } from 'node:fs';
import Ajv from 'ajv';
import { load } from 'js-yaml';
import { AllowlistFile } from '../../lib';
import { digestOf, type LockedFeed, lockText } from '../../lib/allowlist-file/feed-lock';
import allowlistSchema from '../../schema/allowlist.schema.json';
import lockSchema from '../../schema/feed-lock.schema.json';
import { refusal } from '../support/endpoint';
import { eachInItsFolder, inFolder, keys, mistakes, props, read, write } from './allowlist-folder';

eachInItsFolder();

const URL = 'https://vendor.example.com/ips';
const FEED = `{ url: '${URL}', format: text, owner: data, description: Vendor }`;

function locked(blocks: readonly string[], more: Partial<LockedFeed> = {}): LockedFeed {
  return { url: URL, format: 'text', fetched: '2026-06-01', digest: digestOf(blocks), blocks, ...more };
}

/** Has a file that names the list, and its lock file. */
function writeFeed(text: string, ...feeds: readonly LockedFeed[]): void {
  write('allowlist.yaml', text);
  write('allowlist.yaml.lock.json', lockText(feeds));
}

describe('a published list', () => {
  test('admits what its lock file says, beside ordinary entries', () => {
    writeFeed(`entries:\n  - 9.9.9.9\n  - feed: ${FEED}\n`, locked(['52.20.30.0/24', '2600:1f18::/48']));

    expect(keys(read())).toEqual(['2600:1f18::/48', '52.20.30.0/24', '9.9.9.9/32']);
  });

  test('has what is said in it, beside it, in its group and at the top of its file', () => {
    const feed = `{ url: '${URL}', format: text, description: Vendor }`;
    writeFeed(
      `owner: data\ngroups:\n  - name: vendors\n    ticket: SEC-1\n    entries:\n      - { feed: ${feed}, expires: 2031-01-31, labels: { tier: gold } }\n`,
      locked(['52.20.30.0/24']),
    );

    const [{ _about }] = read();

    expect(_about).toMatchObject({
      ...{ description: 'Vendor', owner: 'data', ticket: 'SEC-1', expires: '2031-01-31', section: 'vendors' },
      ...{ labels: { tier: 'gold' }, feed: { url: URL, lock: inFolder('allowlist.yaml.lock.json') } },
    });
  });

  test('of a region is the one of that region', () => {
    const feed = (region: string) =>
      `  - feed: { url: 'https://{region}.vendor.example.com/ips', format: json, select: "ips.\\"{region}\\"", region: ${region}, owner: data, description: Vendor }\n`;
    const of = (region: string, blocks: readonly string[]) =>
      locked(blocks, {
        url: 'https://{region}.vendor.example.com/ips',
        ...{ format: 'json', select: 'ips."{region}"', region },
      });
    writeFeed(`entries:\n${feed('us')}${feed('eu')}`, of('eu', ['52.20.30.0/24']), of('us', ['52.20.31.0/24']));

    const sources = read();

    expect(sources.map(({ _values, _about }) => [_values[0], _about.feed?.url])).toEqual([
      ['52.20.31.0/24', 'https://us.vendor.example.com/ips'],
      ['52.20.30.0/24', 'https://eu.vendor.example.com/ips'],
    ]);
  });

  test('of an included file is read from the lock file beside that one', () => {
    write('allowlist.yaml', 'owner: data\ninclude: [vendors/a.yaml]\nentries: [9.9.9.9]\n');
    write('vendors/a.yaml', `entries: [{ feed: { url: '${URL}', format: text, description: Vendor } }]\n`);
    write('vendors/a.yaml.lock.json', lockText([locked(['52.20.30.0/24'])]));

    expect(keys(read())).toEqual(['52.20.30.0/24', '9.9.9.9/32']);
  });

  test('whose last day has passed is left out', () => {
    writeFeed(`entries:\n  - 9.9.9.9\n  - { feed: ${FEED}, expires: 2026-06-30 }\n`, locked(['52.20.30.0/24']));

    expect(keys(read())).toEqual(['9.9.9.9/32']);
  });

  test('of a group that is not asked for admits nobody, and its mistakes are told', () => {
    const text = `groups:\n  - { name: a, entries: [9.9.9.9] }\n  - { name: b, entries: [{ feed: ${FEED} }] }\n`;
    writeFeed(text, locked(['52.20.30.0/24']));
    expect(keys(read('allowlist.yaml', { groups: ['a'] }))).toEqual(['9.9.9.9/32']);

    writeFeed(text, locked(['52.20.30.0/24'], { url: `${URL}/2` }));
    expect(mistakes(read('allowlist.yaml', { groups: ['a'] }))).toEqual([
      expect.stringMatching(/^prod\/Orders: allowlist\.yaml:3:28: .*\[FeedNotLocked\]$/),
    ]);
  });

  test('that was not fetched is an error with the place, the reason and the command', () => {
    write('allowlist.yaml', `entries:\n  - feed: ${FEED}\n`);

    expect(mistakes(read())).toEqual([
      `prod/Orders: allowlist.yaml:2:5: entries[0].feed '${URL}' has not been fetched: allowlist.yaml.lock.json does not exist. Run database-endpoint allowlist update allowlist.yaml, and review what it writes. [FeedNotLocked]`,
    ]);
  });

  test('is refused by the rules for any entry, at the place of the list', () => {
    writeFeed(`entries:\n  - feed: ${FEED}\n`, locked(['52.20.30.40/24', '224.0.0.1/32', '0.0.0.0/1']));

    expect(mistakes(read())).toEqual([
      expect.stringMatching(/^prod\/Orders: allowlist\.yaml:2:5: .*'52\.20\.30\.40\/24' .*\[CidrHasHostBits\]$/),
      expect.stringMatching(/^prod\/Orders: allowlist\.yaml:2:5: .*\[AllowlistTooBroad\]$/),
      expect.stringMatching(/^prod\/Orders: allowlist\.yaml:2:5: .*'224\.0\.0\.1\/32' .*\[SourceNeverMatches\]$/),
    ]);
  });

  test('counts against the quotas', () => {
    writeFeed(
      `entries:\n  - feed: ${FEED}\n`,
      locked(Array.from({ length: 301 }, (_, i) => `52.20.${i >> 8}.${i & 255}/32`)),
    );

    expect(mistakes(read())).toEqual([expect.stringMatching(/\[TooManyRules\]$/)]);
  });

  test('does not need to be fetched again for an edit of the file around it', () => {
    writeFeed(`entries:\n  - feed: ${FEED}\n`, locked(['52.20.30.0/24']));
    const before = keys(read());
    write(
      'allowlist.yaml',
      `# Vendors\nowner: data\nentries:\n  - feed:\n      url: ${URL}\n      description: The vendor\n      format: text\n`,
    );

    expect(keys(read())).toEqual(before);
  });
});

describe('a lock file', () => {
  test('outside the folder of an include is not opened', () => {
    write('secret/lock.json', lockText([locked(['52.20.30.0/24'])]));
    write('lists/allowlist.yaml', 'owner: data\ninclude: [vendors/a.yaml]\nentries: [9.9.9.9]\n');
    write('lists/vendors/a.yaml', `entries: [{ feed: { url: '${URL}', format: text, description: Vendor } }]\n`);
    symlinkSync('../../secret/lock.json', inFolder('lists/vendors/a.yaml.lock.json'));

    expect(mistakes(read('lists/allowlist.yaml'))).toEqual([
      expect.stringMatching(
        /lists\/vendors\/a\.yaml\.lock\.json is outside the folder of the first file.*\[FeedLockInvalid\]$/,
      ),
    ]);
  });

  test('is not an allowlist file', () => {
    writeFeed(`include: [allowlist.yaml.lock.json]\nentries:\n  - feed: ${FEED}\n`, locked(['52.20.30.0/24']));

    expect(mistakes(read())).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/allowlist\.yaml\.lock\.json:\d+:\d+: 'feeds' is not a known key/),
      ]),
    );
  });

  test('is refused where a merge has left it in two versions', () => {
    writeFeed(`entries:\n  - feed: ${FEED}\n`, locked(['52.20.30.0/24']));
    write('allowlist.yaml.lock.json', `<<<<<<< HEAD\n${lockText([locked(['52.20.30.0/24'])])}`);

    expect(mistakes(read())).toEqual([
      expect.stringMatching(
        /^prod\/Orders: allowlist\.yaml\.lock\.json:1:1: has the marks of a merge conflict.*\[FeedLockConflict\]$/,
      ),
    ]);
  });

  test('is what the published schema says', () => {
    const accepts = new Ajv().compile(lockSchema);
    const text = lockText([
      locked(['52.20.30.0/24']),
      locked(['::1/128'], { format: 'csv', select: '[].ip', region: 'eu' }),
    ]);

    expect(accepts(JSON.parse(text))).toBe(true);
    expect(accepts(JSON.parse(text.replace('"blocks"', '"block"')))).toBe(false);
  });

  test('does not depend on the order in which the lists are named', () => {
    const [one, two] = [locked(['52.20.30.0/24']), locked(['52.20.31.0/24'], { url: `${URL}/2` })];

    expect(lockText([one, two])).toBe(lockText([two, one]));
  });
});

describe('a text in memory', () => {
  const text = `entries:\n  - feed: ${FEED}\n`;

  test('may name published lists if it comes with the text of its lock file', () => {
    const lock = lockText([locked(['52.20.30.0/24'])]);

    expect(keys(AllowlistFile.parse(text, { name: inFolder('allowlist.yaml'), lockText: lock }))).toEqual([
      '52.20.30.0/24',
    ]);
  });

  test('reads no lock file from disk', () => {
    writeFeed(text, locked(['52.20.30.0/24']));

    expect(mistakes(AllowlistFile.parse(text, { name: inFolder('allowlist.yaml') }))).toEqual([
      `prod/Orders: allowlist.yaml:2:5: entries[0].feed '${URL}' has no lock file: the first file is a text in memory. Pass the text of its lock file, with lockText in the options of AllowlistFile.parse. [FeedNotLocked]`,
    ]);
  });

  test.each([
    ['known after apply', '${TfToken[TOKEN.0]}', /parse\(options\)\.lockText is known after apply/],
    ['empty', '', /parse\(options\)\.lockText is not the text of a lock file/],
    ['garbage', 'garbage', /allowlist\.yaml\.lock\.json:1:1: is not the JSON of a lock file/],
  ])('is refused with a lock file that is %s', (_, lock, message) => {
    expect(mistakes(AllowlistFile.parse(text, { name: 'allowlist.yaml', lockText: lock }))).toEqual([
      expect.stringMatching(message),
    ]);
  });
});

describe('the published JSON Schema', () => {
  const accepts = new Ajv({ allowUnionTypes: true, formats: { date: true } }).compile(allowlistSchema);

  test.each([
    ['text', `entries: [{ feed: ${FEED} }]`],
    [
      'JSON by region',
      `entries: [{ feed: { url: '${URL}/{region}', format: json, select: ips, region: eu-west-1, owner: a, description: b } }]`,
    ],
    [
      'what is said beside it',
      `owner: a\nentries: [{ feed: { url: '${URL}', format: text }, description: b, ticket: c, expires: 2031-01-31 }]`,
    ],
  ])('accepts %s, as the endpoint does', (_, text) => {
    write('allowlist.yaml', text);

    expect(accepts(load(text))).toBe(true);
    expect(mistakes(read())).toEqual([expect.stringMatching(/\[FeedNotLocked\]$/)]);
  });

  test.each([
    ['no format', `{ url: '${URL}', owner: a, description: b }`],
    ['another format', `{ url: '${URL}', format: xml, owner: a, description: b }`],
    ['JSON of which nothing is selected', `{ url: '${URL}', format: json, owner: a, description: b }`],
    ['text of which something is selected', `{ url: '${URL}', format: text, select: x, owner: a, description: b }`],
    ['an address in plaintext', "{ url: 'http://vendor.example.com', format: text, owner: a, description: b }"],
    [
      'an address with a password',
      "{ url: 'https://me:pw@vendor.example.com', format: text, owner: a, description: b }",
    ],
    ['a misspelt key', `{ url: '${URL}', format: text, selct: x, owner: a, description: b }`],
    ['a region with a quote', `{ url: '${URL}/{region}', format: text, region: "'", owner: a, description: b }`],
  ])('refuses %s, as the endpoint does', (_, feed) => {
    const text = `entries: [{ feed: ${feed} }]`;
    write('allowlist.yaml', text);

    expect(accepts(load(text))).toBe(false);
    expect(mistakes(read()).some((message) => !message.includes('[FeedNotLocked]'))).toBe(true);
    expect(refusal(props(read()))).toBeDefined();
  });
});
