import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import {
  VpcSecurityGroupIngressRule,
  type VpcSecurityGroupIngressRuleConfig,
} from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import { ForEach } from '../terraform/deferred';
import { type Allowlist, type AllowlistValue, describe } from './allowlist';
import {
  computedEntries,
  computedGroupChecks,
  computedRuleChecks,
  entriesByExpression,
  listedEntries,
  type Precondition,
} from './computed-entries';

/** What the security groups of an endpoint need to know of it. */
export interface SecurityGroupsProps {
  readonly vpcId: string;
  readonly port: number;
  readonly allowlist: Allowlist;
  readonly dualStack: boolean;
  readonly tags: { [key: string]: string };
}

/**
 * Security groups of an endpoint, in the order in which they are attached. The first one always exists: a load
 * balancer without security groups can never get any, and it is the source that the database's own group admits.
 */
export function createSecurityGroups(scope: Construct, props: SecurityGroupsProps): SecurityGroup[] {
  const { blocks, prefixLists, securityGroups, computed, lists } = props.allowlist;
  const group = securityGroup(scope, 'SecurityGroup', props);
  const ingress = ingressFactory(scope, group, props);
  const ofFamily = (family: 4 | 6) => blocks.filter(({ cidr }) => cidr.family === family);

  if (ofFamily(4).length > 0) ingress('IngressIpv4', byBlock(ofFamily(4)), BLOCK_RULE.ipv4);
  if (ofFamily(6).length > 0) ingress('IngressIpv6', byBlock(ofFamily(6)), BLOCK_RULE.ipv6);
  if (prefixLists.length > 0)
    ingress('IngressPrefixLists', referenced(scope, prefixLists), { prefixListId: '${each.value.id}', ...DESCRIBED });
  if (securityGroups.length > 0) {
    ingress('IngressSecurityGroups', referenced(scope, securityGroups), {
      referencedSecurityGroupId: '${each.value.id}',
      ...DESCRIBED,
    });
  }
  return computed.length > 0 || lists.length > 0 ? [group, createComputedGroup(scope, props)] : [group];
}

/**
 * What only Terraform knows has a group of its own: such a value may repeat a known block, and EC2 refuses two
 * rules for one block in one group.
 */
function createComputedGroup(scope: Construct, props: SecurityGroupsProps): SecurityGroup {
  const { computed, lists } = props.allowlist;
  const group = securityGroup(
    scope,
    'ComputedSecurityGroup',
    props,
    computedGroupChecks(scope.node.path, props.allowlist),
  );
  const ingress = ingressFactory(scope, group, props);
  const rule = {
    cidrIpv4: '${can(regex(":", each.value.cidr)) ? null : each.value.cidr}',
    cidrIpv6: '${can(regex(":", each.value.cidr)) ? each.value.cidr : null}',
    ...DESCRIBED,
    lifecycle: { precondition: computedRuleChecks(scope.node.path, props.dualStack) },
  };
  if (computed.length > 0) ingress('IngressComputed', computedEntries(scope.node.path, computed), rule);
  if (lists.length > 0) ingress('IngressListed', listedEntries(lists), rule);
  return group;
}

type RuleSource = Omit<VpcSecurityGroupIngressRuleConfig, 'securityGroupId' | 'ipProtocol'>;

const DESCRIBED: RuleSource = { description: '${each.value.description}' };
const BLOCK_RULE: { readonly [family: string]: RuleSource } = {
  ipv4: { cidrIpv4: '${each.key}', description: '${each.value}' },
  ipv6: { cidrIpv6: '${each.key}', description: '${each.value}' },
};

function byBlock(blocks: Allowlist['blocks']): ForEach {
  return ForEach.entries(Object.fromEntries(blocks.map((block) => [block.cidr.text, describe(block.source)])));
}

function referenced(scope: Construct, values: readonly AllowlistValue[]): ForEach {
  return entriesByExpression(scope.node.path, values, ({ text, source }) => ({
    id: text,
    description: describe(source),
  }));
}

// The name is unique by itself and says nothing of the construct, so that neither a replacement nor a renaming
// collides with the group that is still in use; the Name tag says whose group it is.
function securityGroup(
  scope: Construct,
  id: string,
  { vpcId, tags }: SecurityGroupsProps,
  precondition?: Precondition[],
): SecurityGroup {
  return new SecurityGroup(scope, id, {
    namePrefix: 'database-endpoint-',
    description: 'Who may reach a database endpoint, and where it leads',
    vpcId,
    tags,
    lifecycle: { createBeforeDestroy: true, precondition },
  });
}

// No create-before-destroy on rules: EC2 refuses a second rule for the same source in the same group.
function ingressFactory(scope: Construct, group: SecurityGroup, { port, tags }: SecurityGroupsProps) {
  const securityGroupId = group.id;
  return (id: string, forEach: ForEach, source: RuleSource) =>
    new VpcSecurityGroupIngressRule(scope, id, {
      securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      tags,
      forEach,
      ...source,
    });
}
