import { isLarge } from '../placement/packing';
import { type Misfit, misfitOf, placeRules, type RuleToPlace } from '../placement/placement';
import type { RuleQuotas } from '../placement/rule-quotas';
import { placementLimits } from './placement-limits';
import { joinedRule, type PlannedRule, pathMtuRules } from './planned-rules';

/** What one endpoint needs of the security groups that it shares with others. */
export interface SharedPart {
  /** Path of the endpoint. */
  readonly endpoint: string;
  readonly port: number;
  readonly rules: readonly SharedRule[];
  /** How many of them are not pinned to a group of their own. */
  readonly unpinned: RuleCount;
  /** Whether none of them is pinned or counts more than once. */
  readonly countsOnce: boolean;
  /** Whether it admits something that is known after apply, which has a group of its own. */
  readonly hasComputed: boolean;
  /** Whether every entry has expired. */
  readonly isClosed: boolean;
}

/** What an endpoint is to share with those that were there before it. */
export interface Sharing {
  /** Path of the load balancer. */
  readonly loadBalancer: string;
  readonly endpoint: string;
  readonly port: number;
  readonly others: readonly SharedPart[];
  readonly options: SharedPlanOptions;
  /** Whether its security groups exist already, so that none can be added. */
  readonly hasExistingGroups: boolean;
}

/** How the rules of several endpoints are spread over the security groups of their load balancer. */
export interface SharedPlanOptions {
  readonly quotas: RuleQuotas;
  /** Groups that rules are spread over, however many there are. */
  readonly securityGroupCount: number;
  /** Let endpoints on neighbouring ports share the rule for a source that all of them admit. */
  readonly mergePorts: boolean;
  /** The families of the rules that admit the messages of Path MTU Discovery. */
  readonly pathMtu: readonly (4 | 6)[];
}

/** One rule, and the ports that it opens: each of them was written for its source. */
export interface SharedRule extends PlannedRule {
  /** The same for the same source on every port. */
  readonly source: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/** The ingress rules of one of the groups. */
export interface SharedGroup {
  /** `1`, `2`, ... or the name that entries were pinned to. */
  readonly name: string;
  readonly rules: readonly SharedRule[];
}

/** Where every rule goes, or why they do not fit. */
export type SharedPlan = { readonly groups: readonly SharedGroup[] } | { readonly misfit: Misfit };

/** Decides which security group of a load balancer holds which rule: a function of the set of its endpoints alone. */
export function planShared(parts: readonly SharedPart[], options: SharedPlanOptions): SharedPlan {
  const placement = placeRules(allRules(parts, options), limitsOf(parts, options));
  return 'misfit' in placement
    ? placement
    : { groups: placement.groups.map(({ name, rules }) => ({ name, rules: [...rules].sort(byKey) })) };
}

/** Why the rules of all endpoints do not fit; undefined where they do. */
export function sharedMisfit(parts: readonly SharedPart[], options: SharedPlanOptions): Misfit | undefined {
  return fitByCount(parts, options) ? undefined : misfitOf(allRules(parts, options), limitsOf(parts, options));
}

/** Whether it is enough to count: rules that count once and are not pinned find a place where there is room for all. */
function fitByCount(parts: readonly SharedPart[], options: SharedPlanOptions): boolean {
  const { rulesPerGroup, groups, fixedGroups = 0 } = limitsOf(parts, options);
  if (fixedGroups > groups || !parts.every(({ countsOnce }) => countsOnce)) return false;
  // Merging ports makes them fewer.
  const { ipv4, ipv6 } = total(parts);
  return Math.max(ipv4, ipv6) + options.pathMtu.length <= rulesPerGroup * fixedGroups;
}

function allRules(parts: readonly SharedPart[], { mergePorts, pathMtu }: SharedPlanOptions): readonly SharedRule[] {
  const rules = mergePorts ? mergedRules(parts) : parts.flatMap((part) => part.rules);
  if (pathMtu.length === 0 || parts.every(({ isClosed }) => isClosed)) return rules;
  return [...rules, ...pathMtuRules(pathMtu).map((rule) => ({ ...rule, source: rule.key, fromPort: 0, toPort: 0 }))];
}

function limitsOf(parts: readonly SharedPart[], { quotas, securityGroupCount }: SharedPlanOptions) {
  return placementLimits({
    quotas,
    fixedGroups: securityGroupCount,
    hasComputed: parts.some(({ hasComputed }) => hasComputed),
  });
}

/** The groups of a plan that the rules have accepted. */
export function assertSharedPlan(plan: SharedPlan): Extract<SharedPlan, { groups: unknown }> {
  if ('misfit' in plan) throw new Error('rules that do not fit a load balancer were not refused');
  return plan;
}

/** How many rules of each family endpoints take up, those that are pinned to a group of their own left out. */
export function unpinnedRules(parts: readonly SharedPart[], { mergePorts }: SharedPlanOptions): RuleCount {
  if (!mergePorts) return total(parts);
  return countUnpinned(mergedRules(parts));
}

/** The share of one endpoint. */
export function sharedPart(
  { endpoint, port, hasComputed, isClosed }: Pick<SharedPart, 'endpoint' | 'port' | 'hasComputed' | 'isClosed'>,
  planned: readonly PlannedRule[],
): SharedPart {
  const rules = planned.map((rule) => onPorts([rule], port, port));
  const countsOnce = planned.every((rule) => rule.pinnedTo === undefined && !isLarge(rule));
  return { endpoint, port, rules, unpinned: countUnpinned(planned), countsOnce, hasComputed, isClosed };
}

/** Rules of each family, as EC2 counts them. */
export interface RuleCount {
  readonly ipv4: number;
  readonly ipv6: number;
}

function countUnpinned(rules: readonly PlannedRule[]): RuleCount {
  return sum(rules.filter(({ pinnedTo }) => pinnedTo === undefined));
}

function total(parts: readonly SharedPart[]): RuleCount {
  return sum(parts.map(({ unpinned }) => unpinned));
}

function sum(counts: readonly RuleCount[]): RuleCount {
  let [ipv4, ipv6] = [0, 0];
  for (const each of counts) {
    ipv4 += each.ipv4;
    ipv6 += each.ipv6;
  }
  return { ipv4, ipv6 };
}

function mergedRules(parts: readonly SharedPart[]): SharedRule[] {
  return [...bySource(parts).values()].flatMap(portRanges);
}

/** Who admits the same source, in the order of the ports. What is pinned shares no rule with what is not. */
function bySource(parts: readonly SharedPart[]): Map<string, SharedRule[]> {
  const sources = new Map<string, SharedRule[]>();
  for (const { rules } of [...parts].sort((a, b) => a.port - b.port)) {
    for (const rule of rules) {
      const source = JSON.stringify([rule.source, rule.pinnedTo]);
      const others = sources.get(source);
      if (others) others.push(rule);
      else sources.set(source, [rule]);
    }
  }
  return sources;
}

/**
 * One rule for each run of neighbouring ports: no port lies in a range that does not admit the source by itself. Nor does
 * one whose access ends on another day, as a schedule can only revoke a rule as a whole.
 */
function portRanges(admitting: readonly SharedRule[]): SharedRule[] {
  const runs: SharedRule[][] = [];
  for (const each of admitting) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (before?.toPort === each.fromPort - 1 && before.lastDay === each.lastDay) run?.push(each);
    else runs.push([each]);
  }
  return runs.map((run) => onPorts(run, run[0].fromPort, run[run.length - 1].toPort));
}

// The first port names a range, so that one more port at its end changes the rule in place.
function onPorts(rules: readonly (PlannedRule & { source?: string })[], fromPort: number, toPort: number): SharedRule {
  const [rule] = rules;
  const source = rule.source ?? rule.key;
  const key = `${fromPort} ${source}`;
  if (rules.length === 1) return onPort(rule, { key, source, fromPort, toPort });
  return { ...joinedRule(rules), key, source, fromPort, toPort };
}

// There are thousands of them: with a literal spread into it, V8 would keep each as a hash table. Every property is named,
// also those that are optional, so that the compiler sees one that is missing.
function onPort(
  {
    ipv4,
    ipv6,
    pinnedTo,
    cidr,
    description,
    descriptionKey,
    ifTooLong,
    details,
    lastDay,
    reference,
    pathMtu,
  }: PlannedRule,
  { key, source, fromPort, toPort }: Pick<SharedRule, 'key' | 'source' | 'fromPort' | 'toPort'>,
): SharedRule {
  return {
    key,
    source,
    fromPort,
    toPort,
    ipv4,
    ipv6,
    pinnedTo,
    cidr,
    description,
    descriptionKey,
    ifTooLong,
    details,
    lastDay,
    reference,
    pathMtu,
  } satisfies { [property in keyof Required<SharedRule>]: SharedRule[property] };
}

function byKey(a: RuleToPlace, b: RuleToPlace): number {
  return a.key < b.key ? -1 : 1;
}
