import { isLarge, type Load, spread } from './packing';

/**
 * One rule that needs a security group, and how much of the group's quotas it uses: EC2 counts each family separately.
 */
export interface RuleToPlace extends Load {
  /** Name of the group that the user put it in. */
  readonly pinnedTo?: string;
}

/** How much room there is. */
export interface PlacementLimits {
  /** Rules that one group holds, of each family. */
  readonly rulesPerGroup: number;
  /** Groups in all, pinned ones included. */
  readonly groups: number;
  /** Spread over all groups even while one would be enough. */
  readonly shardFromStart?: boolean;
  /** Spread over this many groups, whatever there is to spread. */
  readonly fixedGroups?: number;
  /**
   * Rules that each shared group stays below its limit as long as there is room in others. Terraform creates and destroys
   * in no particular order, so a full group would refuse a rule that takes the place of one that is about to leave.
   */
  readonly headRoom?: number;
}

/** One security group and what is in it. */
export interface PlacedGroup<Rule extends RuleToPlace = RuleToPlace> {
  /** `1`, `2`, ... for the groups that rules are spread over; the user's name for a pinned group. */
  readonly name: string;
  readonly pinned: boolean;
  /** In the order in which they were given. */
  readonly rules: readonly Rule[];
  readonly ipv4: number;
  readonly ipv6: number;
}

/** Why the rules do not fit. */
export interface Misfit {
  readonly kind: 'tooManyRules' | 'ruleTooLarge' | 'pinnedGroupFull' | 'tooManyPinnedGroups' | 'cannotBePacked';
  /** The rule or the pinned group it is about. */
  readonly name?: string;
  /** The family whose rules do not fit. */
  readonly family?: 4 | 6;
  /** How much room is needed and how much there is: in rules, or in groups where it is about the number of groups. */
  readonly needed: number;
  readonly available: number;
}

/** Where every rule goes, or why they do not fit. */
export type Placement<Rule extends RuleToPlace = RuleToPlace> =
  | { readonly groups: readonly PlacedGroup<Rule>[] }
  | { readonly misfit: Misfit };

/**
 * Spreads rules over security groups. The keys must be unique.
 *
 * A pure function of the set of rules: neither their order nor their history matters. Adding or removing a rule that
 * counts once moves at most `groups - 1` others, and mostly none (docs/decisions/0004-allowlist-placement.md).
 */
export function placeRules<Rule extends RuleToPlace>(rules: readonly Rule[], limits: PlacementLimits): Placement<Rule> {
  const { pinned, free, slots, misfit } = measured(rules, limits);
  if (misfit !== undefined) return { misfit };

  const placed = spread(free, slots, limits.rulesPerGroup, slots > 1 ? limits.headRoom : 0);
  if (placed === undefined) return { misfit: { kind: 'cannotBePacked', needed: slots + 1, available: slots } };
  const bySlot = Array.from({ length: slots }, (): Rule[] => []);
  for (const [i, rule] of free.entries()) bySlot[placed[i]].push(rule);
  return { groups: [...bySlot.map((there, slot) => group(String(slot + 1), false, there)), ...pinned] };
}

/**
 * Why rules do not fit, without placing them: rules that count once always find a place where there is room for all.
 *
 * @returns undefined where they fit.
 */
export function misfitOf(rules: readonly RuleToPlace[], limits: PlacementLimits): Misfit | undefined {
  const { free, misfit } = measured(rules, limits);
  if (misfit !== undefined || !free.some(isLarge)) return misfit;
  const placement = placeRules(rules, limits);
  return 'misfit' in placement ? placement.misfit : undefined;
}

function measured<Rule extends RuleToPlace>(rules: readonly Rule[], limits: PlacementLimits) {
  const pinned = pinnedGroups(rules);
  const free = rules.filter((rule) => rule.pinnedTo === undefined);
  const slots = sharedSlots(free, pinned.length, limits);
  const misfit =
    largeRuleMisfit(rules, limits) ??
    pinnedMisfit(pinned, limits) ??
    groupsMisfit(pinned, limits) ??
    totalMisfit(free, slots * limits.rulesPerGroup);
  return { pinned, free, slots, misfit };
}

/**
 * The rules that leave group `1` when a list that had it to itself is spread over all groups: the price of the step
 * that a growing list pays once.
 *
 * @param placement of these rules within these limits.
 */
export function rehomedBySpreading(
  rules: readonly RuleToPlace[],
  limits: PlacementLimits,
  placement: Placement = placeRules(rules, limits),
): RuleToPlace[] {
  if ('misfit' in placement) return [];
  const others = placement.groups.filter(({ name, pinned }) => !pinned && name !== '1');
  if (others.length > 0 || limits.shardFromStart) return others.flatMap((each) => each.rules);
  return rehomedBySpreading(rules, { ...limits, shardFromStart: true });
}

function pinnedGroups<Rule extends RuleToPlace>(rules: readonly Rule[]): PlacedGroup<Rule>[] {
  const byName = new Map<string, Rule[]>();
  for (const rule of rules) {
    if (rule.pinnedTo === undefined) continue;
    const there = byName.get(rule.pinnedTo);
    if (there === undefined) byName.set(rule.pinnedTo, [rule]);
    else there.push(rule);
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, there]) => group(name, true, there));
}

function sharedSlots(free: readonly RuleToPlace[], pinned: number, limits: PlacementLimits): number {
  if (limits.fixedGroups !== undefined) return limits.fixedGroups;
  // The first group always exists: it is the one that leads to the database.
  if (free.length === 0) return 1;
  const fitsOne = totalMisfit(free, limits.rulesPerGroup) === undefined;
  return fitsOne && !limits.shardFromStart ? 1 : Math.max(1, limits.groups - pinned);
}

function largeRuleMisfit(rules: readonly RuleToPlace[], limits: PlacementLimits): Misfit | undefined {
  const available = limits.rulesPerGroup;
  const rule = rules.find(({ ipv4, ipv6 }) => Math.max(ipv4, ipv6) > available);
  return rule && { kind: 'ruleTooLarge', name: rule.key, needed: Math.max(rule.ipv4, rule.ipv6), available };
}

function pinnedMisfit(pinned: readonly PlacedGroup[], limits: PlacementLimits): Misfit | undefined {
  const available = limits.rulesPerGroup;
  const full = pinned.find(({ ipv4, ipv6 }) => Math.max(ipv4, ipv6) > available);
  if (full === undefined) return undefined;
  const family = full.ipv4 > full.ipv6 ? 4 : 6;
  return { kind: 'pinnedGroupFull', name: full.name, family, needed: Math.max(full.ipv4, full.ipv6), available };
}

function groupsMisfit(pinned: readonly PlacedGroup[], limits: PlacementLimits): Misfit | undefined {
  const needed = pinned.length + (limits.fixedGroups ?? 1);
  return needed > limits.groups ? { kind: 'tooManyPinnedGroups', needed, available: limits.groups } : undefined;
}

function totalMisfit(rules: readonly RuleToPlace[], available: number): Misfit | undefined {
  const { ipv4, ipv6 } = group('', false, rules);
  if (Math.max(ipv4, ipv6) <= available) return undefined;
  return { kind: 'tooManyRules', family: ipv4 >= ipv6 ? 4 : 6, needed: Math.max(ipv4, ipv6), available };
}

function group<Rule extends RuleToPlace>(name: string, pinned: boolean, rules: readonly Rule[]): PlacedGroup<Rule> {
  const sum = (family: 'ipv4' | 'ipv6') => rules.reduce((total, rule) => total + rule[family], 0);
  return { name, pinned, rules, ipv4: sum('ipv4'), ipv6: sum('ipv6') };
}
