import { Fn } from 'cdktf';
import { AllowedSource, type DatabaseEndpointConsumerProps } from '../../lib';
import { expression } from '../support/expression';
import type { ExpectedProblem } from '../support/mistake';

/** One row of the tables of what a `DatabaseEndpointConsumer` is refused with, or warned of. */
export interface ConsumerMistake {
  readonly rule: string;
  readonly where: string;
  readonly props: Partial<DatabaseEndpointConsumerProps>;
  /** Another consumer of the same stack. */
  readonly beside?: Partial<DatabaseEndpointConsumerProps>;
  readonly problem: ExpectedProblem;
}

function refused(
  rule: string,
  where: string,
  props: Partial<DatabaseEndpointConsumerProps>,
  problem: ExpectedProblem,
): ConsumerMistake {
  return { rule, where, props, problem };
}

const numbered = (count: number) => Array.from({ length: count }, (_, i) => AllowedSource.cidr(`10.20.${i}.0/24`));

/** What a `DatabaseEndpointConsumer` is refused with. */
export const CONSUMER_REFUSALS: readonly ConsumerMistake[] = [
  ...(['vpcId', 'subnetIds', 'serviceName', 'ports', 'allow'] as const).map((property) =>
    refused(
      'PropertyMissing',
      `${property} is left out`,
      { [property]: undefined },
      { property, reason: /is missing/, remedy: new RegExp(`Set the consumer's ${property}`) },
    ),
  ),
  refused(
    'PropertyTypeInvalid',
    'a port is a text',
    { ports: ['5432'] as unknown as number[] },
    { property: 'ports[0]', value: '5432', reason: /not a number/, remedy: /a number/ },
  ),
  refused(
    'PropertyKnownTooLate',
    'a port is a token',
    { ports: [expression('var.port') as unknown as number] },
    { property: 'ports[0]', reason: /known after apply/, remedy: /a number that is known at synthesis/ },
  ),
  refused(
    'VpcIdInvalid',
    'it has the id of something else',
    { vpcId: 'subnet-0c' },
    { property: 'vpcId', value: 'subnet-0c', reason: /not the id of a VPC/, remedy: /vpc-0123456789abcdef0/ },
  ),
  refused(
    'SubnetIdInvalid',
    'a subnet has the id of something else',
    { subnetIds: ['subnet-0c', 'vpc-0c'] },
    { property: 'subnetIds[1]', value: 'vpc-0c', reason: /not the id of a subnet/, remedy: /subnet-0123456789abcdef0/ },
  ),
  refused(
    'ConsumerSubnetsInvalid',
    'it has no subnet',
    { subnetIds: [] },
    { property: 'subnetIds', value: [], reason: /no subnet/, remedy: /in common/ },
  ),
  refused(
    'ConsumerSubnetsInvalid',
    'a subnet is there twice',
    { subnetIds: ['subnet-0c', 'subnet-0d', 'subnet-0c'] },
    { property: 'subnetIds[2]', value: 'subnet-0c', reason: /repeats subnetIds\[0\]/, remedy: /once/ },
  ),
  ...[
    'com.amazonaws.eu-central-1.rds',
    'vpce-svc-0123456789abcdef0',
    '',
    'com.amazonaws.vpce.eu-central-1.vpce-0a',
  ].map((serviceName) =>
    refused(
      'ServiceNameInvalid',
      `the service is '${serviceName}'`,
      { serviceName },
      { property: 'serviceName', value: serviceName, reason: /not the name/, remedy: /vpce-svc-0123456789abcdef0/ },
    ),
  ),
  refused(
    'ServiceRegionInvalid',
    'the Region is not that of the service',
    { serviceRegion: 'us-east-1' },
    {
      property: 'serviceRegion',
      value: 'us-east-1',
      reason: /not the Region of the service, which is eu-central-1/,
      remedy: /Write eu-central-1/,
    },
  ),
  refused(
    'ServiceRegionInvalid',
    'the Region is none',
    { serviceName: expression('var.service'), serviceRegion: 'Frankfurt' },
    { property: 'serviceRegion', value: 'Frankfurt', reason: /not the code/, remedy: /eu-central-1/ },
  ),
  refused(
    'ConsumerPortsInvalid',
    'there is no port',
    { ports: [] },
    { property: 'ports', value: [], reason: /no port/, remedy: /5432/ },
  ),
  refused(
    'ConsumerPortsInvalid',
    'a port is there twice',
    { ports: [5432, 6379, 5432] },
    { property: 'ports[2]', value: 5432, reason: /repeats ports\[0\]/, remedy: /once/ },
  ),
  ...[0, 65536, 5432.5].map((port) =>
    refused(
      'NumberOutOfRange',
      `a port is ${port}`,
      { ports: [port] },
      { property: 'ports[0]', value: port, reason: /from 1 to 65535/, remedy: /Write 1 to 65535/ },
    ),
  ),
  refused(
    'NumberOutOfRange',
    'there are more security groups than an interface takes',
    { securityGroupCount: 6 },
    { property: 'securityGroupCount', value: 6, reason: /from 1 to 5/, remedy: /Write 1 to 5/ },
  ),
  refused(
    'QuotaInvalid',
    'a quota is none',
    { quotas: { rulesPerSecurityGroup: 0.5 } },
    { property: 'quotas.rulesPerSecurityGroup', value: 0.5, reason: /not a valid quota/, remedy: /whole number/ },
  ),
  ...['orders', 'https://orders.example.com', 'orders.example.com.'].map((name) =>
    refused(
      'ConsumerHostnameInvalid',
      `a name is '${name}'`,
      { hostnames: [name] },
      { property: 'hostnames[0]', value: name, reason: /not a host name/, remedy: /orders\.db\.example\.com/ },
    ),
  ),
  refused(
    'ConsumerHostnameInvalid',
    'a name is there twice in other letters',
    { hostnames: ['orders.example.com', 'Orders.example.com'] },
    { property: 'hostnames[1]', value: 'Orders.example.com', reason: /repeats hostnames\[0\]/, remedy: /once/ },
  ),
  refused(
    'ConsumerHostnamesUnknown',
    'the names are a list that is known after apply',
    { hostnames: Fn.split(',', expression('var.names')) },
    { property: 'hostnames', reason: /known after apply/, remedy: /one by one/ },
  ),
  refused(
    'ZoneIdInvalid',
    'the zone has a path',
    { privateZoneId: '/hostedzone/Z1' },
    { property: 'privateZoneId', value: '/hostedzone/Z1', reason: /not the id/, remedy: /Z0123456789ABCDEFGHIJ/ },
  ),
  refused(
    'ZoneNameInvalid',
    'the name of the zone is none',
    { privateZoneName: 'example com' },
    { property: 'privateZoneName', value: 'example com', reason: /not the name/, remedy: /db\.example\.com/ },
  ),
  refused(
    'ConsumerHostnameOutsideZone',
    'a name is not in the zone',
    { hostnames: ['orders.example.com'], privateZoneName: 'example.org' },
    { property: 'hostnames[0]', value: 'orders.example.com', reason: /not in the zone/, remedy: /Leave the zone out/ },
  ),
  {
    ...refused(
      'DomainTaken',
      'another consumer has the name in the VPC',
      { hostnames: ['orders.example.com'] },
      {
        property: 'hostnames[0]',
        value: 'orders.example.com',
        reason: /name of prod\/Other/,
        remedy: /a different name/,
      },
    ),
    beside: { hostnames: ['Orders.example.com'] },
  },
  refused(
    'TagInvalid',
    'it has a tag that AWS refuses',
    { tags: { 'aws:team': 'x' } },
    { property: 'tags["aws:team"]', reason: /reserves/, remedy: /without the prefix aws:/ },
  ),
  refused(
    'AcknowledgeUnknown',
    'a warning of load balancers is acknowledged',
    { acknowledge: ['PrivateLinkUnprotected'] },
    {
      property: 'acknowledge[0]',
      value: 'PrivateLinkUnprotected',
      reason: /not the name of a warning/,
      remedy: /ConsumerInOneZone/,
    },
  ),
  refused(
    'AllowlistEmpty',
    'nobody may connect',
    { allow: [] },
    {
      property: 'allow',
      value: [],
      reason: /is empty/,
      remedy: /List who may connect/,
    },
  ),
  refused(
    'ConsumerGroupsFull',
    'the rules of all ports do not fit',
    { ports: [5432, 6379], allow: numbered(31) },
    {
      property: 'allow',
      reason: /makes 62 rules for 2 ports, and the security group has room for 60/,
      remedy: /securityGroupCount to up to 5/,
    },
  ),
  refused(
    'ConsumerGroupsFull',
    'they do not fit several groups either',
    { ports: [5432, 6379, 3306, 1433], allow: numbered(31), securityGroupCount: 2 },
    {
      property: 'allow',
      reason: /makes 124 rules for 4 ports, and 2 security groups have room for 120/,
      remedy: /L-0EA8095F/,
    },
  ),
];

/** What a `DatabaseEndpointConsumer` is warned of. */
export const CONSUMER_WARNED: readonly ConsumerMistake[] = [
  refused(
    'ConsumerInOneZone',
    'it has one subnet',
    { subnetIds: ['subnet-0c'] },
    { property: 'subnetIds', reason: /one subnet/, remedy: /acknowledge ConsumerInOneZone/ },
  ),
  refused(
    'EntryExpired',
    'an entry has expired',
    {
      allow: [AllowedSource.cidr('10.20.0.0/16'), AllowedSource.cidr('10.21.0.0/16', { expires: '2020-01-31' })],
    },
    { property: 'allow[1].expires', reason: /.+/, remedy: /.+/ },
  ),
];
