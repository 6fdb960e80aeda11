import { type Entry, identityOf } from '../exposed-endpoint';
import type { RecordChange } from './difference';
import { pairedByFirst } from './pairs';

/** What is recorded differently about entries that both sides have. Integrations may each have one of the same content. */
export function recordChanges(base: readonly Entry[], head: readonly Entry[]): RecordChange[] {
  const { both } = pairedByFirst(
    base,
    head,
    (entry) => JSON.stringify([identityOf(entry), entry.integration ?? null]),
    identityOf,
  );
  const order = new Map(head.map((entry, i) => [entry, i]));
  return [...both]
    .sort(([, a], [, b]) => order.get(a)! - order.get(b)!)
    .flatMap(([before, entry]) =>
      (['description', 'owner', 'ticket', 'integration'] as const)
        .filter((name) => before[name] !== entry[name])
        .map(
          (name): RecordChange => ({
            kind: 'record',
            entry,
            name,
            before: before[name],
            after: entry[name],
            facts: ['any'],
          }),
        ),
    );
}
