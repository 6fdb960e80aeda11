import { CERTIFICATE, DATABASE_GROUP, perform, SUBNETS, VPC } from './task';

// Installed by the benchmark, out of sight of the type checker.
const { App, Duration, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const elb = require('aws-cdk-lib/aws-elasticloadbalancingv2');
const { IpTarget } = require('aws-cdk-lib/aws-elasticloadbalancingv2-targets');

// AWS CDK with its own constructs. It writes CloudFormation, with the rules inside of the security group.
perform(({ outdir, names, entries }) => {
  const app = new App({ outdir, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  const stack = new Stack(app, 'bench');
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'vpc', {
    vpcId: VPC,
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    publicSubnetIds: SUBNETS,
  });
  const database = ec2.SecurityGroup.fromSecurityGroupId(stack, 'database', DATABASE_GROUP);
  const port = ec2.Port.tcp(6379);
  for (const name of names) {
    const group = new ec2.SecurityGroup(stack, `${name}-group`, {
      vpc,
      description: 'Who may reach a database endpoint, and where it leads',
      allowAllOutbound: false,
    });
    for (const { block, family, description } of entries) {
      group.addIngressRule(family === 4 ? ec2.Peer.ipv4(block) : ec2.Peer.ipv6(block), port, description);
    }
    group.connections.allowTo(database, port, 'The database behind the endpoint');
    const loadBalancer = new elb.NetworkLoadBalancer(stack, `${name}-loadbalancer`, {
      vpc,
      internetFacing: true,
      ipAddressType: elb.IpAddressType.DUAL_STACK,
      securityGroups: [group],
      crossZoneEnabled: true,
      deletionProtection: true,
    });
    const targetGroup = new elb.NetworkTargetGroup(stack, `${name}-targetgroup`, {
      vpc,
      port: 6379,
      protocol: elb.Protocol.TLS,
      targetType: elb.TargetType.IP,
      targets: [new IpTarget('10.0.12.34', 6379)],
      preserveClientIp: false,
      proxyProtocolV2: false,
      deregistrationDelay: Duration.seconds(10),
      connectionTermination: true,
      healthCheck: {
        protocol: elb.Protocol.TCP,
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    loadBalancer.addListener('listener', {
      port: 6379,
      protocol: elb.Protocol.TLS,
      certificates: [elb.ListenerCertificate.fromArn(CERTIFICATE)],
      sslPolicy: elb.SslPolicy.TLS13_RES,
      defaultTargetGroups: [targetGroup],
    });
  }
  return app;
});
