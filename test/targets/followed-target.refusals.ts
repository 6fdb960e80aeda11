import {
  DatabaseEngine,
  DatabaseRole,
  DatabaseTarget,
  EndpointTls,
  type FollowedTargetOptions,
  type HostnameTargetOptions,
} from '../../lib';
import { followedBy, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { type ExpectedProblem, type Mistake, mistake } from '../support/mistake';

const inGroup = { securityGroupId: 'sg-0d' };
const rds = (first: string, second = 'abc123') => `${first}.${second}.eu-central-1.rds.amazonaws.com`;

const hostname = (name: string, options: HostnameTargetOptions = {}) =>
  DatabaseTarget.hostname(name, { ...inGroup, ...options });
const instance = (identifier: string, address: string) =>
  DatabaseTarget.rdsInstance({ identifier, address, ...inGroup });
const cluster = (endpoint: string, role: DatabaseRole, identifier = 'orders') =>
  DatabaseTarget.rdsCluster({ identifier, endpoint, role, ...inGroup });
const proxy = (endpoint: string, role?: DatabaseRole) => DatabaseTarget.rdsProxy({ endpoint, role, ...inGroup });
const PROXY = rds('orders', 'proxy-abc123');
const GLOBAL = 'orders.global-abc.global.rds.amazonaws.com';
const SHARDS = rds('orders', 'shardgrp-abc');
const followed = (options: FollowedTargetOptions) => hostname('db.example.com', options);
const attached = (options: FollowedTargetOptions) => followedBy(followed(options), { subnetIds: ['subnet-0e'] });

function refused(rule: string, where: string, target: DatabaseTarget, problem: ExpectedProblem): Mistake {
  return mistake(rule, where, validProps({ target }), problem);
}

/** What is refused about names that are followed. */
export const FOLLOWED_TARGET_MISTAKES: readonly Mistake[] = [
  ...[
    '',
    'db',
    'db.example.com.',
    'postgresql://db.example.com',
    'db.example.com:5432',
    'db..example.com',
    '-db.example.com',
    `${'x'.repeat(64)}.example.com`,
    `${'x.'.repeat(127)}x`,
    'db example.com',
  ].map((name) =>
    refused('TargetHostnameInvalid', `the name is '${name}'`, hostname(name), {
      property: 'target',
      value: name,
      reason: /not a DNS name/,
      remedy: /only the name.*port belongs in port/,
    }),
  ),
  ...['10.0.1.5', 'fd00::5'].map((name) =>
    refused('TargetHostnameInvalid', `the name is the address ${name}`, hostname(name), {
      property: 'target',
      value: name,
      reason: /not a DNS name/,
      remedy: /DatabaseTarget\.ipAddresses/,
    }),
  ),
  refused(
    'TargetHostnameInvalid',
    'the endpoint of an instance is given, which carries the port',
    instance('orders', `${rds('orders')}:5432`),
    { property: 'target.address', value: `${rds('orders')}:5432`, reason: /not a DNS name/, remedy: /only the name/ },
  ),
  ...[
    'Orders',
    'orders-',
    'or--ders',
    '1orders',
    '',
    'x'.repeat(64),
    'arn:aws:rds:eu-central-1:123456789012:db:orders',
    'orders_1',
  ].map((identifier) =>
    refused('RdsIdentifierInvalid', `the identifier is '${identifier}'`, instance(identifier, 'db.example.com'), {
      property: 'target.identifier',
      value: identifier,
      reason: /not the identifier/,
      remedy: /in lowercase/,
    }),
  ),
  ...[
    ['an instance', instance('orders', rds('users')), 'target.address', rds('users')],
    [
      'a cluster',
      cluster(rds('users', 'cluster-abc123'), DatabaseRole.WRITER),
      'target.endpoint',
      rds('users', 'cluster-abc123'),
    ],
  ].map(([what, target, property, value]) =>
    refused('RdsNameOfOther', `${what} has the name of another`, target as DatabaseTarget, {
      property: property as string,
      value,
      reason: /name of 'users', but the identifier is 'orders'/,
      remedy: /same database/,
    }),
  ),
  refused(
    'RdsNameOfOtherKind',
    'an instance has the name of a cluster',
    instance('orders', rds('orders', 'cluster-abc123')),
    {
      property: 'target.address',
      value: rds('orders', 'cluster-abc123'),
      reason: /name of a cluster/,
      remedy: /DatabaseTarget\.rdsCluster/,
    },
  ),
  refused('RdsNameOfOtherKind', 'a cluster has the name of an instance', cluster(rds('orders'), DatabaseRole.WRITER), {
    property: 'target.endpoint',
    value: rds('orders'),
    reason: /name of a single instance/,
    remedy: /custom endpoint, or DatabaseTarget\.rdsInstance/,
  }),
  ...(
    [
      [GLOBAL, /an Aurora Global Database, whose writer may move to another Region$/, /cluster in this Region/],
      [SHARDS, /a shard group of Aurora PostgreSQL Limitless$/, /hostname\(name, \{ role: DatabaseRole\.READER \}\)/],
      [PROXY, /an RDS Proxy$/, /DatabaseTarget\.rdsProxy\(\{ endpoint, securityGroupId \}\)/],
      ['users.proxy-abc.rds.us-gov-east-1.amazonaws.com', /an RDS Proxy$/, /DatabaseTarget\.rdsProxy/],
    ] as const
  ).flatMap(([name, reason, remedy]) => [
    refused('RdsNameOfOtherKind', `a cluster has the name ${name}`, cluster(name, DatabaseRole.WRITER), {
      property: 'target.endpoint',
      value: name,
      reason,
      remedy,
    }),
    refused('RdsNameOfOtherKind', `an instance has the name ${name}`, instance('orders', name), {
      property: 'target.address',
      value: name,
      reason,
      remedy,
    }),
  ]),
  ...(
    [
      [rds('orders'), /a single instance$/, /DatabaseTarget\.rdsInstance/],
      [rds('orders', 'cluster-ro-abc123'), /a cluster$/, /DatabaseTarget\.rdsCluster/],
      [GLOBAL, /an Aurora Global Database/, /DatabaseTarget\.hostname/],
    ] as const
  ).map(([name, reason, remedy]) =>
    refused('RdsNameOfOtherKind', `a proxy has the name ${name}`, proxy(name), {
      property: 'target.endpoint',
      value: name,
      reason,
      remedy,
    }),
  ),
  refused('TargetHostnameInvalid', 'the endpoint of a proxy has a port', proxy(`${PROXY}:5432`), {
    property: 'target.endpoint',
    value: `${PROXY}:5432`,
    reason: /not a DNS name/,
    remedy: /only the name/,
  }),
  refused('TargetRoleInvalid', 'the role of a proxy is a word', proxy(PROXY, 'primary' as DatabaseRole), {
    property: 'target.role',
    value: 'primary',
    reason: /not a role/,
    remedy: /DatabaseRole\.WRITER/,
  }),
  refused(
    'TargetReachUnknown',
    'nobody says where egress may lead to a proxy',
    DatabaseTarget.rdsProxy({ endpoint: PROXY }),
    {
      property: 'target',
      reason: /securityGroupId or cidrBlocks for egress/,
      remedy: /securityGroupId.*cidrBlocks/,
    },
  ),
  ...[proxy(PROXY), proxy('orders.example.com'), hostname(PROXY)].map((target) =>
    mistake(
      'RdsProxyEngineUnsupported',
      `Oracle is to be behind a proxy, by ${target._name?.kind} ${target._name?.hostname}`,
      validProps({ engine: DatabaseEngine.ORACLE, tls: EndpointTls.passthrough(), target }),
      {
        property: 'engine',
        value: 'oracle',
        reason: /not supported by RDS Proxy/,
        remedy: /DatabaseTarget\.rdsInstance/,
      },
    ),
  ),
  ...(
    [
      ['cluster-ro-abc123', DatabaseRole.WRITER, 'readers', 'READER'],
      ['cluster-custom-abc123', DatabaseRole.WRITER, 'readers', 'READER'],
      ['cluster-abc123', DatabaseRole.READER, 'the writer', 'WRITER'],
    ] as const
  ).map(([kind, role, meant, remedy]) =>
    refused('TargetRoleMismatch', `${kind} is said to be a ${role}`, cluster(rds('orders', kind), role), {
      property: 'target.role',
      value: role,
      reason: new RegExp(`stands for ${meant}$`),
      remedy: new RegExp(`DatabaseRole\\.${remedy}`),
    }),
  ),
  refused(
    'TargetRoleMismatch',
    'a reader endpoint of DocumentDB is followed as a writer',
    hostname('docs.cluster-ro-abc123.eu-central-1.docdb.amazonaws.com'),
    { property: 'target.role', value: 'writer', reason: /stands for readers/, remedy: /DatabaseRole\.READER/ },
  ),
  ...(
    [
      ['replica.sessions.abc.euc1.cache.amazonaws.com', 'WRITER', /readers$/, 'READER'],
      ['sessions-ro.abc.ng.0001.euc1.cache.amazonaws.com', 'WRITER', /readers$/, 'READER'],
      ['master.sessions.abc.euc1.cache.amazonaws.com', 'READER', /the writer$/, 'WRITER'],
      ['sessions.abc.ng.0001.euc1.cache.amazonaws.com', 'READER', /the writer$/, 'WRITER'],
      ['vpc-logs-abc.eu-central-1.es.amazonaws.com', 'WRITER', /all nodes of a domain, some of which/, 'READER'],
      ['vpc-endpoint-h2d.aos.us-east-1.on.aws', 'WRITER', /all nodes of a domain, some of which/, 'READER'],
      [rds('bi', 'cluster-custom-abc'), 'WRITER', /readers$/, 'READER'],
      [SHARDS, 'WRITER', /routers of a shard group, one of which each answer names$/, 'READER'],
      [GLOBAL, 'READER', /the writer$/, 'WRITER'],
    ] as const
  ).map(([name, role, meant, remedy]) =>
    refused('TargetRoleMismatch', `${name} is said to be a ${role}`, hostname(name, { role: DatabaseRole[role] }), {
      property: 'target.role',
      value: DatabaseRole[role],
      reason: meant,
      remedy: new RegExp(`DatabaseRole\\.${remedy}`),
    }),
  ),
  refused(
    'BrokerPairUnsupported',
    'the second broker of a pair is followed',
    hostname('b-1234-2.mq.eu-central-1.amazonaws.com'),
    {
      property: 'target',
      value: 'b-1234-2.mq.eu-central-1.amazonaws.com',
      reason: /one broker of an active\/standby pair/,
      remedy: /single-instance broker/,
    },
  ),
  refused('TargetRoleInvalid', 'the role is a word', hostname('db.example.com', { role: 'primary' as DatabaseRole }), {
    property: 'target.role',
    value: 'primary',
    reason: /not a role/,
    remedy: /DatabaseRole\.WRITER/,
  }),
  ...['dns.example.com', '', '10.0.0.2/32', '8.8.8.8:0', '8.8.8.8:65536', '8.8.8.8:dns', '[8.8.8.8', '8.8.8'].map(
    (server) =>
      refused('DnsServerInvalid', `a DNS server is '${server}'`, followed({ dnsServers: ['8.8.8.8', server] }), {
        property: 'target.dnsServers[1]',
        value: server,
        reason: /not the address of a DNS server/,
        remedy: /10\.0\.0\.2/,
      }),
  ),
  ...['10.0.0.2', '172.16.0.2:5353', '192.168.0.2', '169.254.169.253', 'fd00::2', '[fd00::2]:53'].map((server) =>
    refused(
      'DnsServerUnreachable',
      `the DNS server ${server} is asked from outside`,
      followed({ dnsServers: [server] }),
      {
        property: 'target.dnsServers[0]',
        value: server,
        reason: /private address.*outside the VPC/,
        remedy: /new TargetSync\(.*subnetIds/,
      },
    ),
  ),
  refused(
    'DnsServerUnknown',
    'the function lets out DNS to a server that is known after apply',
    attached({ dnsServers: ['10.0.0.2', expression('var.dns')] }),
    { property: 'target.dnsServers', reason: /known after apply/, remedy: /securityGroupIds/ },
  ),
  refused('VpcCidrInvalid', 'a block of the VPC has host bits', followed({ vpcCidrBlocks: ['10.0.0.1/16'] }), {
    property: 'target.vpcCidrBlocks[0]',
    value: '10.0.0.1/16',
    reason: /host bits/,
    remedy: /10\.0\.0\.0\/16/,
  }),
  refused('VpcCidrsMissing', 'the VPC is said to have no block', followed({ vpcCidrBlocks: [] }), {
    property: 'target.vpcCidrBlocks',
    value: [],
    reason: /names no block/,
    remedy: /looked up/,
  }),
  refused('TargetReachUnknown', 'nobody says where egress may lead to a name', DatabaseTarget.hostname('db.x.com'), {
    property: 'target',
    reason: /securityGroupId or cidrBlocks for egress/,
    remedy: /securityGroupId.*cidrBlocks/,
  }),
  refused('TargetIpv6NeedsDualStack', 'IPv6 is followed on an IPv4 load balancer', followed({ ipv6: true }), {
    property: 'target',
    reason: /IPv4-only/,
    remedy: /dualStack: true/,
  }),
  ...[-1, 3601, 1.5].map((graceSeconds) =>
    refused('NumberOutOfRange', `the grace time is ${graceSeconds}`, followed({ graceSeconds }), {
      property: 'target.graceSeconds',
      value: graceSeconds,
      reason: /from 0 to 3600/,
      remedy: /seconds/,
    }),
  ),
];

/** What is warned of. */
export const FOLLOWED_TARGET_WARNED: readonly Mistake[] = [
  ...(
    [
      ['an instance', instance('orders', rds('orders')), /set dbSubnetGroupName/],
      ['an instance behind a name of its owner', instance('orders', 'db.example.com'), /set dbSubnetGroupName/],
      ['a cluster', cluster(rds('orders', 'cluster-abc'), DatabaseRole.WRITER), /set dbSubnetGroupName/],
      ['a cache', hostname('master.sessions.abc.euc1.cache.amazonaws.com'), /acknowledge DatabaseZonesUnchecked/],
    ] as const
  ).map(([what, target, remedy]) =>
    mistake('DatabaseZonesUnchecked', `${what} is followed with two subnets`, validProps({ target }), {
      property: 'subnetIds',
      reason: /names 2 subnets, but the database may move to a zone/,
      remedy,
    }),
  ),
  mistake(
    'DatabaseZonesUnchecked',
    'an instance is followed with one subnet',
    validProps({ target: instance('orders', rds('orders')), subnetIds: ['subnet-0a'], allowSingleSubnet: true }),
    { property: 'subnetIds', reason: /names one subnet,/, remedy: /in each zone/ },
  ),
  mistake(
    'RdsEventsUnused',
    'an RDS database is followed by its name alone',
    validProps({ target: hostname(rds('orders')) }),
    {
      property: 'target',
      value: rds('orders'),
      reason: /events are not used/,
      remedy: /DatabaseTarget\.rdsInstance/,
    },
  ),
  ...(
    [
      ['RdsProxyByHostname', PROXY, /is the name of an RDS Proxy/, /DatabaseTarget\.rdsProxy/],
      ['GlobalNameLeavesRegion', GLOBAL, /may move to another Region/, /endpoint in each Region.*cidrBlocks/],
      [
        'ClusterModeMoved',
        'clustercfg.s.abc.euc1.cache.amazonaws.com',
        /redirect clients \(MOVED\)/,
        /cluster mode disabled/,
      ],
      [
        'ClusterModeMoved',
        'clustercfg.o.abc.memorydb.eu-central-1.amazonaws.com',
        /redirect clients \(MOVED\)/,
        /one node/,
      ],
      [
        'BrokerMayHaveTwin',
        'b-1234-1.mq.eu-central-1.amazonaws.com',
        /may be one of an active\/standby/,
        /single-inst/,
      ],
    ] as const
  ).map(([rule, name, reason, remedy]) =>
    mistake(rule, `${name} is followed`, validProps({ target: hostname(name) }), {
      property: 'target',
      value: name,
      reason,
      remedy,
    }),
  ),
];
