import { TerraformVariable } from 'cdktf';
import { EndpointLoadBalancer, type EndpointLoadBalancerAttributes } from '../../lib';
import { expression, expressionNumber } from '../support/expression';
import { addFleet, existingProps, loadBalancerProps } from '../support/shared-load-balancer';
import { EXISTING_MISTAKES } from './existing-load-balancer.refusals';
import { existing, made, missing, type SharedMistake } from './shared-mistake';

const ARNS = [
  'partners',
  '',
  'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/partners/50dc6c495c0c9188',
  'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/partners/50dc6c495c0c9188',
  'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/partners/50dc6c495c0c9188/0a',
];

/** What load balancers that endpoints share are refused with. */
export const SHARED_LOAD_BALANCER_MISTAKES: readonly SharedMistake[] = [
  ...EXISTING_MISTAKES,
  ...[0, -1, 6, 1.5, Number.NaN].map((count) =>
    made(
      'SecurityGroupCountInvalid',
      `the number of security groups is ${count}`,
      { securityGroupCount: count },
      {
        property: 'securityGroupCount',
        value: count,
        reason: /from 1 to 5/,
        remedy: /L-2AFB9258.*quotas\.securityGroupsPerInterface/,
      },
    ),
  ),
  made(
    'RequirementInvalid',
    'access may last no day',
    { allowlist: { require: { maxDays: 0 } } },
    { property: 'allowlist.require.maxDays', value: 0, reason: /not a number of days/, remedy: /1 to 36500/ },
  ),
  made(
    'SecurityGroupCountInvalid',
    'it is more than a lower quota',
    { securityGroupCount: 3, quotas: { securityGroupsPerInterface: 2 } },
    { property: 'securityGroupCount', value: 3, reason: /from 1 to 2/, remedy: /whole number/ },
  ),
  ...ARNS.map((arn) =>
    existing('LoadBalancerArnInvalid', `the ARN is '${arn}'`, () => ({ arn }), {
      property: 'arn',
      value: arn,
      reason: /not the ARN of a network load balancer/,
      remedy: /loadbalancer\/net/,
    }),
  ),
  existing('SecurityGroupsMissing', 'it has no security groups', () => ({ securityGroupIds: [] }), {
    property: 'securityGroupIds',
    value: [],
    reason: /nothing would enforce the allowlists/,
    remedy: /make a new EndpointLoadBalancer/,
  }),
  existing('SecurityGroupIdInvalid', 'an id is something else', () => ({ securityGroupIds: ['sg-0a', 'vpc-0a'] }), {
    property: 'securityGroupIds[1]',
    value: 'vpc-0a',
    reason: /not the id of a security group/,
    remedy: /sg-0123456789abcdef0/,
  }),
  existing('SecurityGroupIdInvalid', 'an id is there twice', () => ({ securityGroupIds: ['sg-0a', 'sg-0a'] }), {
    property: 'securityGroupIds[1]',
    value: 'sg-0a',
    reason: /repeats securityGroupIds\[0\]/,
    remedy: /once/,
  }),
  existing(
    'SecurityGroupIdInvalid',
    'a token is there twice',
    () => ({ securityGroupIds: Array(2).fill(expression('aws_security_group.a.id')) }),
    { property: 'securityGroupIds[1]', reason: /repeats securityGroupIds\[0\]/, remedy: /once/ },
  ),
  existing(
    'SecurityGroupIdInvalid',
    'the ids are a list that is known after apply',
    (stack) => ({ securityGroupIds: new TerraformVariable(stack, 'groups', { type: 'list(string)' }).listValue }),
    { property: 'securityGroupIds', reason: /known after apply/, remedy: /one by one.*Fn\.element/ },
  ),
  existing(
    'SecurityGroupIdInvalid',
    'a token stands for the ids',
    () => ({ securityGroupIds: expression('var.ids') }),
    {
      property: 'securityGroupIds',
      reason: /known after apply/,
      remedy: /one by one/,
    },
  ),
  made(
    'AcknowledgeUnknown',
    'a token stands for the names of warnings',
    { acknowledge: expression('var.names') },
    { property: 'acknowledge[0]', reason: /not the name of a warning/, remedy: /Write one of/ },
  ),
  {
    rule: 'LoadBalancerNotMade',
    where: 'the load balancer of fromAttributes is asked for its resource',
    at: 'prod/Partners',
    make: (stack) => EndpointLoadBalancer.fromAttributes(stack, 'Partners', existingProps()).resource,
    problems: [
      { property: 'resource', reason: /comes from fromAttributes/, remedy: /Use dnsName and securityGroupIds/ },
    ],
  },

  ...(['subnetIds', 'vpcId'] as const).map((property) =>
    made('PropertyMissing', `it has no ${property}`, { [property]: undefined }, missing(property, 'load balancer')),
  ),
  ...(['arn', 'dnsName', 'zoneId', 'vpcId', 'subnetIds', 'securityGroupIds'] as const).map((property) =>
    existing(
      'PropertyMissing',
      `what exists already has no ${property}`,
      () => ({ [property]: undefined }),
      missing(property, 'load balancer'),
    ),
  ),
  {
    rule: 'PropertyMissing',
    where: 'there are no attributes at all',
    at: 'prod/Partners',
    make: (stack) =>
      void EndpointLoadBalancer.fromAttributes(
        stack,
        'Partners',
        undefined as unknown as EndpointLoadBalancerAttributes,
      ),
    problems: ['arn', 'dnsName', 'zoneId', 'vpcId', 'subnetIds', 'securityGroupIds'].map((property) =>
      missing(property, 'load balancer'),
    ),
  },

  ...['allow', 'port', 'engine', 'target', 'tls', 'domain', 'idleTimeoutSeconds'].map((property) =>
    made(
      'PropertyUnknown',
      `a load balancer has ${property}, which is an endpoint's`,
      { [property]: 1 },
      { property, reason: /property of each endpoint/, remedy: /addEndpoint\(\) takes/ },
    ),
  ),
  existing('PropertyUnknown', 'what exists already has a port', () => ({ port: 5432 }), {
    property: 'port',
    reason: /property of each endpoint/,
    remedy: /addEndpoint\(\) takes/,
  }),
  ...['shardFromStart', 'securityGroupIds'].map((property) =>
    made(
      'PropertyUnknown',
      `a load balancer has the property ${property}`,
      { [property]: 1 },
      { property, reason: /does not exist/, remedy: /securityGroupCount/ },
    ),
  ),
  existing('PropertyUnknown', 'what exists already has a number of groups', () => ({ securityGroupCount: 2 }), {
    property: 'securityGroupCount',
    reason: /does not exist/,
    remedy: /securityGroupIds/,
  }),
  made(
    'PropertyTypeInvalid',
    'mergePorts is a text',
    { mergePorts: 'false' },
    { property: 'mergePorts', value: 'false', reason: /not a boolean/, remedy: /a boolean/ },
  ),
  made(
    'PropertyKnownTooLate',
    'the number of security groups is a token',
    { securityGroupCount: expressionNumber('var.groups') },
    { property: 'securityGroupCount', reason: /known after apply/, remedy: /a number that is known at synthesis/ },
  ),
  made(
    'AcknowledgeUnknown',
    'a warning of endpoints is acknowledged',
    { acknowledge: ['PassthroughPlaintext'] },
    {
      property: 'acknowledge[0]',
      value: 'PassthroughPlaintext',
      reason: /not the name of a warning about a load balancer/,
      remedy: /ImportedLoadBalancerUnchecked/,
    },
  ),
  {
    rule: 'LoadBalancerNameTaken',
    where: 'another load balancer has the name',
    at: 'prod/Partners',
    make: (stack) => {
      new EndpointLoadBalancer(stack, 'Other', loadBalancerProps({ loadBalancerName: 'partners' }));
      addFleet(stack, {}, loadBalancerProps({ loadBalancerName: 'partners' }));
    },
    problems: [
      { property: 'loadBalancerName', value: 'partners', reason: /name of prod\/Other/, remedy: /a different name/ },
    ],
  },
];
