import { CERTIFICATE, DATABASE_GROUP, perform, SUBNETS, VPC } from './task';

// Installed by the benchmark, out of sight of the type checker.
const { App } = require('cdktf');
const { Duration } = require('terraconstructs');
const { AwsStack, compute } = require('terraconstructs/lib/aws');

// TerraConstructs: the constructs of AWS CDK on CDKTF.
perform(({ outdir, names, entries }) => {
  const app = new App({ outdir });
  const stack = new AwsStack(app, 'bench', { providerConfig: { region: 'eu-central-1' } });
  const vpc = compute.Vpc.fromVpcAttributes(stack, 'vpc', {
    vpcId: VPC,
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    publicSubnetIds: SUBNETS,
  });
  const database = compute.SecurityGroup.fromSecurityGroupId(stack, 'database', DATABASE_GROUP);
  const port = compute.Port.tcp(6379);
  for (const name of names) {
    const group = new compute.SecurityGroup(stack, `${name}-group`, {
      vpc,
      description: 'Allowlist and database egress of a database endpoint',
      allowAllOutbound: false,
    });
    for (const { block, family, description } of entries) {
      group.addIngressRule(family === 4 ? compute.Peer.ipv4(block) : compute.Peer.ipv6(block), port, description);
    }
    group.connections.allowTo(database, port, 'The database behind the endpoint');
    const loadBalancer = new compute.NetworkLoadBalancer(stack, `${name}-loadbalancer`, {
      vpc,
      loadBalancerName: name,
      internetFacing: true,
      ipAddressType: compute.IpAddressType.DUAL_STACK,
      securityGroups: [group],
      crossZoneEnabled: true,
      deletionProtection: true,
    });
    const targetGroup = new compute.NetworkTargetGroup(stack, `${name}-targetgroup`, {
      vpc,
      port: 6379,
      protocol: compute.LbProtocol.TLS,
      targetType: compute.TargetType.IP,
      targets: [new compute.IpTarget('10.0.12.34', 6379)],
      preserveClientIp: false,
      proxyProtocolV2: false,
      deregistrationDelay: Duration.seconds(10),
      connectionTermination: true,
      healthCheck: {
        protocol: compute.LbProtocol.TCP,
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    loadBalancer.addListener('listener', {
      port: 6379,
      protocol: compute.LbProtocol.TLS,
      certificates: [compute.ListenerCertificate.fromArn(CERTIFICATE)],
      defaultTargetGroups: [targetGroup],
    });
  }
  return app;
});
