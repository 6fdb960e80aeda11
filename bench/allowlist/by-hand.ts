import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, TerraformStack } from 'cdktf';
import { clients } from './clients';
import { workBegins } from './cpu-seconds';

// The same endpoint as one writes it without the library, one rule resource for each entry. It is given its entries
// for nothing: they are neither read from a file nor checked.
workBegins();
const [outdir, count] = process.argv.slice(2);
const app = new App({ outdir });
const stack = new TerraformStack(app, 'bench');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
const tags = { Name: 'bench/Orders' };
const vpcId = 'vpc-0a1b2c3d4e5f60718';
const databaseGroupId = 'sg-0a1b2c3d4e5f60733';
const port = { ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, tags };

const groups = Array.from(
  { length: 5 },
  (_, i) => new SecurityGroup(stack, `group${i}`, { vpcId, tags, lifecycle: { createBeforeDestroy: true } }),
);
for (const [i, { block, family, description }] of clients(Number(count)).entries()) {
  new VpcSecurityGroupIngressRule(stack, `ingress${i}`, {
    securityGroupId: groups[i % groups.length].id,
    ...(family === 4 ? { cidrIpv4: block } : { cidrIpv6: block }),
    description,
    ...port,
  });
}
new VpcSecurityGroupEgressRule(stack, 'egress', {
  securityGroupId: groups[0].id,
  referencedSecurityGroupId: databaseGroupId,
  ...port,
});
new VpcSecurityGroupIngressRule(stack, 'database', {
  securityGroupId: databaseGroupId,
  referencedSecurityGroupId: groups[0].id,
  ...port,
});
const loadBalancer = new Lb(stack, 'loadbalancer', {
  loadBalancerType: 'network',
  ipAddressType: 'dualstack',
  subnets: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
  securityGroups: groups.map(({ id }) => id),
  tags,
});
const targetGroup = new LbTargetGroup(stack, 'targetgroup', {
  vpcId,
  targetType: 'ip',
  port: 5432,
  protocol: 'TCP',
  healthCheck: { protocol: 'TCP' },
  tags,
});
new LbTargetGroupAttachment(stack, 'target', { targetGroupArn: targetGroup.arn, targetId: '10.0.12.34', port: 5432 });
new LbListener(stack, 'listener', {
  loadBalancerArn: loadBalancer.arn,
  port: 5432,
  protocol: 'TCP',
  defaultAction: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
  tags,
});
app.synth();
