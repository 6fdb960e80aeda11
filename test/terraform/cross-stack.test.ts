import { Eip } from '@cdktf/provider-aws/lib/eip';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import { AllowedSource, DatabaseEndpoint, type DatabaseEndpointProps, DatabaseTarget } from '../../lib';
import { validProps } from '../support/endpoint';
import { onlyResource, synthesizeApp, type TerraformJson } from '../support/synthesis';

/** An endpoint in the stack `prod` whose properties come from the stack `network`. */
function acrossStacks(make: (network: TerraformStack) => Partial<DatabaseEndpointProps>): {
  network: TerraformJson;
  prod: TerraformJson;
} {
  let overrides: Partial<DatabaseEndpointProps> = {};
  const { network, prod } = synthesizeApp({
    network: (stack) => {
      overrides = make(stack);
    },
    prod: (stack) => {
      new DatabaseEndpoint(stack, 'Orders', validProps(overrides));
    },
  });
  return { network: JSON.parse(network), prod: JSON.parse(prod) };
}

const REMOTE = 'data\\.terraform_remote_state\\.[\\w-]+\\.outputs\\.[\\w-]+';

function vpc(stack: TerraformStack): Partial<DatabaseEndpointProps> {
  const { id } = new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });
  const subnetIds = ['a', 'b'].map((zone) => new Subnet(stack, zone, { vpcId: id, cidrBlock: '10.0.0.0/24' }).id);
  return { vpcId: id, subnetIds };
}

test('the network may be of another stack', () => {
  const { network, prod } = acrossStacks(vpc);

  const loadBalancer = onlyResource(prod, 'aws_lb');
  expect(loadBalancer.subnets).toHaveLength(2);
  for (const subnet of loadBalancer.subnets as string[]) expect(subnet).toMatch(new RegExp(`^\\$\\{${REMOTE}\\}$`));
  expect(onlyResource(prod, 'aws_lb_target_group').vpc_id).toMatch(new RegExp(`^\\$\\{${REMOTE}\\}$`));
  expect(prod.data?.terraform_remote_state).toBeDefined();
  expect(
    Object.values(network.output ?? {})
      .map(({ value }) => value)
      .sort(),
  ).toEqual(['${aws_subnet.a.id}', '${aws_subnet.b.id}', '${aws_vpc.vpc.id}']);
});

test('a block may be of another stack, and is keyed by its expression', () => {
  const { prod } = acrossStacks((stack) => ({
    allow: [AllowedSource.cidr(`${new Eip(stack, 'nat', {}).publicIp}/32`)],
  }));

  const [key] = Object.keys(onlyResource(prod, 'aws_vpc_security_group_ingress_rule').for_each as object);
  expect(key).toMatch(new RegExp(`^${REMOTE}/32$`));
});

test('a list of blocks may be of another stack', () => {
  const { prod } = acrossStacks((stack) => ({
    allow: [AllowedSource.cidrs(new TerraformVariable(stack, 'offices', { type: 'list(string)' }).listValue)],
  }));

  expect(onlyResource(prod, 'aws_vpc_security_group_ingress_rule').for_each).toMatch(
    new RegExp(`toset\\(\\[for c in ${REMOTE} : `),
  );
});

test('the database may be of another stack, with its security group', () => {
  const { prod } = acrossStacks((stack) => ({
    target: DatabaseTarget.ipAddresses([new Eip(stack, 'db', {}).privateIp], {
      securityGroupId: new SecurityGroup(stack, 'db-group', {}).id,
    }),
  }));

  const [key] = Object.keys(onlyResource(prod, 'aws_lb_target_group_attachment').for_each as object);
  expect(key).toMatch(new RegExp(`^${REMOTE}$`));
  expect(onlyResource(prod, 'aws_vpc_security_group_egress_rule').referenced_security_group_id).toMatch(
    new RegExp(`^\\$\\{${REMOTE}\\}$`),
  );
});

test('other stacks may use what the endpoint has', () => {
  let arn = '';
  const { dns } = synthesizeApp({
    prod: (stack) => {
      arn = new DatabaseEndpoint(stack, 'Orders', validProps()).targetGroup.arn;
    },
    dns: (stack) => {
      new Eip(stack, 'user', { tags: { arn } });
    },
  });

  expect(onlyResource(JSON.parse(dns), 'aws_eip').tags).toEqual({
    arn: expect.stringMatching(new RegExp(`^\\$\\{${REMOTE}\\}$`)),
  });
});
