import { type Entry, identityOf } from '../exposed-endpoint';
import type { RecordChange } from './difference';

/** What is recorded differently about entries that both sides have. */
export function recordChanges(base: readonly Entry[], head: readonly Entry[]): RecordChange[] {
  const before = new Map(base.map((each) => [identityOf(each), each]));
  return head.flatMap((entry) => {
    const same = before.get(identityOf(entry));
    if (same === undefined) return [];
    return (['description', 'owner', 'ticket'] as const)
      .filter((name) => same[name] !== entry[name])
      .map(
        (name): RecordChange => ({
          kind: 'record',
          entry,
          name,
          before: same[name],
          after: entry[name],
          facts: ['any'],
        }),
      );
  });
}
