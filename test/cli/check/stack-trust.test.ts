import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackRequests } from '../../../cli/check/stack/stack-requests';
import { readCheck } from '../../../cli/check/stack/written-check';
import * as attributes from '../../../cli/stack/deployed-attributes';
import { shellQuoted } from '../../../cli/stack/shell-quoted';
import { readTerraformValues } from '../../../cli/stack/terraform-values';
import { bundledCommand } from '../support/bundled-command';

const command = bundledCommand();
const SECRET = 'correct-horse-battery';

const CHECK = {
  engine: 'postgresql',
  handshake: 'negotiated',
  hostname: 'localhost',
  port: 1,
  certificateAuthority: { description: 'x', inSystemStore: true },
};

let count = 0;

/** A folder with one `exposure.json`, and what Terraform knows of its stack. */
function synthesized(check: object, state: object): { readonly from: string; readonly state: string } {
  const from = join(command.folder, `out-${++count}`);
  mkdirSync(join(from, 'prod'), { recursive: true });
  const endpoints = [{ endpoint: 'prod/Orders', checks: [{ ...CHECK, ...check }] }];
  writeFileSync(join(from, 'prod', 'exposure.json'), JSON.stringify({ version: 1, endpoints }));
  const file = join(from, 'state');
  writeFileSync(file, JSON.stringify(state));
  return { from, state: file };
}

const SENSITIVE = [[{ type: 'get_attr', value: 'password' }]];
const STATE = {
  version: 4,
  outputs: {
    db_password: { value: SECRET, sensitive: true },
    db_token: { value: SECRET },
    Orders_hostname: { value: SECRET, sensitive: true },
  },
  resources: [
    {
      mode: 'managed',
      type: 'aws_db_instance',
      name: 'orders',
      instances: [
        { attributes: { address: 'localhost', password: SECRET, username: SECRET }, sensitive_attributes: SENSITIVE },
      ],
    },
    {
      mode: 'managed',
      type: 'aws_lb',
      name: 'hidden',
      instances: [
        { attributes: { dns_name: SECRET }, sensitive_attributes: [[{ type: 'get_attr', value: 'dns_name' }]] },
      ],
    },
    {
      mode: 'managed',
      type: 'aws_lb',
      name: 'odd',
      instances: [{ attributes: { dns_name: `${SECRET} no host` } }],
    },
  ],
};

const ASKED_FOR: [what: string, check: object][] = [
  ['a password within a hostname', { hostname: '${aws_db_instance.orders.password}.x.invalid' }],
  ['a password as a hostname', { hostname: '${aws_db_instance.orders.password}' }],
  ['another attribute as a hostname', { hostname: '${aws_db_instance.orders.username}' }],
  ['a password as a server name', { serverName: '${aws_db_instance.orders.password}' }],
  ['a password within a server name', { serverName: 'x.${aws_db_instance.orders.password}' }],
  ['a password as a port', { port: '${aws_db_instance.orders.password}' }],
  [
    'a password behind an attribute',
    { hostname: '${aws_db_instance.orders.address}${aws_db_instance.orders.password}' },
  ],
  ['an attribute that is sensitive here', { hostname: '${aws_lb.hidden.dns_name}' }],
  ['an attribute that is no host', { hostname: '${aws_lb.odd.dns_name}' }],
  ['a sensitive output', { hostname: '${var.x}', hostnameOutput: 'db_password' }],
  ['an output that is none of ours', { hostname: '${var.x}', hostnameOutput: 'db_token' }],
  ['a sensitive output of our naming', { hostname: '${var.x}', hostnameOutput: 'Orders_hostname' }],
];

describe('exposure.json does not get at secrets of a state', () => {
  test.each(ASKED_FOR)('%s', async (_, check) => {
    const { from, state } = synthesized(check, STATE);

    const { requests, missing } = stackRequests({
      from,
      state: [state],
      caFolder: '.',
      timeoutSeconds: 1,
      expect: 'open',
    });

    expect(requests).toEqual([]);
    expect(missing).toHaveLength(1);
    expect(JSON.stringify(missing)).not.toContain(SECRET);
  });

  it('by the command as it is shipped', async () => {
    for (const [, check] of ASKED_FOR.slice(0, 4)) {
      const { from, state } = synthesized(check, STATE);

      const { exitCode, out, err } = await command.run('check', '--from', from, '--state', state, '--timeout', '1');

      expect([exitCode, out]).toEqual([2, '']);
      expect(err).toMatch(/^missing: /);
      expect(err).not.toContain(SECRET);
    }
  });

  test('but the address of a database is looked up', () => {
    const { from, state } = synthesized({ hostname: '${aws_db_instance.orders.address}' }, STATE);

    const { requests } = stackRequests({ from, state: [state], caFolder: '.', timeoutSeconds: 1, expect: 'open' });

    expect(requests).toMatchObject([{ host: 'localhost', port: 1 }]);
  });
});

describe('what Terraform marks as sensitive is left out', () => {
  const values = (content: object) => {
    const { state } = synthesized({}, content);
    return readTerraformValues([state], ['prod']).get('prod');
  };

  test('of a state file', () => {
    const known = values(STATE);

    expect(known?.resources.get('aws_db_instance.orders')).toEqual({ address: 'localhost', username: SECRET });
    expect([...(known?.outputs.keys() ?? [])]).toEqual(['db_token']);
  });

  test('of terraform show -json', () => {
    const resource = {
      address: 'aws_lb.a',
      values: { dns_name: 'a', secret: SECRET, tags: {} },
      sensitive_values: { secret: true, tags: false },
    };
    const known = values({
      values: { outputs: { a: { value: 1, sensitive: true } }, root_module: { resources: [resource] } },
    });

    expect(known?.resources.get('aws_lb.a')).toEqual({ dns_name: 'a', tags: {} });
    expect(known?.outputs.size).toBe(0);
  });

  test('of terraform output -json', () => {
    const known = values({ a: { value: SECRET, sensitive: true }, b: { value: 1, sensitive: false } });

    expect([...(known?.outputs ?? [])]).toEqual([['b', 1]]);
  });
});

test('no attribute that is looked up is named like a secret', () => {
  const names = Object.values(attributes)
    .filter((table) => typeof table === 'object')
    .flatMap((table) => Object.values(table).flat());

  expect(names.length).toBeGreaterThan(60);
  expect(names.filter((name) => /pass|secret|token|key|user|auth|url|connection/.test(name))).toEqual([]);
});

const { attributeOf, HOST_ATTRIBUTES } = attributes;

test.each([
  '${aws_lb.a.constructor}',
  '${constructor.a.dns_name}',
  '${__proto__.a.b}',
  '${aws_lb.a.dns_name} ',
  '%{aws_lb.a.dns_name}',
  '${upper(aws_lb.a.dns_name)}',
  '${module.m.aws_lb.a.dns_name}',
  '$${aws_lb.a.dns_name}',
])('%s is no attribute', (expression) => {
  expect(attributeOf(expression, HOST_ATTRIBUTES)).toBeUndefined();
});

describe('the values of exposure.json are those that the library writes', () => {
  const authority = (different: object) => ({ certificateAuthority: { inSystemStore: false, ...different } });

  test.each<[what: string, check: object, endpoint?: unknown]>([
    ['a file of another folder', authority({ file: '../../etc/passwd.pem' })],
    ['a file with a path', authority({ file: '/etc/ssl/x.pem' })],
    ['a file that is an option', authority({ file: '-o.pem' })],
    ['a file of another kind', authority({ file: 'key' })],
    ['a bundle of somebody else', authority({ bundleUrl: 'https://evil.example/global/global-bundle.pem' })],
    [
      'a bundle with a command',
      authority({ bundleUrl: 'https://truststore.pki.rds.amazonaws.com/x/x-bundle.pem; id' }),
    ],
    ['a bundle without TLS', authority({ bundleUrl: 'http://truststore.pki.rds.amazonaws.com/x/x-bundle.pem' })],
    ['an engine with a command', { engine: 'x; id' }],
    ['no engine', { engine: undefined }],
    ['a handshake of nobody', { handshake: 'later' }],
    ['a handshake of another engine', { engine: 'postgresql', handshake: 'none' }],
    ['a port that is none', { port: 65_536 }],
    ['a port with a fraction', { port: 1.5 }],
    ['a port that is an object', { port: {} }],
    ['a hostname with a command', { hostname: 'x$(id)' }],
    ['a hostname with a line', { hostname: 'x\n::error::' }],
    ['a hostname that is too long', { hostname: 'x.'.repeat(200) }],
    ['a server name that is none', { serverName: 'x y' }],
    ['a long expression', { hostname: `\${${'x'.repeat(5000)}}` }],
    ['no path', {}, undefined],
    ['a long path', {}, 'x'.repeat(1000)],
  ])('not %s', (_, check, ...endpoint) => {
    const read = readCheck({ ...CHECK, ...check }, 'prod', endpoint.length > 0 ? endpoint[0] : 'prod/Orders');

    expect(typeof read).toBe('string');
    expect(String(read)).not.toMatch(/evil|passwd|\$\(|;|\n/);
  });

  test.each([
    ['an engine of one’s own', { engine: 'own', handshake: 'none' }],
    ['an engine behind a listener that terminates', { handshake: 'immediate' }],
    ['a port as text', { port: '5432' }],
    ['an address', { hostname: '2001:db8::1' }],
    [
      'a bundle of GovCloud',
      authority({
        bundleUrl: 'https://truststore.pki.us-gov-west-1.rds.amazonaws.com/us-gov-east-1/us-gov-east-1-bundle.pem',
      }),
    ],
    [
      'a bundle of China',
      authority({
        bundleUrl: 'https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/cn-north-1/cn-north-1-bundle.pem',
      }),
    ],
    [
      'a bundle of Redshift',
      authority({
        bundleUrl: 'https://s3.amazonaws.com/redshift-downloads/amazon-trust-ca-bundle.crt',
        file: 'amazon-trust-ca-bundle.crt',
      }),
    ],
  ])('but %s', (_, check) => {
    expect(typeof readCheck({ ...CHECK, ...check }, 'prod', 'prod/Orders')).toBe('object');
  });

  test('and what is wrong with one file leaves the others to be checked', () => {
    const { from } = synthesized({}, {});
    for (const [stack, content] of Object.entries({ bad: '{', odd: '{"version":1,"endpoints":[{"endpoint":"x"}]}' })) {
      mkdirSync(join(from, stack));
      writeFileSync(join(from, stack, 'exposure.json'), content);
    }
    mkdirSync(join(from, 'pipe'));
    spawnSync('mkfifo', [join(from, 'pipe', 'exposure.json')]);

    const { requests, missing } = stackRequests({ from, state: [], caFolder: '.', timeoutSeconds: 1, expect: 'open' });

    expect(requests).toMatchObject([{ label: 'prod/Orders' }]);
    expect(missing.map(({ what }) => what.replace(from, ''))).toEqual([
      '/bad/exposure.json is not JSON.',
      expect.stringContaining('/odd/exposure.json is not what this version'),
      '/pipe/exposure.json is not a regular file, or is too large.',
    ]);
  });
});

test.each(['plain-1.pem', "it's", '$(id)', '-o', '', 'a b', '`id`'])('%j is one argument of a shell', (text) => {
  const { stdout } = spawnSync('sh', ['-c', `printf %s ${shellQuoted(text)}`], { encoding: 'utf8' });

  expect(stdout).toBe(text);
});
