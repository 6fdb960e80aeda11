import { ref, Token } from 'cdktf';
import {
  AllowedSource,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseRole,
  DatabaseTarget,
  EndpointCertificate,
  EndpointTls,
  type HostnameTargetOptions,
  type TargetSyncProps,
  TargetType,
  TlsPolicy,
} from '../../lib';
import { numberedTags } from '../load-balancer/load-balancer.refusals';
import { endpoint, followedBy, refusal, terminatingProps, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { warningsAbout } from '../support/judged';
import { warningsOf } from '../support/synthesis';
import { privateAddresses } from '../targets/target.refusals';
import { terminate } from '../tls/tls.refusals';

const allow = (...blocks: string[]) => ({ allow: blocks.map((block) => AllowedSource.cidr(block)) });
const targets = (...addresses: string[]) => ({ target: DatabaseTarget.ipAddresses(addresses) });
const behindGroup = (count: number) => ({
  target: DatabaseTarget.ipAddresses(privateAddresses(count), { securityGroupId: 'sg-0d' }),
});
const named = (name: string, options: HostnameTargetOptions = {}) => ({
  target: DatabaseTarget.hostname(name, { securityGroupId: 'sg-0d', ...options }),
});
const followedWith = (sync: Partial<TargetSyncProps>, name = 'a.b', options: HostnameTargetOptions = {}) => ({
  target: followedBy(named(name, options).target, sync),
});
const described = (description: string) => ({ allow: [AllowedSource.cidr('52.20.30.40/32', { description })] });

const certificates = (count: number) => {
  const [certificate, ...additionalCertificates] = Array.from({ length: count }, (_, i) =>
    EndpointCertificate.fromArn(`arn:aws:acm:eu-central-1:123456789012:certificate/0a-${i}`),
  );
  return { engine: DatabaseEngine.REDIS, tls: terminate({ certificate, additionalCertificates }) };
};
const issued = (subjectAlternativeNames: string[], name = 'orders.db.example.com', validationRecordsExist = false) => ({
  engine: DatabaseEngine.REDIS,
  domain: { name, zoneId: 'Z0', zoneName: 'db.example.com' },
  tls: terminate({ certificate: EndpointCertificate.issue({ subjectAlternativeNames, validationRecordsExist }) }),
});

/** The last value that is right, just before each refusal. */
const ACCEPTED: readonly (readonly [what: string, overrides: Partial<DatabaseEndpointProps>])[] = [
  ['the least port', { port: 1 }],
  ['the greatest port', { port: 65535 }],
  ['the least port of a target', { target: DatabaseTarget.ipAddresses(['10.0.1.5'], { port: 1 }) }],
  ['the greatest port of a target', { target: DatabaseTarget.ipAddresses(['10.0.1.5'], { port: 65535 }) }],
  ['the least idle timeout', { idleTimeoutSeconds: 60 }],
  ['the greatest idle timeout', { idleTimeoutSeconds: 6000 }],
  ['the least deregistration delay', { deregistrationDelaySeconds: 0 }],
  ['the greatest deregistration delay', { deregistrationDelaySeconds: 3600 }],
  [
    'the fastest health check',
    { healthCheck: { intervalSeconds: 5, timeoutSeconds: 2, healthyThreshold: 2, unhealthyThreshold: 2 } },
  ],
  [
    'the slowest health check',
    { healthCheck: { intervalSeconds: 300, timeoutSeconds: 120, healthyThreshold: 10, unhealthyThreshold: 10 } },
  ],
  ['a timeout as long as the interval', { healthCheck: { intervalSeconds: 20, timeoutSeconds: 20 } }],
  ['a health check of defaults', { healthCheck: {} }],
  [
    'a timeout within the longer interval of MySQL',
    { engine: DatabaseEngine.MYSQL, healthCheck: { timeoutSeconds: 30 } },
  ],
  ['a name of one character', { loadBalancerName: 'a' }],
  ['a name of 32 characters', { loadBalancerName: 'x'.repeat(32) }],
  ['a name with hyphens and digits', { loadBalancerName: '0-Internal-orders-9' }],
  ['a name that begins like a reserved one', { loadBalancerName: 'internals' }],
  ['49 tags and the name', { tags: numberedTags(49) }],
  ['50 tags with a name among them', { tags: { ...numberedTags(49), Name: 'orders' } }],
  ['the longest tag', { tags: { ['k'.repeat(128)]: 'v'.repeat(256) } }],
  ['a tag with every special character', { tags: { 'a_.:/=+-@ é': '_.:/=+-@ é' } }],
  ['an empty tag value', { tags: { team: '' } }],
  ['a tag that only begins like those of AWS', { tags: { awsome: 'x' } }],
  ['a short domain', { domain: { name: 'a.b' } }],
  ['the longest label', { domain: { name: `${'x'.repeat(63)}.example.com` } }],
  ['the longest domain', { domain: { name: `${'x.'.repeat(126)}x` } }],
  ['a domain in capitals with digits', { domain: { name: 'DB1.1example.com' } }],
  ['the zone of one label', { domain: { name: 'db.corp', zoneId: 'Z0', zoneName: 'corp' } }],
  [
    'a long id and a zone with a dot at its end',
    { domain: { name: 'a.b.com', zoneId: 'A'.repeat(32), privateZoneName: 'b.com.' } },
  ],
  [
    'a public and a private zone of one name',
    { domain: { name: 'a.b.com', zoneName: 'b.com', privateZoneName: 'b.com' } },
  ],
  [
    'a private zone for an internal endpoint',
    { internetFacing: false, domain: { name: 'a.b.com', privateZoneName: 'b.com' } },
  ],
  ['a public zone for an internal endpoint', { internetFacing: false, domain: { name: 'a.b.com', zoneName: 'b.com' } }],
  [
    'health that is left out in a zone',
    { domain: { name: 'a.b.com', zoneName: 'b.com', evaluateTargetHealth: false } },
  ],
  ['25 certificates', certificates(25)],
  ['26 certificates with a larger quota', { ...certificates(26), quotas: { certificatesPerLoadBalancer: 26 } }],
  ['100 names', issued(Array.from({ length: 99 }, (_, i) => `a${i}.db.example.com`))],
  ['a first name of 64 characters', issued([], `${'x'.repeat(49)}.db.example.com`)],
  ['names in another zone that somebody else validates', issued(['a.other.com'], undefined, true)],
  ['one subnet on purpose', { subnetIds: ['subnet-0a'], allowSingleSubnet: true }],
  ['ids as emulators make them', { vpcId: 'vpc-1234', subnetIds: ['subnet-12', 'subnet-ab'] }],
  ...[
    '10.0.0.0',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.255.255',
    '100.64.0.1',
    '100.127.255.255',
  ].map((address) => [`the private target ${address}`, targets(address)] as const),
  [
    'a public target in a VPC of public range',
    { target: DatabaseTarget.ipAddresses(['52.20.30.40'], { publicRangeInVpc: true }) },
  ],
  ['IPv6 targets', { ...targets('2600:1f18::5', 'fd00::5'), dualStack: true }],
  ['500 targets behind a security group', behindGroup(500)],
  ['60 targets without one', targets(...privateAddresses(60))],
  ['3000 targets in their zones', { ...behindGroup(3000), crossZone: false }],
  [
    'instances that a service registers in blocks',
    {
      target: DatabaseTarget.selfRegistering({
        targetType: TargetType.INSTANCE,
        cidrBlocks: ['10.0.0.0/16', '10.1.0.5'],
      }),
    },
  ],
  [
    'targets in the broadest networks',
    { target: DatabaseTarget.selfRegistering({ cidrBlocks: ['10.0.0.0/8', '2600:1f18::/44'] }) },
  ],
  ...[
    'db.example.com',
    'a.b',
    `${'x'.repeat(63)}.example.com`,
    `${'x.'.repeat(126)}x`,
    '_db.corp.internal',
    'DB1.example.com',
    '1.2.3.4.example',
  ].map((name) => [`the name ${name.slice(0, 20)}`, named(name)] as const),
  ...['8.8.8.8', '8.8.8.8:1', '8.8.8.8:65535', '2001:4860:4860::8888', '[2001:4860:4860::8888]:53'].map(
    (server) => [`the DNS server ${server}`, named('db.example.com', { dnsServers: [server] })] as const,
  ),
  [
    'a private DNS server inside the VPC',
    followedWith({ subnetIds: ['subnet-0e'] }, 'db.corp.internal', { dnsServers: ['10.0.0.2'] }),
  ],
  [
    'a DNS server of a token behind security groups of your own',
    followedWith({ subnetIds: ['subnet-0e'], securityGroupIds: ['sg-0f'] }, 'db.corp.internal', {
      dnsServers: [expression('var.dns')],
    }),
  ],
  ...[60, 86_400].map(
    (healthyWithinSeconds) =>
      [`${healthyWithinSeconds} seconds to become healthy`, named('a.b', { healthyWithinSeconds })] as const,
  ),
  ...[0, 3600].map((graceSeconds) => [`a grace time of ${graceSeconds}`, named('a.b', { graceSeconds })] as const),
  ...[1, 58].map((runSeconds) => [`a run of ${runSeconds} seconds`, followedWith({ runSeconds })] as const),
  ...[1, 60].map(
    (intervalSeconds) => [`a question every ${intervalSeconds} seconds`, followedWith({ intervalSeconds })] as const,
  ),
  ...['a', 'x'.repeat(63), 'orders-1-production'].map(
    (identifier) =>
      [
        `the RDS identifier ${identifier.slice(0, 20)}`,
        {
          target: DatabaseTarget.rdsInstance({
            identifier,
            address: `${identifier}.abc123.eu-central-1.rds.amazonaws.com`,
            securityGroupId: 'sg-0d',
          }),
        },
      ] as const,
  ),
  ...(
    [
      ['orders.cluster-abc123', DatabaseRole.WRITER],
      ['orders.cluster-ro-abc123', DatabaseRole.READER],
      ['reports.cluster-custom-abc123', DatabaseRole.READER],
    ] as const
  ).map(
    ([name, role]) =>
      [
        `the cluster endpoint ${name}`,
        {
          target: DatabaseTarget.rdsCluster({
            identifier: 'orders',
            endpoint: `${name}.eu-central-1.rds.amazonaws.com`,
            role,
            securityGroupId: 'sg-0d',
          }),
        },
      ] as const,
  ),
  ...[
    'orders.proxy-abc123.eu-central-1.rds.amazonaws.com',
    'readers.endpoint.proxy-abc123.eu-central-1.rds.amazonaws.com',
    'orders.proxy-abc123.rds.us-gov-east-1.amazonaws.com',
    'orders.proxy-abc123.rds.cn-north-1.amazonaws.com.cn',
    'orders.example.com',
  ].flatMap((endpoint) =>
    [DatabaseRole.WRITER, DatabaseRole.READER, undefined].map(
      (role) =>
        [
          `the proxy ${endpoint} as ${role}`,
          { target: DatabaseTarget.rdsProxy({ endpoint, role, securityGroupId: 'sg-0d' }) },
        ] as const,
    ),
  ),
  ...(
    [
      ['replica.sessions.abc.euc1.cache.amazonaws.com', DatabaseRole.READER],
      ['master.sessions.abc.euc1.cache.amazonaws.com', DatabaseRole.WRITER],
      ['sessions-001.sessions.abc.euc1.cache.amazonaws.com', DatabaseRole.READER],
      ['clustercfg.sessions.abc.euc1.cache.amazonaws.com', DatabaseRole.READER],
      ['vpc-logs-abc.eu-central-1.es.amazonaws.com', DatabaseRole.READER],
      ['orders.shardgrp-abc.us-east-1.rds.amazonaws.com', DatabaseRole.READER],
      ['orders.global-abc.global.rds.amazonaws.com', DatabaseRole.WRITER],
      ['b-1234-1.mq.eu-central-1.amazonaws.com', DatabaseRole.WRITER],
      ['b-1234.mq.eu-central-1.amazonaws.com', DatabaseRole.WRITER],
    ] as const
  ).map(
    ([name, role]) =>
      [`${name} as ${role}`, { target: DatabaseTarget.hostname(name, { role, securityGroupId: 'sg-0d' }) }] as const,
  ),
  [
    'a cluster behind a name of your own',
    {
      target: DatabaseTarget.rdsCluster({
        identifier: 'orders',
        endpoint: 'orders.example.com',
        role: DatabaseRole.READER,
        securityGroupId: 'sg-0d',
      }),
    },
  ],
  [
    'an instance in China',
    {
      target: DatabaseTarget.rdsInstance({
        identifier: 'orders',
        address: 'orders.abc123.rds.cn-north-1.amazonaws.com.cn',
        securityGroupId: 'sg-0d',
      }),
    },
  ],
  ['IPv6 by name', { ...named('a.b', { ipv6: true }), dualStack: true }],
  ['an IPv4 /32', allow('52.20.30.40/32')],
  ['a /8', allow('12.0.0.0/8')],
  ['an IPv6 /128 and a /32', { ...allow('2600:1f18::7/128', '2600:1f19::/32'), dualStack: true }],
  ['overlapping blocks', allow('52.20.0.0/16', '52.20.30.40/32')],
  ['the addresses of documentation, as examples have them', allow('203.0.113.7/32', '198.51.100.0/24')],
  [
    'private networks on an internal endpoint',
    { ...allow('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'), internetFacing: false },
  ],
  [
    'private networks on an internet-facing endpoint, with a warning',
    allow('10.0.0.0/8', '172.16.0.0/12', '52.20.30.40/32'),
  ],
  ['a description of one character', described('x')],
  ['a description of 255 characters', described('x'.repeat(255))],
  ['a description with every special character', described('aZ09 ._-:/()#,@[]+=&;{}!$*')],
  ['anywhere', { allow: [AllowedSource.anywhere({ reason: 'Roaming clients' })] }],
  [
    'anywhere on a dual-stack endpoint',
    { allow: [AllowedSource.anywhere({ reason: 'Roaming clients' })], dualStack: true },
  ],
  ['an empty source beside another', { allow: [AllowedSource.cidrs([]), AllowedSource.cidr('52.20.30.40/32')] }],
  ['no tags', { tags: {} }],
  ['a property that is left out on purpose', { port: undefined, tls: undefined, domain: undefined }],
];

test.each(ACCEPTED)('an endpoint accepts %s', (_, overrides) => {
  expect(refusal(validProps(overrides))?.message).toBeUndefined();
});

test.each([
  'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
  'arn:aws-cn:acm:cn-north-1:123456789012:certificate/0a1b2c3d',
  'arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/0a1b2c3d',
  'arn:aws:iam::123456789012:server-certificate/orders',
  'arn:aws:iam::123456789012:server-certificate/team/orders_1+a=b,c.d@e-f',
])('the certificate %s is accepted', (arn) => {
  const tls = EndpointTls.terminate({ certificate: EndpointCertificate.fromArn(arn) });

  expect(refusal(terminatingProps({ tls }))?.message).toBeUndefined();
});

test.each([
  // Every member, so that no weak policy can become one.
  ...Object.values(TlsPolicy).flatMap((member) => (member instanceof TlsPolicy ? member.name : [])),
  'ELBSecurityPolicy-TLS13-1-3-2021-06',
])('the policy %s is accepted without a warning', (name) => {
  const props = terminatingProps({ tls: terminate({ policy: TlsPolicy.custom(name) }) });

  expect(refusal(props)?.message).toBeUndefined();
  expect(warningsAbout(props).map(({ rule }) => rule)).not.toContain('WeakTlsPolicy');
});

test('an endpoint with nothing to warn of is silent', () => {
  const props = validProps({ domain: { name: 'orders.db.example.com' }, acknowledge: ['PassthroughPlaintext'] });

  expect(warningsOf(endpoint(props))).toEqual([]);
});

const SILENT: readonly (readonly [what: string, overrides: Partial<DatabaseEndpointProps>, rule: string])[] = [
  ['a domain', { domain: { name: 'orders.db.example.com' } }, 'NameNotVerifiable'],
  [
    "the name in the database's certificate",
    { target: DatabaseTarget.ipAddresses(['10.0.1.5'], { certificateName: 'db.internal' }) },
    'NameNotVerifiable',
  ],
  ['an engine without TLS', { engine: DatabaseEngine.SFTP }, 'NameNotVerifiable'],
  ['an engine without TLS', { engine: DatabaseEngine.SFTP }, 'PassthroughPlaintext'],
  ['a terminating listener', { engine: DatabaseEngine.REDIS, tls: terminate() }, 'PassthroughPlaintext'],
  ['passthrough', {}, 'TlsIdleLimit'],
  [
    'a public zone beside the private one',
    { domain: { name: 'a.b.com', zoneName: 'b.com', privateZoneName: 'b.com' } },
    'NameNotPublic',
  ],
  ['no private zone', { domain: { name: 'a.b.com' } }, 'NameNotPublic'],
  ['re-encryption', { engine: DatabaseEngine.REDIS, tls: terminate() }, 'PlaintextToTarget'],
  ['clients that wrap TLS', { tls: terminate({ clientsWrapTls: true }) }, 'PlaintextToTarget'],
  ['preserved addresses in the VPC', { preserveClientIp: true }, 'ClientIpOutsideVpc'],
  [
    'targets outside the VPC',
    { target: DatabaseTarget.ipAddresses(['10.0.1.5'], { outsideVpc: true }) },
    'ClientIpOutsideVpc',
  ],
  [
    'a private network on an internal endpoint',
    { ...allow('10.0.0.0/16'), internetFacing: false },
    'SourceSeldomMatches',
  ],
];

test.each(SILENT.map(([what, overrides, rule]) => [what, rule, overrides] as const))(
  '%s does not raise %s needlessly',
  (_, rule, overrides) => {
    expect(warningsAbout(validProps(overrides)).map((warning) => warning.rule)).not.toContain(rule);
  },
);

const TOKEN = Token.asString(ref('aws_instance.db.private_ip'));

test.each<[string, Partial<DatabaseEndpointProps>]>([
  ['a subnet twice', { subnetIds: [TOKEN, TOKEN] }],
  ['too few subnets', { subnetIds: [TOKEN] }],
  ['a target twice', targets(TOKEN, TOKEN)],
  ['targets of both families', { ...targets('10.0.1.5', '2600:1f18::5', TOKEN), dualStack: true }],
  ['IPv6 targets without dual-stack', targets('2600:1f18::5', TOKEN)],
  ['a source twice', allow(TOKEN, TOKEN)],
  ['a token as tag key', { tags: { [TOKEN]: 'x' } }],
])('the refusal of %s does not show what CDKTF writes in place of a token', (_, overrides) => {
  expect(refusal(validProps(overrides))?.message).toMatch(/^prod\/Orders: (?!.*TfToken)/);
});
