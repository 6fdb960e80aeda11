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

const DATABASE_PORT = { ipProtocol: 'tcp', fromPort: 6379, toPort: 6379 };

// The resources of an endpoint as one writes them in plain CDKTF: one rule resource for each entry, and as many
// security groups as the entries need.
perform(({ outdir, names, entries, rulesPerGroup, sharedGroups }) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'bench');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  if (sharedGroups !== undefined) {
    const groups = securityGroups(stack, 'shared', sharedGroups);
    const loadBalancer = networkLoadBalancer(stack, 'shared', groups);
    egress(stack, 'shared', groups[0]);
    for (const [i, name] of names.entries()) {
      admit(stack, name, groups, entries, 7000 + i, i);
      listen(stack, name, loadBalancer, 7000 + i);
    }
    return app;
  }
  for (const name of names) {
    const groups = securityGroups(stack, name, Math.ceil(entries.length / rulesPerGroup));
    admit(stack, name, groups, entries, 6379);
    egress(stack, name, groups[0]);
    listen(stack, name, networkLoadBalancer(stack, name, groups), 6379);
  }
  return app;
});

function tagsOf(name: string) {
  return { Name: `bench/${name}` };
}

function securityGroups(stack: TerraformStack, name: string, count: number): SecurityGroup[] {
  return Array.from(
    { length: count },
    (_, i) =>
      new SecurityGroup(stack, `${name}-group${i}`, {
        namePrefix: 'database-endpoint-',
        description: 'Allowlist and database egress of a database endpoint',
        vpcId: VPC,
        tags: tagsOf(name),
        lifecycle: { createBeforeDestroy: true },
      }),
  );
}

function admit(
  stack: TerraformStack,
  name: string,
  groups: readonly SecurityGroup[],
  entries: readonly Client[],
  port: number,
  offset = 0,
): void {
  for (const [i, { block, family, description }] of entries.entries()) {
    new VpcSecurityGroupIngressRule(stack, `${name}-ingress${i}`, {
      securityGroupId: groups[(i + offset) % groups.length].id,
      ...(family === 4 ? { cidrIpv4: block } : { cidrIpv6: block }),
      description,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      tags: tagsOf(name),
    });
  }
}

function egress(stack: TerraformStack, name: string, group: SecurityGroup): void {
  const tags = tagsOf(name);
  new VpcSecurityGroupEgressRule(stack, `${name}-egress`, {
    securityGroupId: group.id,
    referencedSecurityGroupId: DATABASE_GROUP,
    description: 'The database behind the endpoint',
    ...DATABASE_PORT,
    tags,
  });
  new VpcSecurityGroupIngressRule(stack, `${name}-database`, {
    securityGroupId: DATABASE_GROUP,
    referencedSecurityGroupId: group.id,
    description: 'The endpoint in front of the database',
    ...DATABASE_PORT,
    tags,
  });
}

function networkLoadBalancer(stack: TerraformStack, name: string, groups: readonly SecurityGroup[]): Lb {
  return new Lb(stack, `${name}-loadbalancer`, {
    loadBalancerType: 'network',
    namePrefix: 'dbep-',
    internal: false,
    ipAddressType: 'dualstack',
    subnets: SUBNETS,
    securityGroups: groups.map(({ id }) => id),
    enableCrossZoneLoadBalancing: true,
    enableDeletionProtection: true,
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'on',
    tags: tagsOf(name),
    lifecycle: { preventDestroy: true },
  });
}

function listen(stack: TerraformStack, name: string, loadBalancer: Lb, port: number): void {
  const tags = tagsOf(name);
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
    port,
    protocol: 'TLS',
    certificateArn: CERTIFICATE,
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    defaultAction: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
    tags,
    dependsOn: [target],
  });
}
