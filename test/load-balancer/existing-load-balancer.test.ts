import { type TerraformStack, TerraformVariable } from 'cdktf';
import { type DatabaseEndpoint, DatabaseTarget, EndpointLoadBalancer } from '../../lib';
import { expression } from '../support/expression';
import { blocks, endpointProps, existingProps } from '../support/shared-load-balancer';
import { type Block, onlyResource, resources, synthesize, type TerraformJson } from '../support/synthesis';

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const EGRESS = 'aws_vpc_security_group_egress_rule';

function onExisting(
  attributes = existingProps(),
  endpoint = endpointProps(),
  look: (endpoint: DatabaseEndpoint, loadBalancer: EndpointLoadBalancer) => void = () => {},
): TerraformJson {
  return synthesize((stack: TerraformStack) => {
    const loadBalancer = EndpointLoadBalancer.fromAttributes(stack, 'Partners', attributes);
    look(loadBalancer.addEndpoint('Orders', endpoint), loadBalancer);
  });
}

test('nothing is made of a load balancer that exists already, but what its endpoints need', () => {
  expect(Object.keys(onExisting().resource ?? {}).sort()).toEqual(
    ['aws_lb_listener', 'aws_lb_target_group', 'aws_lb_target_group_attachment', EGRESS, INGRESS].sort(),
  );
});

test('rules go into the given groups, and lead to the database from the first one', () => {
  const allow = blocks(...Array.from({ length: 40 }, (_, i) => `52.20.30.${i * 2}/32`));
  const tf = onExisting(existingProps(), endpointProps({ allow }));

  const rules = resources(tf, INGRESS);
  expect(rules.map(({ security_group_id }) => security_group_id).sort()).toEqual(['sg-0a', 'sg-0b']);
  expect(rules.flatMap(({ for_each }) => Object.keys(for_each as object))).toHaveLength(40);
  expect(onlyResource(tf, EGRESS).security_group_id).toBe('sg-0a');
});

test('its listener, its names and what the database admits refer to what was given', () => {
  const { arn, dnsName, zoneId } = existingProps();
  const tf = onExisting(
    existingProps(),
    endpointProps({
      domain: { name: 'orders.example.com', zoneId: 'Z0', zoneName: 'example.com' },
      target: DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: 'sg-0d' }),
    }),
    (endpoint, loadBalancer) => {
      expect(loadBalancer.dnsName).toBe(dnsName);
      expect(loadBalancer.securityGroupIds).toEqual(['sg-0a', 'sg-0b']);
      expect(loadBalancer.securityGroups).toEqual([]);
      expect(endpoint.databaseIngress).toMatchObject({ sourceSecurityGroupId: 'sg-0a', port: 5432 });
    },
  );

  expect(onlyResource(tf, 'aws_lb_listener').load_balancer_arn).toBe(arn);
  expect(resources(tf, 'aws_route53_record').map(({ alias }) => alias)).toEqual([
    expect.objectContaining({ name: dnsName, zone_id: zoneId }),
  ]);
  const admitting = resources(tf, INGRESS).filter((rule) => rule.referenced_security_group_id !== undefined);
  expect(admitting.map((rule) => rule.referenced_security_group_id)).toEqual(['sg-0a']);
});

test('all of its attributes may be tokens', () => {
  const variable = (name: string) => expression(`var.${name}`);
  const tf = synthesize((stack) => {
    const subnetIds = new TerraformVariable(stack, 'subnets', { type: 'list(string)' }).listValue;
    EndpointLoadBalancer.fromAttributes(
      stack,
      'Partners',
      existingProps({
        ...{ arn: variable('arn'), dnsName: variable('name'), zoneId: variable('zone'), vpcId: variable('vpc') },
        ...{ subnetIds, securityGroupIds: [variable('first'), variable('second')] },
      }),
    ).addEndpoint('Orders', endpointProps({ domain: { name: 'orders.example.com', zoneId: 'Z0' } }));
  });

  expect(onlyResource(tf, 'aws_lb_listener').load_balancer_arn).toBe('${var.arn}');
  expect(onlyResource(tf, 'aws_lb_target_group').vpc_id).toBe('${var.vpc}');
  expect(onlyResource(tf, EGRESS).security_group_id).toBe('${var.first}');
  expect((onlyResource(tf, 'aws_route53_record').alias as Block).zone_id).toBe('${var.zone}');
  expect(JSON.stringify(tf)).not.toContain('TfToken');
});

test('quotas are what its groups have left', () => {
  const allow = blocks(...Array.from({ length: 5 }, (_, i) => `52.20.30.${i * 2}/32`));
  const attributes = existingProps({ quotas: { rulesPerSecurityGroup: 2 } });

  expect(() => onExisting(attributes, endpointProps({ allow }))).toThrow(
    /needs 5 IPv4 rules, but there is room for 4 \(security groups of 2 rules\).*\[TooManyRules\]/,
  );
  expect(resources(onExisting(attributes, endpointProps({ allow: allow.slice(1) })), INGRESS)).toHaveLength(2);
});

test('a quota for security groups that is larger than their number changes nothing', () => {
  const quotas = { securityGroupsPerInterface: 5 };

  expect(onExisting(existingProps({ quotas }))).toEqual(onExisting());
  expect(onExisting(existingProps({ quotas: { rulesPerSecurityGroup: 300 } }))).toEqual(onExisting());
});

test.each([
  'partners-50dc6c495c0c9188.elb.eu-central-1.amazonaws.com',
  'Partners-50dc6c495c0c9188.ELB.cn-north-1.amazonaws.com.cn',
  'partners.elb.localhost.localstack.cloud',
  'partners-1.us-east-1.elb.amazonaws.com',
])('%s is the name of a load balancer', (dnsName) => {
  expect(() => onExisting(existingProps({ dnsName }))).not.toThrow();
});

test('a load balancer that endpoints share beside one that exists already keeps its own rules', () => {
  const tf = synthesize((stack) => {
    EndpointLoadBalancer.fromAttributes(stack, 'Old', existingProps()).addEndpoint('Orders', endpointProps());
    new EndpointLoadBalancer(stack, 'New', {
      vpcId: 'vpc-0a1b2c3d',
      subnetIds: ['subnet-0a', 'subnet-0b'],
    }).addEndpoint('Orders', endpointProps());
  });

  expect(
    resources(tf, EGRESS)
      .map(({ security_group_id: id }) => String(id).replace(/_\w{8}\./, '.'))
      .sort(),
  ).toEqual(['${aws_security_group.New_SecurityGroup.id}', 'sg-0a']);
});
