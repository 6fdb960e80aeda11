import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { VpcSecurityGroupIngressRuleConfig } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { conditions, type Precondition } from '../terraform/precondition';
import { shownPath } from '../terraform/shown-path';
import { ForEach } from '../tokens/deferred';
import { attributeOf, expressionOf, expressionToken } from '../tokens/expression';
import { type AllowlistValue, describe } from './allowlist';
import type { PlannedGroup } from './allowlist-plan';
import {
  type ComputedChecksProps,
  computedGroupChecks,
  computedRuleChecks,
  type LookedUp,
  referenceChecks,
} from './computed-checks';
import { computedEntries, entriesByExpression, listedEntries } from './computed-entries';

/** Who is admitted, through which port. */
export interface IngressSettings extends ComputedChecksProps {
  readonly port: number;
  /** The rules of each group; the first one always exists. */
  readonly groups: readonly PlannedGroup[];
}

/** What security groups are made from. */
export interface SecurityGroupsProps extends IngressSettings {
  readonly vpcId: string;
  readonly tags: { [key: string]: string };
}

/**
 * Security groups of an endpoint, in the order in which they are attached. The first one always exists: a load
 * balancer without security groups can never get any, and it is the source that the database's own group admits.
 */
export function createSecurityGroups(scope: Construct, props: SecurityGroupsProps): SecurityGroup[] {
  const { computed, lists } = props.allowlist;
  const groups = props.groups.map((group) => createGroup(scope, props, group));
  return computed.length > 0 || lists.length > 0 ? [...groups, createComputedGroup(scope, props)] : groups;
}

function createGroup(scope: Construct, props: SecurityGroupsProps, planned: PlannedGroup): SecurityGroup {
  const suffix = planned.name === '1' ? '' : `-${planned.name}`;
  const group = securityGroup(scope, `SecurityGroup${suffix}`, props);
  const ingress = ingressFactory(scope, group, props);
  const { ipv4, ipv6, prefixLists, awsPrefixLists, securityGroups, pathMtu } = planned;

  if (!isEmpty(ipv4)) ingress(`IngressIpv4${suffix}`, ForEach.entries(ipv4), { cidrIpv4: EACH_KEY, ...VALUE });
  if (!isEmpty(ipv6)) ingress(`IngressIpv6${suffix}`, ForEach.entries(ipv6), { cidrIpv6: EACH_KEY, ...VALUE });
  const lookedUp: LookedUp[] = [];
  if (awsPrefixLists.length > 0) {
    const named = new aws.DataAwsEc2ManagedPrefixList(scope, `AwsPrefixLists${suffix}`, {
      name: EACH_KEY,
      forEach: ForEach.entries(Object.fromEntries(awsPrefixLists.map(({ text }) => [text, text]))),
    });
    lookedUp.push((context) => `[for each in ${expressionOf(named.fqn, context)} : each.id]`);
    ingress(
      `IngressAwsPrefixLists${suffix}`,
      ForEach.entries(Object.fromEntries(awsPrefixLists.map(({ text, source }) => [text, describe(source)]))),
      {
        prefixListId: expressionToken((context) => `${expressionOf(named.fqn, context)}[each.key].id`),
        ...VALUE,
      },
    );
  }
  // These conditions stand at the rules: at the group they would make it depend on groups that may depend on it.
  if (prefixLists.length > 0) {
    ingress(`IngressPrefixLists${suffix}`, referenced(prefixLists), {
      prefixListId: expressionToken('each.value.id'),
      ...DESCRIBED,
      ...conditions(referenceChecks(shownPath(scope), prefixLists, lookedUp)),
    });
  }
  if (securityGroups.length > 0) {
    ingress(`IngressSecurityGroups${suffix}`, referenced(securityGroups), {
      referencedSecurityGroupId: expressionToken('each.value.id'),
      ...DESCRIBED,
      ...conditions(referenceChecks(shownPath(scope), securityGroups)),
    });
  }
  for (const family of pathMtu) admitPathMtu(scope, `IngressPathMtuIpv${family}${suffix}`, group, props, family);
  return group;
}

/**
 * What is known after apply has a group of its own: such a value may repeat a known block, and EC2 refuses two
 * rules for one block in one group.
 */
function createComputedGroup(scope: Construct, props: SecurityGroupsProps): SecurityGroup {
  const { computed, lists } = props.allowlist;
  const group = securityGroup(scope, 'ComputedSecurityGroup', props, computedGroupChecks(shownPath(scope), props));
  const ingress = ingressFactory(scope, group, props);
  const rule = {
    cidrIpv4: expressionToken('can(regex(":", each.value.cidr)) ? null : each.value.cidr'),
    cidrIpv6: expressionToken('can(regex(":", each.value.cidr)) ? each.value.cidr : null'),
    ...DESCRIBED,
    ...conditions(computedRuleChecks(shownPath(scope), props.dualStack)),
  };
  if (computed.length > 0) ingress('IngressComputed', computedEntries(computed), rule);
  if (lists.length > 0) ingress('IngressListed', listedEntries(lists), rule);
  return group;
}

// Whatever router is on the way says that a packet is too large for it, so the source is everywhere. In an ICMP rule
// the ports are type and code. https://docs.aws.amazon.com/vpc/latest/userguide/path_mtu_discovery.html
function admitPathMtu(
  scope: Construct,
  id: string,
  group: SecurityGroup,
  { tags }: SecurityGroupsProps,
  family: 4 | 6,
): void {
  new aws.VpcSecurityGroupIngressRule(scope, id, {
    securityGroupId: attributeOf(group, 'id'),
    description: 'Path MTU Discovery',
    tags,
    ...(family === 4
      ? { ipProtocol: 'icmp', fromPort: 3, toPort: 4, cidrIpv4: '0.0.0.0/0' }
      : { ipProtocol: 'icmpv6', fromPort: 2, toPort: 0, cidrIpv6: '::/0' }),
  });
}

type RuleSource = Omit<VpcSecurityGroupIngressRuleConfig, 'securityGroupId' | 'ipProtocol'>;

/** Descriptions that are the values of the map, and those that are in them. */
const VALUE: RuleSource = { description: expressionToken('each.value') };
const DESCRIBED: RuleSource = { description: expressionToken('each.value.description') };
const EACH_KEY = expressionToken('each.key');

function isEmpty(map: object): boolean {
  return Object.keys(map).length === 0;
}

function referenced(values: readonly AllowlistValue[]): ForEach {
  return entriesByExpression(values, ({ text, source }) => ({
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
  precondition: Precondition[] = [],
): SecurityGroup {
  return new aws.SecurityGroup(scope, id, {
    namePrefix: 'database-endpoint-',
    description: 'Who may reach a database endpoint, and where it leads',
    vpcId,
    tags,
    lifecycle: { createBeforeDestroy: true, ...conditions(precondition).lifecycle },
  });
}

// No create-before-destroy on rules: EC2 refuses a second rule for the same source in the same group.
function ingressFactory(scope: Construct, group: SecurityGroup, { port, tags }: SecurityGroupsProps) {
  const securityGroupId = attributeOf(group, 'id');
  return (id: string, forEach: ForEach, source: RuleSource) =>
    new aws.VpcSecurityGroupIngressRule(scope, id, {
      securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      tags,
      forEach,
      ...source,
    });
}
