import { AllowedSource, type DatabaseEndpointProps } from '../../lib';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { entriesBy, ingressRules, rulesBy } from '../support/ingress';
import { addresses, onlyResource, type TerraformJson } from '../support/synthesis';

function allowing(...allow: AllowedSource[]): TerraformJson {
  return synthesizeEndpoint(validProps({ allow }));
}

function dualStack(...allow: AllowedSource[]): TerraformJson {
  return synthesizeEndpoint(validProps({ allow, dualStack: true }));
}

test('each block is one rule, keyed by the block', () => {
  const tf = allowing(
    AllowedSource.cidr('52.20.30.40/32', { description: 'Metabase Cloud' }),
    AllowedSource.cidr('35.10.0.0/16', { description: 'Partner' }),
  );

  expect(rulesBy(tf, 'cidr_ipv4')).toEqual([
    expect.objectContaining({ cidr_ipv4: '${each.key}', description: '${each.value}' }),
  ]);
  expect(entriesBy(tf, 'cidr_ipv4')).toEqual({ '52.20.30.40/32': 'Metabase Cloud', '35.10.0.0/16': 'Partner' });
});

test('what is merged is described together; Terraform cuts what only it can measure', () => {
  const merged = (...described: string[]) => {
    const allow = described.map((description, i) => AllowedSource.cidr(`52.20.30.${40 + i}/32`, { description }));
    return entriesBy(synthesizeEndpoint(validProps({ allow, allowlist: { aggregate: true } })), 'cidr_ipv4');
  };

  expect(merged('Looker', 'Acme')).toEqual({ '52.20.30.40/31': 'Acme; Looker' });
  expect(merged('x'.repeat(200), 'y'.repeat(60))).toEqual({ '52.20.30.40/31': '2 entries, merged' });
  expect(merged(expression('var.b'), expression('var.a'))).toEqual({
    '52.20.30.40/31': '${length("${var.a}; ${var.b}") <= 255 ? "${var.a}; ${var.b}" : "2 entries, merged"}',
  });
});

test('a bare address is a rule for only that address', () => {
  const tf = dualStack(AllowedSource.cidr('52.20.30.40'), AllowedSource.cidr('2600:1f18::7'));

  expect(Object.keys(entriesBy(tf, 'cidr_ipv4'))).toEqual(['52.20.30.40/32']);
  expect(Object.keys(entriesBy(tf, 'cidr_ipv6'))).toEqual(['2600:1f18::7/128']);
});

test('IPv6 blocks are rules of their own, keyed by the canonical spelling', () => {
  const tf = dualStack(AllowedSource.cidr('2600:1F18:0:0::/64'), AllowedSource.cidr('52.20.30.40/32'));

  expect(rulesBy(tf, 'cidr_ipv6')).toEqual([
    expect.objectContaining({ cidr_ipv6: '${each.key}', description: '${each.value}' }),
  ]);
  expect(Object.keys(entriesBy(tf, 'cidr_ipv6'))).toEqual(['2600:1f18::/64']);
  expect(Object.keys(entriesBy(tf, 'cidr_ipv4'))).toEqual(['52.20.30.40/32']);
});

test('several blocks of one source are one rule each, with its description', () => {
  const tf = allowing(AllowedSource.cidrs(['52.20.30.40/32', '35.10.0.0/16'], { description: 'Offices' }));

  expect(entriesBy(tf, 'cidr_ipv4')).toEqual({ '52.20.30.40/32': 'Offices', '35.10.0.0/16': 'Offices' });
});

test.each([
  ['managed prefix list', AllowedSource.prefixList('pl-0a', { description: 'Branches' }), 'prefix_list_id', 'pl-0a'],
  [
    'security group',
    AllowedSource.securityGroup('sg-0a', { description: 'Branches' }),
    'referenced_security_group_id',
    'sg-0a',
  ],
])('a %s is one rule, keyed by its id', (_, source, attribute, id) => {
  const tf = allowing(source);

  expect(rulesBy(tf, attribute)).toEqual([
    expect.objectContaining({ [attribute]: '${each.value.id}', description: '${each.value.description}' }),
  ]);
  expect(entriesBy(tf, attribute)).toEqual({ [id]: { id, description: 'Branches' } });
});

test('every rule has exactly one kind of source, on TCP and the port of the listener', () => {
  const tf = dualStack(
    AllowedSource.cidr('52.20.30.40/32'),
    AllowedSource.cidr('2600:1f18::/64'),
    AllowedSource.prefixList('pl-0a'),
    AllowedSource.securityGroup('sg-0a'),
  );
  const kinds = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'];

  expect(ingressRules(tf)).toHaveLength(4);
  for (const rule of ingressRules(tf)) {
    expect(kinds.filter((kind) => rule[kind] !== undefined)).toHaveLength(1);
    expect(rule).toMatchObject({ ip_protocol: 'tcp', from_port: 5432, to_port: 5432 });
  }
});

test('no rule is made before the old one goes, for EC2 refuses a second rule of one source', () => {
  const tf = dualStack(AllowedSource.cidr('52.20.30.40/32'), AllowedSource.prefixList('pl-0a'));

  for (const rule of ingressRules(tf)) expect(rule).not.toHaveProperty('lifecycle.create_before_destroy');
});

test('a rule says something even where no description was given, and not that Terraform manages it', () => {
  const [description] = Object.values(entriesBy(allowing(AllowedSource.cidr('52.20.30.40/32')), 'cidr_ipv4'));

  expect(description).toBe('Client of a database endpoint');
});

test.each<[string, Partial<DatabaseEndpointProps>, string[], string[]]>([
  ['IPv4 only', {}, ['0.0.0.0/0'], []],
  ['dual-stack', { dualStack: true }, ['0.0.0.0/0'], ['::/0']],
])(
  'anywhere opens every family of an endpoint that is %s, with the reason as description',
  (_, overrides, ipv4, ipv6) => {
    const allow = [AllowedSource.anywhere({ reason: 'Clients roam, the database asks for certificates' })];
    const tf = synthesizeEndpoint(validProps({ allow, ...overrides }));

    expect(Object.keys(entriesBy(tf, 'cidr_ipv4'))).toEqual(ipv4);
    expect(Object.keys(entriesBy(tf, 'cidr_ipv6'))).toEqual(ipv6);
    for (const rule of ['cidr_ipv4', 'cidr_ipv6'].flatMap((source) => Object.values(entriesBy(tf, source)))) {
      expect(rule).toBe('Clients roam, the database asks for certificates');
    }
  },
);

describe('the security group', () => {
  test('is attached to the load balancer, and has all rules', () => {
    const tf = allowing(AllowedSource.cidr('52.20.30.40/32'), AllowedSource.prefixList('pl-0a'));

    const [group] = addresses(tf, 'aws_security_group');
    expect(onlyResource(tf, 'aws_lb').security_groups).toEqual([`\${${group}.id}`]);
    expect(ingressRules(tf).map((rule) => rule.security_group_id)).toEqual([`\${${group}.id}`, `\${${group}.id}`]);
  });

  test('has no rules inside itself, which would fight the rules that are resources', () => {
    const group = onlyResource(allowing(AllowedSource.cidr('52.20.30.40/32')), 'aws_security_group');

    expect(group).not.toHaveProperty('ingress');
    expect(group).not.toHaveProperty('egress');
    expect(group.vpc_id).toBe('vpc-0a1b2c3d');
  });

  test('can be replaced while it is in use', () => {
    const group = onlyResource(allowing(AllowedSource.cidr('52.20.30.40/32')), 'aws_security_group');

    expect(group).not.toHaveProperty('name');
    expect(group).toMatchObject({ name_prefix: expect.any(String), lifecycle: { create_before_destroy: true } });
    expect(String(group.name_prefix)).not.toMatch(/^sg-/);
  });

  test('says in the AWS console what it is for', () => {
    const group = onlyResource(allowing(AllowedSource.cidr('52.20.30.40/32')), 'aws_security_group');

    expect(group.description).toMatch(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{10,255}$/);
    expect(group.description).not.toMatch(/Managed by Terraform/);
  });
});

test('the number of resources does not grow with the allowlist', () => {
  const blocks = (count: number) => Array.from({ length: count }, (_, i) => `52.20.${i}.0/24`);
  const resourceCount = (count: number) =>
    Object.values(allowing(AllowedSource.cidrs(blocks(count))).resource ?? {}).flatMap((all) => Object.keys(all))
      .length;

  expect(resourceCount(50)).toBe(resourceCount(1));
});
