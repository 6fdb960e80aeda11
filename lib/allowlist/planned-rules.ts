import type { Cidr } from '../network/cidr';
import type { RuleToPlace } from '../placement/placement';
import { weightOfReference } from '../placement/rule-quotas';
import type { AllowedSource } from './allowed-source';
import { type AllowedBlock, type Allowlist, type AllowlistValue, describe } from './allowlist';
import { type Described, joinedDescriptions } from './joined-descriptions';
import { type MergedBlock, mergedBlocks } from './merged-blocks';
import { prefixListWeight } from './prefix-list-weight';
import { detailsOf } from './rule-details';

/** How an allowlist becomes rules. */
export interface PlannedRulesOptions {
  /** Merge adjacent and overlapping blocks into fewer. */
  readonly aggregate: boolean;
  /** Whether access ends on its day: what ends on different days is then kept in different rules. */
  readonly endsOnItsDay: boolean;
  /** A text for a value that is the same in every run: tokens are numbered as they come. */
  readonly keyOf: (text: string) => string;
  /** Whether rules are tagged with what their entries say. */
  readonly ruleTags: boolean;
}

/** One rule of an allowlist that a security group is to hold. */
export interface PlannedRule extends RuleToPlace, Described {
  readonly cidr?: Cidr;
  readonly reference?: AllowlistValue;
  readonly pathMtu?: 4 | 6;
}

/** The rules that an allowlist becomes, apart from what is known after apply. */
export function plannedRules(
  allowlist: Allowlist,
  { aggregate, endsOnItsDay, keyOf, ruleTags }: PlannedRulesOptions,
): PlannedRule[] {
  const known = new Map<AllowedSource, Described>();
  const described = (source: AllowedSource): Described => {
    const before = known.get(source);
    if (before) return before;
    const description = describe(source);
    const details = ruleTags ? detailsOf(source, keyOf) : undefined;
    const lastDay = endsOnItsDay ? source._about.expires : undefined;
    const found = {
      ...{ description, descriptionKey: keyOf(description) },
      ...(details && { details }),
      ...(lastDay !== undefined && { lastDay }),
    };
    known.set(source, found);
    return found;
  };
  const blockRule = ({ cidr, source }: AllowedBlock) => ruleFor(cidr, described(source), source._about.group);
  const mergedRule = ({ cidr, members }: MergedBlock) =>
    ruleFor(cidr, joinedDescriptions(members.map(({ source }) => described(source))), members[0].source._about.group);
  const blocks = aggregate
    ? mergedBlocks(allowlist.blocks, endsOnItsDay).map(mergedRule)
    : allowlist.blocks.map(blockRule);
  const references = [...allowlist.prefixLists, ...allowlist.awsPrefixLists, ...allowlist.securityGroups];
  const rules = [
    ...blocks,
    ...references.map((reference) => ({
      key: keyIn(reference.source._about.group, keyOf(reference.text)),
      ...weightOfReference(reference.source._kind === 'securityGroup' ? 1 : prefixListWeight(reference).rules),
      pinnedTo: reference.source._about.group,
      ...described(reference.source),
      reference,
    })),
  ];
  const hasIntegrations = [...allowlist.blocks, ...references].some(
    ({ source }) => source._about.integration !== undefined,
  );
  return hasIntegrations ? joinedRules(rules) : rules;
}

/** One rule for a source that several integrations have. */
function joinedRules(rules: readonly PlannedRule[]): PlannedRule[] {
  const byKey = new Map<string, PlannedRule[]>();
  for (const rule of rules) {
    const others = byKey.get(rule.key);
    if (others) others.push(rule);
    else byKey.set(rule.key, [rule]);
  }
  return [...byKey.values()].map((all) => (all.length === 1 ? all[0] : joinedRule(all)));
}

/** One rule in place of several for the same source. */
export function joinedRule(rules: readonly PlannedRule[]): PlannedRule {
  // Whoever knows the size of a prefix list says so; EC2 counts it once.
  const most = (family: 'ipv4' | 'ipv6') => Math.max(...rules.map((each) => each[family]));
  return { ...rules[0], ...joinedDescriptions(rules), ipv4: most('ipv4'), ipv6: most('ipv6') };
}

/** The rules that admit the messages of Path MTU Discovery, from everywhere. */
export function pathMtuRules(families: readonly (4 | 6)[]): PlannedRule[] {
  return families.map((family) => ({
    key: `path MTU of IPv${family}`,
    ipv4: family === 4 ? 1 : 0,
    ipv6: family === 6 ? 1 : 0,
    pathMtu: family,
  }));
}

function ruleFor(cidr: Cidr, described: Described, pinnedTo: string | undefined): PlannedRule {
  return {
    key: keyIn(pinnedTo, cidr.text),
    ipv4: cidr.family === 4 ? 1 : 0,
    ipv6: cidr.family === 6 ? 1 : 0,
    pinnedTo,
    cidr,
    ...described,
  };
}

/** Merging, and integrations, may yield the same source in a pinned group and outside it. */
function keyIn(pinnedTo: string | undefined, text: string): string {
  return pinnedTo === undefined ? text : `${text} in ${pinnedTo}`;
}
