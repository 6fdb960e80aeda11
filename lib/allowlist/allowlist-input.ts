import { type RuleQuotas, resolveQuotas } from '../placement/rule-quotas';
import type { AllowedSource } from './allowed-source';
import type { AllowlistSettings } from './allowlist-settings';
import { type BreadthLimits, DEFAULT_BREADTH } from './breadth';
import { requirementsInCode, type StatedRequirements } from './requirements';

/** An allowlist, and how it is validated and placed, with every default filled in. */
export interface AllowlistInput {
  readonly allow: readonly AllowedSource[];
  /** Whether integrations are to bring all access, so that it is known only in the end what is missing. */
  readonly awaitsIntegrations: boolean;
  readonly aggregate: boolean;
  readonly maxBreadth: BreadthLimits;
  readonly mustInclude: readonly string[];
  /** The day as it was written; by default the day of synthesis. */
  readonly asOf?: string;
  /** Whether access ends on its day, and not with the next apply. */
  readonly endsOnItsDay: boolean;
  /** What must be said about each entry, apart from what files require. */
  readonly requirements: readonly StatedRequirements[];
  /** Whether rules are tagged with what their entries say. */
  readonly ruleTags: boolean;
  /** What all rules are tagged with besides `Name`, and where that is written. */
  readonly tagged: readonly Tagged[];
  readonly quotas: RuleQuotas;
  readonly shardFromStart: boolean;
  readonly pathMtuDiscovery: boolean;
  readonly dualStack: boolean;
  readonly internetFacing: boolean;
}

/** Tags of rules, and the property that has them. */
export interface Tagged {
  readonly property: string;
  readonly tags: { readonly [key: string]: string };
  /** Whether the rules are in the groups of a load balancer that endpoints share; what is known after apply is not. */
  readonly isOfGroups?: boolean;
}

/** What a load balancer settles for the allowlists of the endpoints that share it. */
export interface SharedAllowlist {
  readonly requirements: readonly StatedRequirements[];
  readonly ruleTags: boolean;
  readonly tagged: Tagged;
}

/** The same as it was written. */
export interface WrittenAllowlist {
  readonly allow?: readonly AllowedSource[];
  readonly allowlist?: AllowlistSettings;
  readonly tags?: { readonly [key: string]: string };
  /** What the load balancer settles that the endpoint shares. */
  readonly shared?: SharedAllowlist;
  readonly quotas?: Partial<RuleQuotas>;
  /** @default true */
  readonly endsOnItsDay?: boolean;
  readonly shardFromStart?: boolean;
  readonly pathMtuDiscovery?: boolean;
  readonly dualStack: boolean;
  readonly internetFacing: boolean;
}

/** Fills the defaults of an allowlist. */
export function resolveAllowlist({ allow, allowlist = {}, quotas, ...rest }: WrittenAllowlist): AllowlistInput {
  const { maxBreadth = {} } = allowlist;
  return {
    allow: allow ?? [],
    awaitsIntegrations: allow === undefined,
    aggregate: allowlist.aggregate ?? false,
    maxBreadth: { ipv4: maxBreadth.ipv4 ?? DEFAULT_BREADTH.ipv4, ipv6: maxBreadth.ipv6 ?? DEFAULT_BREADTH.ipv6 },
    mustInclude: allowlist.mustInclude ?? [],
    asOf: allowlist.asOf,
    endsOnItsDay: rest.endsOnItsDay ?? true,
    requirements: [...requirementsInCode(allowlist.require), ...(rest.shared?.requirements ?? [])],
    ruleTags: (allowlist.ruleTags ?? true) && (rest.shared?.ruleTags ?? true),
    tagged: [
      { property: 'tags', tags: rest.tags ?? {} },
      ...(rest.shared ? [{ ...rest.shared.tagged, isOfGroups: true }] : []),
    ],
    quotas: resolveQuotas(quotas),
    shardFromStart: rest.shardFromStart ?? false,
    pathMtuDiscovery: rest.pathMtuDiscovery ?? false,
    dualStack: rest.dualStack,
    internetFacing: rest.internetFacing,
  };
}
