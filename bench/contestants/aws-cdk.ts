import { CERTIFICATE, DATABASE_GROUP, perform, SUBNETS, VPC } from './task';

// Installed by the benchmark, out of sight of the type checker.
const { App, Duration, Stack } = require('aws-cdk-lib');
// Its classes are loaded when they are named, which is to be before the clock starts.
const { Peer, Port, SecurityGroup, Vpc } = require('aws-cdk-lib/aws-ec2');
const {
  IpAddressType,
  ListenerCertificate,
  NetworkLoadBalancer,
  NetworkTargetGroup,
  Protocol,
  SslPolicy,
  TargetType,
} = require('aws-cdk-lib/aws-elasticloadbalancingv2');
const { IpTarget } = require('aws-cdk-lib/aws-elasticloadbalancingv2-targets');

// AWS CDK with its own constructs. It writes CloudFormation, with the rules inside of the security group.
perform(({ outdir, names, entries, sharedGroups }) => {
  const app = new App({ outdir, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  const stack = new Stack(app, 'bench');
  const vpc = Vpc.fromVpcAttributes(stack, 'vpc', {
    vpcId: VPC,
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    publicSubnetIds: SUBNETS,
  });
  const database = SecurityGroup.fromSecurityGroupId(stack, 'database', DATABASE_GROUP);
  const securityGroup = (id: string) =>
    new SecurityGroup(stack, id, {
      vpc,
      description: 'Allowlist and database egress of a database endpoint',
      allowAllOutbound: false,
    });
  const networkLoadBalancer = (name: string, securityGroups: readonly unknown[]) =>
    new NetworkLoadBalancer(stack, `${name}-loadbalancer`, {
      vpc,
      internetFacing: true,
      ipAddressType: IpAddressType.DUAL_STACK,
      securityGroups,
      crossZoneEnabled: true,
      deletionProtection: true,
    });
  // biome-ignore lint/suspicious/noExplicitAny: not installed where types are checked
  const endpoint = (name: string, loadBalancer: any, groups: readonly any[], port: number, offset = 0): void => {
    for (const [i, { block, family, description }] of entries.entries()) {
      const peer = family === 4 ? Peer.ipv4(block) : Peer.ipv6(block);
      groups[(i + offset) % groups.length].addIngressRule(peer, Port.tcp(port), description);
    }
    const targetGroup = new NetworkTargetGroup(stack, `${name}-targetgroup`, {
      vpc,
      port: 6379,
      protocol: Protocol.TLS,
      targetType: TargetType.IP,
      targets: [new IpTarget('10.0.12.34', 6379)],
      preserveClientIp: false,
      proxyProtocolV2: false,
      deregistrationDelay: Duration.seconds(10),
      connectionTermination: true,
      healthCheck: {
        protocol: Protocol.TCP,
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    loadBalancer.addListener(`${name}-listener`, {
      port,
      protocol: Protocol.TLS,
      certificates: [ListenerCertificate.fromArn(CERTIFICATE)],
      sslPolicy: SslPolicy.TLS13_RES,
      defaultTargetGroups: [targetGroup],
    });
  };
  // biome-ignore lint/suspicious/noExplicitAny: not installed where types are checked
  const lead = (group: any) => group.connections.allowTo(database, Port.tcp(6379), 'The database behind the endpoint');
  if (sharedGroups !== undefined) {
    const groups = Array.from({ length: sharedGroups }, (_, i) => securityGroup(`group${i}`));
    lead(groups[0]);
    const loadBalancer = networkLoadBalancer('shared', groups);
    for (const [i, name] of names.entries()) endpoint(name, loadBalancer, groups, 7000 + i, i);
    return app;
  }
  for (const name of names) {
    const group = securityGroup(`${name}-group`);
    lead(group);
    endpoint(name, networkLoadBalancer(name, [group]), [group], 6379);
  }
  return app;
});
