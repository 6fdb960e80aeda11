import { type DatabaseEndpointProps, DatabaseIngress, DatabaseTarget, TargetType } from '../../lib';
import { validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { type ExpectedProblem, type Mistake, mistake } from '../support/mistake';

function refused(
  rule: string,
  where: string,
  target: DatabaseTarget,
  problem: ExpectedProblem,
  overrides: Partial<DatabaseEndpointProps> = {},
): Mistake {
  return mistake(rule, where, validProps({ target, ...overrides }), problem);
}

const inGroup = { securityGroupId: 'sg-0d' };

/** As many private addresses as are asked for. */
export function privateAddresses(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
}

/** What is refused about targets. */
export const TARGET_MISTAKES: readonly Mistake[] = [
  ...[DatabaseTarget.ipAddresses([]), DatabaseTarget.instances([], inGroup)].map((target) =>
    refused('TargetsMissing', `there is no target (${target._type})`, target, {
      property: 'target',
      value: [],
      reason: /names no target/,
      remedy: /DatabaseTarget\.selfRegistering/,
    }),
  ),
  ...[
    '',
    'orders.abc123.rds.amazonaws.com',
    '10.0.1.0/24',
    '10.0.1.5/32',
    '10.0.1',
    '10.0.1.256',
    '010.0.1.5',
    'fd00:::1',
  ].map((address) =>
    refused(
      'TargetAddressInvalid',
      `the target is '${address}'`,
      DatabaseTarget.ipAddresses([address]),
      { property: 'target[0]', value: address, reason: /not an IP address/, remedy: /10\.0\.1\.5/ },
      { dualStack: true },
    ),
  ),
  refused(
    'TargetAddressInvalid',
    'one of the targets is a name',
    DatabaseTarget.ipAddresses(['10.0.1.5', 'db.internal']),
    {
      property: 'target[1]',
      value: 'db.internal',
      reason: /not an IP address/,
      remedy: /10\.0\.1\.5/,
    },
  ),
  ...['fe80::1', '::1', 'ff02::1', '::'].map((address) =>
    refused(
      'TargetAddressInvalid',
      `a target is ${address}`,
      DatabaseTarget.ipAddresses([address]),
      { property: 'target[0]', value: address, reason: /not a host address/, remedy: /private address/ },
      { dualStack: true },
    ),
  ),
  refused('TargetAddressPublic', 'a target is public', DatabaseTarget.ipAddresses(['10.0.1.5', '52.20.30.40']), {
    property: 'target[1]',
    value: '52.20.30.40',
    reason: /public address/,
    remedy: /private address.*publicRangeInVpc: true/,
  }),
  ...[
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '100.63.255.255',
    '100.128.0.0',
  ].map((address) =>
    refused(
      'TargetAddressPublic',
      `a target is ${address}, just outside a private block`,
      DatabaseTarget.ipAddresses([address]),
      {
        property: 'target[0]',
        value: address,
        reason: /public address/,
        remedy: /private address/,
      },
    ),
  ),
  refused(
    'TargetAddressPublic',
    'a target outside the VPC is public, whatever range the VPC uses',
    DatabaseTarget.ipAddresses(['52.20.30.40'], { outsideVpc: true, publicRangeInVpc: true }),
    {
      property: 'target[0]',
      value: '52.20.30.40',
      reason: /public address/,
      remedy: /^Write the database's private address\.$/,
    },
  ),
  ...['manual', 'CREATED', ''].map((databaseIngress) =>
    refused(
      'DatabaseIngressInvalid',
      `databaseIngress is ${JSON.stringify(databaseIngress)}`,
      DatabaseTarget.ipAddresses(['10.0.1.5'], {
        securityGroupId: 'sg-0d',
        databaseIngress: databaseIngress as DatabaseIngress,
      }),
      {
        property: 'target.databaseIngress',
        value: databaseIngress,
        reason: /not a valid way to admit/,
        remedy: /DatabaseIngress\.MANAGED_ELSEWHERE/,
      },
    ),
  ),
  refused(
    'DatabaseIngressUnused',
    'the security group of the database is not given',
    DatabaseTarget.ipAddresses(['10.0.1.5'], { databaseIngress: DatabaseIngress.MANAGED_ELSEWHERE }),
    {
      property: 'target.databaseIngress',
      value: 'managed-elsewhere',
      reason: /without the database's security group/,
      remedy: /securityGroupId/,
    },
  ),
  refused(
    'SecurityGroupOutsideVpc',
    'egress to targets outside of the VPC would lead to a security group',
    DatabaseTarget.ipAddresses(['10.9.1.5'], { outsideVpc: true, securityGroupId: 'sg-0d' }),
    {
      property: 'target.securityGroupId',
      value: 'sg-0d',
      reason: /targets are outside the VPC/,
      remedy: /Leave it out: egress is then allowed to the targets' addresses/,
    },
  ),
  refused('TargetDuplicate', 'an address is there twice', DatabaseTarget.ipAddresses(['10.0.1.5', '10.0.1.5']), {
    property: 'target[1]',
    value: '10.0.1.5',
    reason: /repeats target\[0\]/,
    remedy: /once/,
  }),
  refused(
    'TargetDuplicate',
    'an address is there in two spellings',
    DatabaseTarget.ipAddresses(['2600:1f18::5', '2600:1F18:0::5']),
    { property: 'target[1]', value: '2600:1f18::5', reason: /repeats target\[0\]/, remedy: /once/ },
    { dualStack: true },
  ),
  refused(
    'TargetDuplicate',
    'an instance is there twice',
    DatabaseTarget.instances(['i-0a', 'i-0b', 'i-0a'], inGroup),
    {
      property: 'target[2]',
      value: 'i-0a',
      reason: /repeats target\[0\]/,
      remedy: /once/,
    },
  ),
  refused(
    'TargetDuplicate',
    'a token is there twice',
    DatabaseTarget.ipAddresses(Array(2).fill(expression('var.address'))),
    {
      property: 'target[1]',
      reason: /repeats target\[0\]/,
      remedy: /once/,
    },
  ),
  refused(
    'TargetFamiliesMixed',
    'there are addresses of both families',
    DatabaseTarget.ipAddresses(['10.0.1.5', '2600:1f18::5']),
    { property: 'target', value: ['10.0.1.5', '2600:1f18::5'], reason: /mixes IPv4 and IPv6/, remedy: /one family/ },
    { dualStack: true },
  ),
  refused('TargetIpv6NeedsDualStack', 'the load balancer is IPv4 only', DatabaseTarget.ipAddresses(['2600:1f18::5']), {
    property: 'target',
    value: ['2600:1f18::5'],
    reason: /IPv4-only/,
    remedy: /dualStack: true/,
  }),
  ...['orders', '', '10.0.1.5', 'i-'].map((id) =>
    refused('InstanceIdInvalid', `an instance is '${id}'`, DatabaseTarget.instances(['i-0a', id], inGroup), {
      property: 'target[1]',
      value: id,
      reason: /not the id of an EC2 instance/,
      remedy: /i-0123456789abcdef0/,
    }),
  ),
  ...(
    [
      ['instances', DatabaseTarget.instances(['i-0a'])],
      ['instances without blocks', DatabaseTarget.instances(['i-0a'], { cidrBlocks: [] })],
      ['self-registering targets', DatabaseTarget.selfRegistering()],
      [
        'self-registering instances without blocks',
        DatabaseTarget.selfRegistering({ targetType: TargetType.INSTANCE, cidrBlocks: [] }),
      ],
    ] as const
  ).map(([which, target]) =>
    refused('TargetReachUnknown', `nobody says where egress may lead to ${which}`, target, {
      property: 'target',
      reason: /securityGroupId or cidrBlocks for egress/,
      remedy: /securityGroupId.*cidrBlocks/,
    }),
  ),
  refused(
    'TargetCidrInvalid',
    'a block of the targets has host bits',
    DatabaseTarget.selfRegistering({ cidrBlocks: ['10.0.0.0/16', '10.1.2.3/16'] }),
    { property: 'target.cidrBlocks[1]', value: '10.1.2.3/16', reason: /host bits/, remedy: /10\.1\.0\.0\/16/ },
  ),
  refused(
    'TargetCidrInvalid',
    'a block of the targets is none',
    DatabaseTarget.instances(['i-0a'], { cidrBlocks: ['private'] }),
    { property: 'target.cidrBlocks[0]', value: 'private', reason: /not an IP address or CIDR block/, remedy: /Write/ },
  ),
  ...['0.0.0.0/0', '10.0.0.0/7', '::/0', '2600:1f18::/43'].map((block) =>
    refused(
      'TargetCidrTooBroad',
      `egress may lead to ${block}`,
      DatabaseTarget.selfRegistering({ cidrBlocks: ['10.0.0.0/16', block] }),
      {
        property: 'target.cidrBlocks[1]',
        value: block,
        reason: /far beyond its database/,
        remedy: /blocks of the targets' subnets/,
      },
    ),
  ),
  ...[
    ['10.0.0.0/8', '172.16.0.0/12'],
    ['2600:1f18::/45', '2600:1f18:8::/45', '2600:1f19::/64'],
    Array.from({ length: 60 }, (_, i) => `${i + 20}.0.0.0/8`),
  ].map((cidrBlocks) =>
    refused(
      'TargetCidrTooBroad',
      `egress may lead to ${cidrBlocks.slice(0, 3).join(', ')} together`,
      DatabaseTarget.selfRegistering({ cidrBlocks }),
      {
        property: 'target.cidrBlocks',
        reason: /far beyond its database: together more than one \/(8|44)/,
        remedy: /blocks of the targets' subnets/,
      },
    ),
  ),
  ...['127.0.0.0/8', '169.254.169.254', '224.0.0.0/8', '240.0.0.1', '::1', 'fe80::/64', 'ff02::1'].map((block) =>
    refused(
      'TargetCidrUnreachable',
      `egress may lead to ${block}`,
      DatabaseTarget.selfRegistering({ cidrBlocks: [block] }),
      {
        property: 'target.cidrBlocks[0]',
        value: /\//.test(block) ? block : `${block}/${block.includes(':') ? 128 : 32}`,
        reason: /is (the|reserved).*, which no database can be in/,
        remedy: /blocks of the targets' subnets/,
      },
    ),
  ),
  ...['10.0.0.5', '10.0.0.5/32'].map((block) =>
    refused(
      'TargetCidrDuplicate',
      `a block is there twice, as ${block}`,
      DatabaseTarget.selfRegistering({ cidrBlocks: ['10.0.0.5/32', block] }),
      {
        property: 'target.cidrBlocks[1]',
        value: '10.0.0.5/32',
        reason: /repeats target\.cidrBlocks\[0\]/,
        remedy: /once/,
      },
    ),
  ),
  refused('TooManyEgressRules', 'there are 61 targets', DatabaseTarget.ipAddresses(privateAddresses(61)), {
    property: 'target',
    reason: /needs 61 egress rules.*room for 60/,
    remedy: /securityGroupId.*quotas\.rulesPerSecurityGroup/,
  }),
  refused(
    'TooManyEgressRules',
    'there are 61 blocks',
    DatabaseTarget.selfRegistering({ cidrBlocks: privateAddresses(61) }),
    { property: 'target.cidrBlocks', reason: /needs 61 egress rules/, remedy: /larger blocks/ },
  ),
  ...['orders', '', 'pl-0a', 'sg-'].map((securityGroupId) =>
    refused(
      'TargetSecurityGroupInvalid',
      `the security group is '${securityGroupId}'`,
      DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId }),
      {
        property: 'target.securityGroupId',
        value: securityGroupId,
        reason: /not the id of a security group/,
        remedy: /sg-0123456789abcdef0/,
      },
    ),
  ),
  refused('TargetQuotaExceeded', 'there are 501 targets', DatabaseTarget.ipAddresses(privateAddresses(501), inGroup), {
    property: 'target',
    reason: /501 targets.*supports 500: the quota .*L-B211E961/,
    remedy: /fewer/,
  }),
  refused(
    'TargetQuotaExceeded',
    'there are 3001 targets in their zones',
    DatabaseTarget.ipAddresses(privateAddresses(3001), inGroup),
    { property: 'target', reason: /3001 targets.*supports 3000: the quota .*L-EEF1AD04/, remedy: /fewer/ },
    { crossZone: false },
  ),
];
