import { Eip } from '@cdktf/provider-aws/lib/eip';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { type TerraformStack, Token } from 'cdktf';
import { AllowedSource, DatabaseIngress, DatabaseTarget, type EndpointProps } from '../../lib';
import { expression, expressionNumber } from '../support/expression';
import { addFleet, blocks, endpointProps, loadBalancerProps, synthesizeFleet } from '../support/shared-load-balancer';
import {
  type Block,
  onlyResource,
  resources,
  synthesize,
  synthesizeApp,
  type TerraformJson,
} from '../support/synthesis';

const EGRESS = 'aws_vpc_security_group_egress_rule';

/** Two endpoints, `Orders` on 5432 and `Stock` on 5433, with these targets. */
function leadingTo(...targets: (DatabaseTarget | ((stack: TerraformStack) => DatabaseTarget))[]): TerraformJson {
  return synthesize((stack) => {
    const loadBalancer = addFleet(stack, {});
    for (const [i, target] of targets.entries()) {
      const made = typeof target === 'function' ? target(stack) : target;
      loadBalancer.addEndpoint(`E${i}`, endpointProps({ port: 5432 + i, target: made }));
    }
  });
}

const egressKeys = (tf: TerraformJson) =>
  resources(tf, EGRESS)
    .flatMap((rule) => Object.keys(rule.for_each as object))
    .sort();

function preconditions({ lifecycle }: Block): { condition: string; error_message: string }[] {
  return (
    (lifecycle as { precondition?: { condition: string; error_message: string }[] } | undefined)?.precondition ?? []
  );
}

const database = { securityGroupId: 'sg-0d' };

test('two endpoints of one database need one egress rule and one rule at the database', () => {
  const tf = leadingTo(...Array(2).fill(DatabaseTarget.ipAddresses(['10.0.1.5'], database)));

  expect(egressKeys(tf)).toEqual(['5432 sg-0d']);
  const admitting = resources(tf, 'aws_vpc_security_group_ingress_rule').filter(
    ({ security_group_id }) => security_group_id === '${each.value.id}',
  );
  const [egress] = resources(tf, EGRESS);
  expect(admitting).toEqual([
    expect.objectContaining({
      security_group_id: '${each.value.id}',
      referenced_security_group_id: egress.security_group_id,
      description: '${each.value.description}',
      for_each: {
        '5432 sg-0d': { id: 'sg-0d', port: 5432, description: 'Database endpoints prod/Partners/E0, prod/Partners/E1' },
      },
      from_port: '${each.value.port}',
      to_port: '${each.value.port}',
    }),
  ]);
});

test('targets without a security group are led to by their addresses, once for each port', () => {
  const to = (addresses: string[], port?: number) => DatabaseTarget.ipAddresses(addresses, { port });

  expect(egressKeys(leadingTo(to(['10.0.1.5', '10.0.1.6']), to(['10.0.1.5']), to(['10.0.1.5'], 6432)))).toEqual([
    '5432 10.0.1.5/32',
    '5432 10.0.1.6/32',
    '6432 10.0.1.5/32',
  ]);
});

test('an address and the block of that address are one place', () => {
  expect(
    egressKeys(
      leadingTo(
        DatabaseTarget.ipAddresses(['10.0.1.5']),
        DatabaseTarget.instances(['i-0a1b2c3d'], { cidrBlocks: ['10.0.1.5/32'] }),
      ),
    ),
  ).toEqual(['5432 10.0.1.5/32']);
});

test('where the database is admitted elsewhere, only the way out is made', () => {
  const elsewhere = { ...database, databaseIngress: DatabaseIngress.MANAGED_ELSEWHERE };
  const none = leadingTo(DatabaseTarget.ipAddresses(['10.0.1.5'], elsewhere));
  const one = leadingTo(
    DatabaseTarget.ipAddresses(['10.0.1.5'], elsewhere),
    DatabaseTarget.ipAddresses(['10.0.1.6'], { securityGroupId: 'sg-0e' }),
  );
  const admitting = (tf: TerraformJson) =>
    resources(tf, 'aws_vpc_security_group_ingress_rule').filter(
      (rule) => rule.security_group_id === '${each.value.id}',
    );

  expect(egressKeys(none)).toEqual(['5432 sg-0d']);
  expect(admitting(none)).toEqual([]);
  expect(egressKeys(one)).toEqual(['5432 sg-0d', '5432 sg-0e']);
  expect(admitting(one).map((rule) => Object.keys(rule.for_each as object))).toEqual([['5432 sg-0e']]);
});

test('a security group that is a token is one place however many endpoints lead to it', () => {
  const to = () =>
    DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: expression('aws_security_group.db.id') });
  const tf = leadingTo(to(), to(), DatabaseTarget.ipAddresses(['10.0.1.6'], database));

  expect(egressKeys(tf)).toEqual(['5432 aws_security_group.db.id', '5432 sg-0d']);
  expect(preconditions(onlyResource(tf, EGRESS))).toEqual([
    {
      condition: expect.stringContaining('[5432, "sg-0d"], [5432, aws_security_group.db.id]'),
      error_message: expect.stringMatching(
        /^prod\/Partners: target\.securityGroupId: two endpoints .*\[TargetDuplicate\]$/,
      ),
    },
  ]);
});

test('the block of a VPC that is a token is one place however many endpoints lead to it', () => {
  const tf = leadingTo(
    (stack) => {
      new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });
      return DatabaseTarget.hostname('a.db.example.com', { cidrBlocks: [expression('aws_vpc.vpc.cidr_block')] });
    },
    DatabaseTarget.hostname('b.db.example.com', { cidrBlocks: [expression('aws_vpc.vpc.cidr_block')] }),
    DatabaseTarget.ipAddresses(['10.0.1.5']),
  );

  const egress = onlyResource(tf, EGRESS);
  expect(Object.keys(egress.for_each as object)).toEqual(['5432 10.0.1.5/32', '5432 aws_vpc.vpc.cidr_block']);
  const messages = preconditions(egress).map(({ error_message }) => error_message);
  for (const message of messages) expect(message).toMatch(/^prod\/Partners: /);
  expect(messages.map((message) => /\[(\w+)\]$/.exec(message)?.[1])).toEqual([
    'TargetCidrInvalid',
    'TargetCidrUnreachable',
    'TargetDuplicate',
    ...Array(2).fill('TooManyEgressRules'),
    ...Array(2).fill('TargetCidrTooBroad'),
  ]);
});

test('addresses that are tokens are places of their own, beside those that are written out', () => {
  const tf = leadingTo(
    DatabaseTarget.ipAddresses(['10.0.1.5', expression('aws_network_interface.a.private_ip')]),
    DatabaseTarget.ipAddresses(['10.0.1.5', expression('aws_network_interface.a.private_ip')]),
  );

  expect(onlyResource(tf, EGRESS).for_each).toEqual({
    '5432 10.0.1.5/32': { id: '10.0.1.5/32', port: 5432 },
    '5432 aws_network_interface.a.private_ip': {
      id: expect.stringContaining('"${aws_network_interface.a.private_ip}/32"'),
      port: 5432,
    },
  });
});

test('lists that are known after apply are one map with what is written out', () => {
  const list = DatabaseTarget.hostname('a.db.example.com', { cidrBlocks: Token.asList(expression('var.blocks')) });
  const tf = leadingTo(list, DatabaseTarget.ipAddresses(['10.0.1.5']));
  const only = leadingTo(list);

  expect(onlyResource(tf, EGRESS).for_each).toBe(
    '${merge({"5432 10.0.1.5/32":{"id":"10.0.1.5/32","port":5432}}, {for c in toset([for c in var.blocks : can(regex("/", c)) ? c : can(regex(":", c)) ? "${c}/128" : "${c}/32"]) : "${5432} ${c}" => {id = c, port = 5432}})}',
  );
  expect(onlyResource(only, EGRESS).for_each).toMatch(/^\$\{\{for c in toset/);
});

test('the port of a target may be a token', () => {
  const to = () => DatabaseTarget.ipAddresses(['10.0.1.5'], { ...database, port: expressionNumber('var.port') });
  const tf = leadingTo(to(), to());

  expect(onlyResource(tf, EGRESS).for_each).toEqual({
    'var.port sg-0d': { id: 'sg-0d', port: '${var.port}' },
  });
});

test('the order of endpoints does not show in what leads to their databases', () => {
  const targets = [
    DatabaseTarget.ipAddresses(['10.0.1.7', '10.0.1.5']),
    DatabaseTarget.hostname('b.db.example.com', { cidrBlocks: [expression('aws_vpc.b.cidr_block')] }),
    DatabaseTarget.hostname('a.db.example.com', { cidrBlocks: [expression('aws_vpc.a.cidr_block')] }),
    DatabaseTarget.ipAddresses(['10.0.1.6'], { securityGroupId: expression('aws_security_group.b.id') }),
    DatabaseTarget.ipAddresses(['10.0.1.6'], { securityGroupId: expression('aws_security_group.a.id') }),
  ];
  const fleet = targets.map((target, i): [string, EndpointProps] => [
    `E${i}`,
    endpointProps({ port: 5432 + i, target }),
  ]);

  expect(resources(synthesizeFleet(Object.fromEntries(fleet)), EGRESS)).toEqual(
    resources(synthesizeFleet(Object.fromEntries(fleet.reverse())), EGRESS),
  );
});

test('names that are followed share the function of the stack', () => {
  const rds = (identifier: string) =>
    DatabaseTarget.rdsInstance({
      identifier,
      address: `${identifier}.abc123.eu-central-1.rds.amazonaws.com`,
      ...database,
    });
  const tf = leadingTo(rds('orders'), rds('stock'));

  expect(resources(tf, 'aws_lambda_function')).toHaveLength(1);
  expect(resources(tf, 'aws_lambda_invocation')).toHaveLength(2);
  expect(egressKeys(tf)).toEqual(['5432 sg-0d']);
});

test('clients and databases may be of another stack', () => {
  let props: EndpointProps = endpointProps();
  const { prod } = synthesizeApp({
    network: (stack) => {
      const { publicIp, privateIp } = new Eip(stack, 'nat', {});
      props = endpointProps({
        allow: [
          AllowedSource.cidr(`${publicIp}/32`),
          AllowedSource.securityGroup(new SecurityGroup(stack, 'app', {}).id),
        ],
        target: DatabaseTarget.ipAddresses([privateIp], { securityGroupId: new SecurityGroup(stack, 'db', {}).id }),
      });
    },
    prod: (stack) => {
      const both = { Orders: props, Stock: { ...props, port: 5433 } };
      addFleet(stack, both, loadBalancerProps({ securityGroupCount: 4 }));
    },
  });

  const tf: TerraformJson = JSON.parse(prod);
  const remote = 'data\\.terraform_remote_state\\.[\\w-]+\\.outputs\\.[\\w-]+';
  expect(egressKeys(tf)).toEqual([expect.stringMatching(new RegExp(`^5432 ${remote}$`))]);
  const rules = resources(tf, 'aws_vpc_security_group_ingress_rule').map(({ for_each }) =>
    Object.keys(for_each as object),
  );
  expect(rules.flat().sort()).toEqual([
    ...['5432', '5432', '5433'].map((port) => expect.stringMatching(new RegExp(`^${port} ${remote}$`))),
    ...Array(2).fill(expect.stringMatching(new RegExp(`^${remote}/32$`))),
  ]);
  expect(prod).not.toContain('TfToken');
});

test('egress is counted for each family, as EC2 does', () => {
  const addresses = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i));
  const fleet = {
    Orders: endpointProps({ target: DatabaseTarget.ipAddresses(addresses(40, (i) => `10.0.1.${i}`)) }),
    Stock: endpointProps({
      port: 5433,
      target: DatabaseTarget.instances(['i-0a1b2c3d'], {
        cidrBlocks: addresses(40, (i) => `2600:1f18:0:${i + 1}::/64`),
      }),
      allow: blocks('8.8.8.8/32'),
    }),
  };

  expect(egressKeys(synthesizeFleet(fleet, loadBalancerProps({ dualStack: true })))).toHaveLength(80);
});
