import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../../support/command';
import { blocks, content, folderWith, synthesized, written } from '../app';

const app = (more: object = {}) => folderWith({ 'exposure.json': content(written(more)) });
const guards = { acknowledged: [], maxBreadthIpv4: 8, maxBreadthIpv6: 24 };
const before = app({ guards, sources: blocks(['8.8.8.8/32', '9.9.9.9/32']) });
const lost = app({ guards, sources: blocks(['8.8.8.8/32']) });
const gained = app({ guards, sources: blocks(['8.8.8.0/24', '9.9.9.9/32']) });
const weakened = app({ guards: { ...guards, maxBreadthIpv4: 1 }, sources: blocks(['8.8.8.8/32', '9.9.9.9/32']) });
const open = app({ guards, sources: [{ kind: 'anywhere', value: '0.0.0.0/0' }] });

const diff = (...args: string[]) => command('exposure', 'diff', ...args);
const exitCode = async (...args: string[]) => (await diff(...args)).exitCode;

describe('the exit code of exposure diff', () => {
  it('is explained where somebody is stopped', async () => {
    const found = await diff(before, open, '--fail-on', 'public,gained,weakened');

    expect(found.err).toBe(
      '--fail-on public: prod/Orders\n--fail-on gained: prod/Orders\n--fail-on weakened: prod/Orders\n',
    );
    expect(found.out).toMatch(/^ {2}\+ public: 4294967294 IPv4 addresses/m);
    expect(found.out).toMatch(/^ {2}! weakened: everybody may connect/m);
    expect((await diff(before, lost, '--fail-on', 'gained')).err).toBe('');
  });

  it('is 0 whatever is different, unless somebody wants to be stopped', async () => {
    for (const head of [before, lost, gained, weakened, open]) expect(await exitCode(before, head)).toBe(0);
  });

  it.each<[failOn: string, stopped: readonly string[]]>([
    ['public', ['open']],
    ['gained', ['gained', 'open']],
    ['weakened', ['weakened', 'open']],
    ['public,weakened', ['weakened', 'open']],
    ['any', ['lost', 'gained', 'weakened', 'open']],
  ])('is 1 with --fail-on %s where that is found', async (failOn, stopped) => {
    for (const [name, head] of Object.entries({ before, lost, gained, weakened, open })) {
      expect([name, await exitCode(before, head, '--fail-on', failOn)]).toEqual([name, stopped.includes(name) ? 1 : 0]);
    }
  });

  it.each<[args: string[], message: RegExp]>([
    [[], /Write BASE and HEAD, or --base-ref REF/],
    [[before], /Write BASE and HEAD, or --base-ref REF/],
    [[before, '/nowhere'], /\/nowhere cannot be read: ENOENT/],
    [[before, before, '--fail-on', 'lost'], /Write one of public, gained, weakened, any/],
    [[before, before, '--format', 'pdf'], /Write one of text, markdown, json, sarif, junit, html/],
    [[before, before, '--output', 'sarif'], /Write FORMAT=FILE, such as html=exposure\.html/],
    [[before, before, '--output', 'json=/nowhere/x.json'], /\/nowhere\/x\.json cannot be written: ENOENT/],
    [[before, before, '--synth-command', 'x'], /--synth-command belongs to --base-ref/],
    [[before, before, '--base-ref', 'HEAD'], /Pass at most one folder, the state after/],
  ])('is 2 for %j', async (args, message) => {
    const found = await diff(...args);

    expect(found.exitCode).toBe(2);
    expect(found.err).toMatch(message);
  });
});

test('endpoints of the whole app are compared, and an app without any is one', async () => {
  const none = folderWith({ 'manifest.json': {} });
  const { out } = await diff(none, synthesized({ prod: { A: {} }, dev: { B: {} } }), '--format', 'json');

  expect(
    JSON.parse(out).endpoints.map(({ endpoint, change }: { [key: string]: string }) => [endpoint, change]),
  ).toEqual([
    ['dev/B', 'added'],
    ['prod/A', 'added'],
  ]);
});

test('a folder that is not an app is not one without endpoints', async () => {
  expect(await diff(folderWith(), before)).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('There is no exposure.json'),
  });
});

test('what is known after apply comes from the state, for both sides', async () => {
  const eip = (value: string) => app({ sources: [{ kind: 'cidr', value }] });
  const state = join(
    folderWith({
      'state.json': {
        values: { root_module: { resources: [{ address: 'aws_eip.a', values: { public_ip: '8.8.8.8' } }] } },
      },
    }),
    'state.json',
  );
  const [literal, computed] = [
    join(eip('8.8.8.8/32'), 'exposure.json'),
    join(eip('${aws_eip.a.public_ip}'), 'exposure.json'),
  ];
  // The stack is called like the folder that its file is in.
  const [base, head] = [
    folderWith({ 'prod/exposure.json': readFileSync(literal, 'utf8') }),
    folderWith({ 'prod/exposure.json': readFileSync(computed, 'utf8') }),
  ];

  expect((await diff(base, head)).out).toContain('whatever ${aws_eip.a.public_ip} contains gains access');
  expect((await diff(base, head, '--state', state)).out).toBe('Nothing changes in who can reach what.\n');
});

test('a stack that only one side has may have a state', async () => {
  const stack = (name: string) => ({
    [`${name}/exposure.json`]: content(written({ endpoint: `${name}/A`, hostname: `\${aws_lb.${name}.dns_name}` })),
  });
  const values = {
    root_module: { resources: [{ address: 'aws_lb.dev', values: { dns_name: 'dev.elb.amazonaws.com' } }] },
  };
  const folder = folderWith({ 'dev.json': { values } });
  const [base, head] = [folderWith(stack('prod')), folderWith({ ...stack('prod'), ...stack('dev') })];

  const { out } = await diff(base, head, '--state', `dev=${join(folder, 'dev.json')}`);
  expect(out).toContain('is new: dev.elb.amazonaws.com:5432');
});

describe('an endpoint whose construct has another path', () => {
  const LB = 'LoadBalancer';
  // What Terraform calls the load balancer of an endpoint follows from its path.
  const moving = (id: string, from?: string) =>
    synthesized({ prod: { [id]: {} } }, ({ loadBalancer }) => {
      if (from !== undefined) loadBalancer.resource.moveFromId(`aws_lb.${from}`);
    });
  const nameOf = (folder: string) =>
    Object.keys(JSON.parse(readFileSync(join(folder, 'stacks/prod/cdk.tf.json'), 'utf8')).resource.aws_lb)[0];

  it('is new where Terraform makes another load balancer for it', async () => {
    const { out } = await diff(moving('Old'), moving('New'));

    expect(out).toContain('2 endpoints change: 1 new, 1 gone');
  });

  it('is renamed where Terraform moves the load balancer', async () => {
    const old = moving('Old');
    const { out } = await diff(old, moving('New', nameOf(old)));

    expect(nameOf(old)).toContain(LB);
    expect(out).toContain('prod/New');
    expect(out).toContain('is renamed from prod/Old to prod/New');
    expect(out).toContain('1 endpoint changes: 1 renamed.');
    expect(out).not.toMatch(/is new|is gone|gain|lose|hostname is/);
  });

  it('is renamed where its domain stays', async () => {
    const named = (id: string) =>
      app({ endpoint: `prod/${id}`, hostname: 'orders.example.com', sources: blocks(['8.8.8.8/32']) });
    const { out } = await diff(named('Old'), named('New'), '--format', 'markdown');

    expect(out).toContain('- is renamed from `prod/Old` to `prod/New`');
    expect(JSON.parse((await diff(named('Old'), named('New'), '--format', 'json')).out).endpoints).toMatchObject([
      { endpoint: 'prod/New', change: 'renamed', before: { endpoint: 'prod/Old' }, after: { endpoint: 'prod/New' } },
    ]);
  });
});

test('other formats are written to files in the same run', async () => {
  const folder = folderWith();
  const files = ['sarif', 'junit', 'json', 'markdown'].map((format) => [format, join(folder, format)] as const);
  const { out } = await diff(before, gained, ...files.flatMap(([format, file]) => ['--output', `${format}=${file}`]));

  expect(out).toContain('255 IPv4 addresses');
  for (const [format, file] of files)
    expect(readFileSync(file, 'utf8')).toBe((await diff(before, gained, '--format', format)).out);
});

describe('--summary', () => {
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  afterEach(() => {
    process.env['GITHUB_STEP_SUMMARY'] = summary ?? '';
  });

  it('appends the Markdown to what is there', async () => {
    const file = join(folderWith({ summary: 'before\n' }), 'summary');
    process.env['GITHUB_STEP_SUMMARY'] = file;
    const { out } = await diff(before, gained, '--summary');

    expect(readFileSync(file, 'utf8')).toBe(`before\n${(await diff(before, gained, '--format', 'markdown')).out}`);
    expect(out).toContain('1 endpoint changes');
  });

  it('is refused where there is none', async () => {
    process.env['GITHUB_STEP_SUMMARY'] = '';

    expect(await diff(before, gained, '--summary')).toMatchObject({
      exitCode: 2,
      out: '',
      err: expect.stringContaining('--summary needs'),
    });
  });
});

test('ids and accounts are left out on request, in every format', async () => {
  const ids = ['sg-0a1b2c3d4e5f60718', 'pl-0a1b2c3d', 'vpce-svc-0a1b2c3d4e5f60718', '123456789012'];
  const head = app({
    sources: [
      { kind: 'securityGroup', value: '123456789012/sg-0a1b2c3d4e5f60718', description: 'vpce-svc-0a1b2c3d4e5f60718' },
      { kind: 'prefixList', value: 'pl-0a1b2c3d' },
      ...blocks(['2600::/64'], { ticket: 'SEC-1421' }),
    ],
    privateLink: { principals: ['arn:aws:iam::123456789012:root'], acceptanceRequired: true, allowlistApplies: true },
  });
  for (const format of ['text', 'markdown', 'json', 'sarif', 'junit']) {
    const shown = (await diff(before, head, '--format', format)).out;
    const masked = (await diff(before, head, '--format', format, '--mask-ids')).out;

    for (const id of ids) expect([format, shown.includes(id), masked.includes(id)]).toEqual([format, true, false]);
    for (const rest of ['sg-…0718', 'pl-…2c3d', '…9012', 'SEC-1421', '18446744073709551616'])
      expect(masked).toContain(rest);
  }
});
