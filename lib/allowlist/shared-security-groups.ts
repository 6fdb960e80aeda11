import type { DataAwsEc2ManagedPrefixList } from '@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { type IResolveContext, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { conditions, type Precondition } from '../terraform/precondition';
import { shownPath } from '../terraform/shown-path';
import { Deferred, ForEach } from '../tokens/deferred';
import { attributeOf, expressionToken } from '../tokens/expression';
import type { OnPort } from '../tokens/list-expression';
import { isUnresolved } from '../tokens/unresolved';
import type { Allowlist } from './allowlist';
import type { AllowlistReview } from './allowlist-review';
import { computedListChecks, computedQuotaChecks, referenceOnPortChecks } from './computed-checks';
import { instantAfter } from './expiry';
import type { ExpiringRules } from './rule-ends';
import { tagByEach } from './rule-tags';
import { admitComputed, securityGroup } from './security-groups';
import { assertSharedPlan, planShared, type SharedPart, type SharedPlanOptions, type SharedRule } from './shared-plan';
import {
  blockRules,
  lookedUpId,
  namedPrefixListRules,
  pathMtuKind,
  type RuleKind,
  referenceRules,
} from './shared-rule-kinds';

/** What the security groups of a load balancer are made from that endpoints share. */
export interface SharedSecurityGroupsProps {
  readonly vpcId: string;
  readonly tags: { [key: string]: string };
  readonly dualStack: boolean;
  readonly options: SharedPlanOptions;
  /** The ids of groups that exist already, in place of those that are made here. */
  readonly existing?: readonly string[];
}

/**
 * The security groups of a load balancer that endpoints share. Their number is fixed when they are made, apart from those
 * that entries are pinned to and the one for values that are known after apply. What is in them is decided when the stack
 * is written out, for all endpoints together.
 */
export class SharedSecurityGroups {
  private readonly ofSources: readonly RuleKind[];
  private readonly ofPathMtu: readonly RuleKind[];
  private readonly numbered: readonly SecurityGroup[];
  private readonly pinned = new Map<string, SecurityGroup>();
  private readonly admitted: SharedPart[] = [];
  private readonly awsPrefixLists = new Set<string>();
  private computed?: SecurityGroup;
  // Not looked for among the children, where endpoints have names of their own.
  private readonly created = new Map<string, CreatedRules>();
  /** Kinds of which two sources that are written in different ways may be the same. */
  private readonly repeatable = new Set<RuleKind>();
  /** Ids of the kinds of which some rule has details of its entry. */
  private readonly detailed = new Set<string>();
  private readonly tagged = new Set<CreatedRules>();
  private lookedUp?: DataAwsEc2ManagedPrefixList;
  private readonly admitting: AdmittingComputed[] = [];
  private readonly expiringComputed = new Map<string, ExpiringRules>();
  private placed?: ReadonlyMap<string, readonly SharedRule[]>;

  public constructor(
    private readonly scope: Construct,
    private readonly props: SharedSecurityGroupsProps,
  ) {
    const { mergePorts, pathMtu } = props.options;
    this.ofSources = [
      blockRules(4, mergePorts, (id) => this.detailed.has(id)),
      blockRules(6, mergePorts, (id) => this.detailed.has(id)),
      referenceRules('prefixList'),
      referenceRules('securityGroup'),
      namedPrefixListRules(() => this.lookUpPrefixLists()),
    ];
    this.ofPathMtu = pathMtu.map(pathMtuKind);
    const names = props.existing ? [] : this.numbers;
    this.numbered = names.map((name) => securityGroup(scope, `SecurityGroup${suffixOf(name)}`, props));
  }

  /** Those that are made here, in the order in which they are attached. */
  public get groups(): SecurityGroup[] {
    const pinned = [...this.pinned].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
    return [...this.numbered, ...pinned, ...(this.computed ? [this.computed] : [])];
  }

  /** The ids of all groups, as they will be once every endpoint is there. */
  public get ids(): string[] {
    const { existing } = this.props;
    if (existing) return [...existing];
    return Token.asList(
      new Deferred((context) => this.groups.map((group) => context.resolve(attributeOf(group, 'id')))),
    );
  }

  /** The rules that admit anybody, once every endpoint is there; those for values known after apply are the endpoints'. */
  public get rules(): VpcSecurityGroupIngressRule[] {
    const created = [...this.created.values()];
    return created.filter(({ name, kind }) => this.rulesOf(name).some(kind.holds)).map(({ resource }) => resource);
  }

  /** The group that leads to the databases. */
  public get firstId(): string {
    return this.idOf('1');
  }

  /** The rules of all endpoints that end on a day, by what tells their resources apart. */
  public get expiring(): ReadonlyMap<string, ExpiringRules> {
    const all = new Map(this.expiringComputed);
    for (const [id, { name, kind, resource }] of this.created) {
      const ends = (context: IResolveContext) => ({ known: this.endsIn(name, kind, context) });
      all.set(id, { resource, securityGroupId: this.idOf(name), ends });
    }
    return all;
  }

  /** What the endpoints that are there take up. */
  public get parts(): readonly SharedPart[] {
    return this.admitted;
  }

  /** Admits the allowlist of one more endpoint, in which no mistake was found. */
  public admit(endpoint: Construct, review: AllowlistReview, tags: { [key: string]: string }): void {
    const { part, allowlist } = review;
    if (!part) throw new Error('an endpoint that shares nothing was added to a load balancer');
    replaceOrAdd(this.admitted, part);
    this.placed = undefined;
    for (const { pinnedTo } of part.rules) {
      if (pinnedTo !== undefined && !this.pinned.has(pinnedTo)) {
        this.pinned.set(pinnedTo, securityGroup(this.scope, `SecurityGroup${suffixOf(pinnedTo)}`, this.props));
      }
    }
    for (const { text } of allowlist.awsPrefixLists) this.awsPrefixLists.add(text);
    if (this.awsPrefixLists.size > 0) this.lookUpPrefixLists();
    const needed = this.ofSources.filter(({ holds }) => part.rules.some(holds));
    for (const name of [...this.numbers, ...this.pinned.keys()]) {
      for (const kind of [...needed, ...this.ofPathMtu]) this.createRules(name, kind);
    }
    for (const kind of needed) {
      if (part.rules.some((rule) => rule.details !== undefined && kind.holds(rule))) this.detailed.add(kind.id);
    }
    for (const each of this.created.values()) if (this.detailed.has(each.kind.id)) this.tag(each);
    for (const kind of this.ofSources) {
      if (!this.repeatable.has(kind) && mayRepeat(kind, part.rules)) this.repeatable.add(kind);
    }
    for (const each of this.created.values()) if (this.repeatable.has(each.kind)) this.compare(each);
    if (part.hasComputed) this.admitComputed(endpoint, review, tags);
  }

  private get numbers(): string[] {
    return Array.from({ length: this.props.options.securityGroupCount }, (_, i) => String(i + 1));
  }

  private idOf(name: string): string {
    const { existing } = this.props;
    if (existing) return existing[Number(name) - 1];
    return attributeOf(this.pinned.get(name) ?? this.numbered[Number(name) - 1], 'id');
  }

  /** One resource for each kind in each group: those that have no rules in the end are not written out. */
  private createRules(name: string, kind: RuleKind): void {
    const id = `${kind.id}${suffixOf(name)}`;
    if (this.created.has(id)) return;
    const rules = () => this.rulesOf(name).filter(kind.holds);
    const resource = new aws.VpcSecurityGroupIngressRule(this.scope, id, {
      securityGroupId: this.idOf(name),
      tags: this.props.tags,
      forEach: ForEach.deferred((context) => Object.fromEntries(rules().map((rule) => kind.entry(rule, context)))),
      ...kind.attributes,
    });
    this.created.set(id, { name, kind, resource });
  }

  private endsIn(name: string, { holds, entry }: RuleKind, context: IResolveContext): { [key: string]: string } {
    const rules = this.rulesOf(name).filter(holds);
    return Object.fromEntries(
      rules.flatMap((rule) =>
        rule.lastDay === undefined ? [] : [[entry(rule, context)[0], instantAfter(rule.lastDay)]],
      ),
    );
  }

  /** Has Terraform compare sources that may turn out to be the same. */
  private compare({ name, kind, resource }: CreatedRules): void {
    resource.lifecycle ??= conditions(
      referenceOnPortChecks(shownPath(this.scope), () => this.comparedIn(name, kind)),
    ).lifecycle;
  }

  private tag(rules: CreatedRules): void {
    if (this.tagged.has(rules)) return;
    this.tagged.add(rules);
    tagByEach(rules.resource);
  }

  /** What must be distinct of a group, for each port. */
  private comparedIn(name: string, { compares }: RuleKind): OnPort[] {
    const rules = this.rulesOf(name).filter((rule) => compares?.(rule));
    return rules.flatMap(({ fromPort, toPort, reference }) => {
      const { source, text = '' } = reference ?? {};
      const isNamed = source?._kind === 'awsPrefixList';
      const id = isNamed ? lookedUpId(() => this.lookUpPrefixLists(), JSON.stringify(text)) : text;
      return Array.from({ length: toPort - fromPort + 1 }, (_, i) => ({ port: fromPort + i, id }));
    });
  }

  /** The prefix lists of AWS that any endpoint names, looked up together. */
  private lookUpPrefixLists(): DataAwsEc2ManagedPrefixList {
    const names = () => [...this.awsPrefixLists].sort();
    this.lookedUp ??= new aws.DataAwsEc2ManagedPrefixList(this.scope, 'AwsPrefixLists', {
      name: expressionToken('each.key'),
      forEach: ForEach.deferred(() => Object.fromEntries(names().map((name) => [name, name]))),
    });
    return this.lookedUp;
  }

  /** What goes into a group, decided once for as many endpoints as there are. */
  private rulesOf(name: string): readonly SharedRule[] {
    if (this.placed === undefined) {
      const { groups } = assertSharedPlan(planShared(this.admitted, this.props.options));
      this.placed = new Map(groups.map((group) => [group.name, group.rules]));
    }
    return this.placed.get(name) ?? [];
  }

  /** Ports differ, so each endpoint has rules of its own for what is known after apply, in one group for all. */
  private admitComputed(endpoint: Construct, review: AllowlistReview, tags: { [key: string]: string }): void {
    const { input, allowlist, admitted, part } = review;
    const { quotas } = this.props.options;
    const { dualStack } = this.props;
    const { ruleTags } = input;
    const port = part?.port ?? 0;
    this.computed ??= securityGroup(this.scope, 'ComputedSecurityGroup', this.props);
    const checked = { allowlist, admitted, limits: input.maxBreadth, quotas, dualStack };
    replaceOrAdd(this.admitting, { port, allowlist, checks: computedListChecks(shownPath(endpoint), checked) });
    // The order in which endpoints come must not show.
    const admitting = [...this.admitting].sort((a, b) => a.port - b.port);
    const allowlists = admitting.map((each) => each.allowlist);
    this.computed.lifecycle = {
      ...this.computed.lifecycle,
      ...conditions([
        ...admitting.flatMap(({ checks }) => checks),
        ...computedQuotaChecks(shownPath(this.scope), allowlists, { quotas, dualStack }),
      ]).lifecycle,
    };
    const { endsOnItsDay } = input;
    const onExpiring = (id: string, rules: ExpiringRules) => this.expiringComputed.set(`${port} ${id}`, rules);
    admitComputed(endpoint, attributeOf(this.computed, 'id'), {
      ...{ ...checked, port, tags, ruleTags },
      ...{ endsOnItsDay, onExpiring },
    });
  }
}

/** An endpoint that admits something that is known after apply. */
interface AdmittingComputed {
  readonly port: number;
  readonly allowlist: Allowlist;
  readonly checks: readonly Precondition[];
}

/** A resource, and the rules that it makes of a kind in a group. */
interface CreatedRules {
  readonly name: string;
  readonly kind: RuleKind;
  readonly resource: VpcSecurityGroupIngressRule;
}

/** An endpoint has a port of its own, and one whose allowlist has grown takes its place again. */
function replaceOrAdd<Of extends { readonly port: number }>(all: Of[], one: Of): void {
  const index = all.findIndex(({ port }) => port === one.port);
  if (index < 0) all.push(one);
  else all[index] = one;
}

function mayRepeat({ holds, compares }: RuleKind, rules: readonly SharedRule[]): boolean {
  const compared = compares ? rules.filter(compares) : [];
  return compared.some((rule) => isUnresolved(rule.reference?.text) || !holds(rule));
}

function suffixOf(name: string): string {
  return name === '1' ? '' : `-${name}`;
}
