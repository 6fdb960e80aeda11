import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { publishedBlocks } from '../../../../cli/allowlist/update/published-blocks';
import { run } from '../../../../cli/program';
import { resolveAllowlist } from '../../../../lib/allowlist/allowlist-input';
import { AllowlistReview } from '../../../../lib/allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../../../../lib/allowlist/allowlist-rules';
import { readAllowlistFiles } from '../../../../lib/allowlist-file/allowlist-reader';
import { sourcesOf } from '../../../../lib/allowlist-file/allowlist-sources';
import { type Feed, urlOf } from '../../../../lib/allowlist-file/feed';
import { describeProblem } from '../../../../lib/rules/endpoint-error';

const root = join(__dirname, '../../../..');
const page = readFileSync(join(root, 'docs/feeds.md'), 'utf8');
const files = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text);

function read(text: string) {
  return readAllowlistFiles('allowlist.yaml', () => text, { withoutLocks: true });
}

test('every file of docs/feeds.md is an allowlist file that an endpoint accepts', () => {
  expect(files).toHaveLength(3);
  for (const text of files) {
    const content = read(text);
    const review = new AllowlistReview(
      resolveAllowlist({ allow: sourcesOf(content), dualStack: true, internetFacing: true }),
    );

    expect(content.problems.map(describeProblem)).toEqual([]);
    if (content.entries.length > 0) expect(ALLOWLIST_RULES.check(review).map(describeProblem)).toEqual([]);
  }
});

// Of the shapes that the vendors document, with addresses of nobody.
const SHAPES: Readonly<Record<string, unknown>> = {
  'https://api.clickhouse.cloud/static-ips.json': {
    aws: [
      { region: 'ap-south-1', egress_ips: ['192.0.2.1'], ingress_ips: ['192.0.2.2'], s3_endpoints: 'vpce-0' },
      { region: 'eu-central-1', egress_ips: ['192.0.2.7', '192.0.2.8'], ingress_ips: ['192.0.2.3'] },
    ],
    gcp: [],
  },
  'https://allowlists.prod-eu-west-2.grafana.net/v1/': {
    metadata: { schemaVersion: 'v1', region: 'prod-eu-west-2' },
    services: {
      metrics: { direction: 'ingress-to-grafana', ipv4: ['192.0.2.1/32'] },
      grafana: { direction: 'egress-from-grafana', ipv4: ['192.0.2.7', '192.0.2.8'] },
    },
  },
  'https://ip-ranges.datadoghq.eu/': {
    version: 1,
    agents: { prefixes_ipv4: ['192.0.2.0/25'], prefixes_ipv6: [] },
    synthetics: { prefixes_ipv4: ['192.0.2.7'], prefixes_ipv6: ['192.0.2.8'], prefixes_ipv4_by_location: {} },
  },
  'https://ip-ranges.salesforce.com/ip-ranges.json': {
    syncToken: '1',
    prefixes: [
      { region: 'a', provider: 'aws', ip_prefix: ['192.0.2.7'] },
      { region: 'b', provider: 'gcp', ip_prefix: ['192.0.2.8'] },
    ],
    ipv6_prefixes: [],
  },
};

test('what they select are the blocks of the shapes that vendors document', () => {
  const feeds = files.flatMap((text) => read(text).feeds).map(({ feed }) => feed);

  expect([...new Set(feeds.map(urlOf))].sort()).toEqual(Object.keys(SHAPES).sort());
  for (const feed of feeds) {
    const published = Buffer.from(JSON.stringify(SHAPES[urlOf(feed)]));

    expect([urlOf(feed), publishedBlocks(feed, published)]).toEqual([urlOf(feed), ['192.0.2.7', '192.0.2.8']]);
  }
});

test.each([
  ['@', ['192.0.2.1']],
  ['ips', { ips: ['192.0.2.1'] }],
  ['[v4, v6][]', { v4: ['192.0.2.1'], v6: [] }],
  [
    "prefixes[?region=='{region}'].cidr",
    {
      prefixes: [
        { region: 'eu', cidr: '192.0.2.1' },
        { region: 'us', cidr: 'x' },
      ],
    },
  ],
  [
    "values(@)[?direction=='egress'].ipv4[]",
    { a: { direction: 'egress', ipv4: ['192.0.2.1'] }, b: { direction: 'x', ipv4: ['x'] } },
  ],
  ['[?Region==\'eu\']."IP Address"', 'IP Address,Region\n192.0.2.1,eu\n192.0.2.2,us\n'],
  ['[*][0]', '192.0.2.1,DE\n'],
  ['result.[ipv4_cidrs, ipv6_cidrs][]', { result: { ipv4_cidrs: ['192.0.2.1'], ipv6_cidrs: [] } }],
])('the page explains select: %s', (select, published) => {
  const isTable = typeof published === 'string';
  const feed: Feed = { url: 'https://vendor.example.com', format: isTable ? 'csv' : 'json', select, region: 'eu' };

  expect(page).toContain(`\`${select.startsWith('result') ? `select: ${select}` : select}\``);
  expect(publishedBlocks(feed, Buffer.from(isTable ? published : JSON.stringify(published)))).toEqual(['192.0.2.1']);
});

test('the page has every option and exit code of the command', async () => {
  let help = '';
  const write = (text: string) => {
    help += text;
  };
  await run(['allowlist', 'update', '--help'], { out: write, err: write });

  const options = [...help.matchAll(/^ {2}(?:-h, )?(--[a-z-]+\d?)/gm)].map(([, option]) => option);
  expect(options.length).toBeGreaterThan(8);
  expect(options.filter((option) => option !== '--help' && !page.includes(`\`${option}`))).toEqual([]);
  expect(help).toMatch(/Exit codes: 0 .*1 .*2 .*3 /s);
  for (const code of [0, 1, 2, 3]) expect(page).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
});

test('the workflow is YAML whose job that may write runs nothing of the project', () => {
  const text = readFileSync(join(root, 'examples/gitops/github-feeds.yml'), 'utf8');
  const { permissions, jobs } = load(text) as {
    permissions: object;
    jobs: Record<string, { permissions?: object; steps: { run?: string; uses?: string }[] }>;
  };

  expect(permissions).toEqual({ contents: 'read' });
  expect(jobs.fetch.permissions).toBeUndefined();
  expect(jobs.propose.steps.map(({ run }) => run ?? '').join('\n')).not.toMatch(/npm|npx|node|pipeline/);
  const uses = Object.values(jobs).flatMap(({ steps }) => steps.flatMap((step) => step.uses ?? []));
  expect(uses.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
});
