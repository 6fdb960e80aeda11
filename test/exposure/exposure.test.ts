import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { AllowedSource, DatabaseEndpoint } from '../../lib';
import schema from '../../schema/exposure.schema.json';
import { validProps } from '../support/endpoint';

const DATA_TEAM = { description: 'Looker', owner: 'data-team', ticket: 'SEC-7', expires: '2027-01-31' };

function exposureFile(build: (stack: TerraformStack) => void): unknown {
  const app = Testing.app();
  const stack = new TerraformStack(app, 'prod');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  build(stack);
  return JSON.parse(readFileSync(join(Testing.fullSynth(stack), 'stacks', 'prod', 'exposure.json'), 'utf8'));
}

test('the exposure says who may reach which port, and who answers for it', () => {
  const stack = new TerraformStack(Testing.app(), 'prod');

  const { exposure } = new DatabaseEndpoint(stack, 'Orders', {
    ...validProps(),
    domain: { name: 'orders.db.example.com' },
    allowlist: { asOf: '2027-01-01' },
    allow: [
      AllowedSource.cidr('8.8.8.8/32', DATA_TEAM),
      AllowedSource.cidr('9.9.9.9', { description: 'Old partner', expires: '2026-12-31' }),
    ],
  });

  expect(exposure).toEqual({
    endpoint: 'prod/Orders',
    engine: 'postgresql',
    hostname: 'orders.db.example.com',
    port: 5432,
    tls: 'passthrough',
    internetFacing: true,
    guards: { acknowledged: [], maxBreadthIpv4: 8, maxBreadthIpv6: 24 },
    sources: [{ kind: 'cidr', value: '8.8.8.8/32', location: 'allow[0]', ...DATA_TEAM }],
    expired: [
      {
        kind: 'cidr',
        value: '9.9.9.9/32',
        written: '9.9.9.9',
        location: 'allow[1]',
        description: 'Old partner',
        expires: '2026-12-31',
      },
    ],
    checks: [
      {
        engine: 'postgresql',
        handshake: 'negotiated',
        hostname: 'orders.db.example.com',
        port: 5432,
        serverName: 'orders.db.example.com',
        certificateAuthority: { description: expect.any(String), file: 'ca.pem', inSystemStore: false },
      },
    ],
  });
});

test('the exposure says which warnings were acknowledged, and how much the allowlist may admit', () => {
  const stack = new TerraformStack(Testing.app(), 'prod');

  const { exposure } = new DatabaseEndpoint(stack, 'Orders', {
    ...validProps(),
    allowlist: { maxBreadth: { ipv4: 16 } },
    acknowledge: ['SourceSeldomMatches', 'PassthroughPlaintext', 'SourceSeldomMatches'],
  });

  expect(exposure.guards).toEqual({
    acknowledged: ['PassthroughPlaintext', 'SourceSeldomMatches'],
    maxBreadthIpv4: 16,
    maxBreadthIpv6: 24,
  });
});

test('synthesis writes the exposure of all endpoints of a stack beside its JSON, in the order of their paths', () => {
  const content = exposureFile((stack) => {
    new DatabaseEndpoint(stack, 'B', validProps());
    new DatabaseEndpoint(stack, 'A', validProps());
  });

  expect(content).toEqual({
    $schema: schema.$id,
    version: 1,
    endpoints: [expect.objectContaining({ endpoint: 'prod/A' }), expect.objectContaining({ endpoint: 'prod/B' })],
  });
});

test('what is known after apply stands in the file as its expression', () => {
  const content = exposureFile((stack) => {
    const offices = new TerraformVariable(stack, 'offices', { type: 'list(string)' });
    new DatabaseEndpoint(stack, 'Orders', { ...validProps(), allow: [AllowedSource.cidrs(offices.listValue)] });
  });

  expect(JSON.stringify(content)).not.toContain('TfToken');
  expect(content).toMatchObject({
    endpoints: [
      {
        hostname: expect.stringMatching(/^\$\{aws_lb\.Orders_LoadBalancer_\w+\.dns_name\}$/),
        sources: [{ kind: 'cidrs', value: '${var.offices}' }],
      },
    ],
  });
});

test('every block is a source of its own, in the spelling of EC2 beside the one that was written', () => {
  const stack = new TerraformStack(Testing.app(), 'prod');
  const allow = [
    AllowedSource.cidrs(['52.20.30.40', '2600:1F18:0::/48'], DATA_TEAM),
    AllowedSource.anywhere({ reason: 'Public demo data' }),
    AllowedSource.securityGroup('sg-0123456789abcdef0', { group: 'inside' }),
  ];
  const sourcesOf = (id: string, dualStack: boolean) =>
    new DatabaseEndpoint(stack, id, { ...validProps(), allowlist: { asOf: '2027-01-01' }, dualStack, allow }).exposure
      .sources;

  expect(sourcesOf('DualStack', true)).toEqual([
    { kind: 'cidr', value: '52.20.30.40/32', written: '52.20.30.40', location: 'allow[0][0]', ...DATA_TEAM },
    { kind: 'cidr', value: '2600:1f18::/48', written: '2600:1F18:0::/48', location: 'allow[0][1]', ...DATA_TEAM },
    { kind: 'anywhere', value: '0.0.0.0/0', location: 'allow[1]', description: 'Public demo data' },
    { kind: 'anywhere', value: '::/0', location: 'allow[1]', description: 'Public demo data' },
    { kind: 'securityGroup', value: 'sg-0123456789abcdef0', group: 'inside', location: 'allow[2]' },
  ]);
});
