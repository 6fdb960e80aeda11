import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Fn, TerraformOutput, TerraformVariable, Token } from 'cdktf';
import { synthesize } from '../harness';

interface Firewall {
  readonly vpcId?: string;
  readonly cidrs?: readonly string[];
  readonly name?: string;
  readonly tag?: string;
}

/** The smallest stack with the shape of the library's: a group, and one rule for each CIDR of a list or variable. */
export function firewall({ vpcId = 'vpc-0123456789abcdef0', cidrs, name = 'db', tag = 'one' }: Firewall): string {
  return synthesize('Firewall', (stack) => {
    const ports = new TerraformVariable(stack, 'port', { type: 'number', default: 5432 });
    const list = new TerraformVariable(stack, 'cidrs', { type: 'list(string)', default: cidrs ?? ['203.0.113.7/32'] });
    const note = new TerraformVariable(stack, 'note', { type: 'string', default: 'A client' });
    const group = new SecurityGroup(stack, 'Group', {
      name,
      description: 'Who may connect',
      vpcId,
      tags: { Name: tag },
      lifecycle: {
        precondition: [
          {
            condition: `\${length(${list.fqn}) > 0 && !contains(${list.fqn}, "0.0.0.0/0")}`,
            errorMessage: 'The allowlist must not be open to the internet.',
          },
        ],
      },
    });
    const rule = new VpcSecurityGroupIngressRule(stack, 'Allow', {
      securityGroupId: group.id,
      ipProtocol: 'tcp',
      fromPort: ports.numberValue,
      toPort: ports.numberValue,
      cidrIpv4: '${each.key}',
      description: note.stringValue,
    });
    rule.addOverride('for_each', Token.asString(Fn.toset(list.listValue)));
    new TerraformOutput(stack, 'group_id', { value: group.id });
  });
}

/**
 * A group, then a pause, then a rule: Terraform has saved the group and not yet asked for the rule. At any other
 * moment a killed apply may lose what AWS has made, and Terraform cannot know of it.
 */
export function pausingFirewall(vpcId: string, name: string) {
  return {
    terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' } } },
    provider: { aws: { region: 'us-east-1' } },
    resource: {
      aws_security_group: { group: { name, description: 'Who may connect', vpc_id: vpcId } },
      terraform_data: {
        pause: { depends_on: ['aws_security_group.group'], provisioner: { 'local-exec': { command: 'sleep 2' } } },
      },
      aws_vpc_security_group_ingress_rule: {
        allow: {
          depends_on: ['terraform_data.pause'],
          security_group_id: '${aws_security_group.group.id}',
          ip_protocol: 'tcp',
          from_port: 5432,
          to_port: 5432,
          cidr_ipv4: '203.0.113.7/32',
        },
      },
    },
  };
}

/** The address of one rule of a `firewall`. */
export const RULE = (cidr: string) => `aws_vpc_security_group_ingress_rule.Allow["${cidr}"]`;
