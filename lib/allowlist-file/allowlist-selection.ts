import type { AllowlistEntry } from '../allowlist/allowlist-entry';

/** Which entries of the files are wanted. */
export interface Wanted {
  /** Names of the wanted groups; by default every entry, in a group or not. */
  readonly groups?: readonly string[];
  /** Whether entries that are in no group are wanted besides groups. */
  readonly ungrouped?: boolean;
}

/** Whether an entry is among those that are wanted. */
export function isWanted(
  { about: { section } }: AllowlistEntry,
  { groups, ungrouped = groups === undefined }: Wanted,
): boolean {
  return section === undefined ? ungrouped : groups === undefined || groups.includes(section);
}
