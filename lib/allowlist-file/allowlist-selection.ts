import type { AllowlistEntry } from '../allowlist/allowlist-entry';
import type { FileNotes } from './field-reader';

/** What to take of the files. */
export interface Wanted {
  /** Names of the groups that are wanted; every entry, in a group or not, if it is left out. */
  readonly groups?: readonly string[];
  /** Whether entries that are in no group are wanted besides groups. */
  readonly ungrouped?: boolean;
}

/**
 * Takes the entries of some groups, or all of them, and notes those that say the same source again: EC2 keeps one
 * rule for each, with one description. Two groups may hold one source, as long as nobody asks for both.
 */
export function selectEntries(
  entries: readonly AllowlistEntry[],
  { groups, ungrouped = groups === undefined }: Wanted,
  notes: ReadonlyMap<string, FileNotes>,
): AllowlistEntry[] {
  const seen = new Map<string, AllowlistEntry>();
  return entries.filter((entry) => {
    const { kind, value, file, section } = entry;
    if (section === undefined ? !ungrouped : groups && !groups.includes(section)) return false;
    const key = keyOf(entry);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, entry);
      return true;
    }
    notes.get(file)!.refuseAt(entry, '', {
      rule: kind === 'cidr' ? 'CidrDuplicate' : 'SourceDuplicate',
      value: kind === 'anywhere' ? 'anywhere' : value,
      reason: `repeats ${first.file}:${first.line}:${first.column}`,
      remedy: 'Write every source once.',
    });
    return false;
  });
}

function keyOf({ kind, value, block }: AllowlistEntry): string {
  return kind === 'anywhere' ? kind : (block?.text ?? value);
}
