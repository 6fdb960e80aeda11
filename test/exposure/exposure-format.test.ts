import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import Ajv from 'ajv';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { AllowedSource, DatabaseEndpoint, type DatabaseEndpointProps, DatabaseEngine, DatabaseTarget } from '../../lib';
import { EXPOSURE_SCHEMA, EXPOSURE_VERSION, type ExposureContent } from '../../lib/exposure/exposure-format';
import { files as publishedFiles } from '../../package.json';
import schema from '../../schema/exposure.schema.json';
import { exposureSamples, withSamples } from '../../scripts/exposure-sample';
import { usualTls } from '../engine/engine-facts';
import { terminatingProps, validProps } from '../support/endpoint';
import { strict } from '../support/strict-schema';

interface Json {
  readonly [key: string]: unknown;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const published = new Ajv({ allowUnionTypes: true }).compile(schema);
const ofThisRelease = new Ajv({ allowUnionTypes: true }).compile({ ...strict(schema), $id: 'strict' });

function mistakes(content: unknown) {
  ofThisRelease(content);
  return ofThisRelease.errors ?? [];
}

/** Required, however deep: what the compiler demands here is every property of the types. */
type Complete<Value> = Value extends readonly (infer Item)[]
  ? readonly Complete<Item>[]
  : Value extends object
    ? { readonly [Property in keyof Value]-?: Complete<Value[Property]> }
    : Value;

const SOURCE: Complete<ExposureContent['endpoints'][number]['sources'][number]> = {
  kind: 'cidr',
  value: '203.0.113.7/32',
  written: '203.0.113.7',
  description: 'Looker',
  owner: 'data-team',
  ticket: 'SEC-7',
  expires: '2027-01-31',
  file: 'allowlist.yaml',
  feed: 'https://vendor.example.com/ips.json',
  lockFile: 'allowlist.yaml.lock.json',
  group: 'partners',
  integration: 'Looker',
  labels: { team: 'data' },
};

const EVERYTHING: Complete<ExposureContent> = {
  $schema: EXPOSURE_SCHEMA,
  version: EXPOSURE_VERSION,
  endpoints: [
    {
      endpoint: 'prod/Orders',
      engine: 'postgresql',
      hostname: 'orders.example.com',
      port: 5432,
      tls: 'passthrough',
      internetFacing: true,
      privateLink: {
        principals: ['arn:aws:iam::123456789012:root'],
        acceptanceRequired: true,
        allowlistApplies: true,
        supportedRegions: ['us-east-1'],
      },
      guards: { acknowledged: ['SourceSeldomMatches'], maxBreadthIpv4: 8, maxBreadthIpv6: 24 },
      sources: [SOURCE],
      expired: [SOURCE],
      users: [
        {
          user: 'prod/Orders/Looker/User',
          userName: 'looker',
          integration: 'Looker',
          auth: 'password',
          database: 'shop',
          grants: [{ schema: 'sales', tables: ['orders'], privileges: ['SELECT'] }],
          futureTables: false,
          rotateEveryDays: 30,
          validUntil: '2027-01-31T00:00:00Z',
        },
      ],
      checks: [
        {
          engine: 'postgresql',
          handshake: 'negotiated',
          hostname: '${aws_lb.Orders.dns_name}',
          hostnameOutput: 'Orders_hostname',
          port: '${var.port}',
          serverName: 'orders.example.com',
          certificateAuthority: {
            description: 'The CA of Amazon RDS.',
            bundleUrl: 'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem',
            file: 'global-bundle.pem',
            inSystemStore: false,
          },
        },
      ],
    },
  ],
};

/** The paths of all properties of a value, without the numbers of items and the names of labels. */
function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsOf(each, path));
  if (!isObject(value) || path.endsWith('.labels')) return [];
  return Object.entries(value).flatMap(([key, each]) => [`${path}.${key}`, ...pathsOf(each, `${path}.${key}`)]);
}

/** The same of the schema. */
function declaredPaths(node: Json, path = ''): string[] {
  if (typeof node['$ref'] === 'string') {
    const name = node['$ref'].replace('#/definitions/', '') as keyof typeof schema.definitions;
    return declaredPaths(schema.definitions[name] as Json, path);
  }
  if (isObject(node['items'])) return declaredPaths(node['items'], path);
  return Object.entries((node['properties'] ?? {}) as Json).flatMap(([key, each]) => [
    `${path}.${key}`,
    ...declaredPaths(each as Json, `${path}.${key}`),
  ]);
}

function written(build: (stack: TerraformStack) => void): unknown {
  const stack = new TerraformStack(Testing.app(), 'prod');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  build(stack);
  return JSON.parse(readFileSync(join(Testing.fullSynth(stack), 'stacks', 'prod', 'exposure.json'), 'utf8'));
}

describe('the published JSON Schema of exposure.json', () => {
  test('is part of the package and named in the file', () => {
    expect(publishedFiles).toContain('schema');
    expect(schema.$id).toBe(EXPOSURE_SCHEMA);
    expect(schema.properties.version.const).toBe(EXPOSURE_VERSION);
  });

  test('and the types of the library have the same properties', () => {
    expect(mistakes(EVERYTHING)).toEqual([]);
    expect(new Set(pathsOf(EVERYTHING))).toEqual(new Set(declaredPaths(schema)));
  });

  const sources = (stack: TerraformStack) => {
    const text = (name: string) => new TerraformVariable(stack, name, { type: 'string' }).stringValue;
    return [
      AllowedSource.cidr(text('one'), { description: text('description'), owner: text('owner') }),
      AllowedSource.cidrs(new TerraformVariable(stack, 'several', { type: 'list(string)' }).listValue),
      AllowedSource.cidr('52.20.30.40', { ticket: 'SEC-7', expires: '2027-01-31', group: 'partners' }),
      AllowedSource.cidr('52.20.30.41', { expires: '2026-12-31' }),
      AllowedSource.prefixList(text('list'), { maxEntries: 3 }),
      AllowedSource.awsPrefixList('com.amazonaws.eu-central-1.s3'),
      AllowedSource.securityGroup(text('group')),
    ];
  };

  test.each<[what: string, props: (stack: TerraformStack) => Partial<DatabaseEndpointProps>]>([
    ['the smallest endpoint', () => ({})],
    ['an endpoint of every kind of source', (stack) => ({ allow: sources(stack), allowlist: { asOf: '2027-01-01' } })],
    [
      'an endpoint for everybody on dual stack',
      () => ({ dualStack: true, allow: [AllowedSource.anywhere({ reason: 'Public demo data' })] }),
    ],
    [
      'a port that is known after apply',
      (stack) => ({ port: new TerraformVariable(stack, 'port', { type: 'number' }).numberValue }),
    ],
    ['a listener that terminates TLS', () => terminatingProps()],
    [
      'a database of RDS',
      () => ({
        target: DatabaseTarget.rdsInstance({
          identifier: 'orders',
          address: 'orders.abc123.eu-central-1.rds.amazonaws.com',
          securityGroupId: 'sg-0a1b2c3d4e5f60733',
          vpcCidrBlocks: ['10.0.0.0/16'],
        }),
      }),
    ],
    ...DatabaseEngine.all().map((engine): [string, () => Partial<DatabaseEndpointProps>] => [
      engine.name,
      () => (usualTls(engine) === 'terminate' ? terminatingProps({ engine }) : { engine }),
    ]),
  ])('admits what synthesis writes for %s', (_, props) => {
    const content = written((stack) => {
      const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps(props(stack)));
      endpoint.addOutputs();
    });

    expect(mistakes(content)).toEqual([]);
    expect(published(content)).toBe(true);
    expect(JSON.stringify(content)).not.toContain('TfToken');
  });

  test.each<[what: string, path: string, value: unknown]>([
    ['another version', 'version', 2],
    ['a list in the place of a value', 'endpoints.0.sources.0.value', ['203.0.113.7/32']],
    ['a kind that does not exist', 'endpoints.0.sources.0.kind', 'hosts'],
    ['a port out of range', 'endpoints.0.checks.0.port', 65536],
    ['a port that is a text without an expression', 'endpoints.0.checks.0.port', '5432'],
    ['a check without an engine', 'endpoints.0.checks.0.engine', undefined],
    ['a bundle that is not fetched by HTTPS', 'endpoints.0.checks.0.certificateAuthority.bundleUrl', 'file:///ca.pem'],
    ['a limit that is no prefix length', 'endpoints.0.guards.maxBreadthIpv4', 33],
    ['an output of somebody else', 'endpoints.0.checks.0.hostnameOutput', 'password'],
  ])('refuses %s', (_, path, value) => {
    const content = JSON.parse(JSON.stringify(EVERYTHING));
    expect(published(content)).toBe(true);

    const keys = path.split('.');
    const last = keys.pop()!;
    keys.reduce((node, key) => node[key], content)[last] = value;

    expect(published(JSON.parse(JSON.stringify(content)))).toBe(false);
  });

  test('admits what docs/allowlists.md shows, which is what synthesis writes for the allowlist there', () => {
    const document = readFileSync(join(__dirname, '../../docs/allowlists.md'), 'utf8');
    const samples = exposureSamples(document);

    expect(withSamples(document, samples)).toBe(document);
    expect(document).toContain(samples['exposure']);
    expect(document).toContain(samples['locations']);
    expect(mistakes(JSON.parse(samples['exposure']))).toEqual([]);
  });

  test('admits properties that a later release adds', () => {
    expect(published({ ...EVERYTHING, more: true })).toBe(true);
  });
});
