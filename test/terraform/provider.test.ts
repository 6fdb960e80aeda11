import { TerraformStack, Testing } from 'cdktf';
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

  expect(ofRegions.length).toBeGreaterThan(60);
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
