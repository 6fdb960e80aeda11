import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { TerraformVariable } from 'cdktf';
import { DatabaseEndpoint, type EndpointDomain } from '../../lib';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { type Block, onlyResource, resources, synthesize, type TerraformJson } from '../support/synthesis';

const NAME = 'orders.db.example.com';
const ZONE = { zoneId: 'Z0123456789ABC', zoneName: 'db.example.com' };

const named = (domain: EndpointDomain, overrides = {}) => synthesizeEndpoint(validProps({ domain, ...overrides }));

/** The records of an endpoint, by their ids in it. */
function records(tf: TerraformJson): { [id: string]: Block } {
  return Object.fromEntries(
    Object.entries(tf.resource?.aws_route53_record ?? {}).map(([id, block]) => [id.split('_')[1] ?? '', block]),
  );
}

const conditionsOf = ({ lifecycle }: Block) =>
  (lifecycle as { precondition?: { condition: string; error_message: string }[] })?.precondition ?? [];

test('a name without a zone has no record', () => {
  expect(records(named({ name: NAME }))).toEqual({});
});

test('a name in a zone is an alias of the load balancer', () => {
  const tf = named({ name: NAME, ...ZONE });

  expect(Object.keys(records(tf))).toEqual(['AliasIpv4']);
  expect(onlyResource(tf, 'aws_route53_record')).toEqual({
    zone_id: 'Z0123456789ABC',
    name: NAME,
    type: 'A',
    alias: {
      name: expect.stringMatching(/^\$\{aws_lb\.Orders_LoadBalancer_\w+\.dns_name\}$/),
      zone_id: expect.stringMatching(/^\$\{aws_lb\.Orders_LoadBalancer_\w+\.zone_id\}$/),
      evaluate_target_health: true,
    },
  });
  expect(tf.data).toBeUndefined();
});

test('a dual-stack endpoint has its name for both families, in both zones', () => {
  const tf = named(
    { name: NAME, ...ZONE, privateZoneId: 'ZPRIVATE', privateZoneName: 'example.com' },
    { dualStack: true },
  );

  expect(Object.entries(records(tf)).map(([id, { type, zone_id }]) => [id, type, zone_id])).toEqual([
    ['AliasIpv4', 'A', 'Z0123456789ABC'],
    ['AliasIpv6', 'AAAA', 'Z0123456789ABC'],
    ['PrivateAliasIpv4', 'A', 'ZPRIVATE'],
    ['PrivateAliasIpv6', 'AAAA', 'ZPRIVATE'],
  ]);
});

test('the health of the load balancer may be left out of account', () => {
  const { alias } = onlyResource(named({ name: NAME, ...ZONE, evaluateTargetHealth: false }), 'aws_route53_record');

  expect(alias).toMatchObject({ evaluate_target_health: false });
});

test.each([
  ['Orders.DB.Example.com', 'db.example.com'],
  ['orders.db.example.com', 'DB.example.COM.'],
  ['orders.db.example.com', 'orders.db.example.com'],
  ['orders.db.example.com', 'com'],
])('%s is in the zone %s, and written in lower case', (name, zoneName) => {
  expect(onlyResource(named({ name, zoneId: 'Z0', zoneName }), 'aws_route53_record').name).toBe(NAME);
});

test('a zone without an id is looked up by its name', () => {
  const tf = named({ name: NAME, zoneName: 'db.example.com', privateZoneName: 'example.com' });
  const data = Object.entries(tf.data?.aws_route53_zone ?? {});

  expect(data.map(([, block]) => block)).toEqual([
    { name: 'db.example.com' },
    { name: 'example.com', private_zone: true },
  ]);
  expect(Object.values(records(tf)).map(({ zone_id }) => zone_id)).toEqual(
    data.map(([id]) => `\${data.aws_route53_zone.${id}.zone_id}`),
  );
  expect(conditionsOf(records(tf)['AliasIpv4'] ?? {})).toEqual([]);
});

test('Terraform looks up the name of a zone that is known by its id alone, and refuses a name outside of it', () => {
  const tf = named({ name: NAME, zoneId: 'Z0123456789ABC' });
  const [[id, data] = []] = Object.entries(tf.data?.aws_route53_zone ?? {});
  const zone = `data.aws_route53_zone.${id}.name`;

  expect(data).toEqual({ zone_id: 'Z0123456789ABC' });
  expect(conditionsOf(onlyResource(tf, 'aws_route53_record'))).toEqual([
    {
      condition: `\${alltrue([for name in [lower("${NAME}")] : name == lower(trimsuffix(${zone}, ".")) || endswith(name, ".\${lower(trimsuffix(${zone}, "."))}")])}`,
      error_message: `prod/Orders: domain.name '${NAME}' is not in the zone \${${zone}}. Write a name that ends with the zone's name, or set the zone that contains the name. [DomainOutsideZone]`,
    },
  ]);
});

test('a stack looks a zone up once for all of its endpoints', () => {
  const tf = synthesize((stack) => {
    const zone = new Route53Zone(stack, 'Zone', { name: 'db.example.com' });
    for (const id of ['orders', 'users']) {
      const domain = { name: `${id}.db.example.com`, zoneId: zone.zoneId };
      new DatabaseEndpoint(stack, id, validProps({ domain }));
      new DatabaseEndpoint(stack, `${id}2`, validProps({ domain: { name: `${id}2.db.example.com`, zoneId: 'Z0' } }));
    }
  });

  expect(Object.values(tf.data?.aws_route53_zone ?? {})).toEqual([
    { zone_id: expect.stringMatching(/^\$\{aws_route53_zone\.Zone\.zone_id\}$/) },
    { zone_id: 'Z0' },
  ]);
});

test('a name that is known after apply is compared with its zone by Terraform', () => {
  const tf = synthesizeEndpoint((stack) => {
    const name = new TerraformVariable(stack, 'x', { type: 'string' }).stringValue;
    return validProps({ domain: { name, ...ZONE } });
  });
  const record = onlyResource(tf, 'aws_route53_record');

  expect(record.name).toBe('${var.x}');
  expect(conditionsOf(record)[0]?.condition).toBe(
    '${alltrue([for name in [lower(var.x)] : name == lower(trimsuffix("db.example.com", ".")) || endswith(name, ".${lower(trimsuffix("db.example.com", "."))}")])}',
  );
  expect(tf.data).toBeUndefined();
});

test.each<[string, EndpointDomain, EndpointDomain]>([
  ['other names', { name: 'a.db.example.com', ...ZONE }, { name: 'b.db.example.com', ...ZONE }],
  ['other zones', { name: NAME, ...ZONE }, { name: NAME, zoneId: 'Z9', zoneName: 'db.example.com' }],
  ['no zone', { name: NAME }, { name: NAME }],
])('two endpoints of a stack may have %s', (_, one, two) => {
  const tf = synthesize((stack) => {
    new DatabaseEndpoint(stack, 'One', validProps({ domain: one }));
    new DatabaseEndpoint(stack, 'Two', validProps({ domain: two }));
  });

  expect(resources(tf, 'aws_lb')).toHaveLength(2);
});

test('two endpoints of a stack may not have one name in a zone that is known after apply', () => {
  expect(() =>
    synthesize((stack) => {
      const zone = new Route53Zone(stack, 'Zone', { name: 'db.example.com' });
      new DatabaseEndpoint(stack, 'One', validProps({ domain: { name: NAME, zoneId: zone.zoneId } }));
      new DatabaseEndpoint(stack, 'Two', validProps({ domain: { name: NAME, zoneId: zone.zoneId } }));
    }),
  ).toThrow(/^prod\/Two: domain\.name .* is the name of prod\/One in the same zone.*\[DomainTaken\]$/);
});

test('endpoints of two stacks may have one name, as in a move from one to the other', () => {
  for (const _ of [1, 2]) expect(resources(named({ name: NAME, ...ZONE }), 'aws_route53_record')).toHaveLength(1);
});
