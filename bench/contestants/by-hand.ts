import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, TerraformStack } from 'cdktf';
import type { Client } from './clients';
import { CERTIFICATE, DATABASE_GROUP, perform, SUBNETS, VPC } from './task';

// The resources of an endpoint as one writes them in plain CDKTF: one rule resource for each entry, and as many
// security groups as the entries need.
perform(({ outdir, names, entries, rulesPerGroup }) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'bench');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  for (const name of names) endpoint(stack, name, entries, Math.ceil(entries.length / rulesPerGroup));
  return app;
});

function endpoint(stack: TerraformStack, name: string, entries: readonly Client[], groupCount: number): void {
  const tags = { Name: `bench/${name}` };
  const databasePort = { ipProtocol: 'tcp', fromPort: 6379, toPort: 6379, tags };

  const groups = Array.from(
    { length: groupCount },
    (_, i) =>
      new SecurityGroup(stack, `${name}-group${i}`, {
        namePrefix: 'database-endpoint-',
        description: 'Who may reach a database endpoint, and where it leads',
        vpcId: VPC,
        tags,
        lifecycle: { createBeforeDestroy: true },
      }),
  );
  const [group] = groups;
  for (const [i, { block, family, description }] of entries.entries()) {
    new VpcSecurityGroupIngressRule(stack, `${name}-ingress${i}`, {
      securityGroupId: groups[i % groups.length].id,
      ...(family === 4 ? { cidrIpv4: block } : { cidrIpv6: block }),
      description,
      ...databasePort,
    });
  }
  new VpcSecurityGroupEgressRule(stack, `${name}-egress`, {
    securityGroupId: group.id,
    referencedSecurityGroupId: DATABASE_GROUP,
    description: 'The database behind the endpoint',
    ...databasePort,
  });
  new VpcSecurityGroupIngressRule(stack, `${name}-database`, {
    securityGroupId: DATABASE_GROUP,
    referencedSecurityGroupId: group.id,
    description: 'The endpoint in front of the database',
    ...databasePort,
  });
  const loadBalancer = new Lb(stack, `${name}-loadbalancer`, {
    loadBalancerType: 'network',
    namePrefix: 'dbep-',
    internal: false,
    ipAddressType: 'dualstack',
    subnets: SUBNETS,
    securityGroups: groups.map(({ id }) => id),
    enableCrossZoneLoadBalancing: true,
    enableDeletionProtection: true,
    tags,
  });
  const targetGroup = new LbTargetGroup(stack, `${name}-targetgroup`, {
    namePrefix: 'dbep-',
    vpcId: VPC,
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
      interval: 5,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
    },
    tags,
    lifecycle: { createBeforeDestroy: true },
  });
  const target = new LbTargetGroupAttachment(stack, `${name}-target`, {
    targetGroupArn: targetGroup.arn,
    targetId: '10.0.12.34',
    port: 6379,
    lifecycle: { createBeforeDestroy: true },
  });
  new LbListener(stack, `${name}-listener`, {
    loadBalancerArn: loadBalancer.arn,
    port: 6379,
    protocol: 'TLS',
    certificateArn: CERTIFICATE,
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    defaultAction: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
    tags,
    dependsOn: [target],
  });
}
