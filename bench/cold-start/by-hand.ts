import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, TerraformStack } from 'cdktf';

// The resources of endpoint.ts as one writes them without the library: one rule resource for each entry.
const app = new App({ outdir: process.argv[2] });
const stack = new TerraformStack(app, 'bench');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
const tags = { Name: 'bench/Cache' };
const vpcId = 'vpc-0a1b2c3d4e5f60718';
const databaseGroupId = 'sg-0a1b2c3d4e5f60733';
const databasePort = { ipProtocol: 'tcp', fromPort: 6379, toPort: 6379, tags };

const group = new SecurityGroup(stack, 'group', {
  namePrefix: 'database-endpoint-',
  description: 'Who may reach a database endpoint, and where it leads',
  vpcId,
  tags,
  lifecycle: { createBeforeDestroy: true },
});
for (let i = 0; i < 10; i++) {
  new VpcSecurityGroupIngressRule(stack, `ingress${i}`, {
    securityGroupId: group.id,
    cidrIpv4: `203.0.113.${i + 1}/32`,
    description: `Client ${i + 1}`,
    ...databasePort,
  });
}
new VpcSecurityGroupEgressRule(stack, 'egress', {
  securityGroupId: group.id,
  referencedSecurityGroupId: databaseGroupId,
  description: 'The database behind the endpoint',
  ...databasePort,
});
new VpcSecurityGroupIngressRule(stack, 'database', {
  securityGroupId: databaseGroupId,
  referencedSecurityGroupId: group.id,
  description: 'The endpoint in front of the database',
  ...databasePort,
});
const loadBalancer = new Lb(stack, 'loadbalancer', {
  loadBalancerType: 'network',
  namePrefix: 'dbep-',
  internal: false,
  ipAddressType: 'ipv4',
  subnets: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
  securityGroups: [group.id],
  enableCrossZoneLoadBalancing: true,
  enableDeletionProtection: true,
  tags,
});
const targetGroup = new LbTargetGroup(stack, 'targetgroup', {
  namePrefix: 'dbep-',
  vpcId,
  targetType: 'ip',
  port: 6379,
  protocol: 'TLS',
  preserveClientIp: 'false',
  proxyProtocolV2: false,
  deregistrationDelay: '10',
  connectionTermination: true,
  targetHealthState: [{ enableUnhealthyConnectionTermination: true }],
  healthCheck: {
    enabled: true,
    protocol: 'TCP',
    port: 'traffic-port',
    interval: 10,
    timeout: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
  },
  tags,
  lifecycle: { createBeforeDestroy: true },
});
const target = new LbTargetGroupAttachment(stack, 'target', {
  targetGroupArn: targetGroup.arn,
  targetId: '10.0.12.34',
  port: 6379,
  lifecycle: { createBeforeDestroy: true },
});
new LbListener(stack, 'listener', {
  loadBalancerArn: loadBalancer.arn,
  port: 6379,
  protocol: 'TLS',
  certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d',
  sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  defaultAction: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
  tags,
  dependsOn: [target],
});
app.synth();
