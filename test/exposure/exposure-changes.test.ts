import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { AllowedSource, AllowlistFile, DatabaseEndpoint } from '../../lib';
import { validProps } from '../support/endpoint';

// What a reviewer sees of exposure.json in `git diff`.

const start = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'exposure-'));
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

type Allow = (stack: TerraformStack) => AllowedSource[];

/** What synthesis writes beside the stack. */
function synthesized(allow: Allow) {
  const stack = new TerraformStack(Testing.app(), 'prod');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  new DatabaseEndpoint(stack, 'Orders', { ...validProps(), allowlist: { asOf: '2027-01-01' }, allow: allow(stack) });
  const outdir = Testing.fullSynth(stack);
  const read = (name: string) => readFileSync(join(outdir, 'stacks', 'prod', name), 'utf8');
  return { exposure: read('exposure.json'), locations: JSON.parse(read('exposure-locations.json')) };
}

function fromFile(text: string, file = 'allowlist.yaml') {
  writeFileSync(join(folder, 'allowlist.yaml'), text);
  return synthesized(() => AllowlistFile.read(file));
}

/** The lines that git counts, and the added ones. */
function changes(before: string, after: string) {
  writeFileSync(join(folder, 'before.json'), before);
  writeFileSync(join(folder, 'after.json'), after);
  const { stdout } = spawnSync('git', ['diff', '--no-index', '--unified=0', 'before.json', 'after.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const lines = stdout.split('\n').filter((line) => /^[-+](?![-+]{2} )/.test(line));
  return {
    removed: lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1).trim()),
    added: lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1).trim()),
  };
}

const NOTHING = { removed: [], added: [] };
const BLOCKS = ['52.20.30.40', '52.20.30.41', '52.20.30.42', '52.20.30.43'];
const yaml = (blocks: readonly string[]) =>
  `owner: data-team\nentries:\n${blocks.map((block) => `  - { cidr: ${block}, description: Host ${block} }\n`).join('')}`;
const code =
  (blocks: readonly string[]): Allow =>
  () => [AllowedSource.cidrs([...blocks], { owner: 'data-team' }), AllowedSource.securityGroup('sg-0123456789abcdef0')];

describe('exposure.json', () => {
  const NEW = '52.20.30.99';

  test.each<[where: string, position: number]>([
    ['on top', 0],
    ['in between', 2],
    ['at the end', 4],
  ])('gains the lines of an entry that is added %s of a file, and keeps all others', (_, position) => {
    const before = fromFile(yaml(BLOCKS)).exposure;
    const after = fromFile(yaml([...BLOCKS.slice(0, position), NEW, ...BLOCKS.slice(position)])).exposure;

    const { removed, added } = changes(before, after);

    expect(removed).toEqual([]);
    expect(added.sort()).toEqual(
      [
        ...['{', '},', '"kind": "cidr",', `"value": "${NEW}/32",`, `"written": "${NEW}",`],
        ...[`"description": "Host ${NEW}",`, '"owner": "data-team",', '"file": "allowlist.yaml"'],
      ].sort(),
    );
  });

  test.each([0, 2, 3])('loses the lines of the entry that is removed, number %d, and keeps all others', (position) => {
    const before = fromFile(yaml(BLOCKS)).exposure;
    const after = fromFile(yaml(BLOCKS.filter((_, i) => i !== position))).exposure;

    const { removed, added } = changes(before, after);

    expect(added).toEqual([]);
    expect(removed).toContain(`"value": "${BLOCKS[position]}/32",`);
    expect(removed.length).toBe(8);
  });

  test('gains only the lines of an entry that is written on top of others in code', () => {
    const { removed, added } = changes(
      synthesized(code(BLOCKS)).exposure,
      synthesized((stack) => [AllowedSource.cidr(`${NEW}/32`), ...code(BLOCKS)(stack)]).exposure,
    );

    expect(removed).toEqual([]);
    expect(added.sort()).toEqual(['"kind": "cidr",', `"value": "${NEW}/32"`, '{', '},'].sort());
  });

  test('stays as it is when a file is formatted in another way, sorted, or commented', () => {
    const before = fromFile(yaml(BLOCKS));
    const after = fromFile(
      `# Who may connect\n\nentries:\n${[...BLOCKS]
        .reverse()
        .map((block) => `\n  # A host\n  - description: "Host ${block}"\n    cidr: '${block}'\n`)
        .join('')}\nowner: data-team\n`,
    );

    expect(changes(before.exposure, after.exposure)).toEqual(NOTHING);
    expect(after.locations).not.toEqual(before.locations);
  });

  test('stays as it is when labels of an entry change places', () => {
    const labelled = (labels: string) => fromFile(`entries: [{ cidr: 52.20.30.40, labels: ${labels} }]`).exposure;

    expect(changes(labelled('{ team: data, use: bi }'), labelled('{ use: bi, team: data }'))).toEqual(NOTHING);
  });

  test('stays as it is wherever the repository is checked out', () => {
    const relative = fromFile(yaml(BLOCKS));
    const absolute = fromFile(yaml(BLOCKS), join(process.cwd(), 'allowlist.yaml'));

    expect(absolute).toEqual(relative);
    expect(relative.exposure).toContain('"file": "allowlist.yaml"');
  });

  test('stays as it is when values that are known after apply change places', () => {
    const variables = (names: readonly string[]) =>
      synthesized((stack) =>
        names
          .map((name) => new TerraformVariable(stack, name, { type: 'string' }))
          .map((variable) => AllowedSource.cidr(variable.stringValue)),
      ).exposure;

    expect(changes(variables(['first', 'second']), variables(['second', 'first']))).toEqual(NOTHING);
  });

  test('shows an expiry as an entry that moves from those who may connect to those who might have', () => {
    const until = (day: string) => fromFile(`entries: [52.20.30.40, { cidr: 52.20.30.41, expires: ${day} }]`).exposure;

    const [before, after] = [until('2027-01-01'), until('2026-12-31')].map((text) => JSON.parse(text).endpoints[0]);

    expect(before).toMatchObject({ sources: [{}, { value: '52.20.30.41/32' }], expired: [] });
    expect(after).toMatchObject({ sources: [{ value: '52.20.30.40/32' }], expired: [{ value: '52.20.30.41/32' }] });
  });
});

describe('exposure-locations.json', () => {
  test('has file, line and column of every entry, in the order of exposure.json', () => {
    const { exposure, locations } = fromFile(
      `entries:\n  - { cidr: 52.20.30.41, expires: 2026-12-31 }\n  - 9.9.9.9\n  - 52.20.30.40\n`,
    );

    expect(locations).toEqual({
      version: 1,
      endpoints: [
        {
          endpoint: 'prod/Orders',
          sources: [
            { kind: 'cidr', value: '52.20.30.40/32', location: expect.stringMatching(/^allowlist\.yaml:4:\d+$/) },
            { kind: 'cidr', value: '9.9.9.9/32', location: expect.stringMatching(/^allowlist\.yaml:3:\d+$/) },
          ],
          expired: [
            { kind: 'cidr', value: '52.20.30.41/32', location: expect.stringMatching(/^allowlist\.yaml:2:\d+$/) },
          ],
        },
      ],
    });
    const { sources } = JSON.parse(exposure).endpoints[0];
    expect(sources.map(({ value }: { value: string }) => value)).toEqual(['52.20.30.40/32', '9.9.9.9/32']);
  });

  test('has the location in the properties of what is written in code', () => {
    const { locations } = synthesized(code(BLOCKS.slice(0, 2)));

    expect(locations.endpoints[0].sources).toEqual([
      { kind: 'cidr', value: '52.20.30.40/32', location: 'allow[0][0]' },
      { kind: 'cidr', value: '52.20.30.41/32', location: 'allow[0][1]' },
      { kind: 'securityGroup', value: 'sg-0123456789abcdef0', location: 'allow[1]' },
    ]);
  });
});
