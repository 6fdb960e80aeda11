import type { Entry, ExposedEndpoint } from '../exposed-endpoint';
import type { GuardChange } from './difference';

/** What keeps the allowlist narrow and is different. Guards that a file of an older release does not name are unknown. */
export function guardChanges(before: ExposedEndpoint | undefined, after: ExposedEndpoint | undefined): GuardChange[] {
  if (before === undefined || after === undefined) return [];
  return [
    ...anywhereChange(before.entries, after.entries),
    ...(before.guards && after.guards ? writtenChanges(before.guards, after.guards) : []),
  ];
}

/** Whether everybody is let in, as a side says why; another reason is a record. */
function anywhereChange(base: readonly Entry[], head: readonly Entry[]): GuardChange[] {
  const [before, after] = [base, head].map((entries) => entries.find(({ kind }) => kind === 'anywhere'));
  if ((before === undefined) === (after === undefined)) return [];
  return change('anywhere', reasonOf(before), reasonOf(after), after !== undefined);
}

function reasonOf(entry: Entry | undefined): string | undefined {
  return entry && (entry.description ?? 'without a reason');
}

type WrittenGuards = NonNullable<ExposedEndpoint['guards']>;

function writtenChanges(before: WrittenGuards, after: WrittenGuards): GuardChange[] {
  const names = [...new Set([...before.acknowledged, ...after.acknowledged])].sort();
  const said = (guards: WrittenGuards, name: string) => (guards.acknowledged.includes(name) ? name : undefined);
  return [
    ...names.flatMap((name) =>
      change('acknowledged', said(before, name), said(after, name), said(after, name) !== undefined),
    ),
    ...(['maxBreadthIpv4', 'maxBreadthIpv6'] as const).flatMap((limit) =>
      change(limit, `/${before[limit]}`, `/${after[limit]}`, after[limit] < before[limit]),
    ),
  ];
}

function change(
  name: GuardChange['name'],
  before: string | undefined,
  after: string | undefined,
  isWeaker: boolean,
): GuardChange[] {
  if (before === after) return [];
  return [{ kind: 'guard', name, before, after, facts: isWeaker ? ['weakened', 'any'] : ['any'] }];
}
