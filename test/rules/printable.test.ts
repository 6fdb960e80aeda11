import { printable, printableLines } from '../../lib/rules/printable';

describe('text for a terminal', () => {
  test.each([
    'orders.db.example.com',
    "Müller's office, 北京 (#42) [owner] ## heading",
    '::1',
    '::/0',
    '::ffff:8.8.8.8 has no access',
    'a::error::b',
    'C:\\files',
    '',
  ])('stays as it is: %j', (text) => {
    expect(printable(text)).toBe(text);
  });

  test.each([
    ['an escape sequence', 'a\u001b[31mred', 'a\\u001b[31mred'],
    ['a title of the terminal', '\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['the one-character form of C1', 'a\u009b2Jb', 'a\\u009b2Jb'],
    ['a line break', 'a\nb\r\nc\td', 'a\\nb\\r\\nc\\td'],
    ['line separators of Unicode', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'],
    ['text from right to left', '8.8.8.8\u202e/23', '8.8.8.8\\u202e/23'],
    ['isolates and marks', '\u2066a\u2069\u200f\u061c', '\\u2066a\\u2069\\u200f\\u061c'],
    [
      'zero-width characters',
      'a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg',
      'a\\u200bb\\u200cc\\u200dd\\ufeffe\\u2060f\\u00adg',
    ],
    ['fillers and joiners', 'a\u3164b\u034fc\uffa0', 'a\\u3164b\\u034fc\\uffa0'],
    ['tags, which hide text', 'a\u{e0041}', 'a\\udb40\\udc41'],
    ['half a character', 'a\ud800b', 'a\\ud800b'],
    ['private characters', '\ue000', '\\ue000'],
    ['an error of GitHub Actions', '::error file=x::y', '\\u003a:error file=x::y'],
    ['one behind spaces', '  ::warning::y', '  \\u003a:warning::y'],
    ['the end of all commands', '::stop-commands::dead', '\\u003a:stop-commands::dead'],
    ['an old command of GitHub Actions', 'a ##[error]b', 'a \\u0023#[error]b'],
    [
      'a command of Azure Pipelines',
      'a ##vso[task.setvariable variable=x]b',
      'a \\u0023#vso[task.setvariable variable=x]b',
    ],
    ['a message of TeamCity', '##teamcity[buildStop]', '\\u0023#teamcity[buildStop]'],
    ['one behind more of the same', '####[error]', '##\\u0023#[error]'],
  ])('shows %s and does not obey it', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test('is made safe once, however often', () => {
    const text = '::error::a\u001b[2J\u202e##[b]\n';

    expect(printable(printable(text))).toBe(printable(text));
  });

  test('has an end where one is asked for', () => {
    expect(printable('x'.repeat(1000), 20)).toBe(`${'x'.repeat(17)}...`);
    expect(printable('x'.repeat(20), 20)).toBe('x'.repeat(20));
    expect(printable('\u001b'.repeat(20), 20)).toHaveLength(20);
    expect(printable('x\u001b'.repeat(1_000_000), 20)).toHaveLength(20);
  });

  test('keeps what JSON says', () => {
    const value = { '::error::\u202e': ['\u009b##[x]', '\u001b', '\\\u200b', '\u{e0041}'] };

    const text = printableLines(JSON.stringify(value, undefined, 2));

    expect(JSON.parse(text)).toEqual(value);
    expect(text).not.toMatch(/[^\n\x20-\x7e]|##\[/);
  });

  test('of several lines keeps them', () => {
    expect(printableLines('a\n  ::error::b\n\u001bc\n')).toBe('a\n  \\u003a:error::b\n\\u001bc\n');
  });
});
