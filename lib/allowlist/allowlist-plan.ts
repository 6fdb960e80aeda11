import { type Misfit, placeRules, rehomedBySpreading } from '../placement/placement';
import type { RuleQuotas } from '../placement/rule-quotas';
import { type Allowlist, type AllowlistValue, hasComputed } from './allowlist';
import type { Described } from './joined-descriptions';
import { mergedBlocks } from './merged-blocks';
import { placementLimits } from './placement-limits';
import { type PlannedRule, type PlannedRulesOptions, pathMtuRules, plannedRules } from './planned-rules';

/** How an allowlist is to be spread over security groups. */
export interface AllowlistPlanOptions extends PlannedRulesOptions {
  readonly quotas: RuleQuotas;
  /** Use every group from the first rule on. */
  readonly shardFromStart: boolean;
  /** The families of the rules that admit the messages of Path MTU Discovery. */
  readonly pathMtu?: readonly (4 | 6)[];
}

/** A source by its id or name, and what its rule says. */
export type PlannedReference = AllowlistValue & Described;

/** The ingress rules of one security group. */
export interface PlannedGroup {
  /** `1`, `2`, ... or the name that entries were pinned to. */
  readonly name: string;
  readonly pinned: boolean;
  /** Descriptions by canonical block. */
  readonly ipv4: { readonly [block: string]: Described };
  readonly ipv6: { readonly [block: string]: Described };
  readonly prefixLists: readonly PlannedReference[];
  readonly awsPrefixLists: readonly PlannedReference[];
  readonly securityGroups: readonly PlannedReference[];
  /** The families whose messages of Path MTU Discovery it admits. */
  readonly pathMtu: readonly (4 | 6)[];
  /** How many rules EC2 counts in it. */
  readonly count: { readonly ipv4: number; readonly ipv6: number };
}

/** Where every rule goes, or why they do not fit. */
export type AllowlistPlan =
  | {
      readonly groups: readonly PlannedGroup[];
      /** How many rules the step from one shared group to several moves, or has moved. */
      readonly rehomedBySpreading: number;
    }
  | { readonly misfit: Misfit; readonly savedByMerging: number };

/** The groups of a plan that the rules have accepted. */
export function assertPlaced(plan: AllowlistPlan): Extract<AllowlistPlan, { groups: unknown }> {
  if ('misfit' in plan) throw new Error('an allowlist that does not fit was not refused');
  return plan;
}

/** Decides which security group holds which rule: a function of nothing but the list, see docs/decisions/0004. */
export function planAllowlist(allowlist: Allowlist, options: AllowlistPlanOptions): AllowlistPlan {
  const rules = [...plannedRules(allowlist, options), ...pathMtuRules(options.pathMtu ?? [])];
  const { quotas, shardFromStart } = options;
  const limits = placementLimits({ quotas, shardFromStart, hasComputed: hasComputed(allowlist) });
  const placement = placeRules(rules, limits);
  if ('misfit' in placement)
    return { misfit: placement.misfit, savedByMerging: savedByMerging(allowlist, placement.misfit, options) };

  const groups = placement.groups.map(({ name, pinned, rules: there, ipv4, ipv6 }): PlannedGroup => {
    const references = there.flatMap(({ reference, description, ifTooLong, details, lastDay }) =>
      reference ? { ...reference, description, ifTooLong, details, lastDay } : [],
    );
    return {
      name,
      pinned,
      ipv4: describedBlocks(there, 4),
      ipv6: describedBlocks(there, 6),
      prefixLists: ofKind(references, 'prefixList'),
      awsPrefixLists: ofKind(references, 'awsPrefixList'),
      securityGroups: ofKind(references, 'securityGroup'),
      pathMtu: there.flatMap(({ pathMtu }) => pathMtu ?? []),
      count: { ipv4, ipv6 },
    };
  });
  return {
    groups,
    // Few want to know, and it takes a second placement.
    get rehomedBySpreading() {
      return limits.shardFromStart ? 0 : rehomedBySpreading(rules, limits, placement).length;
    },
  };
}

/** How many rules of a family fewer there would be if adjacent blocks were merged. */
export function savedByMerging(
  { blocks }: Allowlist,
  { family = 4 }: Misfit,
  { endsOnItsDay }: Pick<AllowlistPlanOptions, 'endsOnItsDay'>,
): number {
  // If everybody is admitted, every other entry could be merged into that one, which nobody wants.
  const own = blocks.filter(({ cidr, source }) => cidr.family === family && source._kind !== 'anywhere');
  return own.length - mergedBlocks(own, endsOnItsDay).length;
}

function describedBlocks(rules: readonly PlannedRule[], family: 4 | 6): { [block: string]: Described } {
  const byBlock: { [block: string]: Described } = {};
  for (const rule of rules) if (rule.cidr?.family === family) byBlock[rule.cidr.text] = rule;
  return byBlock;
}

function ofKind(references: readonly PlannedReference[], kind: string): PlannedReference[] {
  return references.filter(({ source }) => source._kind === kind);
}
