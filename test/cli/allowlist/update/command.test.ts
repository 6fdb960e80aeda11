import { closeSync, mkdirSync, openSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { ExitCode } from '../../../../cli/exit-code';
import { UsageError } from '../../../../cli/usage-error';
import { digestOf } from '../../../../lib/allowlist-file/feed-lock';
import { content, endless, json, redirect, status } from './feed-server';
import { TODAY, Updating } from './updating';

const updating = Updating.each();
const LOCK = 'allowlist.yaml.lock.json';

/** Has the lock file of two blocks, and the vendor say something else. */
async function locked(blocks = ['52.20.30.40', '52.20.31.0/24']): Promise<string> {
  updating.feed('/ips');
  updating.server.answer('/ips', content(`${blocks.join('\n')}\n`));
  await updating.run();
  updating.today = '2026-12-31';
  return updating.read()!;
}

describe('a list that was never fetched', () => {
  test('is fetched and locked, in canonical form and in order', async () => {
    updating.feed('/ips');
    updating.server.answer(
      '/ips',
      content('# Vendor\n52.20.31.0/24\n\n52.20.30.40 ; office\n2600:1F18:0::/48\n9.9.9.9/32\n'),
    );

    const { exitCode, out } = await updating.run();

    const blocks = ['9.9.9.9/32', '52.20.30.40/32', '52.20.31.0/24', '2600:1f18::/48'];
    expect(exitCode).toBe(ExitCode.OK);
    expect(JSON.parse(updating.read()!)).toEqual({
      $schema: expect.stringMatching(/\/schema\/feed-lock\.schema\.json$/),
      version: 1,
      feeds: [{ url: updating.server.url('/ips'), format: 'text', fetched: TODAY, digest: digestOf(blocks), blocks }],
    });
    expect(updating.files()).toEqual(['allowlist.yaml', LOCK]);
    expect(out.split('\n')).toEqual([
      'allowlist.yaml:2:5: https://localhost/ips: 4 blocks, new',
      '  + 258 IPv4 and 1208925819614629174706176 IPv6 addresses (9.9.9.9/32, 52.20.30.40/32, 52.20.31.0/24, 2600:1f18::/48) gain access: Vendor, owner data, at allowlist.yaml:2:5',
      `${LOCK}: was written, admits 258 IPv4 and 1208925819614629174706176 IPv6 addresses instead of 0 IPv4 addresses`,
      '',
    ]);
  });

  test('is out of date for --check, which writes nothing', async () => {
    updating.feed('/ips');
    updating.server.answer('/ips', content('52.20.30.40\n'));

    const { exitCode, out } = await updating.run('--check');

    expect(exitCode).toBe(ExitCode.FAILED);
    expect(out).toContain(`${LOCK}: is out of date. Run database-endpoint allowlist update allowlist.yaml.\n`);
    expect(updating.files()).toEqual(['allowlist.yaml']);
  });
});

describe('a list that says what it said', () => {
  test('changes nothing, not even the date', async () => {
    const before = await locked();
    updating.server.answer('/ips', content('52.20.31.0/24\r\n52.20.30.40\r\n52.20.30.40/32\r\n'));

    const { exitCode, out } = await updating.run();

    expect(exitCode).toBe(ExitCode.OK);
    expect(updating.read()).toBe(before);
    expect(out).toBe(
      [
        `allowlist.yaml:2:5: https://localhost/ips: 2 blocks, unchanged since ${TODAY}`,
        `${LOCK}: is as it was, admits 257 IPv4 addresses`,
        '',
      ].join('\n'),
    );
  });

  test('is as it was where Git has checked it out with the line ends of Windows', async () => {
    const before = (await locked()).replaceAll('\n', '\r\n');
    updating.write(LOCK, before);

    expect((await updating.run('--check')).exitCode).toBe(ExitCode.OK);
    await updating.run();
    expect(updating.read()).toBe(before);
  });

  test('is up to date for --check', async () => {
    await locked();

    expect((await updating.run('--check')).exitCode).toBe(ExitCode.OK);
  });

  test('is up to date if comments and order of the allowlist file change', async () => {
    await locked();
    updating.write(
      'allowlist.yaml',
      `# Vendors\n${readFileSync(updating.path('allowlist.yaml'), 'utf8')}  - 9.9.9.9\n`,
    );

    expect((await updating.run('--check')).exitCode).toBe(ExitCode.OK);
  });
});

describe('a list that changed', () => {
  test('is written with the day, and who gains and who loses access is shown', async () => {
    await locked(['52.20.30.40', '52.20.30.41', '52.20.30.43']);
    updating.server.answer('/ips', content('52.20.30.40\n52.20.30.42\n52.20.30.43\n'));

    const { exitCode, out } = await updating.run();

    expect(exitCode).toBe(ExitCode.OK);
    expect(JSON.parse(updating.read()!).feeds[0]).toMatchObject({
      fetched: '2026-12-31',
      blocks: ['52.20.30.40/32', '52.20.30.42/32', '52.20.30.43/32'],
    });
    expect(out).toContain(
      '  + 1 IPv4 address (52.20.30.42/32) gains access: Vendor, owner data, at allowlist.yaml:2:5\n',
    );
    expect(out).toContain(
      '  - 1 IPv4 address (52.20.30.41/32) loses access: Vendor, owner data, at allowlist.yaml:2:5\n',
    );
  });

  test.each([
    ['drops more than half', '52.20.30.40', 'drops 3 of its 4 blocks, more than half'],
    ['drops all and has others', '9.9.9.1\n9.9.9.2\n9.9.9.3\n9.9.9.4', 'drops 4 of its 4 blocks, more than half'],
    [
      'more than doubles',
      Array.from({ length: 9 }, (_, i) => `52.20.30.${40 + i}`).join('\n'),
      'has 9 blocks instead of 4, more than twice as many',
    ],
    [
      'has as many blocks, one of which is wide',
      '52.20.30.40\n52.20.30.41\n52.20.30.42\n52.21.0.0/16',
      'admits 65539 IPv4 addresses instead of 4 IPv4 addresses, more than twice as many',
    ],
    [
      'has IPv6 for the first time',
      '52.20.30.40\n52.20.30.41\n52.20.30.42\n52.20.30.43\n2600:1f18::1',
      'admits 4 IPv4 and 1 IPv6 addresses instead of 4 IPv4 addresses, more than twice as many',
    ],
  ])('and %s needs --accept', async (_, text, reason) => {
    const before = await locked(['52.20.30.40', '52.20.30.41', '52.20.30.42', '52.20.30.43']);
    updating.server.answer('/ips', content(text));

    const refused = await updating.run();

    expect(refused.exitCode).toBe(ExitCode.FAILED);
    expect(refused.out).toContain(
      `error: allowlist.yaml:2:5: https://localhost/ips ${reason}. If that is right, run it again with --accept. Until then, the lock file keeps its 4 blocks of ${TODAY}.\n`,
    );
    expect(updating.read()).toBe(before);
    expect((await updating.run('--check')).exitCode).toBe(ExitCode.FAILED);
    expect(updating.read()).toBe(before);

    const accepted = await updating.run('--accept');
    expect(accepted.exitCode).toBe(ExitCode.OK);
    expect(updating.blocks()).toHaveLength(text.split('\n').length);
  });

  test('by exactly half, or to exactly twice as many, needs nothing', async () => {
    await locked(['52.20.30.40', '52.20.30.41']);
    updating.server.answer('/ips', content('52.20.30.41'));

    expect((await updating.run()).exitCode).toBe(ExitCode.OK);

    updating.server.answer('/ips', content('52.20.30.41\n52.20.30.42'));
    expect((await updating.run()).exitCode).toBe(ExitCode.OK);
    expect(updating.blocks()).toEqual(['52.20.30.41/32', '52.20.30.42/32']);
  });
});

describe('what is no list of addresses to accept leaves the lock file as it is', () => {
  const LIST = { format: 'text', select: undefined as string | undefined };
  const JSON_LIST = { format: 'json', select: 'ips' };

  test.each<[what: string, typeof LIST, Parameters<typeof updating.server.answer>[1], reason: RegExp, ExitCode]>([
    [
      'garbage',
      LIST,
      content('\u0001\u0002garbage'),
      /has '.*garbage', which has a character that is not allowed in an address: U\+0001 \[CidrInvalid]/,
      1,
    ],
    ['a page', LIST, content('<!DOCTYPE html><p>52.20.30.40'), /is an HTML page and not a list/, 1],
    ['a page by its type', LIST, content('x', { 'content-type': 'text/html' }), /is an HTML page and not a list/, 1],
    ['an error in XML', JSON_LIST, content('<?xml version="1.0"?>'), /is an HTML page/, 1],
    ['nothing', LIST, content(''), /has no blocks/, 1],
    ['comments only', LIST, content('# moved\n'), /has no blocks/, 1],
    ['UTF-16', LIST, content(Buffer.from('52.20.30.40', 'utf16le')), /is UTF-16 and not UTF-8/, 1],
    [
      'a redirect to another host',
      LIST,
      redirect('https://vendor.example.net/ips'),
      /redirects to https:\/\/vendor\.example\.net/,
      1,
    ],
    ['a status', LIST, status(404), /is answered with HTTP status 404/, 3],
    ['an error of the server', LIST, status(500), /is answered with HTTP status 500/, 3],
    ['silence', LIST, () => undefined, /is not complete after 0.5 seconds/, 3],
    ['no end', LIST, endless(Buffer.from('52.20.30.40\n'.repeat(5000))), /is larger than 1 MiB/, 1],
    ['no JSON', JSON_LIST, content('52.20.30.40'), /is not JSON/, 1],
    ['half of a JSON', JSON_LIST, content('{"ips": ["52.20.30.40"'), /is not JSON/, 1],
    ['another shape', JSON_LIST, json({ addresses: ['52.20.30.40'] }), /has nothing at ips/, 1],
    ['objects', JSON_LIST, json({ ips: [{ cidr: '52.20.30.40' }] }), /has an object among the blocks at ips/, 1],
    ['lists of lists', JSON_LIST, json({ ips: [['52.20.30.40']] }), /has a list among the blocks at ips/, 1],
    ['numbers', JSON_LIST, json({ ips: [873_733_672] }), /has a number among the blocks at ips/, 1],
    ['null among blocks', JSON_LIST, json({ ips: ['52.20.30.40', null] }), /has null among the blocks at ips/, 1],
    ['a string', JSON_LIST, json({ ips: '52.20.30.40' }), /has a string at ips, and not a list/, 1],
    ['an empty list', JSON_LIST, json({ ips: [] }), /has no blocks/, 1],
    [
      'host bits',
      LIST,
      content('52.20.30.40/24'),
      /has '52\.20\.30\.40\/24', which has host bits set \[CidrHasHostBits]/,
      1,
    ],
    ['a range', LIST, content('52.20.30.40-52.20.30.50'), /which is not an IP address or CIDR block/, 1],
    ['a name', LIST, content('vendor.example.com'), /which is not an IP address or CIDR block/, 1],
    ['everybody', LIST, content('52.20.30.40\n0.0.0.0/0'), /\[AllowlistTooBroad]|\[CidrAnywhere]/, 1],
    ['everybody of IPv6', LIST, content('52.20.30.40\n::/0'), /\[AllowlistTooBroad]|\[CidrAnywhere]/, 1],
    ['everybody in two halves', LIST, content('0.0.0.0/1\n128.0.0.0/1'), /\[AllowlistTooBroad]/, 1],
    [
      'multicast',
      LIST,
      content('52.20.30.40\n224.0.0.1'),
      /has '224\.0\.0\.1\/32', which is the multicast range.*\[SourceNeverMatches]/,
      1,
    ],
    ['loopback', LIST, content('52.20.30.40\n127.0.0.1'), /\[SourceNeverMatches]/, 1],
    ['the metadata service', LIST, content('52.20.30.40\n169.254.169.254'), /\[SourceNeverMatches]/, 1],
    [
      'a private network',
      LIST,
      content('52.20.30.40\n10.0.0.0/8'),
      /has '10\.0\.0\.0\/8', which is .*\[SourceSeldomMatches]/,
      1,
    ],
    ['IPv4 in the form of IPv6', LIST, content('::ffff:52.20.30.40'), /is an IPv4-mapped IPv6 address/, 1],
    [
      'too many blocks for the quotas',
      LIST,
      content(Array.from({ length: 301 }, (_, i) => `52.${i >> 8}.${i & 255}.1`).join('\n')),
      /\[TooManyRules]/,
      1,
    ],
  ])('%s', async (what, { format, select }, answer, reason, exitCode) => {
    updating.feed('/ips', `format: ${format}${select ? `, select: ${select}` : ''}`);
    updating.server.answer('/ips', format === 'json' ? json({ ips: ['52.20.30.40'] }) : content('52.20.30.40'));
    await updating.run();
    const before = updating.read();
    updating.server.answer('/ips', answer);
    if (what === 'silence') updating.timeoutMs = 500;

    const failed = await updating.run('--accept');

    expect(failed.exitCode).toBe(exitCode);
    expect(failed.out).toMatch(
      /^error: allowlist\.yaml:2:5: https:\/\/localhost\/ips .*\. [A-Z].*\. Until then, the lock file keeps its 1 block of 2026-11-27\.$/m,
    );
    expect(failed.out).toMatch(reason);
    expect(updating.read()).toBe(before);
    expect(updating.files()).toEqual(['allowlist.yaml', LOCK]);
  });

  test('and makes none where there was none', async () => {
    updating.feed('/ips');
    updating.server.answer('/ips', content('0.0.0.0/0'));

    const { exitCode, out } = await updating.run();

    expect(exitCode).toBe(ExitCode.FAILED);
    expect(out).toContain(`${LOCK}: was not written\n`);
    expect(updating.files()).toEqual(['allowlist.yaml']);
  });
});

test('a list of 100,000 blocks, as providers have, is refused and not written', async () => {
  updating.feed('/ips');
  const blocks = Array.from({ length: 100_000 }, (_, i) => `52.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
  updating.server.answer('/ips', content(blocks.join('\n')));
  updating.mostBytes = 8 * 1024 * 1024;

  const { exitCode, out } = await updating.run();

  expect(exitCode).toBe(ExitCode.FAILED);
  expect(out).toContain('has 100000 blocks, for which no load balancer has room. Write a select');
  expect(updating.files()).toEqual(['allowlist.yaml']);
});

describe('limits that an endpoint has', () => {
  test('can be those of the command line', async () => {
    updating.feed('/ips');
    updating.server.answer(
      '/ips',
      content(Array.from({ length: 301 }, (_, i) => `52.${i >> 8}.${i & 255}.1`).join('\n')),
    );

    expect((await updating.run()).exitCode).toBe(ExitCode.FAILED);
    expect((await updating.run('--rules-per-security-group', '100')).exitCode).toBe(ExitCode.OK);
  });

  test('private networks are accepted for internal endpoints', async () => {
    updating.feed('/ips');
    updating.server.answer('/ips', content('10.20.0.0/16'));

    expect((await updating.run('--internal')).exitCode).toBe(ExitCode.OK);
    expect(updating.blocks()).toEqual(['10.20.0.0/16']);
  });
});

describe('several lists', () => {
  const entry = (path: string, more = '') =>
    `  - feed: { url: '${updating.server.url(path)}', format: text, owner: data, description: Vendor }${more}\n`;

  test('are updated each by itself: what fails keeps what it had', async () => {
    updating.write('allowlist.yaml', `entries:\n${entry('/a')}${entry('/b')}`);
    updating.server.answer('/a', content('52.20.30.40'));
    updating.server.answer('/b', content('52.20.30.41'));
    await updating.run();
    updating.server.answer('/a', status(500));
    updating.server.answer('/b', content('52.20.30.41\n52.20.30.42'));

    const { exitCode, out } = await updating.run();

    expect(exitCode).toBe(ExitCode.UNREACHABLE);
    expect(out).toContain('the lock file keeps its 1 block of 2026-11-27.');
    expect(JSON.parse(updating.read()!).feeds).toMatchObject([
      { blocks: ['52.20.30.40/32'] },
      { blocks: ['52.20.30.41/32', '52.20.30.42/32'] },
    ]);
  });

  test('a refused one counts more than one that cannot be fetched', async () => {
    updating.write('allowlist.yaml', `entries:\n${entry('/a')}${entry('/b')}`);
    updating.server.answer('/a', content('garbage'));

    expect((await updating.run()).exitCode).toBe(ExitCode.FAILED);
  });

  test('of two entries that name the same list, it is fetched once', async () => {
    updating.write(
      'allowlist.yaml',
      `groups:\n${['a', 'b'].map((name) => `  - name: ${name}\n    entries:\n    ${entry('/a')}`).join('')}`,
    );
    updating.server.answer('/a', content('52.20.30.40'));

    expect((await updating.run()).exitCode).toBe(ExitCode.OK);
    expect(updating.server.requests).toHaveLength(1);
    expect(JSON.parse(updating.read()!).feeds).toHaveLength(1);
  });

  test('of included files stand in lock files beside these', async () => {
    updating.write('allowlist.yaml', 'owner: data\ninclude: [vendors/a.yaml]\nentries: [9.9.9.9]\n');
    updating.write(
      'vendors/a.yaml',
      `entries: [{ feed: { url: '${updating.server.url('/a')}', format: text, description: Vendor } }]\n`,
    );
    updating.server.answer('/a', content('52.20.30.40'));

    expect((await updating.run('--check')).out).toContain('Run database-endpoint allowlist update allowlist.yaml.');
    expect((await updating.run()).exitCode).toBe(ExitCode.OK);
    expect(updating.files()).toEqual(['allowlist.yaml', 'vendors']);
    expect(updating.blocks('vendors/a.yaml.lock.json')).toEqual(['52.20.30.40/32']);
  });

  test('that are no longer named leave the lock file, and the last one takes it along', async () => {
    updating.write('allowlist.yaml', `entries:\n  - 9.9.9.9\n${entry('/a')}${entry('/b')}`);
    updating.server.answer('/a', content('52.20.30.40'));
    updating.server.answer('/b', content('52.20.30.41'));
    await updating.run();

    updating.write('allowlist.yaml', `entries:\n  - 9.9.9.9\n${entry('/b')}`);
    expect((await updating.run('--check')).exitCode).toBe(ExitCode.FAILED);
    const { out } = await updating.run();
    expect(out).toContain('  - 1 IPv4 address (52.20.30.40/32) loses access: https://localhost/a');
    expect(updating.blocks()).toEqual(['52.20.30.41/32']);

    updating.write('allowlist.yaml', 'entries:\n  - 9.9.9.9\n');
    expect((await updating.run('--check')).exitCode).toBe(ExitCode.FAILED);
    expect(updating.read()).toBeDefined();
    expect((await updating.run()).out).toContain(`${LOCK}: was removed\n`);
    expect(updating.files()).toEqual(['allowlist.yaml']);
  });

  test('what is not a lock file is left alone beside a file that names none', async () => {
    updating.write('allowlist.yaml', 'entries: [9.9.9.9]\n');
    updating.write(LOCK, '{ "mine": true }');

    expect((await updating.run()).exitCode).toBe(ExitCode.OK);
    expect(updating.read()).toBe('{ "mine": true }');
  });

  test('a file without any is left alone', async () => {
    updating.write('allowlist.yaml', 'entries: [9.9.9.9]\n');

    expect(await updating.run()).toEqual({ exitCode: ExitCode.OK, out: 'allowlist.yaml: names no published list\n' });
    expect(updating.files()).toEqual(['allowlist.yaml']);
  });
});

describe('a lock file that cannot be read', () => {
  test.each([
    ['a merge conflict', '<<<<<<< HEAD\n{\n=======\n[\n>>>>>>> branch\n', 'has the marks of a merge conflict'],
    ['garbage', 'garbage', 'is not the JSON of a lock file'],
    ['a later version', '{"version": 2, "feeds": []}', 'is not of a version that this release reads'],
  ])('such as %s is replaced only with --accept', async (_, text, reason) => {
    await locked();
    updating.write(LOCK, text);

    const { exitCode, out } = await updating.run();
    expect(exitCode).toBe(ExitCode.FAILED);
    expect(out).toContain(`cannot be compared with what it was: the lock file ${reason}.`);
    expect(updating.read()).toBe(text);

    updating.server.answer('/ips', status(500));
    expect((await updating.run('--accept')).exitCode).toBe(ExitCode.UNREACHABLE);
    expect(updating.read()).toBe(text);

    updating.server.answer('/ips', content('52.20.30.40'));
    expect((await updating.run('--accept')).exitCode).toBe(ExitCode.OK);
    expect(updating.blocks()).toEqual(['52.20.30.40/32']);
  });

  test('is not replaced while one of its lists fails, whose blocks would be lost', async () => {
    const entry = (path: string) =>
      `  - feed: { url: '${updating.server.url(path)}', format: text, owner: data, description: Vendor }\n`;
    updating.write('allowlist.yaml', `entries:\n${entry('/a')}${entry('/b')}`);
    updating.write(LOCK, '<<<<<<< HEAD\n');
    updating.server.answer('/a', content('52.20.30.40'));

    const { exitCode, out } = await updating.run('--accept');

    expect(exitCode).toBe(ExitCode.UNREACHABLE);
    expect(out).not.toContain('access');
    expect(updating.read()).toBe('<<<<<<< HEAD\n');
  });

  test('as it was edited by hand is one', async () => {
    const before = await locked();
    const edited = before.replace('52.20.30.40/32', '6.6.6.6/32');
    updating.write(LOCK, edited);

    expect((await updating.run()).out).toContain('was edited by hand: its blocks are not those of its digest');
    expect(updating.read()).toBe(edited);
    await updating.run('--accept');
    expect(updating.blocks()).toEqual(['52.20.30.40/32', '52.20.31.0/24']);
  });
});

describe('a lock file is written as a whole or not at all', () => {
  test('whoever has it open reads the old one to its end', async () => {
    const before = await locked();
    const handle = openSync(updating.path(LOCK), 'r');
    try {
      updating.server.answer('/ips', content('52.20.30.40\n52.20.31.0/24\n52.20.32.1'));
      await updating.run();

      expect(readFileSync(handle, 'utf8')).toBe(before);
      expect(updating.read()).not.toBe(before);
    } finally {
      closeSync(handle);
    }
  });

  test('where it cannot be written, nothing is left behind', async () => {
    updating.feed('/ips');
    updating.server.answer('/ips', content('52.20.30.40'));
    mkdirSync(updating.path(LOCK));

    await expect(updating.run('--accept')).rejects.toThrow(UsageError);
    expect(updating.files()).toEqual(['allowlist.yaml', LOCK]);
  });

  test('not through a symbolic link', async () => {
    const before = await locked();
    updating.write('elsewhere.json', before);
    updating.write('other.yaml', readFileSync(updating.path('allowlist.yaml'), 'utf8'));
    symlinkSync('elsewhere.json', updating.path('other.yaml.lock.json'));
    updating.server.answer('/ips', content('52.20.30.40\n52.20.31.0/24\n52.20.32.1'));

    await expect(updating.runOn(['other.yaml'])).rejects.toThrow(/is a symbolic link/);
    expect(updating.read('elsewhere.json')).toBe(before);
  });

  test('an unchanged one is not touched', async () => {
    await locked();
    const before = statSync(updating.path(LOCK));

    expect((await updating.run()).exitCode).toBe(ExitCode.OK);
    expect(statSync(updating.path(LOCK))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });
});

describe('what is not fetched at all', () => {
  test.each([
    ['a file with a mistake', 'entries: [10.1.2.3/8x', /\[FileSyntax]/],
    [
      'the list of a whole provider',
      "entries: [{ feed: { url: 'https://ip-ranges.amazonaws.com/ip-ranges.json', format: json, select: 'prefixes[].ip_prefix', owner: a, description: b } }]",
      /lists the addresses of all of AWS.*\[FeedProviderWide]/,
    ],
    [
      'an address with a key',
      "entries: [{ feed: { url: 'https://vendor.example.com/ips?api_key=hunter2', format: text, owner: a, description: b } }]",
      /has 'api_key' in its query.*\[FeedUrlSecret]/,
    ],
  ])('%s', async (_, text, message) => {
    updating.write('allowlist.yaml', text);

    const { exitCode, out } = await updating.run();

    expect(exitCode).toBe(ExitCode.FAILED);
    expect(out).toMatch(message);
    expect(out).toContain('nothing was fetched');
    expect(out).not.toContain('hunter2');
    expect(updating.files()).toEqual(['allowlist.yaml']);
  });

  test('standard input, which has no lock file', async () => {
    await expect(updating.runOn([], '-')).rejects.toThrow(UsageError);
  });
});

describe('what is printed', () => {
  test("is Markdown for a pull request, of which nothing is the vendor's Markdown", async () => {
    await locked(['52.20.30.40', '52.20.30.41']);
    updating.server.answer('/ips', content('52.20.30.40\n52.20.30.41\n52.20.30.42\n'));
    const { out } = await updating.run('--check', '--format', 'markdown');

    expect(out.split('\n')).toEqual([
      '### Published lists',
      '',
      `#### \`${LOCK}\``,
      '',
      '- `allowlist.yaml:2:5: https://localhost/ips: 3 blocks instead of 2`',
      `- \`${LOCK}: is out of date. Run database-endpoint allowlist update allowlist.yaml.\``,
      '',
      '| access | addresses | who | owner | ticket | until | where |',
      '|---|---|---|---|---|---|---|',
      '| **gained** | 1 IPv4 address: `52.20.30.42/32` | `Vendor` | `data` |  |  | `allowlist.yaml:2:5` |',
      '',
      '',
    ]);

    updating.server.answer('/ips', content('<b>`|x`</b> @everybody'));
    const { out: hostile } = await updating.run('--format', 'markdown');
    expect(hostile).toContain('- **error**: ``');
    expect(hostile.replace(/(`+)[^`].*?\1(?!`)/g, '')).not.toMatch(/<b>|@everybody/);
  });

  test('is JSON for programs', async () => {
    await locked(['52.20.30.40', '52.20.30.41']);
    updating.server.answer('/ips', content('52.20.30.40\n52.20.30.42\n'));

    const { exitCode, out } = await updating.run('--check', '--format', 'json');

    expect(exitCode).toBe(ExitCode.FAILED);
    expect(JSON.parse(out)).toMatchObject({
      exitCode: 1,
      files: [
        {
          name: 'allowlist.yaml',
          problems: [],
          locks: [
            {
              file: 'allowlist.yaml',
              lock: LOCK,
              isOutdated: true,
              addresses: { before: { ipv4: '2', ipv6: '0' }, after: { ipv4: '2', ipv6: '0' } },
              gained: ['52.20.30.42/32'],
              lost: ['52.20.30.41/32'],
              feeds: [{ url: 'https://localhost/ips', blocks: { before: 2, after: 2 } }],
            },
          ],
        },
      ],
    });
  });
});
