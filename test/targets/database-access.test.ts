import { TerraformOutput } from 'cdktf';
import { DatabaseEndpoint, type DatabaseEndpointProps, DatabaseIngress, DatabaseTarget } from '../../lib';
import { fromEndpoints } from '../../lib/targets/database-access';
import { synthesizeEndpoint, terminatingProps, validProps } from '../support/endpoint';
import { addresses, type Block, onlyResource, resources, synthesize, type TerraformJson } from '../support/synthesis';

const EGRESS = 'aws_vpc_security_group_egress_rule';
const INGRESS = 'aws_vpc_security_group_ingress_rule';

function egress(overrides: Partial<DatabaseEndpointProps>): Block {
  return onlyResource(synthesizeEndpoint(validProps(overrides)), EGRESS);
}

function endpointGroup(tf: TerraformJson): string {
  return `\${${addresses(tf, 'aws_security_group')[0]}.id}`;
}

function databaseIngress(tf: TerraformJson): Block[] {
  return resources(tf, INGRESS).filter((rule) => rule.security_group_id === 'sg-0da7aba5e');
}

test('egress leads to the addresses of the targets and their port alone', () => {
  const tf = synthesizeEndpoint(validProps({ target: DatabaseTarget.ipAddresses(['10.0.2.5', '10.0.1.5']) }));

  expect(onlyResource(tf, EGRESS)).toMatchObject({
    security_group_id: endpointGroup(tf),
    for_each: { '10.0.1.5': '10.0.1.5', '10.0.2.5': '10.0.2.5' },
    ip_protocol: 'tcp',
    from_port: 5432,
    to_port: 5432,
  });
});

test('an address stands for itself alone: /32 where it is IPv4, /128 where it is IPv6', () => {
  const { cidr_ipv4, cidr_ipv6 } = egress({});

  expect(cidr_ipv4).toMatch(/^\$\{can\(regex\(":", each\.value\)\) \? null : .*"\$\{each\.value\}\/32"\)\}$/);
  expect(cidr_ipv6).toMatch(/^\$\{can\(regex\(":", each\.value\)\) \? .*"\$\{each\.value\}\/128" : .*\) : null\}$/);
});

test('egress has one kind of source only', () => {
  expect(egress({})).not.toHaveProperty('referenced_security_group_id');
  expect(egress({})).not.toHaveProperty('prefix_list_id');
});

test.each([
  ['instances', DatabaseTarget.instances(['i-0a'], { cidrBlocks: ['10.0.2.0/24', '10.0.1.0/24'] })],
  [
    'targets that something else registers',
    DatabaseTarget.selfRegistering({ cidrBlocks: ['10.0.2.0/24', '10.0.1.0/24'] }),
  ],
])('egress leads to the blocks that the addresses of %s come from', (_, target) => {
  expect(egress({ target }).for_each).toEqual({ '10.0.1.0/24': '10.0.1.0/24', '10.0.2.0/24': '10.0.2.0/24' });
});

test('egress leads to IPv6 blocks in the spelling that AWS answers with', () => {
  const target = DatabaseTarget.selfRegistering({ cidrBlocks: ['2600:1F18:0::/64'] });

  expect(egress({ target }).for_each).toEqual({ '2600:1f18::/64': '2600:1f18::/64' });
});

describe.each([
  ['addresses', DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: 'sg-0da7aba5e' })],
  ['instances', DatabaseTarget.instances(['i-0a'], { securityGroupId: 'sg-0da7aba5e' })],
  ['targets that something else registers', DatabaseTarget.selfRegistering({ securityGroupId: 'sg-0da7aba5e' })],
  [
    'targets whose blocks are given too',
    DatabaseTarget.selfRegistering({ securityGroupId: 'sg-0da7aba5e', cidrBlocks: ['10.0.0.0/16'] }),
  ],
])('where the security group of %s is given', (_, target) => {
  const tf = synthesizeEndpoint(validProps({ target }));

  test('egress leads to that group alone', () => {
    const rule = onlyResource(tf, EGRESS);

    expect(rule).toMatchObject({
      security_group_id: endpointGroup(tf),
      referenced_security_group_id: 'sg-0da7aba5e',
      ip_protocol: 'tcp',
      from_port: 5432,
      to_port: 5432,
    });
    expect(rule).not.toHaveProperty('for_each');
    expect(rule).not.toHaveProperty('cidr_ipv4');
    expect(rule).not.toHaveProperty('cidr_ipv6');
  });

  test('that group admits the endpoint', () => {
    expect(databaseIngress(tf)).toEqual([
      expect.objectContaining({
        referenced_security_group_id: endpointGroup(tf),
        ip_protocol: 'tcp',
        from_port: 5432,
        to_port: 5432,
      }),
    ]);
  });
});

test("the database's own rules are left alone where its security group is not given", () => {
  const tf = synthesizeEndpoint(validProps());

  for (const rule of resources(tf, INGRESS)) expect(rule.security_group_id).toBe(endpointGroup(tf));
});

describe('where the rules of the security group of the database are managed elsewhere', () => {
  const target = DatabaseTarget.ipAddresses(['10.0.1.5'], {
    port: 6432,
    securityGroupId: 'sg-0da7aba5e',
    databaseIngress: DatabaseIngress.MANAGED_ELSEWHERE,
  });

  test('egress leads to that group, which gets no rule', () => {
    const tf = synthesizeEndpoint(validProps({ target }));

    expect(onlyResource(tf, EGRESS)).toMatchObject({ referenced_security_group_id: 'sg-0da7aba5e', from_port: 6432 });
    expect(databaseIngress(tf)).toEqual([]);
  });

  test('the endpoint says what the group must admit, as data and as outputs', () => {
    const tf = synthesize((stack) => {
      const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps({ target }));
      endpoint.addOutputs();
      const { securityGroupId, sourceSecurityGroupId, ipProtocol, port, isCreated } = endpoint.databaseIngress;
      new TerraformOutput(stack, 'said', {
        value: [securityGroupId, sourceSecurityGroupId, ipProtocol, port, isCreated],
      });
    });

    expect(tf.output?.said.value).toEqual(['sg-0da7aba5e', endpointGroup(tf), 'tcp', 6432, false]);
    expect(tf.output).toMatchObject({
      Orders_database_source_security_group_id: { value: endpointGroup(tf) },
      Orders_database_port: { value: 6432 },
    });
  });
});

test.each([
  ['the endpoint makes the rule where the group is given', { securityGroupId: 'sg-0da7aba5e' }, true],
  [
    'the endpoint makes the rule where it is told to',
    { securityGroupId: 'sg-0da7aba5e', databaseIngress: DatabaseIngress.CREATED },
    true,
  ],
  ['the rule is yours where no group is given', {}, false],
])('%s', (_, options, isCreated) => {
  const tf = synthesize((stack) => {
    const target = DatabaseTarget.ipAddresses(['10.0.1.5'], options);
    const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps({ target }));
    endpoint.addOutputs();

    expect(endpoint.databaseIngress).toMatchObject({ isCreated, port: 5432 });
  });

  expect(databaseIngress(tf)).toHaveLength(isCreated ? 1 : 0);
  expect(Object.keys(tf.output ?? {})).not.toContain('Orders_database_port');
});

test("the rules at the database are about the target's port, not the listener's", () => {
  const target = DatabaseTarget.ipAddresses(['10.0.1.5'], { port: 6380, securityGroupId: 'sg-0da7aba5e' });
  const tf = synthesizeEndpoint(terminatingProps({ target, port: 443 }));

  expect(databaseIngress(tf)).toEqual([expect.objectContaining({ from_port: 6380, to_port: 6380 })]);
  expect(onlyResource(tf, EGRESS)).toMatchObject({ from_port: 6380, to_port: 6380 });
});

test('one database admits every endpoint that leads to it', () => {
  const target = DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: 'sg-0da7aba5e' });
  const tf = synthesize((stack) => {
    for (const id of ['Orders', 'Billing']) new DatabaseEndpoint(stack, id, validProps({ target }));
  });

  expect(
    databaseIngress(tf)
      .map((rule) => rule.referenced_security_group_id)
      .sort(),
  ).toEqual(
    addresses(tf, 'aws_security_group')
      .map((group) => `\${${group}.id}`)
      .sort(),
  );
});

test('every rule says in the AWS console what it is for', () => {
  const tf = synthesizeEndpoint(
    validProps({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: 'sg-0da7aba5e' }) }),
  );

  for (const rule of [...resources(tf, EGRESS), ...databaseIngress(tf)]) {
    expect(rule.description).toMatch(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{10,255}$/);
    expect(rule.description).not.toMatch(/Managed by Terraform/);
  }
});

test('the rule in the group of the database says which endpoint it is for', () => {
  const target = DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: 'sg-0da7aba5e' });
  const tf = synthesize((stack) => {
    for (const id of ['Orders', 'Gr\u00fc\u00dfe?', 'x'.repeat(300)])
      new DatabaseEndpoint(stack, id, validProps({ target }));
  });

  expect(
    databaseIngress(tf)
      .map(({ description }) => description)
      .sort(),
  ).toEqual(['Database endpoint prod/Gr--e-', 'Database endpoint prod/Orders', `Database endpoint ${'x'.repeat(237)}`]);
});

test('many endpoints of one database are counted where they are too long to be listed', () => {
  const paths = Array.from({ length: 40 }, (_, i) => `prod/Partners/Endpoint${i + 10}`);

  expect(fromEndpoints(paths)).toBe('40 database endpoints, such as prod/Partners/Endpoint10');
  expect(fromEndpoints(['b', 'a', 'b'])).toBe('Database endpoints a, b');
  expect(fromEndpoints(Array.from({ length: 9 }, (_, i) => `${i}${'x'.repeat(300)}`))).toHaveLength(255);
});
