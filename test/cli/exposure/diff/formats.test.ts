import { compare } from '../../../../cli/exposure/diff/compare';
import type { Difference } from '../../../../cli/exposure/diff/difference';
import { toJson } from '../../../../cli/exposure/diff/render/json';
import { renderJunit } from '../../../../cli/exposure/diff/render/junit';
import { MARKER, MOST_CHARACTERS, renderMarkdown } from '../../../../cli/exposure/diff/render/markdown';
import { toSarif } from '../../../../cli/exposure/diff/render/sarif';
import { renderText } from '../../../../cli/exposure/diff/render/text';
import { blocks } from '../app';
import { everything, LOOKER } from './everything';
import { endpoint } from './states';

const parsed = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('the JSON', () => {
  it('says exactly who gains and loses what, by owner', () => {
    expect(parsed(toJson(everything)).endpoints[0]).toMatchObject({
      endpoint: 'prod/A',
      change: 'changed',
      gained: { ipv4: '0', ipv6: '18446744073709551616', blocks: ['2600::/64'] },
      lost: { ipv4: '1', ipv6: '0', blocks: ['8.8.8.8/32'] },
      owners: [
        { owner: 'a', gained: { ipv4: '0', ipv6: '0', unmeasured: 0 }, lost: { ipv4: '1' } },
        { owner: 'data-team', gained: { ipv6: '18446744073709551616' }, lost: { ipv6: '0' } },
        { gained: { ipv4: '0', ipv6: '0', unmeasured: 1 } },
      ],
    });
  });
});

describe('the Markdown', () => {
  const many = (count: number) =>
    compare(
      [],
      Array.from({ length: 40 }, (_, i) =>
        endpoint({
          endpoint: `prod/E${String(i).padStart(2, '0')}`,
          sources: blocks(
            Array.from({ length: count }, (_, j) => `10.${i}.${j}.0/32`),
            LOOKER,
          ),
        }),
      ),
    );

  it('begins with what a job finds it by', () => {
    expect(renderMarkdown(everything).startsWith(`${MARKER}\n`)).toBe(true);
    expect(renderMarkdown([])).toBe(`${MARKER}\n### Who can reach what\n\nNothing changes in who can reach what.\n`);
  });

  it('fits into a comment, and counts what has no room', () => {
    const differences = many(100);
    const text = renderMarkdown(differences);

    expect(text.length).toBeLessThan(MOST_CHARACTERS);
    expect(text.length).toBeGreaterThan(MOST_CHARACTERS - 1000);
    const shown = text.match(/^\| \*\*gained\*\*|^- .*is new/gm)?.length ?? 0;
    const [, left, endpoints] =
      /\*\*(\d+) more changes\*\* of (\d+) endpoints? without room here, \d+ of which widen access/.exec(text) ?? [];
    expect(shown + Number(left)).toBe(40 * 101);
    expect(Number(endpoints)).toBeGreaterThan(10);
    expect(text).toContain('40 endpoints change: 40 new, 40 with access gained.');
  });

  it('gives room first to what widens access, of whatever endpoint it is', () => {
    const values = Array.from({ length: 2000 }, (_, i) => `10.0.${Math.floor(i / 256)}.${i % 256}/32`);
    const state = (name: string, description: string, more: string[]) =>
      endpoint({
        ...{ endpoint: `prod/${name}`, hostname: `${name}.example.com` },
        sources: [...blocks(values, { description }), ...blocks(more)],
      });
    const text = renderMarkdown(
      compare(
        [state('A', 'x', []), state('B', 'x', [])],
        [state('A', 'y', ['8.8.8.8/32']), state('B', 'y', ['9.9.9.9/32'])],
      ),
    );

    expect(text.length).toBeLessThan(MOST_CHARACTERS);
    for (const block of ['8.8.8.8/32', '9.9.9.9/32']) expect(text).toContain(`1 IPv4 address: \`${block}\``);
    expect(text).toMatch(/\*\*\d+ more changes\*\* of 2 endpoints without room here, none of which widen access\./);
    const shown = text.match(/^(- |\| \*\*)/gm)?.length ?? 0;
    expect(shown + Number(/\*\*(\d+) more/.exec(text)?.[1])).toBe(4002);
  });

  it('says nothing of more where everything has room', () => {
    expect(renderMarkdown(many(1))).not.toContain('more changes');
  });

  it('shows first what lets everybody in', () => {
    const open = endpoint({
      endpoint: 'prod/Z',
      internetFacing: true,
      sources: [{ kind: 'anywhere', value: '0.0.0.0/0' }],
    });
    const closed = endpoint({ endpoint: 'prod/A', internetFacing: false });
    const headings = renderMarkdown(compare([], [closed, open])).match(/^#### .*/gm);

    expect(headings).toEqual(['#### `prod/Z`', '#### `prod/A`']);
  });
});

describe('the SARIF', () => {
  interface Result {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly locations: [{ physicalLocation: { artifactLocation: { uri: string }; region?: object } }];
    readonly partialFingerprints: { 'exposureChange/v1': string };
  }
  const runOf = (differences: readonly Difference[], prefix?: string) =>
    parsed(toSarif(differences, ['weakened'], prefix)).runs[0] as {
      readonly results: Result[];
      readonly tool: { driver: { rules: { id: string }[] } };
    };
  const placeOf = (uri: string, sarif: Result[]) =>
    sarif
      .map(({ locations: [{ physicalLocation }] }) => physicalLocation)
      .filter(({ artifactLocation }) => artifactLocation.uri === uri);

  it('has a result for each change, with a rule that it names', () => {
    const { results, tool } = runOf(everything);

    expect(results).toHaveLength(everything.reduce((sum, { changes }) => sum + changes.length, 0));
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(new Set(results.map(({ level }) => level))).toEqual(new Set(['error', 'warning', 'note']));
    expect(new Set(results.map((each) => each.partialFingerprints['exposureChange/v1'])).size).toBe(results.length);
  });

  it('points at the line of an entry, from the root of the repository', () => {
    const [gained] = placeOf('infra/allowlist.yaml', runOf(everything, 'infra/').results);

    expect(gained).toMatchObject({
      artifactLocation: { uriBaseId: '%SRCROOT%' },
      region: { startLine: 2, startColumn: 3 },
    });
  });

  it('has no line of what is gone, which the head does not have, and cdktf.json for what no file says', () => {
    const lost = compare([endpoint({ sources: blocks(['8.8.8.8/32'], LOOKER) })], [endpoint()]);
    expect(placeOf('allowlist.yaml', runOf(lost).results)).toEqual([{ artifactLocation: expect.anything() }]);

    const inCode = compare([endpoint()], [endpoint({ sources: blocks(['8.8.8.8/32']) })]);
    expect(placeOf('cdktf.json', runOf(inCode).results)).toHaveLength(1);
  });
});

describe('the JUnit report', () => {
  it('has a test for each change, which fails where the command does', () => {
    const text = renderJunit(everything, ['weakened']);
    const cases = everything.reduce((sum, { changes }) => sum + changes.length, 0);

    expect(text).toMatch(new RegExp(`^<testsuites name="[^"]*" tests="${cases}" failures="2">$`, 'm'));
    expect(text.match(/<testcase /g)).toHaveLength(cases);
    expect(text.match(/<failure type="weakened"/g)).toHaveLength(2);
    expect(text).toContain('<testsuite name="prod/Gone" tests="1" failures="0">');
  });

  it('has one test that passes if nothing is different', () => {
    expect(renderJunit([], ['any'])).toContain('tests="1" failures="0"');
  });
});

test('the text says what changes, and what is admitted then', () => {
  expect(renderText(everything)).toContain(
    '  admits 1 IPv4 and 18446744073709551616 IPv6 addresses, plus 1 security group instead of 2 IPv4 addresses\n',
  );
});
