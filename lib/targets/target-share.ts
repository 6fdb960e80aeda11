import { isUnresolved, isUnresolvedList, itemsOf } from '../tokens/unresolved';
import { filledGroups } from './group-parts';
import type { TargetGroupSettings } from './target-settings';

/** A place that an endpoint leads to. */
export interface Place {
  /** The same for endpoints that share the rule. */
  readonly text: string;
  /** The families whose quota the rule counts in; none where they are known after apply. */
  readonly families: readonly (4 | 6)[];
}

/** Targets of an endpoint, as far as they are known at synthesis. What is followed by name counts once. */
export function targetCount({ target, sessions }: TargetGroupSettings): number {
  const isCounted = target._name === undefined && !isUnresolvedList(target._ids ?? []);
  return (isCounted ? (target._ids ?? []).length : 1) * filledGroups(sessions);
}

/** Where an endpoint leads, one for each outbound rule. */
export function placesOf({ target, port }: TargetGroupSettings, keyOf: (text: string) => string): Place[] {
  const { securityGroupId } = target._options;
  // A rule that refers to a security group counts in both families.
  if (securityGroupId !== undefined) return [{ text: `${port} ${keyOf(securityGroupId)}`, families: [4, 6] }];
  return itemsOf(target._cidrBlocks ?? target._ids ?? []).map((text) =>
    isUnresolved(text)
      ? { text: `${port} ${keyOf(text)}`, families: [] }
      : { text: `${port} ${blockOf(text)}`, families: [text.includes(':') ? 6 : 4] },
  );
}

/** A target's address stands for itself only. */
export function blockOf(address: string): string {
  if (address.includes('/')) return address;
  return `${address}/${address.includes(':') ? 128 : 32}`;
}
