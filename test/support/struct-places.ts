import { TerraformStack, Testing } from 'cdktf';
import {
  AccessLogs,
  AdminSecret,
  AllowedSource,
  AllowlistFile,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointAddresses,
  EndpointAlarm,
  EndpointCertificate,
  EndpointDashboard,
  EndpointLoadBalancer,
  EndpointTls,
  ExpiryEnforcement,
  FlowLogs,
  Grant,
  SharedCertificate,
  TargetSync,
} from '../../lib';
import { ADMIN_ARN, createUser, onRds } from '../users/synthesized-user';
import { CERTIFICATE_ARN, terminatingProps } from './endpoint';
import { consumer, shareLoadBalancer } from './private-link';

// biome-ignore lint/suspicious/noExplicitAny: what callers without a compiler pass
export type Given = any;

/** Where a struct is passed to an endpoint. */
export interface StructPlace {
  /** What messages call the struct, with a dot. */
  readonly prefix: string;
  /** Properties that are correct exactly if those of the struct are. */
  readonly propsWith: (given: Given) => Partial<DatabaseEndpointProps>;
}

const certificate = EndpointCertificate.fromArn(CERTIFICATE_ARN);
const inGroup = { securityGroupId: 'sg-0a' };
const rds = { ...inGroup, identifier: 'orders' };
const address = 'orders.example.com';

/** An endpoint that terminates TLS. */
export function terminating(termination: Given): Partial<DatabaseEndpointProps> {
  return { ...terminatingProps(), tls: EndpointTls.terminate({ certificate, ...termination }) };
}

/** An endpoint with a client, and one more. */
export function allowing(source: AllowedSource): Partial<DatabaseEndpointProps> {
  return { allow: [AllowedSource.cidr('52.20.30.40/32'), source] };
}

const property = (name: string, needed: object = {}): StructPlace => ({
  prefix: `${name}.`,
  propsWith: (given) => ({ [name]: { ...needed, ...given } }),
});
const target = (make: (given: Given) => DatabaseTarget): StructPlace => ({
  prefix: 'target.',
  propsWith: (given) => ({ target: make(given) }),
});
const source = (make: (given: Given) => AllowedSource): StructPlace => ({
  prefix: 'allow[1].',
  propsWith: (given) => allowing(make(given)),
});
const certified = (make: (given: Given) => EndpointCertificate): StructPlace => ({
  prefix: 'tls.certificate.',
  propsWith: (given) => terminating({ certificate: make(given) }),
});
const endpoint: StructPlace = { prefix: '', propsWith: (given) => given };

/** Every struct that is passed to an endpoint. */
export const STRUCT_PLACES: { readonly [struct: string]: StructPlace } = {
  AllowedSourceOptions: source((given) => AllowedSource.cidr('9.9.9.9', given)),
  AllowedSourceOrigin: {
    prefix: 'allow[1].origin.',
    propsWith: (given) =>
      allowing(AllowedSource.cidr('9.9.9.9', { origin: { file: 'fleet.yaml', line: 1, ...given } })),
  },
  AllowlistBreadth: {
    prefix: 'allowlist.maxBreadth.',
    propsWith: (given) => ({ allowlist: { maxBreadth: given } }),
  },
  AllowlistFileOptions: {
    prefix: 'AllowlistFile.read(options).',
    propsWith: (given) => ({ allow: AllowlistFile.read('missing.yaml', given) }),
  },
  AllowlistPrefixLengths: {
    prefix: 'allowlist.require.ticketIfWiderThan.',
    propsWith: (given) => ({ allowlist: { require: { ticketIfWiderThan: given } } }),
  },
  AllowlistRequirements: {
    prefix: 'allowlist.require.',
    propsWith: (given) => ({ allowlist: { require: given } }),
  },
  AllowlistSettings: property('allowlist'),
  AllowlistTextOptions: {
    prefix: 'AllowlistFile.parse(options).',
    propsWith: (given) => ({ allow: AllowlistFile.parse('entries: []', { name: 'allowlist.yaml', ...given }) }),
  },
  AnywhereProps: source((given) => AllowedSource.anywhere(given)),
  CustomEngineProps: {
    prefix: 'engine.',
    propsWith: (given) => ({
      engine: DatabaseEngine.custom({ name: 'mine', port: 9, handshake: 'negotiated', ...given }),
    }),
  },
  DatabaseEndpointProps: endpoint,
  DatabaseTargetOptions: target((given) => DatabaseTarget.ipAddresses(['10.0.1.5'], given)),
  ElasticIpsOptions: {
    prefix: 'addresses.',
    propsWith: (given) => ({ addresses: EndpointAddresses.elasticIps(given) }),
  },
  EndpointDomain: property('domain', { name: 'a.db.example.com' }),
  EndpointHealthCheck: property('healthCheck'),
  EndpointLoadBalancerProps: endpoint,
  EndpointProps: endpoint,
  EndpointQuotas: property('quotas'),
  FlowLogBucketOptions: {
    prefix: 'flowLogs.',
    propsWith: (given) => ({ flowLogs: FlowLogs.toBucket('arn:aws:s3:::logs', given) }),
  },
  FlowLogGroupOptions: { prefix: 'flowLogs.', propsWith: (given) => ({ flowLogs: FlowLogs.toNewLogGroup(given) }) },
  ExpirySchedulesOptions: {
    prefix: 'expiry.',
    propsWith: (given) => ({ expiry: ExpiryEnforcement.onItsDay(given) }),
  },
  EndpointSessions: property('sessions', { epoch: 1 }),
  FollowedTargetOptions: target((given) => DatabaseTarget.hostname('db.example.com', { ...inGroup, ...given })),
  HostnameTargetOptions: target((given) => DatabaseTarget.hostname('db.example.com', { ...inGroup, ...given })),
  ImportedCertificateFiles: certified((given) =>
    EndpointCertificate.importedFiles({ certificateFile: 'x', privateKeyFile: 'x', ...given }),
  ),
  ImportedCertificateProps: certified((given) =>
    EndpointCertificate.imported({ certificate: 'x', privateKey: 'x', ...given }),
  ),
  InstanceTargetOptions: target((given) => DatabaseTarget.instances(['i-0123456789abcdef0'], { ...inGroup, ...given })),
  IpAddressTargetOptions: target((given) => DatabaseTarget.ipAddresses(['10.0.1.5'], given)),
  IssuedCertificateProps: certified((given) => EndpointCertificate.issue(given)),
  LogBucketOptions: {
    prefix: 'accessLogs.',
    propsWith: (given) => ({ ...terminating({}), accessLogs: AccessLogs.toBucket('logs', given) }),
  },
  NewLogBucketOptions: {
    prefix: 'accessLogs.',
    propsWith: (given) => ({ ...terminating({}), accessLogs: AccessLogs.toNewBucket(given) }),
  },
  PrefixListOptions: source((given) => AllowedSource.prefixList('pl-0123456789abcdef0', given)),
  RdsClusterTargetProps: target((given) =>
    DatabaseTarget.rdsCluster({ ...rds, endpoint: address, role: 'writer', ...given }),
  ),
  RdsInstanceTargetProps: target((given) => DatabaseTarget.rdsInstance({ ...rds, address, ...given })),
  RdsProxyTargetProps: target((given) => DatabaseTarget.rdsProxy({ ...inGroup, endpoint: address, ...given })),
  SelfRegisteringTargetOptions: target((given) => DatabaseTarget.selfRegistering({ ...inGroup, ...given })),
  SubnetElasticIp: {
    prefix: 'addresses[0].',
    propsWith: (given) => ({
      addresses: EndpointAddresses.existing([{ subnetId: 'subnet-0a', allocationId: 'eipalloc-0a', ...given }]),
    }),
  },
  SubnetPrivateIp: {
    prefix: 'addresses[0].',
    propsWith: (given) => ({
      addresses: EndpointAddresses.privateIps([{ subnetId: 'subnet-0a', address: '10.0.1.10', ...given }]),
    }),
  },
  TlsTerminationProps: { prefix: 'tls.', propsWith: terminating },
};

const place = { vpcId: 'vpc-0a', subnetIds: ['subnet-0a', 'subnet-0b'] };

/** The structs of the constructs that endpoints share. */
export const SHARED_CONSTRUCTS: { readonly [struct: string]: (given: Given) => unknown } = {
  EndpointLoadBalancerAttributes: (given) =>
    EndpointLoadBalancer.fromAttributes(new TerraformStack(Testing.app(), 'prod'), 'x', {
      ...place,
      arn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/partners/50dc6c495c0c9188',
      dnsName: 'partners-50dc6c495c0c9188.elb.eu-central-1.amazonaws.com',
      zoneId: 'Z3F0SRJ5LGBH90',
      securityGroupIds: ['sg-0a'],
      ...given,
    }),
  DatabaseEndpointConsumerProps: (given) => consumer(new TerraformStack(Testing.app(), 'prod'), given),
  PrivateLinkOutputsOptions: (given) => shareLoadBalancer(new TerraformStack(Testing.app(), 'prod')).addOutputs(given),
  PrivateLinkProps: (given) => shareLoadBalancer(new TerraformStack(Testing.app(), 'prod'), { share: given }),
  LoadBalancerOutputsOptions: (given) =>
    new EndpointLoadBalancer(new TerraformStack(Testing.app(), 'prod'), 'x', place).addOutputs(given),
  SharedAllowlistSettings: (given) =>
    new EndpointLoadBalancer(new TerraformStack(Testing.app(), 'prod'), 'x', { ...place, allowlist: given }),
  SharedLoadBalancerProps: (given) =>
    new EndpointLoadBalancer(new TerraformStack(Testing.app(), 'prod'), 'x', { ...place, ...given }),
  SharedCertificateProps: (given) =>
    new SharedCertificate(new TerraformStack(Testing.app(), 'prod'), 'x', { domainName: 'a.b', ...given }),
  DatabaseUserProps: userWith,
  EndpointDashboardProps: (given) => new EndpointDashboard(new TerraformStack(Testing.app(), 'prod'), 'x', given),
  IntegrationProps: integratedWith,
  TargetSyncProps: (given) =>
    new TargetSync(new TerraformStack(Testing.app(), 'prod'), 'x', { vpcId: 'vpc-0a', ...given }),
};

/** The structs that are passed to `monitor()`, with what messages call them. */
export const MONITORING_PLACES: {
  readonly [struct: string]: readonly [prefix: string, make: (given: Given) => unknown];
} = {
  AlarmActions: ['monitor().actions.', (given) => monitored({ actions: { alarm: [], ...given } })],
  AlarmSettings: [
    'monitor().alarms.noHealthyTarget.',
    (given) => monitored({ alarms: { noHealthyTarget: EndpointAlarm.adjusted(given) } }),
  ],
  EndpointAlarms: ['monitor().alarms.', (given) => monitored({ alarms: given })],
  EndpointMonitoringProps: ['monitor().', monitored],
  LoadBalancerAlarms: ['monitor().loadBalancerAlarms.', (given) => monitored({ loadBalancerAlarms: given })],
  LoadBalancerMonitoringProps: [
    'monitor().',
    (given) => {
      const loadBalancer = new EndpointLoadBalancer(new TerraformStack(Testing.app(), 'prod'), 'x', place);
      return loadBalancer.monitor({ actions: { alarm: [] }, ...given });
    },
  ],
  MonitoringProps: ['monitor().', monitored],
};

function monitored(given: Given): unknown {
  const endpoint = new DatabaseEndpoint(new TerraformStack(Testing.app(), 'prod'), 'x', onRds());
  return endpoint.monitor({ actions: { alarm: [] }, ...given });
}

/** The structs that the properties of a database user hold, with what messages call them. */
export const USER_PLACES: { readonly [struct: string]: readonly [prefix: string, make: (given: Given) => unknown] } = {
  AdminSecretOptions: ['admin.', (given) => userWith({ admin: AdminSecret.fromArn(ADMIN_ARN, given) })],
  CustomGrantProps: [
    'grants[0].',
    (given) => userWith({ grants: [Grant.custom({ privileges: ['SELECT'], on: { schema: 'a' }, ...given })] }),
  ],
  DatabaseServer: ['server.', (given) => userWith({ server: given })],
  GrantScope: ['grants[0].', (given) => userWith({ grants: [Grant.read({ schema: 'a', ...given })] })],
  IntegrationUserProps: [
    "addIntegration('Looker').user.",
    (given) => integratedWith({ user: { ...integratedUser, ...given } }),
  ],
  UserNetwork: ['network.', (given) => userWith({ network: { subnetIds: ['subnet-0e'], ...given } })],
  UserSecretOptions: ['secret.', (given) => userWith({ secret: given })],
};

const integratedUser = {
  admin: AdminSecret.fromArn(ADMIN_ARN),
  database: 'shop',
  grants: [Grant.read({ schema: 'sales' })],
  network: { subnetIds: ['subnet-0e'] },
};

function integratedWith(given: Given): unknown {
  const endpoint = new DatabaseEndpoint(new TerraformStack(Testing.app(), 'prod'), 'x', onRds());
  return endpoint.addIntegration('Looker', { allow: [AllowedSource.cidr('9.9.9.9')], ...given });
}

function userWith(given: Given): unknown {
  return createUser(new TerraformStack(Testing.app(), 'prod'), given);
}
