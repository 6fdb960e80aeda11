import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { type StackOptions, stackRequests } from '../../../cli/check/stack/stack-requests';
import { UsageError } from '../../../cli/usage-error';
import {
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointTls,
} from '../../../lib';
import { TERMINATE, terminatingProps, validProps } from '../../support/endpoint';
import { expression } from '../../support/expression';
import { blackHole } from '../support/black-hole';
import { authority, issue } from '../support/certificates';
import { command } from '../support/command';
import { closeServers, freePort, serve } from '../support/test-server';
import { tlsBehaviour } from '../support/tls-behaviour';

const ca = authority();
const identity = issue({ commonName: 'localhost', names: ['localhost'], issuer: ca });
const caFolder = mkdtempSync(join(tmpdir(), 'stack-ca-'));
writeFileSync(join(caFolder, 'ca.pem'), ca.certificate);

const folders = [caFolder];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
afterEach(closeServers);

function folderWith(files: { readonly [name: string]: unknown }): string {
  const folder = mkdtempSync(join(tmpdir(), 'stack-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

type Build = (stack: TerraformStack) => void;

/** What `cdktf synth` writes for these stacks. */
function synthesized(stacks: { readonly [name: string]: Build }): string {
  const outdir = folderWith({});
  const app = new App({ outdir, stackTraces: false });
  for (const [name, build] of Object.entries(stacks)) {
    const stack = new TerraformStack(app, name);
    new AwsProvider(stack, 'aws', {});
    build(stack);
  }
  app.synth();
  return outdir;
}

const domain = (name: string) => ({ domain: { name } });
const endpointOf =
  (props: DatabaseEndpointProps, id = 'Orders'): Build =>
  (stack) =>
    void new DatabaseEndpoint(stack, id, props);

const options = (from: string, more: Partial<StackOptions> = {}): StackOptions => ({
  from,
  state: [],
  caFolder,
  timeoutSeconds: 5,
  expect: 'open',
  ...more,
});

const found = (stackOptions: StackOptions) => stackRequests(stackOptions).requests;

/** Everything that is missing, or the mistake in the command line. */
const missing = (from: string, more: Partial<StackOptions> = {}) => {
  try {
    return stackRequests(options(from, more))
      .missing.map(({ endpoints, what, remedy }) => `${endpoints.join(', ')}: ${what}. ${remedy}`)
      .join('\n');
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
};

/** The address of each load balancer, as its resource is called. */
const balancersIn = (from: string) =>
  readdirSync(join(from, 'stacks')).flatMap((stack) =>
    [
      ...readFileSync(join(from, 'stacks', stack, 'exposure.json'), 'utf8').matchAll(/\$\{(aws_lb\.\w+)\.dns_name\}/g),
    ].map(([, address]) => address),
  );

/** Serves TLS and hangs up on everything else, as a good Redis does. */
const redis = async () =>
  (
    await serve((socket) => {
      socket.once('data', (first: Buffer) => {
        socket.pause().unshift(first);
        if (first[0] === 22) tlsBehaviour({ identity })(socket);
        else socket.destroy();
      });
    })
  ).port;

describe('check --from', () => {
  const cache = (port: number) => validProps({ engine: DatabaseEngine.REDIS, tls: EndpointTls.passthrough(), port });
  /** An attribute that Terraform knows, by the address that the file names. */
  const shown = (address: string) => ({
    values: { root_module: { resources: [{ address, values: { dns_name: 'localhost' } }] } },
  });
  const addressOf = (from: string) => balancersIn(from)[0];

  it('checks every endpoint of a deployed stack and prints a table', async () => {
    const [sound, dead] = [await redis(), await freePort()];
    const from = synthesized({
      prod: (stack) => {
        endpointOf(cache(sound))(stack);
        endpointOf(cache(dead), 'Dead')(stack);
      },
    });
    const resources = balancersIn(from).map((address) => ({ address, values: { dns_name: 'localhost' } }));
    const state = join(folderWith({ 'state.json': { values: { root_module: { resources } } } }), 'state.json');

    const args = ['check', '--from', from, '--state', `prod=${state}`, '--ca-folder', caFolder, '--timeout', '2'];
    const { exitCode, out, err } = await command(...args);

    expect({ exitCode, err }).toEqual({ exitCode: 3, err: '' });
    const [header, first, second] = out.split('\n');
    expect(header).toMatch(/^name +endpoint +engine +reachable +latency +tls +client-cert +chain +name /);
    expect(first).toMatch(new RegExp(`^prod/Dead +localhost:${dead} +redis +FAILED +-`));
    expect(second).toMatch(
      new RegExp(`^prod/Orders +localhost:${sound} +redis +ok +ok +ok +ok +ok +ok +ok +ok +ok +ok`),
    );
    expect(out).toMatch(new RegExp(`\nprod/Dead, localhost:${dead}\n {2}reachable: .*\n {4}-> .*`));

    const json = JSON.parse((await command(...args, '--json')).out);
    expect(json).toMatchObject({
      exitCode: 3,
      endpoints: [
        { endpoint: 'prod/Dead', exitCode: 3 },
        { endpoint: 'prod/Orders', exitCode: 0, serverName: 'localhost' },
      ],
    });
  });

  it('proves that a whole stack is closed', async () => {
    const hole = await blackHole();
    const from = synthesized({ prod: endpointOf(cache(hole.port)) });
    const state = join(folderWith({ s: shown(addressOf(from)) }), 's');
    const args = ['check', '--from', from, '--state', state, '--expect', 'blocked', '--timeout', '0.5'];

    expect((await command(...args)).exitCode).toBe(0);
    await hole.close();
  });

  test.each([
    [['check', '--from', 'x', 'db'], /--from determines what to check. Leave HOST out/],
    [['check', '--from', 'x', '--engine', 'redis'], /Leave --engine out/],
    [['check', '--from', 'x', '--servername', 'y'], /Leave --servername out/],
    [['check', '--from', '/nowhere/at/all'], /cannot be read: ENOENT/],
    [['check', 'db', '--engine', 'redis', '--state', 'x'], /--state belongs to --from/],
    [['check', 'db', '--engine', 'redis', '--ca-folder', 'x'], /--ca-folder belongs to --from/],
    [['check', '--engine', 'redis'], /Write HOST\[:PORT\], or --from FOLDER/],
    [['check', 'db'], /Write --engine NAME/],
  ])('refuses %j', async (args, message) => {
    const { exitCode, out, err } = await command(...args);

    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(message);
  });
});

describe('the checks of a stack', () => {
  it('are what the endpoints say', () => {
    const from = synthesized({
      prod: (stack) => {
        endpointOf(validProps(domain('orders.example.com')))(stack);
        endpointOf(terminatingProps({ ...domain('cache.example.com'), port: 6380 }), 'Cache')(stack);
        endpointOf(validProps({ engine: DatabaseEngine.SFTP, ...domain('files.example.com') }), 'Files')(stack);
      },
    });

    const requests = found(options(from, { idleSeconds: 3 }));

    expect(
      requests.map(({ label, host, port, engine, serverName, authorities }) => [
        label,
        `${host}:${port}`,
        engine.name,
        serverName,
        authorities?.file,
      ]),
    ).toEqual([
      ['prod/Cache', 'cache.example.com:6380', 'redis', 'cache.example.com', undefined],
      ['prod/Files', 'files.example.com:22', 'sftp', 'files.example.com', undefined],
      ['prod/Orders', 'orders.example.com:5432', 'postgresql', 'orders.example.com', join(caFolder, 'ca.pem')],
    ]);
    expect(requests[0]).toMatchObject({ timeoutSeconds: 5, idleSeconds: 3, expect: 'open' });
  });

  it('speak TLS first where the listener terminates it, whatever the engine', () => {
    const tls = EndpointTls.terminate({ ...TERMINATE._termination!, clientsWrapTls: true });
    const from = synthesized({ prod: endpointOf(validProps({ ...domain('orders.example.com'), tls })) });

    const [{ engine }] = found(options(from));

    expect([engine.name, engine.displayName, engine.handshake]).toEqual(['postgresql', 'PostgreSQL', 'immediate']);
  });

  it('expect the name of a managed database, also where it is known after apply', () => {
    const target = (certificateName: string) => DatabaseTarget.ipAddresses(['10.0.1.5'], { certificateName });
    const rds = 'orders.abc.eu-central-1.rds.amazonaws.com';
    const from = synthesized({
      prod: (stack) => {
        endpointOf(validProps({ ...domain('a.example.com'), target: target(rds) }), 'A')(stack);
        const address = expression('aws_db_instance.orders.address');
        endpointOf(validProps({ ...domain('b.example.com'), target: target(address) }), 'B')(stack);
      },
    });
    const state = folderWith({
      s: {
        version: 4,
        resources: [
          { mode: 'managed', type: 'aws_db_instance', name: 'orders', instances: [{ attributes: { address: rds } }] },
        ],
      },
      'eu-central-1-bundle.pem': ca.certificate,
      'global-bundle.pem': ca.certificate,
    });

    const requests = found(options(from, { caFolder: state, state: [join(state, 's')] }));

    expect(requests.map(({ serverName, authorities }) => [serverName, authorities?.file])).toEqual([
      [rds, join(state, 'eu-central-1-bundle.pem')],
      [rds, join(state, 'global-bundle.pem')],
    ]);
  });

  it('take the hostname and the port of outputs, in each form in which they are written', () => {
    const from = synthesized({
      prod: (stack) => {
        const port = new TerraformVariable(stack, 'port', { type: 'number' }).numberValue;
        new DatabaseEndpoint(stack, 'Orders', validProps({ port })).addOutputs();
      },
    });
    const values = { Orders_hostname: 'orders.example.com', Orders_port: 5433 };
    const wrapped = { Orders_hostname: { value: 'orders.example.com' }, Orders_port: { value: 5433, type: 'number' } };
    const folder = folderWith({
      cdktf: { prod: values },
      output: wrapped,
      show: { values: { outputs: wrapped, root_module: {} } },
      state: { version: 4, outputs: wrapped, resources: [] },
    });

    for (const file of ['cdktf', 'output', 'show', 'state']) {
      const [{ host, port }] = found(options(from, { state: [join(folder, file)] }));
      expect([file, host, port]).toEqual([file, 'orders.example.com', 5433]);
    }
  });

  it('are made where they can be, and what they lack is said once each, with how to get it', () => {
    const from = synthesized({
      prod: (stack) => {
        endpointOf(validProps(), 'A')(stack);
        endpointOf(validProps(), 'A2')(stack);
        new DatabaseEndpoint(stack, 'A3', validProps()).addOutputs();
        endpointOf(validProps({ engine: DatabaseEngine.AURORA_MYSQL, ...domain('b.example.com') }), 'B')(stack);
        endpointOf(validProps({ engine: DatabaseEngine.AURORA_MYSQL, ...domain('c.example.com') }), 'C')(stack);
        endpointOf(terminatingProps(domain('d.example.com')), 'D')(stack);
        endpointOf(validProps(domain('e.example.com')), 'E')(stack);
      },
    });

    const { requests, missing: lacking } = stackRequests(options(from, { caFolder: "/nowhere/it's" }));

    expect(requests.map(({ label, lacksAuthorities }) => [label, lacksAuthorities])).toEqual([
      ['prod/B', true],
      ['prod/C', true],
      ['prod/D', undefined],
      ['prod/E', true],
    ]);
    expect(lacking).toEqual([
      {
        endpoints: ['prod/A', 'prod/A2'],
        what: 'the hostname is known only after apply',
        remedy: expect.stringMatching(
          /^Not checked: call addOutputs\(\) .* --state prod=FILE .*`terraform output -json`/,
        ),
      },
      {
        endpoints: ['prod/A3'],
        what: 'the hostname is known only after apply',
        remedy: expect.stringMatching(/^Not checked: add --state prod=FILE .*`terraform output -json`/),
      },
      {
        endpoints: ['prod/B', 'prod/C'],
        what: 'the database\'s CA is missing, so "chain" cannot be checked',
        remedy:
          "Run: curl --fail --output '/nowhere/it'\\''s/global-bundle.pem' https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem",
      },
      {
        endpoints: ['prod/E'],
        what: 'the database\'s CA is missing, so "chain" cannot be checked',
        remedy: expect.stringContaining("Put its certificate into /nowhere/it's/ca.pem"),
      },
    ]);
  });

  it('prefer the CA of the endpoint, and take the one of the command line for all', () => {
    const from = synthesized({ prod: endpointOf(validProps(domain('a.example.com'))) });
    const own = folderWith({ 'prod-Orders.pem': ca.certificate, 'ca.pem': authority().certificate });
    const given = { file: 'given.pem', pem: ca.certificate };

    expect(found(options(from, { caFolder: own }))[0].authorities?.file).toBe(join(own, 'prod-Orders.pem'));
    expect(found(options(from, { authorities: given }))[0].authorities).toBe(given);
  });

  it('need to know whose state a file is where there are several stacks', () => {
    const from = synthesized({ prod: endpointOf(validProps()), test: endpointOf(validProps()) });
    const state = join(folderWith({ s: { values: { root_module: {} } } }), 's');

    expect(missing(from, { state: [state] })).toMatch(
      /which stack it belongs to\. Write --state STACK=FILE with one of prod, test/,
    );
    expect(missing(from, { state: [`test=${state}`] })).toMatch(
      /prod\/Orders: the hostname .*\n.*test\/Orders: the host/,
    );
  });

  test.each<[what: string, files: { readonly [name: string]: unknown }, message: RegExp]>([
    ['an empty folder', {}, /no exposure\.json below/],
    ['a file that is not JSON', { 'prod/exposure.json': '{' }, /is not JSON/],
    ['a version of the future', { 'prod/exposure.json': { version: 2, endpoints: [] } }, /has version 2/],
    [
      'a file without checks',
      { 'prod/exposure.json': { version: 1, endpoints: [{ endpoint: 'x' }] } },
      /Synthesize again/,
    ],
    ['something else', { 'prod/exposure.json': [] }, /Synthesize again/],
    [
      'a check without an engine',
      { 'prod/exposure.json': { version: 1, endpoints: [{ endpoint: 'x', checks: [{ certificateAuthority: {} }] }] } },
      /Synthesize again/,
    ],
  ])('are refused for %s', (_, files, message) => {
    expect(missing(folderWith(files))).toMatch(message);
  });

  test('a file that is no state is refused', () => {
    const from = synthesized({ prod: endpointOf(validProps()) });
    const folder = folderWith({ s: { a: 1 } });

    expect(missing(from, { state: [join(folder, 's')] })).toMatch(/contains neither state nor outputs/);
    expect(missing(from, { state: [join(folder, 'u')] })).toMatch(/cannot be read/);
  });
});
