import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing, Token } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseTarget,
  EndpointCertificate,
  EndpointTls,
} from '../lib';
import { Deferred } from '../lib/tokens/deferred';
import { terminatingProps, validProps } from './support/endpoint';
import { addFleet, clients, endpointProps } from './support/shared-load-balancer';

/** What one more endpoint adds to a stack. Each figure is exact, unlike a time. */
interface Footprint {
  readonly constructs: number;
  readonly tokens: number;
  /** Each costs more than most of what else an endpoint does, and many times as much under ts-node. */
  readonly stackTraces: number;
  readonly jsonBytes: number;
  readonly exposureBytes: number;
}

const DATABASE_GROUP = 'sg-0a1b2c3d4e5f60733';
const CLIENTS = Array.from({ length: 10 }, (_, i) =>
  AllowedSource.cidr(`52.20.30.${i}`, { description: `Client ${i}` }),
);
const SHAPES: { readonly [shape: string]: () => DatabaseEndpointProps } = {
  'PostgreSQL, one client': validProps,
  'Redis behind a TLS listener, ten clients': () =>
    terminatingProps({
      allow: CLIENTS,
      target: DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: DATABASE_GROUP }),
    }),
  'PostgreSQL on dual stack, clients of all kinds': () =>
    validProps({
      dualStack: true,
      allow: [
        ...CLIENTS,
        AllowedSource.cidr('2600:1f18::/48'),
        AllowedSource.prefixList('pl-0123456789abcdef0', { maxEntries: 10 }),
        AllowedSource.securityGroup('sg-0123456789abcdef0'),
        AllowedSource.cidr('52.30.30.30', { group: 'partners' }),
      ],
    }),
  'Redis with a certificate and a name of its own': () =>
    terminatingProps({
      domain: { name: `${++names}.db.example.com`, zoneId: 'Z0123456789ABC', zoneName: 'db.example.com' },
      tls: EndpointTls.terminate({ certificate: EndpointCertificate.issue() }),
    }),
  'PostgreSQL that a function of the stack follows': () =>
    validProps({
      target: DatabaseTarget.rdsInstance({
        identifier: 'orders',
        address: 'orders.abc123.eu-central-1.rds.amazonaws.com',
        securityGroupId: DATABASE_GROUP,
        vpcCidrBlocks: ['10.0.0.0/16'],
      }),
    }),
};
let names = 0;

const RECORD = join(__dirname, 'footprint.json');
const recorded: { readonly [shape: string]: Footprint } = JSON.parse(readFileSync(RECORD, 'utf8'));

// What grows here makes every synthesis slower. Where that is meant, say so in the commit that changes the record:
// FOOTPRINT=record npx jest test/footprint
test('an endpoint adds to a stack what is recorded, and no more', () => {
  const found = {
    ...Object.fromEntries(Object.entries(SHAPES).map(([shape, props]) => [shape, footprint(props)])),
    'forty endpoints on one load balancer': fleetFootprint(40),
  };
  if (process.env['FOOTPRINT'] === 'record') writeFileSync(RECORD, `${JSON.stringify(found, undefined, 2)}\n`);

  expect(found).toEqual(process.env['FOOTPRINT'] === 'record' ? found : recorded);
});

/** The difference between two endpoints and one. */
function footprint(props: () => DatabaseEndpointProps): Footprint {
  const [one, two] = [1, 2].map((endpoints) => measure(endpoints, props));
  return between(one, two);
}

function between(less: Footprint, more: Footprint): Footprint {
  const names = Object.keys(less) as (keyof Footprint)[];
  return Object.fromEntries(names.map((name) => [name, more[name] - less[name]])) as unknown as Footprint;
}

/** What a load balancer and its endpoints add to an empty stack. */
function fleetFootprint(endpoints: number): Footprint {
  const fleet = Object.fromEntries(
    Array.from({ length: endpoints }, (_, i) => {
      const target = DatabaseTarget.ipAddresses([`10.0.1.${i}`], { securityGroupId: DATABASE_GROUP });
      return [`Orders${i}`, endpointProps({ port: 6000 + i, target, allow: clients(5, i) })];
    }),
  );
  return between(
    measured(() => {}),
    measured((stack) => addFleet(stack, fleet)),
  );
}

function measure(endpoints: number, props: () => DatabaseEndpointProps): Footprint {
  return measured((stack) => {
    for (let i = 0; i < endpoints; i++) new DatabaseEndpoint(stack, `Orders${i}`, props());
  });
}

function measured(build: (stack: TerraformStack) => void): Footprint {
  const { captureStackTrace } = Error;
  let stackTraces = 0;
  const traces = jest.spyOn(Error, 'captureStackTrace').mockImplementation((target, below) => {
    captureStackTrace(target, below);
    // It is asked for many that it does not capture.
    if ((target as { stack?: string }).stack) stackTraces++;
  });
  const firstToken = nextToken();
  const stack = new TerraformStack(Testing.app(), 'prod');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  build(stack);
  const folder = join(Testing.fullSynth(stack), 'stacks', 'prod');
  traces.mockRestore();
  return {
    constructs: stack.node.findAll().length,
    tokens: nextToken() - firstToken,
    stackTraces,
    jsonBytes: statSync(join(folder, 'cdk.tf.json')).size,
    exposureBytes: statSync(join(folder, 'exposure.json'), { throwIfNoEntry: false })?.size ?? 0,
  };
}

/** Tokens are numbered as they come. */
function nextToken(): number {
  return Number(/\d+/.exec(Token.asString(new Deferred(() => ''))));
}
