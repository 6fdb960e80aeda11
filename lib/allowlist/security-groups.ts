import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type {
  VpcSecurityGroupIngressRule,
  VpcSecurityGroupIngressRuleConfig,
} from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { conditions, type Precondition } from '../terraform/precondition';
import { shownPath } from '../terraform/shown-path';
import { ForEach } from '../tokens/deferred';
import { attributeOf, expressionOf, expressionToken } from '../tokens/expression';
import { type AllowlistValue, hasComputed } from './allowlist';
import type { PlannedGroup, PlannedReference } from './allowlist-plan';
import {
  type ComputedChecksProps,
  computedGroupChecks,
  computedRuleChecks,
  type LookedUp,
  referenceChecks,
} from './computed-checks';
import { computedEntries, entriesByExpression, listedEntries } from './computed-entries';
import type { Described } from './joined-descriptions';
import { hasDetails } from './rule-details';
import { type Ends, type ExpiringRules, endsByExpression, endsOf, endsOfLists } from './rule-ends';
import { tagByEach } from './rule-tags';
import { toldOf, writtenRule } from './written-description';

/** Who is admitted, through which port. */
export interface IngressSettings extends ComputedChecksProps {
  readonly port: number;
  /** Whether rules are tagged with what their entries say. */
  readonly ruleTags: boolean;
  /** Whether access ends on its day. */
  readonly endsOnItsDay: boolean;
  /** Whether it takes schedules, also if all that was to end has ended. */
  readonly needsSchedules: boolean;
  /** The rules of each group; the first one always exists. */
  readonly groups: readonly PlannedGroup[];
}

/** What the rules for values that are known after apply are made from. */
export interface IngressProps extends ComputedChecksProps {
  readonly port: number;
  readonly ruleTags: boolean;
  readonly tags: { [key: string]: string };
  readonly endsOnItsDay: boolean;
  /** Told of all rules of one resource, by its id, if some of them end on a day. */
  readonly onExpiring?: (id: string, rules: ExpiringRules) => void;
}

/** What security groups are made from. */
export interface SecurityGroupsProps extends IngressSettings {
  readonly vpcId: string;
  readonly tags: { [key: string]: string };
  /** Told of all rules of one resource, by its id, if some of them end on a day. */
  readonly onExpiring?: IngressProps['onExpiring'];
}

/**
 * Security groups of an endpoint, in the order in which they are attached. The first one always exists: a load
 * balancer without security groups can never get any, and it is the source that the database's own group admits.
 */
export function createSecurityGroups(scope: Construct, props: SecurityGroupsProps): SecurityGroup[] {
  const groups: SecurityGroup[] = [];
  // Each function on the way here is a line more in all of CDKTF's stack traces, which a stack keeps.
  for (const group of props.groups) groups.push(createGroup(scope, props, group));
  if (hasComputed(props.allowlist)) groups.push(createComputedGroup(scope, props));
  return groups;
}

/**
 * The same for an allowlist that has grown since: groups that exist stay the same objects, and the rules are made anew, as
 * if the list had been this one from the start.
 */
export function recreateRules(scope: Construct, props: SecurityGroupsProps): SecurityGroup[] {
  for (const { node } of scope.node.children) {
    if (/^(Ingress|AwsPrefixLists)/.test(node.id)) scope.node.tryRemoveChild(node.id);
  }
  return createSecurityGroups(scope, props);
}

/** The rules that admit the clients of an endpoint, among the constructs of a scope. */
export function ingressRulesIn(scope: Construct): VpcSecurityGroupIngressRule[] {
  return scope.node.children.filter(({ node }) => /^Ingress/.test(node.id)) as VpcSecurityGroupIngressRule[];
}

function createGroup(scope: Construct, props: SecurityGroupsProps, planned: PlannedGroup): SecurityGroup {
  const suffix = planned.name === '1' ? '' : `-${planned.name}`;
  const group = securityGroup(scope, `SecurityGroup${suffix}`, props);
  const ingress = ingressFactory(scope, attributeOf(group, 'id'), props);
  const { ipv4, ipv6, prefixLists, awsPrefixLists, securityGroups, pathMtu } = planned;

  if (!isEmpty(ipv4)) ingress(`IngressIpv4${suffix}`, describedRules(ipv4), { cidrIpv4: EACH_KEY });
  if (!isEmpty(ipv6)) ingress(`IngressIpv6${suffix}`, describedRules(ipv6), { cidrIpv6: EACH_KEY });
  const lookedUp: LookedUp[] = [];
  if (awsPrefixLists.length > 0) {
    const named = new aws.DataAwsEc2ManagedPrefixList(scope, `AwsPrefixLists${suffix}`, {
      name: EACH_KEY,
      forEach: ForEach.entries(Object.fromEntries(awsPrefixLists.map(({ text }) => [text, text]))),
    });
    lookedUp.push((context) => `[for each in ${expressionOf(named.fqn, context)} : each.id]`);
    ingress(
      `IngressAwsPrefixLists${suffix}`,
      describedRules(Object.fromEntries(awsPrefixLists.map((each) => [each.text, each]))),
      {
        prefixListId: expressionToken((context) => `${expressionOf(named.fqn, context)}[each.key].id`),
      },
    );
  }
  // These conditions stand at the rules: at the group they would make it depend on groups that may depend on it.
  if (prefixLists.length > 0) {
    ingress(`IngressPrefixLists${suffix}`, referenced(prefixLists), {
      prefixListId: expressionToken('each.value.id'),
      ...conditions(referenceChecks(shownPath(scope), prefixLists, lookedUp)),
    });
  }
  if (securityGroups.length > 0) {
    ingress(`IngressSecurityGroups${suffix}`, referenced(securityGroups), {
      referencedSecurityGroupId: expressionToken('each.value.id'),
      ...conditions(referenceChecks(shownPath(scope), securityGroups)),
    });
  }
  for (const family of pathMtu) admitPathMtu(scope, `IngressPathMtuIpv${family}${suffix}`, group, props, family);
  return group;
}

function createComputedGroup(scope: Construct, props: SecurityGroupsProps): SecurityGroup {
  const group = securityGroup(scope, 'ComputedSecurityGroup', props, computedGroupChecks(shownPath(scope), props));
  admitComputed(scope, attributeOf(group, 'id'), props);
  return group;
}

/**
 * Rules for what is known after apply, which has a group of its own: such a value may repeat a known block, and EC2
 * refuses two rules for one block in one group.
 */
export function admitComputed(scope: Construct, groupId: string, props: IngressProps): void {
  const { allowlist, dualStack, endsOnItsDay, ruleTags } = props;
  const ingress = ingressFactory(scope, groupId, props);
  const rule = {
    cidrIpv4: expressionToken('can(regex(":", each.value.cidr)) ? null : each.value.cidr'),
    cidrIpv6: expressionToken('can(regex(":", each.value.cidr)) ? each.value.cidr : null'),
    ...conditions(computedRuleChecks(shownPath(scope), dualStack)),
  };
  const { computed, lists } = allowlist;
  // Those of the allowlist before it grew.
  for (const id of ['IngressComputed', 'IngressListed']) scope.node.tryRemoveChild(id);
  const inMaps = (forEach: ForEach, values: readonly Pick<AllowlistValue, 'source'>[], ends: Ends): IngressRules => ({
    forEach,
    description: OF_MAP,
    isDetailed: ruleTags && values.some(({ source }) => hasDetails(source)),
    ends: endsOnItsDay && values.some(({ source }) => source._about.expires !== undefined) ? ends : undefined,
  });
  if (computed.length > 0) {
    const ends = endsByExpression(computed, ({ source }) => source._about.expires);
    ingress('IngressComputed', inMaps(computedEntries(computed, ruleTags), computed, ends), rule);
  }
  if (lists.length > 0)
    ingress('IngressListed', inMaps(listedEntries(lists, ruleTags), lists, endsOfLists(lists)), rule);
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
    tags,
    ...PATH_MTU[family],
  });
}

/** Rules that admit the messages of Path MTU Discovery. */
export const PATH_MTU = {
  4: { description: 'Path MTU Discovery', ipProtocol: 'icmp', fromPort: 3, toPort: 4, cidrIpv4: '0.0.0.0/0' },
  6: { description: 'Path MTU Discovery', ipProtocol: 'icmpv6', fromPort: 2, toPort: 0, cidrIpv6: '::/0' },
};

type RuleSource = Omit<VpcSecurityGroupIngressRuleConfig, 'securityGroupId' | 'ipProtocol'>;

/** What one resource makes rules of, and where it finds what is told of each. */
interface IngressRules {
  readonly forEach: ForEach;
  readonly description: string;
  /** Whether details of entries stand in `for_each`. */
  readonly isDetailed: boolean;
  /** When rules end; undefined where none of them does, or not on its day. */
  readonly ends?: Ends;
}

/** Descriptions that are the values of the map, and those that are in them. */
const VALUE = expressionToken('each.value');
const OF_MAP = expressionToken('each.value.description');
const EACH_KEY = expressionToken('each.key');

function isEmpty(map: object): boolean {
  return Object.keys(map).length === 0;
}

/** The values of the map are descriptions as long as there is nothing else to tell. */
function describedRules(described: { readonly [key: string]: Described }): IngressRules {
  const isDetailed = Object.values(described).some(({ details }) => details !== undefined);
  const entries = Object.entries(described).map(([key, rule]) => [key, writtenRule(rule, isDetailed)]);
  return {
    forEach: ForEach.entries(Object.fromEntries(entries)),
    description: isDetailed ? OF_MAP : VALUE,
    isDetailed,
    ends: Object.values(described).some(isToEnd) ? endsOf(described) : undefined,
  };
}

function referenced(values: readonly PlannedReference[]): IngressRules {
  return {
    forEach: entriesByExpression(values, (each) => ({ id: each.text, ...toldOf(each) })),
    description: OF_MAP,
    isDetailed: values.some(({ details }) => details !== undefined),
    ends: values.some(isToEnd) ? endsByExpression(values, ({ lastDay }) => lastDay) : undefined,
  };
}

function isToEnd({ lastDay }: Described): boolean {
  return lastDay !== undefined;
}

// The name is unique by itself and says nothing of the construct, so that neither a replacement nor a renaming
// collides with the group that is still in use; the Name tag says whose group it is.
export function securityGroup(
  scope: Construct,
  id: string,
  { vpcId, tags }: Pick<SecurityGroupsProps, 'vpcId' | 'tags'>,
  precondition: Precondition[] = [],
): SecurityGroup {
  const lifecycle = { createBeforeDestroy: true, ...conditions(precondition).lifecycle };
  const known = scope.node.tryFindChild(id) as SecurityGroup | undefined;
  if (known) {
    known.lifecycle = lifecycle;
    return known;
  }
  return new aws.SecurityGroup(scope, id, {
    namePrefix: 'database-endpoint-',
    description: 'Allowlist and database egress of a database endpoint',
    vpcId,
    tags,
    lifecycle,
  });
}

// No create-before-destroy on rules: EC2 refuses a second rule for the same source in the same group.
function ingressFactory(
  scope: Construct,
  securityGroupId: string,
  { port, tags, onExpiring }: Pick<IngressProps, 'port' | 'tags' | 'onExpiring'>,
) {
  return (id: string, { forEach, description, isDetailed, ends }: IngressRules, source: RuleSource) => {
    const rules = new aws.VpcSecurityGroupIngressRule(scope, id, {
      securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      tags,
      forEach,
      description,
      ...source,
    });
    if (isDetailed) tagByEach(rules);
    if (ends) onExpiring?.(id, { resource: rules, securityGroupId, ends });
  };
}
