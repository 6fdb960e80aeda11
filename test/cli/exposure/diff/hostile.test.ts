import { join } from 'node:path';
import { MARKER } from '../../../../cli/exposure/diff/render/markdown';
import { command } from '../../support/command';
import { content, folderWith, written } from '../app';

/** Texts that want to be something else than text, each in its own language. */
const HOSTILE: readonly (readonly [what: string, text: string])[] = [
  ['a script', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ['a comment that is ours', MARKER],
  ['a comment that does not end', 'x <!-- y'],
  ['a link', '[click](javascript:alert(1)) ![x](https://evil.example/x.png)'],
  ['a mention and an issue', '@security-team closes #1 https://evil.example'],
  ['cells and rows', 'a | b |\n| c | d'],
  ['a bar behind a backslash', 'a \\| b \\\\| c'],
  ['the end of a code span', 'a ` <b>x</b> `` y ``` z'],
  ['nothing but backticks', '```'],
  ['a heading and a rule', '# x\n---\n- [ ] y'],
  ['a fence', '\n```\n</details>'],
  ['a workflow command', '\n::error file=a,line=1::gone\n::set-output name=x::y'],
  ['a command of another CI', '##[error]x ##vso[task.setvariable variable=x]y ##teamcity[x]'],
  ['a terminal command', '\u001b[2J\u001b]0;title\u0007\u009b31m\r'],
  ['text that is reordered', '\u202egnp.exe\u2066 \u200b'],
  ['the end of an attribute', '"/><failure message="x"/><![CDATA[ ]]> &amp; &lt;'],
  ['characters that XML has not', '\ufffe\uffff\ud800 \u0000'],
  ['a template', '${{ secrets.TOKEN }} {{x}} $(id) `id`'],
];

/** An app in which every text that a file can have is this one. */
function app(text: string, name: string): string {
  const texts = {
    description: text,
    owner: text,
    ticket: text,
    expires: text,
    file: text,
    group: text,
    integration: text,
  };
  const source = { kind: 'cidr', value: '8.8.8.8/32', ...texts };
  const user = {
    ...{ user: text, userName: text, integration: text, auth: text, database: text, validUntil: text },
    grants: [
      { schema: text, tables: [text, 'x'], privileges: [text, 'SELECT'] },
      { schema: text, tables: `\${${text}}`, privileges: `\${${text}}` },
    ],
    ...{ futureTables: `\${${text}}`, rotateEveryDays: `\${${text}}` },
  };
  const folder = folderWith({
    'exposure.json': content(
      written({
        ...{ endpoint: `${text}${name}`, engine: text, hostname: text, port: `\${${text}}`, tls: text },
        privateLink: {
          principals: [text],
          acceptanceRequired: true,
          allowlistApplies: false,
          supportedRegions: [text],
        },
        guards: { acknowledged: [text], maxBreadthIpv4: 8, maxBreadthIpv6: 24 },
        sources: [source, { kind: text, value: text, ...texts }, { kind: 'anywhere', value: '0.0.0.0/0', ...texts }],
        expired: [{ ...source, value: text }],
        users: [user, { ...user, user: `${text}2`, userName: `${text}2`, auth: 'password' }],
      }),
    ),
    'exposure-locations.json': {
      version: 1,
      endpoints: [
        { endpoint: `${text}${name}`, sources: [{ kind: 'cidr', value: '8.8.8.8/32', location: `${text}:1:2` }] },
      ],
    },
  });
  return join(folder, 'exposure.json');
}

/** The same endpoint before: everything that can be compared is different. */
function appBefore(text: string, name: string): string {
  const source = { kind: 'cidr', value: '8.8.8.8/32', description: `${text}old`, expires: `${text}old` };
  return join(
    folderWith({
      'exposure.json': content(
        written({
          endpoint: `${text}${name}`,
          sources: [source, { kind: `${text}old`, value: `${text}old` }],
          guards: { acknowledged: [], maxBreadthIpv4: 8, maxBreadthIpv6: 24 },
          users: [
            {
              ...{ user: text, userName: text, integration: 'x', auth: 'iam', database: 'x', grants: [] },
              futureTables: false,
            },
            {
              ...{ user: `${text}3`, userName: `${text}3`, auth: text, database: text, grants: [] },
              futureTables: true,
            },
          ],
        }),
      ),
    }),
    'exposure.json',
  );
}

const known = new Map<string, Promise<string[]>>();

/** Everything that the command prints of such apps in a format. */
function outputs(text: string, format: string): Promise<string[]> {
  const key = JSON.stringify([text, format]);
  if (!known.has(key)) known.set(key, run(text, format));
  return known.get(key)!;
}

async function run(text: string, format: string): Promise<string[]> {
  const [before, after, other] = [appBefore(text, 'A'), app(text, 'A'), app(text, 'B')];
  const diffs = [
    ['diff', before, after],
    ['diff', after, before],
    ['diff', before, other],
  ];
  const shows = [[after], [after, '--address', '8.8.8.8']];
  const all = [
    ...diffs.map((args) => [...args, '--format', format]),
    ...(['markdown', 'json'].includes(format) ? shows.map((args) => [...args, '--format', format]) : []),
    ...(format === 'text' ? shows : []),
  ];
  const results = await Promise.all(all.map((args) => command('exposure', ...args)));
  for (const { exitCode, err } of results) expect([exitCode, err]).toEqual([0, '']);
  return results.map(({ out }) => out);
}

/** What is left of Markdown without its code spans, as GitHub reads it: cells are cut before anything in them is read. */
function withoutCode(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, 'CODE'))
    .join('\n');
}

/** The cells of a row, as GitHub cuts it. */
const cellsOf = (line: string) => line.replace(/\\./g, '__').split('|').length - 2;

describe.each(HOSTILE)('%s stays text', (_, text) => {
  it.each(['text', 'markdown', 'json', 'sarif', 'junit'])('on a terminal and in a log, as %s', async (format) => {
    for (const out of await outputs(text, format)) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u2066]/);
      expect(out).not.toMatch(/^\s*::[a-z]/m);
      expect(out).not.toMatch(/##\w*\[/);
    }
  });

  it('in Markdown', async () => {
    for (const out of await outputs(text, 'markdown')) {
      const rest = withoutCode(out.replace(new RegExp(`^${MARKER}\n`), ''));
      expect(rest).not.toMatch(/[<>[\]`@]|https?:|javascript:|#\d|\$\{|secrets/);
      for (const line of rest.split('\n'))
        expect(line).toMatch(/^($|#{3,4} |- |\| |\|---|CODE|Admits|May admit|Without|Logins|\d+ endpoint|\*\*)/);
      for (const table of out.split('\n\n').filter((part) => part.startsWith('|'))) {
        expect(new Set(table.trimEnd().split('\n').map(cellsOf)).size).toBe(1);
      }
    }
  });

  it('in JUnit XML', async () => {
    for (const out of await outputs(text, 'junit')) {
      const value = '"(?:[^<>&"\\ufffe\\uffff]|&#\\d+;)*"';
      const tag = new RegExp(`^ *</?(testsuites|testsuite|testcase|failure)( [a-z]+=${value})*/?>$`);
      const [declaration, ...lines] = out.trimEnd().split('\n');
      expect(declaration).toBe('<?xml version="1.0" encoding="UTF-8"?>');
      for (const line of lines) expect(line).toMatch(tag);
    }
  });

  it('in SARIF, whose messages may hold links, and whose places are paths', async () => {
    for (const out of await outputs(text, 'sarif')) {
      for (const { message, locations } of JSON.parse(out).runs[0].results) {
        expect(message.text.replace(/\\./g, '')).not.toMatch(/[[\]]/);
        expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[\w.!~*'()%/-]+$/);
      }
    }
  });
});
