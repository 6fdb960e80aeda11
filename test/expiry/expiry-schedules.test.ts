import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { ref, Token } from 'cdktf';
import { AllowedSource, DatabaseEndpoint, EndpointLoadBalancer, ExpiryEnforcement } from '../../lib';
import { deletedAfterwards } from '../../lib/expiry/expiry-schedules';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { consumer } from '../support/private-link';
import { endpointProps, existingProps, loadBalancerProps, synthesizeFleet } from '../support/shared-load-balancer';
import { onlyResource, resources, synthesize, type TerraformJson } from '../support/synthesis';
import { madeSchedules } from './schedules';

const CLIENT = AllowedSource.cidr('52.20.30.40');
const MARCH = { expires: '2099-03-31' };
const NEW_YEAR = { expires: '2099-12-31' };
const PARTNER = AllowedSource.cidr('35.10.0.0/16', MARCH);

const of = (allow: AllowedSource[], overrides = {}) =>
  synthesizeEndpoint(validProps({ allow, dualStack: true, ...overrides }));
const ends = (tf: TerraformJson) =>
  madeSchedules(tf)
    .map(({ key, at }) => `${key} ${at}`)
    .sort();
const types = (tf: TerraformJson) => Object.keys(tf.resource ?? {});
const MADE = ['aws_iam_role', 'aws_iam_role_policy', 'aws_scheduler_schedule_group', 'aws_sqs_queue'];

describe('an endpoint', () => {
  test('whose entries do not expire has nothing for it', () => {
    const tf = of([CLIENT]);

    for (const type of [...MADE, 'aws_scheduler_schedule']) expect(types(tf)).not.toContain(type);
  });

  test('has one schedule for each rule that ends, of every kind of source', () => {
    const allow = [
      CLIENT,
      PARTNER,
      AllowedSource.cidr('2600:1f18::/48', NEW_YEAR),
      AllowedSource.cidr('35.11.0.0/16', { ...MARCH, group: 'partners' }),
      AllowedSource.prefixList('pl-0123456789abcdef0', { ...MARCH, maxEntries: 2 }),
      AllowedSource.awsPrefixList('com.amazonaws.eu-central-1.s3', MARCH),
      AllowedSource.securityGroup('sg-0123456789abcdef0', MARCH),
      AllowedSource.cidr(Token.asString(ref('aws_eip.nat.public_ip'))),
    ];

    expect(ends(of(allow))).toEqual([
      'IngressAwsPrefixLists com.amazonaws.eu-central-1.s3 2099-04-01T00:00:00',
      'IngressIpv4 35.10.0.0/16 2099-04-01T00:00:00',
      'IngressIpv4-partners 35.11.0.0/16 2099-04-01T00:00:00',
      'IngressIpv6 2600:1f18::/48 2100-01-01T00:00:00',
      'IngressPrefixLists pl-0123456789abcdef0 2099-04-01T00:00:00',
      'IngressSecurityGroups sg-0123456789abcdef0 2099-04-01T00:00:00',
    ]);
  });

  test('revokes a rule that is known after apply', () => {
    const tf = of([AllowedSource.cidr(Token.asString(ref('aws_eip.nat.public_ip')), MARCH)]);

    expect(ends(tf)).toEqual(['IngressComputed aws_eip.nat.public_ip 2099-04-01T00:00:00']);
  });

  test('names the group and the rule, by its id, to the API of EC2 in its own partition', () => {
    const tf = of([CLIENT, PARTNER]);
    const { target, ...schedule } = onlyResource(tf, 'aws_scheduler_schedule');
    const [{ rule, group }] = madeSchedules(tf);

    expect(schedule).toMatchObject({
      schedule_expression: 'at(${each.value.at})',
      schedule_expression_timezone: 'UTC',
      flexible_time_window: { mode: 'OFF' },
      group_name: expect.stringMatching(/^\$\{aws_scheduler_schedule_group\.\w+\.name\}$/),
    });
    expect(target).toEqual({
      arn: expect.stringMatching(
        /^arn:\$\{split\(":", aws_scheduler_schedule_group\.\w+\.arn\)\[1\]\}:scheduler:::aws-sdk:ec2:revokeSecurityGroupIngress$/,
      ),
      input: '${jsonencode({GroupId = each.value.group, SecurityGroupRuleIds = [each.value.rule]})}',
      role_arn: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/),
      dead_letter_config: { arn: expect.stringMatching(/^\$\{aws_sqs_queue\.\w+\.arn\}$/) },
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
    });
    expect(rule).toMatch(/^aws_vpc_security_group_ingress_rule\.Orders_IngressIpv4_\w+\["35\.10\.0\.0\/16"\]$/);
    expect(group).toBe(onlyResource(tf, 'aws_vpc_security_group_ingress_rule').security_group_id);
  });

  test('lets the schedules revoke in its own groups only, and nobody else use their role', () => {
    const tf = of([CLIENT, PARTNER, AllowedSource.cidr('35.11.0.0/16', { group: 'partners' })]);
    const { policy } = onlyResource(tf, 'aws_iam_role_policy');
    const { assume_role_policy: trust } = onlyResource(tf, 'aws_iam_role');

    expect(policy).toMatch(
      /"RevokeExpiredRules","Effect":"Allow","Action":\["ec2:RevokeSecurityGroupIngress"\],"Resource":\[aws_security_group\.Orders_SecurityGroup_\w+\.arn,aws_security_group\.Orders_SecurityGroup-partners_\w+\.arn\]/,
    );
    expect(trust).toMatch(
      /"aws:SourceAccount":split\(":", aws_scheduler_schedule_group\.\w+\.arn\)\[4\],"aws:SourceArn":aws_scheduler_schedule_group\.\w+\.arn/,
    );
    expect(onlyResource(tf, 'aws_scheduler_schedule').depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\./),
    ]);
  });

  test('encrypts the queue, and bounds the role where it is to', () => {
    const boundary = 'arn:aws:iam::123456789012:policy/Boundary';
    const key = Token.asString(ref('aws_kms_key.queues.arn'));
    const given = ExpiryEnforcement.onItsDay({ permissionsBoundaryArn: boundary, kmsKeyArn: key });
    const bounded = of([PARTNER], { expiry: given });

    expect(onlyResource(of([PARTNER]), 'aws_sqs_queue')).toMatchObject({ sqs_managed_sse_enabled: true });
    expect(onlyResource(bounded, 'aws_sqs_queue')).toMatchObject({ kms_master_key_id: '${aws_kms_key.queues.arn}' });
    expect(onlyResource(bounded, 'aws_iam_role')).toMatchObject({ permissions_boundary: boundary });
    expect(onlyResource(bounded, 'aws_iam_role_policy').policy).toMatch(/"UseKeyForQueue".*aws_kms_key\.queues\.arn/);
  });

  test('keeps what the schedules need as long as the entry is written, so that its last day changes nothing', () => {
    const [before, after] = ['2099-03-31', '2099-04-01'].map((asOf) => of([CLIENT, PARTNER], { allowlist: { asOf } }));

    for (const type of MADE) expect(resources(after, type)).toEqual(resources(before, type));
    expect(types(before)).toContain('aws_scheduler_schedule');
    expect(types(after)).not.toContain('aws_scheduler_schedule');
  });

  test('leaves it to the next apply where that is wanted', () => {
    const tf = of([CLIENT, PARTNER], { expiry: ExpiryEnforcement.atApply() });

    for (const type of [...MADE, 'aws_scheduler_schedule']) expect(types(tf)).not.toContain(type);
  });

  test('merges what ends on different days only where it is left to the next apply', () => {
    const allow = [AllowedSource.cidr('35.10.0.0/17', MARCH), AllowedSource.cidr('35.10.128.0/17', NEW_YEAR)];
    const keys = (tf: TerraformJson) =>
      Object.keys(onlyResource(tf, 'aws_vpc_security_group_ingress_rule').for_each as object);
    const aggregated = { allowlist: { aggregate: true } };

    expect(keys(of(allow, aggregated)).sort()).toEqual(['35.10.0.0/17', '35.10.128.0/17']);
    expect(keys(of(allow, { ...aggregated, expiry: ExpiryEnforcement.atApply() }))).toEqual(['35.10.0.0/16']);
  });

  test('refuses a configuration from before the last day once it is over', () => {
    const { lifecycle } = onlyResource(of([PARTNER]), 'aws_scheduler_schedule');

    expect(lifecycle).toEqual({
      precondition: [
        {
          condition: '${timecmp(plantimestamp(), "${each.value.at}Z") < 0}',
          error_message: expect.stringMatching(/^prod\/Orders: .*\[ExpiryPassed\]$/),
        },
      ],
    });
  });

  test('says where revocations are kept that failed', () => {
    const queues: unknown[] = [];
    synthesize((stack) => {
      queues.push(new DatabaseEndpoint(stack, 'Orders', validProps()).loadBalancer.expiryDeadLetterQueue);
      const users = new DatabaseEndpoint(stack, 'Users', validProps({ allow: [PARTNER] }));
      queues.push(users.loadBalancer.expiryDeadLetterQueue?.node.path);
    });

    expect(queues).toEqual([undefined, 'prod/Users/Default/ExpiryDeadLetterQueue']);
  });

  test('has all of it made by its own provider', () => {
    const tf = synthesize((stack) => {
      const provider = new AwsProvider(stack, 'west', { alias: 'west', region: 'us-west-2' });
      new DatabaseEndpoint(stack, 'Orders', validProps({ provider, allow: [PARTNER] }));
    });

    for (const type of [...MADE, 'aws_scheduler_schedule']) {
      expect(onlyResource(tf, type)).toMatchObject({ provider: 'aws.west' });
    }
  });
});

test('a schedule deletes itself where the bindings of the provider know how', () => {
  // The bindings have a setter for each attribute.
  const known = { prototype: { set actionAfterCompletion(_: string) {} } };

  expect(deletedAfterwards(known)).toEqual({ actionAfterCompletion: 'DELETE' });
  expect(deletedAfterwards({ prototype: {} })).toEqual({});
});

describe('a list that is known after apply', () => {
  const list = (name: string, options = {}) => AllowedSource.cidrs(Token.asList(ref(`var.${name}`)), options);
  const forEach = (...allow: AllowedSource[]) => String(onlyResource(of(allow), 'aws_scheduler_schedule').for_each);

  test('ends on its day', () => {
    expect(forEach(list('a', MARCH))).toMatch(
      /^\$\{merge\(\{\}, \{for key, at in \{for c in toset\(.*var\.a.*\) : c => "2099-04-01T00:00:00"\} : "IngressListed \$\{key\}" => \{at = at, group = aws_security_group\.\w+\.id, rule = aws_vpc_security_group_ingress_rule\.Orders_IngressListed_\w+\[key\]\.security_group_rule_id\}\}\)\}$/,
    );
  });

  test('keeps what another one admits for longer, in whatever order they are written', () => {
    const written = [list('a', NEW_YEAR), list('b', MARCH), list('c')];
    const text = forEach(...written);

    expect(text.indexOf('2099-04-01')).toBeLessThan(text.indexOf('2100-01-01'));
    expect(text.match(/if !contains\(concat\(\[for c in var\.c : [^\]]*\]\), c\)/g)).toHaveLength(2);
    expect(forEach(...written.reverse())).toBe(text);
  });
});

describe('an integration', () => {
  test('brings schedules, and a source that others admit for longer is revoked with the last of them', () => {
    const tf = synthesize((stack) => {
      const orders = new DatabaseEndpoint(stack, 'Orders', validProps({ allow: [CLIENT] }));
      orders.addIntegration('Looker', { allow: [PARTNER, AllowedSource.cidr('35.12.0.0/16', MARCH)] });
      orders.addIntegration('Census', { allow: [AllowedSource.cidr('35.10.0.0/16', NEW_YEAR)] });
      orders.addIntegration('Fivetran', { allow: [AllowedSource.cidr('35.12.0.0/16')] });
    });

    expect(ends(tf)).toEqual(['IngressIpv4 35.10.0.0/16 2100-01-01T00:00:00']);
  });
});

describe('a load balancer that endpoints share', () => {
  const fleet = {
    Users: endpointProps({ port: 5432, allow: [CLIENT, PARTNER] }),
    Stock: endpointProps({ port: 5433, allow: [CLIENT, AllowedSource.cidr('35.10.0.0/16', NEW_YEAR)] }),
  };

  test('has one resource of schedules for all of them, with the port in each key', () => {
    const props = loadBalancerProps({ securityGroupCount: 1, mergePorts: true });

    expect(ends(synthesizeFleet(fleet, props))).toEqual([
      'IngressIpv4 5432 35.10.0.0/16 2099-04-01T00:00:00',
      'IngressIpv4 5433 35.10.0.0/16 2100-01-01T00:00:00',
    ]);
  });

  test('is the same in whatever order endpoints come', () => {
    const { Users, Stock } = fleet;
    const props = loadBalancerProps({ securityGroupCount: 2 });
    const later = {
      Orders: endpointProps({
        port: 5434,
        allow: [AllowedSource.cidr(Token.asString(ref('aws_eip.nat.public_ip')), MARCH)],
      }),
    };

    expect(synthesizeFleet({ ...later, Stock, Users }, props).resource?.aws_scheduler_schedule).toEqual(
      synthesizeFleet({ Users, Stock, ...later }, props).resource?.aws_scheduler_schedule,
    );
  });

  test('decides for all of its endpoints when access ends', () => {
    const tf = synthesizeFleet(fleet, loadBalancerProps({ expiry: ExpiryEnforcement.atApply() }));

    expect(types(tf)).not.toContain('aws_scheduler_schedule');
  });

  test('that exists already has its groups named by their ids', () => {
    const tf = synthesize((stack) => {
      const partners = EndpointLoadBalancer.fromAttributes(stack, 'Partners', existingProps());
      partners.addEndpoint('Users', fleet.Users);
    });

    expect(onlyResource(tf, 'aws_iam_role_policy').policy).toMatch(
      /"Resource":\["arn:\$\{split\(":", aws_scheduler_schedule_group\.\w+\.arn\)\[1\]\}:ec2:\$\{split\(":", \S+\.arn\)\[3\]\}:\$\{split\(":", \S+\.arn\)\[4\]\}:security-group\/\$\{"sg-0a"\}"/,
    );
    expect(madeSchedules(tf)[0].group).toMatch(/^sg-0[ab]$/);
  });
});

describe('the consumer of an endpoint service', () => {
  const ofConsumer = (overrides = {}) =>
    synthesize((stack) => {
      consumer(stack, { ports: [5432, 6379], allow: [AllowedSource.cidr('10.30.0.0/16', MARCH)], ...overrides });
    });

  test('has schedules for the rules of each of its ports', () => {
    expect(ends(ofConsumer())).toEqual([
      'IngressIpv4 5432 10.30.0.0/16 2099-04-01T00:00:00',
      'IngressIpv4 6379 10.30.0.0/16 2099-04-01T00:00:00',
    ]);
  });

  test('leaves it to the next apply where that is wanted', () => {
    expect(types(ofConsumer({ expiry: ExpiryEnforcement.atApply() }))).not.toContain('aws_scheduler_schedule');
  });

  test('says where revocations are kept that failed', () => {
    const queues: unknown[] = [];
    synthesize((stack) => {
      const allow = [AllowedSource.cidr('10.30.0.0/16', MARCH)];
      queues.push(consumer(stack, { allow }).expiryDeadLetterQueue?.node.id);
    });

    expect(queues).toEqual(['ExpiryDeadLetterQueue']);
  });
});
