import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHANGES } from './e2e/fixtures/changes';
import { AWS_TIMES, awsTimesTable, NEW_TARGET_MINUTES } from './support/aws-times';
import { sources } from './support/imports';
import { type Passage, passagesOfMarkdown, passagesOfProgram } from './support/passages';

const ROOT = join(__dirname, '..');
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'lambda/target-sync/README.md', 'examples/README.md', 'test/aws/README.md'],
  ...(readdirSync(join(ROOT, 'docs'), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const PASSAGES: readonly Passage[] = [
  ...PAGES.flatMap((file) => passagesOfMarkdown(file, textOf(file))),
  ...[...sources('lib'), ...sources('examples')].flatMap((file) => passagesOfProgram(file, textOf(file))),
];

/**
 * What sounds as if clients were served within seconds. A sentence that does is fine where the passage also says what
 * AWS takes after it, in figures or by a link to the page that has them.
 */
const PROMISES: readonly { readonly of: string; readonly words: readonly RegExp[] }[] = [
  {
    of: 'a target that is moved in seconds',
    words: [
      /\b(within|in|takes?|matter of)\b[^.;|]*\bseconds\b|(?<!\btwo .*)\bat once\b|\bimmediately\b|\binstant/,
      /\b(failovers?|fails? over|targets?|registers?|registered|registering|followed|come back|deregistered)\b/,
    ],
  },
  { of: 'an endpoint that works when its deploy ends', words: [/\b(deploy(ment)?|apply)\b/, /\breachable\b/] },
  {
    of: 'a new target group that is ready since it comes first',
    words: [/\b(target groups?|new group)\b/, /\b(first|create-before-destroy|before it points)\b/],
  },
  {
    of: 'old connections that end with the deregistration delay',
    words: [/\bshortly after\b|\bend of (its|their) open connections\b/, /\bderegist|\bremov/],
  },
];
const SAID = /minutes|lower bound|\btimes\.md\b|not health-checked|health checks begin|\bemulator\b/;

function promisesIn({ text }: Pick<Passage, 'text'>): string[] {
  if (SAID.test(text)) return [];
  const sentences = text.split(/(?<=[.:;|])\s+/);
  return PROMISES.filter(({ words }) =>
    sentences.some((sentence) => words.every((word) => word.test(sentence.toLowerCase()))),
  ).map(({ of }) => of);
}

describe('promises of time', () => {
  test('no page, doc comment or example promises seconds without what AWS takes after them', () => {
    const found = PASSAGES.flatMap((passage) =>
      promisesIn(passage).map((promise) => `${passage.file}:${passage.line} ${promise}: ${passage.text}`),
    );

    expect(PASSAGES.length).toBeGreaterThan(1000);
    expect(found).toEqual([]);
  });

  // What the pages once said.
  test.each([
    'For names, a function asks DNS every second and moves the targets within seconds (TTL of 5 s: 4.9 s at worst).',
    'The listener waits for it, so that a successful deploy means a reachable endpoint.',
    'Targets that follow a name come back by themselves within seconds, so use the database there.',
    'A function follows the name through failovers within seconds.',
    'Target groups are replaced create-before-destroy; the listener waits for the new targets before it points at the new group.',
    'Its connections are terminated shortly after the target is deregistered.',
    'Seconds between the removal of a target and the end of its open connections, 0 to 3600.',
    'The new target serves immediately.',
  ])('is a promise: %s', (text) => {
    expect(promisesIn({ text })).not.toEqual([]);
  });

  test.each([
    'Seconds between two checks of one target, 5 to 300.',
    'Registering is a matter of seconds; AWS then takes 1.5 to 5 minutes until a new target receives connections.',
    'A deploy ends when targets are registered, and the endpoint is reachable [later](times.md#the-first-deploy).',
  ])('is none: %s', (text) => {
    expect(promisesIn({ text })).toEqual([]);
  });

  test('every range of minutes that is said of new targets is the same', () => {
    const ranges = PASSAGES.filter(({ text }) => /target|registration/i.test(text)).flatMap(({ file, line, text }) =>
      [...text.matchAll(/\b(one|one and a half|\d+(?:\.\d+)?) to (\w+) minutes/g)].map(
        ([range]) => `${file}:${line} ${range}`,
      ),
    );

    expect(ranges.length).toBeGreaterThan(10);
    expect(ranges.filter((range) => !range.endsWith(` ${NEW_TARGET_MINUTES}`))).toEqual([]);
  });
});

describe('docs/times.md', () => {
  test('has the figures, each with its source', () => {
    if (process.env['UPDATE_DOCS']) {
      const page = textOf('docs/times.md');
      const table = `<!-- times:begin -->\n${awsTimesTable()}\n<!-- times:end -->`;
      writeFileSync(join(ROOT, 'docs/times.md'), page.replace(/<!-- times:begin -->[\s\S]*<!-- times:end -->/, table));
    }

    expect(between('times')).toBe(awsTimesTable());
    for (const { sources: named } of Object.values(AWS_TIMES)) {
      expect(named.length).toBeGreaterThan(0);
      for (const [, url] of named) expect(url).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|github\.com)\//);
    }
  });

  test('names every change after which the target group is another one', () => {
    const replacing = CHANGES.filter(({ actions }) =>
      actions.some((action) => action.startsWith('replace(create-before-destroy) aws_lb_target_group.')),
    ).map(({ property, change }) => `- \`${property}\`: ${change}`);

    expect(replacing.length).toBeGreaterThan(4);
    expect(between('replacements').split('\n')).toEqual(replacing.sort());
  });

  test('links lead to headings that exist', () => {
    const headings = anchorsOf(textOf('docs/times.md'));
    const links = PAGES.flatMap((file) =>
      [...textOf(file).matchAll(/times\.md#([\w-]+)/g)].map(([, anchor]) => anchor),
    );

    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((anchor) => !headings.includes(anchor ?? ''))).toEqual([]);
  });
});

function between(name: string): string {
  const [, inner = ''] =
    new RegExp(`<!-- ${name}:begin -->\\n([\\s\\S]*?)\\n?<!-- ${name}:end -->`).exec(textOf('docs/times.md')) ?? [];
  return inner;
}

/** The anchors that GitHub makes of headings. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
