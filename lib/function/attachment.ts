import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { inOrder } from '../tokens/resolved-text';
import type { FunctionParts } from './function-definition';

/** Where a function is attached. */
export interface Attachment {
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly securityGroup?: SecurityGroup;
  /** Without it, the function reaches nothing. */
  readonly egress?: VpcSecurityGroupEgressRule;
}

/** Attaches the function to the VPC, where that is requested. */
export function attach(scope: Construct, parts: FunctionParts): Attachment | undefined {
  const { subnetIds, securityGroupIds } = parts.settings;
  if (subnetIds === undefined) return undefined;
  if (securityGroupIds !== undefined) {
    return { subnetIds: inOrder(scope, subnetIds), securityGroupIds: inOrder(scope, securityGroupIds) };
  }
  const { securityGroup, egress } = createSecurityGroup(scope, parts);
  return { subnetIds: inOrder(scope, subnetIds), securityGroupIds: [securityGroup.id], securityGroup, egress };
}

/**
 * No ingress, and egress only for HTTPS to what every program calls, the APIs of AWS, whose addresses are not known in
 * advance. What else the program sends is added by who creates the function.
 */
function createSecurityGroup(scope: Construct, { definition, settings, tags }: FunctionParts) {
  const securityGroup = new aws.SecurityGroup(scope, 'SecurityGroup', {
    namePrefix: definition.namePrefix,
    description: definition.securityGroupDescription,
    vpcId: settings.vpcId,
    tags,
    lifecycle: { createBeforeDestroy: true },
  });
  const egress = new aws.VpcSecurityGroupEgressRule(scope, 'EgressHttps', {
    securityGroupId: securityGroup.id,
    cidrIpv4: '0.0.0.0/0',
    ipProtocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    description: definition.apiDescription,
    tags,
  });
  return { securityGroup, egress };
}
