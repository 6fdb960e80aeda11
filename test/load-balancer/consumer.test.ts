import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { AllowedSource, DatabaseEndpointConsumer, type DatabaseEndpointConsumerProps } from '../../lib';
import { describeProblem } from '../../lib/rules/endpoint-error';
import { expression } from '../support/expression';
import { consumer, SERVICE_NAME, shareLoadBalancer, validConsumer } from '../support/private-link';
import { refusalOf } from '../support/shared-load-balancer';
import { addresses, onlyResource, resources, synthesize, synthesizeApp, warningsOf } from '../support/synthesis';
import { CONSUMER_REFUSALS, CONSUMER_WARNED } from './consumer.refusals';

const consumed = (overrides: Partial<DatabaseEndpointConsumerProps> = {}) =>
  synthesize((stack) => void consumer(stack, overrides));
const endpoint = (overrides: Partial<DatabaseEndpointConsumerProps> = {}) =>
  onlyResource(consumed(overrides), 'aws_vpc_endpoint');

describe.each(CONSUMER_REFUSALS.map((row) => [row.rule, row.where, row] as const))(
  '%s is found where %s',
  (rule, _, { props, beside, problem }) => {
    const error = refusalOf((stack) => {
      if (beside) new DatabaseEndpointConsumer(stack, 'Other', validConsumer(beside));
      consumer(stack, props);
    });

    test('and nothing else is', () => {
      expect(error?.problems.map((found) => ({ value: undefined, ...found }))).toEqual([
        {
          ...{ rule, value: undefined },
          ...problem,
          reason: expect.stringMatching(problem.reason),
          remedy: expect.stringMatching(problem.remedy),
        },
      ]);
    });

    test('and said in full sentences', () => {
      for (const sentence of error?.problems.map(describeProblem) ?? ['']) {
        expect(sentence).toMatch(new RegExp(`^\\w.*\\. [A-Z].*[.)*] \\[${rule}\\]$`, 's'));
      }
    });
  },
);

const warningsAbout = (props: Partial<DatabaseEndpointConsumerProps>) =>
  warningsOf(consumer(new TerraformStack(Testing.app(), 'prod'), props));

describe.each(CONSUMER_WARNED.map((row) => [row.rule, row.where, row] as const))(
  '%s is warned of where %s',
  (rule, _, { props, problem: { property, reason, remedy } }) => {
    test('until it is acknowledged', () => {
      const [warning = '', ...others] = warningsAbout(props);

      expect(others).toEqual([]);
      expect(warning.endsWith(`[${rule}]`)).toBe(true);
      expect(warning.startsWith(property)).toBe(true);
      expect(warning).toMatch(reason);
      expect(warning).toMatch(remedy);
      expect(warningsAbout({ ...props, acknowledge: [rule] })).toEqual([]);
    });
  },
);

test('a valid consumer is warned of nothing', () => {
  expect(warningsAbout({})).toEqual([]);
});

test('a consumer has an interface endpoint with a security group of its own, and nothing that nobody asked for', () => {
  const tf = consumed();

  expect(onlyResource(tf, 'aws_vpc_endpoint')).toEqual({
    vpc_id: 'vpc-0c',
    service_name: SERVICE_NAME,
    vpc_endpoint_type: 'Interface',
    subnet_ids: ['subnet-0c', 'subnet-0d'],
    security_group_ids: [`\${${addresses(tf, 'aws_security_group')[0]}.id}`],
    ip_address_type: 'ipv4',
    tags: { Name: 'prod/Orders' },
  });
  expect(Object.keys(tf.resource ?? {}).sort()).toEqual([
    'aws_security_group',
    'aws_vpc_endpoint',
    'aws_vpc_security_group_ingress_rule',
  ]);
});

test('entries that are pinned to more groups than there may be are refused as on an endpoint', () => {
  const pinned = ['a', 'b', 'c'].map((group, i) => AllowedSource.cidr(`10.2${i}.0.0/16`, { group }));

  expect(
    refusalOf((stack) => consumer(stack, { allow: pinned, securityGroupCount: 4 }))?.problems.map(({ rule }) => rule),
  ).toEqual(['TooManyPinnedGroups']);
});

test('each client is admitted on each port and on no other', () => {
  const tf = consumed({
    ports: [6379, 5432],
    allow: [AllowedSource.cidr('10.20.0.0/16', { description: 'Apps' }), AllowedSource.securityGroup('sg-0b')],
  });
  const rules = resources(tf, 'aws_vpc_security_group_ingress_rule').map((rule) => rule.for_each);

  expect(rules).toEqual([
    { '5432 10.20.0.0/16': 'Apps', '6379 10.20.0.0/16': 'Apps' },
    {
      '5432 sg-0b': { id: 'sg-0b', from_port: 5432, to_port: 5432, description: 'Client of a database endpoint' },
      '6379 sg-0b': { id: 'sg-0b', from_port: 6379, to_port: 6379, description: 'Client of a database endpoint' },
    },
  ]);
  expect(tf).toEqual(
    consumed({
      ports: [5432, 6379],
      allow: [AllowedSource.securityGroup('sg-0b'), AllowedSource.cidr('10.20.0.0/16', { description: 'Apps' })],
    }),
  );
});

test('rules are spread over as many security groups as were asked for, and all are attached', () => {
  const tf = consumed({ securityGroupCount: 2 });

  expect(endpoint({ securityGroupCount: 2 }).security_group_ids).toEqual(
    expect.arrayContaining(addresses(tf, 'aws_security_group').map((address) => `\${${address}.id}`)),
  );
  expect(addresses(tf, 'aws_security_group')).toHaveLength(2);
});

test('clients that are known after apply have rules for each port, checked by Terraform', () => {
  const tf = consumed({
    allow: [AllowedSource.cidr(expression('var.apps'))],
    ports: [5432, 6379],
  });
  const rules = resources(tf, 'aws_vpc_security_group_ingress_rule');

  expect(rules.map((rule) => rule.from_port).sort()).toEqual([5432, 6379]);
  expect(JSON.stringify(rules)).toContain('[ComputedCidrInvalid]');
});

describe('names', () => {
  const hostnames = ['Orders.example.com', 'sessions.example.com'];

  test('lead to the interface endpoint, each from a private zone that hides nothing else', () => {
    const tf = consumed({ hostnames });
    const [zone] = addresses(tf, 'aws_route53_zone');
    const [there] = addresses(tf, 'aws_vpc_endpoint');
    const byName = {
      'orders.example.com': 'orders.example.com',
      'sessions.example.com': 'sessions.example.com',
    };

    expect(onlyResource(tf, 'aws_route53_zone')).toEqual({
      for_each: byName,
      name: '${each.value}',
      comment: 'Leads to a database endpoint over PrivateLink',
      tags: { Name: 'prod/Orders' },
      vpc: [{ vpc_id: 'vpc-0c' }],
    });
    expect(onlyResource(tf, 'aws_route53_record')).toEqual({
      for_each: byName,
      zone_id: `\${${zone}[each.key].zone_id}`,
      name: '${each.value}',
      type: 'A',
      alias: {
        name: `\${${there}.dns_entry[0].dns_name}`,
        zone_id: `\${${there}.dns_entry[0].hosted_zone_id}`,
        evaluate_target_health: false,
      },
    });
  });

  test('do not depend on the order in which they are written', () => {
    expect(consumed({ hostnames: [...hostnames].reverse() })).toEqual(consumed({ hostnames }));
  });

  test('have IPv6 records where clients use IPv6', () => {
    const tf = consumed({ hostnames, dualStack: true });

    expect(resources(tf, 'aws_route53_record').map(({ type }) => type)).toEqual(['A', 'AAAA']);
    expect(onlyResource(tf, 'aws_vpc_endpoint').ip_address_type).toBe('dualstack');
  });

  test('that are tokens are keyed by their expressions', () => {
    const tf = consumed({ hostnames: [expression('var.hostname')] });

    expect(onlyResource(tf, 'aws_route53_zone').for_each).toEqual({ 'var.hostname': '${var.hostname}' });
  });

  test('go into a zone that is there already, and Terraform compares what synthesis cannot', () => {
    const tf = consumed({ hostnames, privateZoneId: 'Z1' });
    const record = onlyResource(tf, 'aws_route53_record');

    expect(tf.resource?.aws_route53_zone).toBeUndefined();
    expect(Object.values(tf.data?.aws_route53_zone ?? {})).toEqual([{ zone_id: 'Z1', private_zone: true }]);
    expect(record.zone_id).toBe('Z1');
    expect(JSON.stringify(record.lifecycle)).toContain('[ConsumerHostnameOutsideZone]');
  });

  test('may be the same in another VPC', () => {
    const error = refusalOf((stack) => {
      new DatabaseEndpointConsumer(stack, 'Other', validConsumer({ vpcId: 'vpc-0e', hostnames }));
      consumer(stack, { hostnames });
    });

    expect(error).toBeUndefined();
  });
});

test.each([true, false])('the private DNS name of the service is switched (%s) beside the interface endpoint', (on) => {
  const tf = consumed({ privateDnsEnabled: on });

  expect(onlyResource(tf, 'aws_vpc_endpoint_private_dns')).toEqual({
    private_dns_enabled: on,
    vpc_endpoint_id: `\${${addresses(tf, 'aws_vpc_endpoint')[0]}.id}`,
  });
  expect(onlyResource(tf, 'aws_vpc_endpoint').private_dns_enabled).toBeUndefined();
});

test('a service of another Region is named with its Region', () => {
  expect(endpoint({ serviceRegion: 'eu-central-1' }).service_region).toBe('eu-central-1');
});

test('subnets do not depend on the order in which they are written', () => {
  expect(endpoint({ subnetIds: ['subnet-0d', 'subnet-0c'] }).subnet_ids).toEqual(['subnet-0c', 'subnet-0d']);
});

test('every resource uses the provider that was given', () => {
  const tf = synthesize((stack) => {
    const provider = new AwsProvider(stack, 'Consumer', { alias: 'consumer' });
    consumer(stack, { provider, hostnames: ['orders.example.com'], privateDnsEnabled: true });
  });

  for (const ofType of Object.values(tf.resource ?? {})) {
    for (const resource of Object.values(ofType)) expect(resource.provider).toBe('aws.consumer');
  }
});

test('its groups and its name can be read back', () => {
  const tf = synthesize((stack) => {
    const { dnsName, securityGroups, resource, node } = consumer(stack);
    new TerraformVariable(stack, 'name', { default: dnsName });
    expect(securityGroups).toHaveLength(1);
    expect(node.defaultChild).toBe(resource);
  });

  expect(JSON.stringify(tf)).toContain(`\${${addresses(tf, 'aws_vpc_endpoint')[0]}.dns_entry[0].dns_name}`);
});

test('a consumer of a service in another stack of the app refers to it', () => {
  const names: { serviceName?: string } = {};
  const stacks = synthesizeApp({
    provider: (stack) => {
      names.serviceName = shareLoadBalancer(stack).serviceName;
    },
    other: (stack) => void consumer(stack, names),
  });

  expect(onlyResource(JSON.parse(stacks.other), 'aws_vpc_endpoint').service_name).toContain(
    'data.terraform_remote_state',
  );
});
