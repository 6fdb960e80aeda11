import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { DatabaseEndpoint, DatabaseTarget } from '../../lib';
import { validProps } from '../support/endpoint';
import { addManyProviders } from '../support/many-providers';
import type { TerraformJson } from '../support/synthesis';

function blocks(): { readonly address: string; readonly id: string; readonly provider: unknown }[] {
  const stack = new TerraformStack(Testing.app(), 'prod');
  addManyProviders(stack);
  const { resource, data } = JSON.parse(Testing.synth(stack, true)) as TerraformJson;
  return [resource, data].flatMap((types = {}) =>
    Object.entries(types).flatMap(([type, all]) =>
      Object.entries(all).map(([id, { provider }]) => ({ address: `${type}.${id}`, id, provider })),
    ),
  );
}

const OF_ZONES = /^aws_route53_(record|zone)\./;

test('every resource of an endpoint has the provider of its load balancer, the shared ones too', () => {
  const ofRegions = blocks().filter(({ address }) => !OF_ZONES.test(address));

  expect(ofRegions.length).toBeGreaterThan(100);
  for (const { address, id, provider } of ofRegions) {
    const alias = /(useast1|eucentral1)/.exec(id)?.[0];
    expect([address, provider]).toEqual([address, `aws.${alias}`]);
  }
});

test('the function of the stack is one for each provider, and its id says which', () => {
  const functions = blocks().filter(({ address }) => address.startsWith('aws_lambda_function.'));

  expect(functions.map(({ id }) => id.replace(/_Function_\w+$/, '')).sort()).toEqual([
    'TargetSync-vpc-010a1b2c3d-eucentral1',
    'TargetSync-vpc-07a1b2c3d-useast1',
    'eucentral1-Sync',
    'useast1-Sync',
  ]);
});

test('records and zones have the provider of their account, and are looked up once', () => {
  const ofZones = blocks().filter(({ address }) => OF_ZONES.test(address));

  expect(ofZones.filter(({ address }) => address.startsWith('aws_route53_zone'))).toHaveLength(1);
  expect(ofZones.length).toBeGreaterThan(4);
  for (const { address, provider } of ofZones) expect([address, provider]).toEqual([address, 'aws.zones']);
});

test('two Regions of one stack may have load balancers of one name', () => {
  expect(blocks().filter(({ address }) => /^aws_lb\.\w+-Fixed/.test(address))).toHaveLength(2);
});

test('whether the default provider is named does not show, in whatever order endpoints come', () => {
  const synthesized = (ids: readonly string[]) => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const aws = new AwsProvider(stack, 'aws', {});
    for (const id of ids) {
      const target = DatabaseTarget.hostname('db.example.com', { securityGroupId: 'sg-0d' });
      const provider = id === 'Named' ? aws : undefined;
      const domain = { name: `${id}.example.com`, zoneName: 'example.com', provider };
      new DatabaseEndpoint(stack, id, validProps({ target, provider: id === 'Named' ? aws : undefined, domain }));
    }
    return Testing.synth(stack, true);
  };

  const blocks = (text: string) => JSON.parse(text, (key, value) => (key === '//' ? undefined : value));

  expect(blocks(synthesized(['Named', 'Other']))).toEqual(blocks(synthesized(['Other', 'Named'])));
});

test('records of a default provider beside an endpoint of another one name it', () => {
  const stack = new TerraformStack(Testing.app(), 'prod');
  const aws = new AwsProvider(stack, 'aws', {});
  const provider = new AwsProvider(stack, 'west', { alias: 'west' });
  const domain = { name: 'a.example.com', zoneId: 'Z0', zoneName: 'example.com', provider: aws };
  new DatabaseEndpoint(stack, 'Orders', validProps({ provider, domain }));

  const { resource } = JSON.parse(Testing.synth(stack, true)) as TerraformJson;

  expect(Object.values(resource?.aws_route53_record ?? {})).toEqual([expect.objectContaining({ provider: 'aws' })]);
});
