import type { DataAwsEc2ManagedPrefixList } from '@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list';
import type { VpcSecurityGroupIngressRuleConfig } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { IResolveContext } from 'cdktf';
import { expressionOf, expressionToken, numberToken, staticKey } from '../tokens/expression';
import type { PlannedRule } from './planned-rules';
import { PATH_MTU } from './security-groups';
import type { SharedRule } from './shared-plan';
import { toldOf, writtenRule } from './written-description';

/** Rules that one resource can make in a security group that several ports share. */
export interface RuleKind {
  /** Of the resource, in the first group. */
  readonly id: string;
  readonly holds: (rule: PlannedRule) => boolean;
  /** Only of ids: the rules whose sources may turn out to be the same. */
  readonly compares?: (rule: PlannedRule) => boolean;
  /** Key and value of a rule in `for_each`: the port comes first in every key. */
  readonly entry: (rule: SharedRule, context: IResolveContext) => readonly [key: string, value: unknown];
  readonly attributes: Omit<VpcSecurityGroupIngressRuleConfig, 'securityGroupId'>;
}

/** Whether details of entries stand in `for_each` of the resources with this id. */
export type IsDetailed = (id: string) => boolean;

/** Rules for blocks of one family. The key says everything but the description, and where a range of ports ends. */
export function blockRules(family: 4 | 6, mergePorts: boolean, isDetailed: IsDetailed): RuleKind {
  const block = expressionToken('split(" ", each.key)[1]');
  const firstPort = numberToken('tonumber(split(" ", each.key)[0])');
  const id = `IngressIpv${family}`;
  const ofMap = () => mergePorts || isDetailed(id);
  return {
    id,
    holds: ({ cidr }) => cidr?.family === family,
    entry: ({ cidr, fromPort, toPort, ...rule }) => {
      const key = `${fromPort} ${cidr?.text}`;
      return [key, mergePorts ? { to_port: toPort, ...toldOf(rule) } : writtenRule(rule, isDetailed(id))];
    },
    attributes: {
      ipProtocol: 'tcp',
      fromPort: firstPort,
      toPort: mergePorts ? numberToken('each.value.to_port') : firstPort,
      ...(family === 4 ? { cidrIpv4: block } : { cidrIpv6: block }),
      description: expressionToken(() => (ofMap() ? 'each.value.description' : 'each.value')),
    },
  };
}

const REFERENCES = {
  prefixList: {
    id: 'IngressPrefixLists',
    // One that is looked up by its name has an id too.
    kinds: ['prefixList', 'awsPrefixList'],
    attributes: { prefixListId: expressionToken('each.value.id') },
  },
  securityGroup: {
    id: 'IngressSecurityGroups',
    kinds: ['securityGroup'],
    attributes: { referencedSecurityGroupId: expressionToken('each.value.id') },
  },
};

/** Rules for prefix lists or security groups, by their ids. */
export function referenceRules(kind: keyof typeof REFERENCES): RuleKind {
  const { id, attributes, kinds } = REFERENCES[kind];
  return {
    id,
    holds: ({ reference }) => reference?.source._kind === kind,
    compares: ({ reference }) => reference !== undefined && kinds.includes(reference.source._kind),
    entry: ({ reference, ...rule }, context) => [
      `${rule.fromPort} ${staticKey(reference?.text ?? '', context)}`,
      { id: reference?.text, ...portsOf(rule), ...toldOf(rule) },
    ],
    attributes: { ...REFERENCE_ATTRIBUTES, ...attributes },
  };
}

/**
 * Rules for the prefix lists of AWS, which are looked up by their names.
 *
 * @param lookUp the data source, by name.
 */
export function namedPrefixListRules(lookUp: () => DataAwsEc2ManagedPrefixList): RuleKind {
  return {
    id: 'IngressAwsPrefixLists',
    holds: ({ reference }) => reference?.source._kind === 'awsPrefixList',
    entry: ({ reference, ...rule }) => [`${rule.fromPort} ${reference?.text}`, { ...portsOf(rule), ...toldOf(rule) }],
    attributes: {
      ...REFERENCE_ATTRIBUTES,
      prefixListId: lookedUpId(lookUp, 'split(" ", each.key)[1]'),
    },
  };
}

/** The id of a prefix list of AWS, by an expression of its name. */
export function lookedUpId(lookUp: () => DataAwsEc2ManagedPrefixList, name: string): string {
  return expressionToken((context) => `${expressionOf(lookUp().fqn, context)}[${name}].id`);
}

/** Rules that admit the messages of Path MTU Discovery, from everywhere and to no port. */
export function pathMtuKind(family: 4 | 6): RuleKind {
  return {
    id: `IngressPathMtuIpv${family}`,
    holds: ({ pathMtu }) => pathMtu === family,
    entry: () => ['everywhere', 'everywhere'],
    attributes: PATH_MTU[family],
  };
}

const REFERENCE_ATTRIBUTES = {
  ipProtocol: 'tcp',
  fromPort: numberToken('each.value.from_port'),
  toPort: numberToken('each.value.to_port'),
  description: expressionToken('each.value.description'),
};

function portsOf({ fromPort, toPort }: Pick<SharedRule, 'fromPort' | 'toPort'>) {
  return { from_port: fromPort, to_port: toPort };
}
