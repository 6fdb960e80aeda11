import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeBlock, codeSpan, markdownText, oneLine } from '../../../lib/clients/quoting/markdown';
import { hereDocument } from '../../../lib/clients/quoting/shell';
import { isUnresolved } from '../../../lib/tokens/unresolved';
import { LEFT_ALONE } from '../../support/text-functions';
import { LANGUAGES, VALUES } from './quoted-values';

/** What CDKTF does not take for a value that is known after apply. */
const LITERALS = VALUES.filter((value) => !isUnresolved(value));

const folder = mkdtempSync(join(tmpdir(), 'quoting-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => expect(readdirSync(folder)).toEqual([]));

test.each(Object.entries(LANGUAGES))('%s reads every value as it was', (_, { write, read }) => {
  expect(
    read(
      LITERALS.map((value) => write(value, LEFT_ALONE)),
      folder,
    ),
  ).toEqual(LITERALS);
});

test('a here-document gives every value to its command, also one that looks like its end', () => {
  for (const value of VALUES) {
    expect(execFileSync('sh', ['-c', hereDocument('cat', value)], { cwd: folder, encoding: 'utf8' })).toBe(
      `${value}\n`,
    );
  }
  expect(hereDocument('cat', 'END\nEND_')).toBe("cat <<'END__'\nEND\nEND_\nEND__");
});

describe('Markdown', () => {
  test.each([
    ['shop', '`shop`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['``', '``` `` ```'],
    [' a ', '`  a  `'],
    ['<img src=x>', '`<img src=x>`'],
  ])('has %j as the code span %j', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  test('has a block that no line of the text ends', () => {
    expect(codeBlock('sh', 'a\n```\nb')).toBe('````sh\na\n```\nb\n````');
    expect(codeBlock('', 'a')).toBe('```\na\n```');
  });

  test('takes nothing in a name for markup', () => {
    expect(markdownText('a*b_c `d` [e](f) <script> &amp; \\ ~')).toBe(
      'a\\*b\\_c \\`d\\` \\[e\\](f) \\<script\\> \\&amp; \\\\ \\~',
    );
    expect(markdownText('ClickHouse (native protocol)')).toBe('ClickHouse (native protocol)');
    expect(markdownText('a\n# b')).toBe('a # b');
  });

  test('begins no block within a sentence', () => {
    expect(oneLine('a\r\n\n  - b')).toBe('a - b');
  });
});
