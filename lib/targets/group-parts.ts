import type { EndpointSessions } from './endpoint-sessions';

/**
 * What a target group is for: it has the targets and the weight, it has the targets and waits for the weight, or it has
 * neither, and its connections end.
 */
export type GroupPart = 'active' | 'standby' | 'retired';

const PARTS: readonly GroupPart[] = ['active', 'standby', 'retired'];

/** How many groups of an endpoint have its targets. AWS counts a target once for each. */
export function filledGroups(sessions: EndpointSessions | undefined): number {
  return sessions === undefined ? 1 : PARTS.filter((part) => part !== 'retired').length;
}

/**
 * What each group is for at an epoch, which counts from 1. From one epoch to the next, the one that stands by becomes the
 * active one, the active one is emptied, and the empty one is filled and stands by.
 */
export function partsAt(epoch: number): readonly GroupPart[] {
  const turns = (epoch - 1) % PARTS.length;
  return PARTS.map((_, index) => PARTS[(index - turns + PARTS.length) % PARTS.length]);
}

/** The tag of a listener that remembers the epoch. */
export const EPOCH_TAG = 'database-endpoint:epoch';
