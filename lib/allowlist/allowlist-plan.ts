import { AddressSet } from '../network/address-set';
import type { Cidr } from '../network/cidr';
import {
  type Misfit,
  type PlacementLimits,
  placeRules,
  type RuleToPlace,
  rehomedBySpreading,
} from '../placement/placement';
import { type RuleQuotas, weightOfReference } from '../placement/rule-quotas';
import { type AllowedBlock, type Allowlist, type AllowlistValue, describe } from './allowlist';
import { DESCRIPTION_LENGTH } from './description';
import { type MergedBlock, mergedBlocks } from './merged-blocks';
import { prefixListWeight } from './prefix-list-weight';

/** How an allowlist is to be spread over security groups. */
export interface AllowlistPlanOptions {
  readonly quotas: RuleQuotas;
  /** Merge adjacent and overlapping blocks into fewer. */
  readonly aggregate: boolean;
  /** Use every group from the first rule on. */
  readonly shardFromStart: boolean;
  /** The families of the rules that admit the messages of Path MTU Discovery. */
  readonly pathMtu?: readonly (4 | 6)[];
  /** A text for a value that is the same in every run: tokens are numbered as they come. */
  readonly keyOf: (text: string) => string;
}

/** The ingress rules of one security group. */
export interface PlannedGroup {
  /** `1`, `2`, ... or the name that entries were pinned to. */
  readonly name: string;
  readonly pinned: boolean;
  /** Descriptions by canonical block. */
  readonly ipv4: { readonly [block: string]: string };
  readonly ipv6: { readonly [block: string]: string };
  readonly prefixLists: readonly AllowlistValue[];
  readonly awsPrefixLists: readonly AllowlistValue[];
  readonly securityGroups: readonly AllowlistValue[];
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

/**
 * Rules that each of several groups is kept below its quota, so that one edit never has to wait for another rule to
 * leave: a rule that is turned away goes to the next group, one at a time.
 */
const HEAD_ROOM = 2;

/** The groups of a plan that the rules have accepted. */
export function assertPlaced(plan: AllowlistPlan): Extract<AllowlistPlan, { groups: unknown }> {
  if ('misfit' in plan) throw new Error('an allowlist that does not fit was not refused');
  return plan;
}

/** Decides which security group holds which rule: a function of the list alone, see docs/decisions/0004. */
export function planAllowlist(allowlist: Allowlist, options: AllowlistPlanOptions): AllowlistPlan {
  const rules = rulesOf(allowlist, options);
  const limits = placementLimits(allowlist, options);
  const placement = placeRules(rules, limits);
  if ('misfit' in placement)
    return { misfit: placement.misfit, savedByMerging: savedByMerging(allowlist, placement.misfit) };

  const groups = placement.groups.map(({ name, pinned, rules: there, ipv4, ipv6 }): PlannedGroup => {
    const references = there.flatMap(({ reference }) => reference ?? []);
    return {
      name,
      pinned,
      ipv4: descriptions(there, 4),
      ipv6: descriptions(there, 6),
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

interface PlannedRule extends RuleToPlace {
  readonly cidr?: Cidr;
  readonly description?: string;
  readonly reference?: AllowlistValue;
  readonly pathMtu?: 4 | 6;
}

function rulesOf(allowlist: Allowlist, { aggregate, keyOf, pathMtu = [] }: AllowlistPlanOptions): PlannedRule[] {
  const blocks = aggregate ? mergedBlocks(allowlist.blocks).map(mergedRule) : allowlist.blocks.map(blockRule);
  const references = [...allowlist.prefixLists, ...allowlist.awsPrefixLists, ...allowlist.securityGroups];
  return [
    ...blocks,
    ...references.map((reference) => ({
      key: keyOf(reference.text),
      ...weightOfReference(reference.source._kind === 'securityGroup' ? 1 : prefixListWeight(reference).rules),
      pinnedTo: reference.source._about.group,
      reference,
    })),
    ...pathMtu.map((family) => ({
      key: `path MTU of IPv${family}`,
      ipv4: family === 4 ? 1 : 0,
      ipv6: family === 6 ? 1 : 0,
      pathMtu: family,
    })),
  ];
}

function blockRule({ cidr, source }: AllowedBlock): PlannedRule {
  return ruleFor(cidr, describe(source), source._about.group);
}

function mergedRule({ cidr, members }: MergedBlock): PlannedRule {
  return ruleFor(cidr, together(members), members[0].source._about.group);
}

function ruleFor(cidr: Cidr, description: string, pinnedTo: string | undefined): PlannedRule {
  return {
    // Merging may yield the same block in a pinned group and outside of it.
    key: pinnedTo === undefined ? cidr.text : `${cidr.text} in ${pinnedTo}`,
    ipv4: cidr.family === 4 ? 1 : 0,
    ipv6: cidr.family === 6 ? 1 : 0,
    pinnedTo,
    cidr,
    description,
  };
}

// Merging loses nothing but the texts: what is merged is said together, as long as it fits.
function together(members: readonly AllowedBlock[]): string {
  const texts = [...new Set(members.map(({ source }) => describe(source)))].sort();
  const joined = texts.join('; ');
  return joined.length <= DESCRIPTION_LENGTH ? joined : `${members.length} entries, merged`;
}

function placementLimits(allowlist: Allowlist, { quotas, shardFromStart }: AllowlistPlanOptions): PlacementLimits {
  const computed = allowlist.computed.length > 0 || allowlist.lists.length > 0 ? 1 : 0;
  return {
    rulesPerGroup: quotas.rulesPerSecurityGroup,
    groups: quotas.securityGroupsPerInterface - computed,
    headRoom: HEAD_ROOM,
    shardFromStart,
  };
}

function savedByMerging({ blocks }: Allowlist, { family = 4 }: Misfit): number {
  // Where everybody is let in, every other entry could be merged into that one, which is not what anybody wants.
  const own = blocks
    .filter(({ cidr, source }) => cidr.family === family && source._kind !== 'anywhere')
    .map(({ cidr }) => cidr);
  return own.length - AddressSet.of(own).toCidrs().length;
}

function descriptions(rules: readonly PlannedRule[], family: 4 | 6): { [block: string]: string } {
  const byBlock: { [block: string]: string } = {};
  for (const { cidr, description = '' } of rules) if (cidr?.family === family) byBlock[cidr.text] = description;
  return byBlock;
}

function ofKind(references: readonly AllowlistValue[], kind: string): AllowlistValue[] {
  return references.filter(({ source }) => source._kind === kind);
}
