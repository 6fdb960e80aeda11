import type { PlacementLimits } from '../placement/placement';
import type { RuleQuotas } from '../placement/rule-quotas';

/**
 * Rules that each of several groups is kept below its quota, so that one edit never has to wait for another rule to
 * leave: a rule that is turned away goes to the next group, one at a time.
 */
const HEAD_ROOM = 2;

/** What decides how much room there is for the rules that are known at synthesis. */
export interface RoomForRules extends Pick<PlacementLimits, 'shardFromStart' | 'fixedGroups'> {
  readonly quotas: RuleQuotas;
  /** Whether something is known after apply, which takes a group of its own. */
  readonly hasComputed: boolean;
}

/** How much room allowlists have, whether they share their security groups or not. */
export function placementLimits({ quotas, hasComputed, ...spread }: RoomForRules): PlacementLimits {
  return {
    rulesPerGroup: quotas.rulesPerSecurityGroup,
    groups: quotas.securityGroupsPerInterface - (hasComputed ? 1 : 0),
    headRoom: HEAD_ROOM,
    ...spread,
  };
}
