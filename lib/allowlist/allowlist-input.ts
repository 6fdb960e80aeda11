import { DEFAULT_QUOTAS, type RuleQuotas } from '../placement/rule-quotas';
import type { AllowedSource } from './allowed-source';
import type { AllowlistSettings } from './allowlist-settings';
import { type BreadthLimits, DEFAULT_BREADTH } from './breadth';

/** An allowlist, and how it is judged and placed: every default is filled. */
export interface AllowlistInput {
  readonly allow: readonly AllowedSource[];
  readonly aggregate: boolean;
  readonly maxBreadth: BreadthLimits;
  readonly mustInclude: readonly string[];
  /** The day as it was written; the day of the synthesis where nothing was. */
  readonly asOf?: string;
  readonly quotas: RuleQuotas;
  readonly shardFromStart: boolean;
  readonly pathMtuDiscovery: boolean;
  readonly dualStack: boolean;
  readonly internetFacing: boolean;
}

/** The same as it was written. */
export interface WrittenAllowlist {
  readonly allow: readonly AllowedSource[];
  readonly allowlist?: AllowlistSettings;
  readonly quotas?: Partial<RuleQuotas>;
  readonly shardFromStart?: boolean;
  readonly pathMtuDiscovery?: boolean;
  readonly dualStack: boolean;
  readonly internetFacing: boolean;
}

/** Fills the defaults of an allowlist. */
export function resolveAllowlist({ allow, allowlist = {}, quotas = {}, ...rest }: WrittenAllowlist): AllowlistInput {
  const { maxBreadth = {} } = allowlist;
  return {
    allow,
    aggregate: allowlist.aggregate ?? false,
    maxBreadth: { ipv4: maxBreadth.ipv4 ?? DEFAULT_BREADTH.ipv4, ipv6: maxBreadth.ipv6 ?? DEFAULT_BREADTH.ipv6 },
    mustInclude: allowlist.mustInclude ?? [],
    asOf: allowlist.asOf,
    quotas: {
      rulesPerSecurityGroup: quotas.rulesPerSecurityGroup ?? DEFAULT_QUOTAS.rulesPerSecurityGroup,
      securityGroupsPerInterface: quotas.securityGroupsPerInterface ?? DEFAULT_QUOTAS.securityGroupsPerInterface,
    },
    shardFromStart: rest.shardFromStart ?? false,
    pathMtuDiscovery: rest.pathMtuDiscovery ?? false,
    dualStack: rest.dualStack,
    internetFacing: rest.internetFacing,
  };
}
