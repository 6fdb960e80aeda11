import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html, scriptJson } from '../../../../cli/exposure/page/html';
import { renderPage } from '../../../../cli/exposure/page/page';
import { pageData } from '../../../../cli/exposure/page/page-model';
import { MOST_STATIC_ENTRIES } from '../../../../cli/exposure/page/static-tables';
import { select } from '../../../../cli/exposure/select';
import { printableLines } from '../../../../lib/rules/printable';
import { command } from '../../support/command';
import { blocks, content, folderWith, written } from '../app';
import { endpoint } from '../diff/states';

const now = new Date('2027-01-01T00:00:00Z');
const page = (...endpoints: ReturnType<typeof endpoint>[]) => renderPage(pageData(select(endpoints, { now }), { now }));

const HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(1)> "\'>& <!-- ##[error]x \n::error::x';
const hostile = page(
  endpoint({
    ...{ endpoint: HOSTILE, engine: HOSTILE, hostname: HOSTILE, tls: HOSTILE },
    guards: { acknowledged: [HOSTILE], maxBreadthIpv4: 8, maxBreadthIpv6: 24 },
    sources: [{ kind: HOSTILE, value: HOSTILE, description: HOSTILE, owner: HOSTILE, ticket: HOSTILE, group: HOSTILE }],
  }),
);
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const between = (text: string, from: string, to: string) => text.split(from)[1].split(to)[0];

describe('the page', () => {
  it('is the same for the same data', () => {
    const one = endpoint({ sources: blocks(['8.8.8.8/32']) });

    expect(page(one)).toBe(page(one));
  });

  it('runs nothing but its own script', () => {
    const policy = between(hostile, 'Content-Security-Policy" content="', '"');
    const script = between(hostile, '<script>', '</script>');
    const style = between(hostile, '<style>', '</style>');

    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(script)}`,
      `style-src ${hashOf(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(|XMLHttpRequest/,
    );
  });

  it('has its script and its data, and no other element of that kind, whatever the texts of files are', () => {
    expect(hostile.match(/<script/g)).toHaveLength(2);
    expect(hostile.match(/<\/script/g)).toHaveLength(2);
    expect(hostile.match(/<\/noscript/g)).toHaveLength(1);
    expect(hostile).not.toMatch(/<img|onerror=alert\(1\)>|<!--/);
  });

  it('needs no network', () => {
    expect(hostile.match(/<(link|img|iframe|object|embed|base|audio|video|source|form[^>]*action)\b/g)).toBeNull();
    expect(hostile.match(/\bsrc=|url\(|@import/g)?.filter((each) => each !== 'src=')).toEqual([]);
  });

  it('arrives unchanged, although every line that is printed is made safe once more', () => {
    expect(printableLines(hostile)).toBe(hostile);
  });

  it('passes on the license of the package that it holds', () => {
    expect(hostile).toMatch(/\/\*! ipaddr\.js\nCopyright/);
  });

  it('can be read without its script', () => {
    const text = between(
      page(endpoint({ sources: blocks(['8.8.8.8/32'], { owner: 'data-team' }) })),
      '<noscript>',
      '</noscript>',
    );

    expect(text).toContain('<h3>prod/Orders</h3><p>orders.example.com:5432. Admits 1 IPv4 address.</p>');
    expect(text).toContain('<td>8.8.8.8&#47;32</td>'.replace('&#47;', '/'));
    expect(text).toContain('<td>data-team</td>');
  });

  it('says what to do without its script if it has too many entries to hold them twice', () => {
    const values = Array.from({ length: MOST_STATIC_ENTRIES + 1 }, (_, i) => `10.${i >> 8}.${i & 255}.0/32`);
    const text = between(page(endpoint({ sources: blocks(values) })), '<noscript>', '</noscript>');

    expect(text).toContain('need JavaScript. Without it, run the command with <code>--format markdown</code>.');
    expect(text).toContain('<li>prod/Orders: admits 2,001 IPv4 addresses</li>');
    expect(text).not.toContain('10.0.5.0');
  });
});

it('writes text as HTML, and JSON as the content of a script', () => {
  expect(html(`<a title="x">'&`)).toBe('&#60;a title=&#34;x&#34;&#62;&#39;&#38;');
  expect(scriptJson({ a: '</script><!--&\u2028\u2029' })).toBe(
    '{"a":"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\\u2029"}',
  );
});

describe('the command writes the page', () => {
  const value = 'sg-0a1b2c3d4e5f60718';
  const app = (...sources: object[]) => folderWith({ 'exposure.json': content(written({ sources })) });
  const group = { kind: 'securityGroup', value, owner: '123456789012' };

  it('to its output and to files, as of a day', async () => {
    const file = join(folderWith(), 'exposure.html');
    const asOf = ['--as-of', '2027-01-01'];
    const folder = app(group);
    const { out } = await command('exposure', folder, '--format', 'html', ...asOf);
    const other = await command('exposure', folder, '--output', `html=${file}`, ...asOf);

    expect(other).toMatchObject({ exitCode: 0, out: expect.stringContaining('1 endpoint, 1 entry') });
    expect(readFileSync(file, 'utf8')).toBe(out);
    expect(out).toContain('<time datetime="2027-01-01">');
  });

  it('without ids where they are masked, in what changed and in everything', async () => {
    const [before, after] = [app(group, ...blocks(['8.8.8.8/32'])), app(group)];
    const open = (await command('exposure', 'diff', before, after, '--format', 'html')).out;
    const masked = (await command('exposure', 'diff', before, after, '--format', 'html', '--mask-ids')).out;

    expect(open.split(value).length).toBeGreaterThan(2);
    expect(masked).not.toContain(value);
    expect(masked).not.toContain('123456789012');
    expect(masked).toContain('sg-…0718');
  });

  it('or says that a file cannot be written', async () => {
    const { exitCode, err } = await command('exposure', app(group), '--output', 'html=/nowhere/exposure.html');

    expect([exitCode, err]).toEqual([2, 'error: /nowhere/exposure.html cannot be written: ENOENT.\n']);
  });
});
