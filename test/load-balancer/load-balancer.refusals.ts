import { AllowedSource, DatabaseTarget, type EndpointHealthCheck, ExpiryEnforcement } from '../../lib';
import { validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { type Mistake, mistake } from '../support/mistake';

/** What is refused about the load balancer and its listener. */
export const LOAD_BALANCER_MISTAKES: readonly Mistake[] = [
  ...['my-vpc', '', 'subnet-0a', 'vpc-', 'vpc-0a 1', 'vpc_0a'].map((vpcId) =>
    mistake('VpcIdInvalid', `the VPC is '${vpcId}'`, validProps({ vpcId }), {
      property: 'vpcId',
      value: vpcId,
      reason: /not the id of a VPC/,
      remedy: /vpc-0123456789abcdef0/,
    }),
  ),
  ...['eu-central-1a', '', 'vpc-0a', 'subnet-'].map((id) =>
    mistake('SubnetIdInvalid', `a subnet is '${id}'`, validProps({ subnetIds: ['subnet-0a', id] }), {
      property: 'subnetIds[1]',
      value: id,
      reason: /not the id of a subnet/,
      remedy: /subnet-0123456789abcdef0/,
    }),
  ),
  ...['Boundary', 'arn:aws:iam::123456789012:role/Boundary', ''].map((permissionsBoundaryArn) =>
    mistake(
      'ExpiryPermissionsBoundaryInvalid',
      `the boundary of schedules is '${permissionsBoundaryArn}'`,
      validProps({ expiry: ExpiryEnforcement.onItsDay({ permissionsBoundaryArn }) }),
      {
        property: 'expiry.permissionsBoundaryArn',
        value: permissionsBoundaryArn,
        reason: /kind of ARN/,
        remedy: /arn:aws:iam::123456789012:policy\/Boundary/,
      },
    ),
  ),
  ...['alias/queues', 'arn:aws:kms:eu-central-1:123456789012:alias/queues'].map((kmsKeyArn) =>
    mistake(
      'ExpiryKmsKeyInvalid',
      `the key of the queue is '${kmsKeyArn}'`,
      validProps({ expiry: ExpiryEnforcement.onItsDay({ kmsKeyArn }) }),
      { property: 'expiry.kmsKeyArn', value: kmsKeyArn, reason: /kind of ARN/, remedy: /:key\// },
    ),
  ),
  mistake('SubnetsTooFew', 'there is one subnet', validProps({ subnetIds: ['subnet-0a'] }), {
    property: 'subnetIds',
    value: ['subnet-0a'],
    reason: /one subnet/,
    remedy: /two Availability Zones.* allowSingleSubnet: true/,
  }),
  mistake('SubnetsTooFew', 'there is one subnet, a token', validProps({ subnetIds: [expression('aws_subnet.a.id')] }), {
    property: 'subnetIds',
    reason: /one subnet/,
    remedy: /allowSingleSubnet: true/,
  }),
  ...[false, true].map((allowSingleSubnet) =>
    mistake(
      'SubnetsTooFew',
      `there is no subnet (one is enough: ${allowSingleSubnet})`,
      validProps({ subnetIds: [], allowSingleSubnet }),
      {
        property: 'subnetIds',
        value: [],
        reason: /no subnet/,
        remedy: /List one subnet/,
      },
    ),
  ),
  mistake(
    'SubnetDuplicate',
    'a subnet is there twice',
    validProps({ subnetIds: ['subnet-0a', 'subnet-0b', 'subnet-0a'] }),
    {
      property: 'subnetIds[2]',
      value: 'subnet-0a',
      reason: /repeats subnetIds\[0\]/,
      remedy: /once/,
    },
  ),
  mistake(
    'SubnetDuplicate',
    'a token is there twice',
    validProps({ subnetIds: Array(2).fill(expression('aws_subnet.a.id')) }),
    {
      property: 'subnetIds[1]',
      reason: /repeats subnetIds\[0\]/,
      remedy: /once/,
    },
  ),

  ...[0, -1, 65536, 5432.5, Number.NaN].flatMap((port) => [
    outOfRange(`the port is ${port}`, validProps({ port }), 'port', port, 1, 65535),
    outOfRange(
      `the port of the target is ${port}`,
      validProps({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], { port }) }),
      'target.port',
      port,
      1,
      65535,
    ),
  ]),
  ...[0, 59, 6001, 350.5, Number.NaN].map((seconds) =>
    outOfRange(
      `the idle timeout is ${seconds}`,
      validProps({ idleTimeoutSeconds: seconds }),
      'idleTimeoutSeconds',
      seconds,
      60,
      6000,
    ),
  ),
  ...[-1, 3601, 0.5].map((seconds) =>
    outOfRange(
      `the deregistration delay is ${seconds}`,
      validProps({ deregistrationDelaySeconds: seconds }),
      'deregistrationDelaySeconds',
      seconds,
      0,
      3600,
    ),
  ),
  ...healthCheck('intervalSeconds', 5, 300, { timeoutSeconds: 2 }),
  ...healthCheck('timeoutSeconds', 2, 120, { intervalSeconds: 300 }),
  ...healthCheck('healthyThreshold', 2, 10),
  ...healthCheck('unhealthyThreshold', 2, 10),

  overlap('longer than the interval', { intervalSeconds: 20, timeoutSeconds: 21 }, 21),
  overlap('left out and longer than the interval', { intervalSeconds: 5, timeoutSeconds: 6 }, 6),
  overlap('longer than the interval that is left out', { timeoutSeconds: 30 }, 30),

  ...['', 'orders_db', '-orders', 'orders-', 'internal-orders', 'orders.db', 'Bestellübersicht', 'x'.repeat(33)].map(
    (name) =>
      mistake('LoadBalancerNameInvalid', `the name is '${name}'`, validProps({ loadBalancerName: name }), {
        property: 'loadBalancerName',
        value: name,
        reason: /not a name that AWS accepts/,
        remedy: /32 letters, digits and hyphens.*internal-/,
      }),
  ),
  ...[
    '',
    'localhost',
    'https://orders.db.example.com',
    'orders.db.example.com:5432',
    'orders.db.example.com.',
    'orders..example.com',
    '-orders.example.com',
    'orders-.example.com',
    'orders db.example.com',
    `${'x'.repeat(64)}.example.com`,
    `${'x.'.repeat(126)}xx`,
  ].map((name) =>
    mistake('DomainNameInvalid', `the domain is '${name}'`, validProps({ domain: { name } }), {
      property: 'domain.name',
      value: name,
      reason: /not a host name/,
      remedy: /orders\.db\.example\.com/,
    }),
  ),

  tag('the key is empty', { '': 'x' }, /key that AWS refuses/),
  tag('the key is too long', { ['k'.repeat(129)]: 'x' }, /key that AWS refuses/),
  tag('the key has a foreign character', { 'cost*center': 'x' }, /key that AWS refuses/),
  tag('the key belongs to AWS', { 'aws:team': 'x' }, /reserves/),
  tag('the key belongs to AWS in other letters', { 'AWS:team': 'x' }, /reserves/),
  tag('the value is too long', { team: 'x'.repeat(257) }, /value that AWS refuses/, 'x'.repeat(257)),
  tag('the value has a foreign character', { team: 'a&b' }, /value that AWS refuses/, 'a&b'),
  mistake('TagInvalid', 'the key is a token', validProps({ tags: { [expression('var.key')]: 'x' } }), {
    property: 'tags',
    reason: /key that is a token/,
    remedy: /literals/,
  }),
  mistake('TagInvalid', 'there are more than AWS takes, with the name', validProps({ tags: numberedTags(50) }), {
    property: 'tags',
    reason: /51 tags with Name.*50/,
    remedy: /Leave some out/,
  }),
  mistake(
    'TagInvalid',
    'those that tell of an entry are more than there is room for',
    validProps({ tags: numberedTags(49), allow: [AllowedSource.cidr('8.8.8.8', { owner: 'data-team' })] }),
    {
      property: 'tags',
      reason: /51 tags with Name and those that tell of an entry \(database-endpoint:owner\).*50/,
      remedy: /Leave some out, or write allowlist: \{ ruleTags: false \}/,
    },
  ),
  {
    ...mistake('LoadBalancerNameTaken', 'another endpoint has the name', validProps({ loadBalancerName: 'orders' }), {
      property: 'loadBalancerName',
      value: 'orders',
      reason: /name of prod\/Other/,
      remedy: /different name/,
    }),
    beside: validProps({ loadBalancerName: 'orders' }),
  },
];

/** As many tags as are asked for. */
export function numberedTags(count: number): { [key: string]: string } {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${i}`, 'x']));
}

function outOfRange(
  where: string,
  props: Mistake['props'],
  property: string,
  value: number,
  min: number,
  max: number,
): Mistake {
  return mistake('NumberOutOfRange', where, props, {
    property,
    value,
    reason: new RegExp(`whole number from ${min} to ${max}`),
    remedy: new RegExp(`Write ${min} to ${max}`),
  });
}

function healthCheck(
  property: keyof EndpointHealthCheck,
  min: number,
  max: number,
  others: EndpointHealthCheck = {},
): Mistake[] {
  return [min - 1, max + 1, min + 0.5].map((value) =>
    outOfRange(
      `${property} is ${value}`,
      validProps({ healthCheck: { ...others, [property]: value } }),
      `healthCheck.${property}`,
      value,
      min,
      max,
    ),
  );
}

function overlap(where: string, check: EndpointHealthCheck, timeout: number): Mistake {
  return mistake('HealthCheckOverlaps', `the timeout is ${where}`, validProps({ healthCheck: check }), {
    property: 'healthCheck.timeoutSeconds',
    value: timeout,
    reason: /longer than the interval of \d+ seconds/,
    remedy: /shorter timeout or a longer interval/,
  });
}

function tag(where: string, tags: { [key: string]: string }, reason: RegExp, value?: string): Mistake {
  return mistake('TagInvalid', where, validProps({ tags }), {
    property: `tags[${JSON.stringify(Object.keys(tags)[0])}]`,
    value,
    reason,
    remedy: /letters, digits, spaces|without the prefix aws:/,
  });
}
