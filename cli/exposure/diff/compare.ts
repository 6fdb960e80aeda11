import { accessOf } from '../access';
import type { ExposedEndpoint } from '../exposed-endpoint';
import { accessChanges } from './compare-access';
import { expiryChanges } from './compare-expiries';
import { guardChanges } from './compare-guards';
import { recordChanges } from './compare-records';
import { settingChanges } from './compare-settings';
import { userChanges } from './compare-users';
import type { Change, Difference } from './difference';
import { paired } from './pairs';

/**
 * What is different between two states of an app, endpoint by endpoint. Endpoints without a difference are left out.
 *
 * An endpoint is known by its path. One whose path only one side has is the same as one of the other side if clients
 * connect to the same name and port with the same engine: then it has another path, and is compared like any other.
 */
export function compare(base: readonly ExposedEndpoint[], head: readonly ExposedEndpoint[]): Difference[] {
  const same = paired(base, head, ({ endpoint }) => [endpoint]);
  const renamed = paired(same.removed, same.added, reachedBy);
  return [
    ...[...same.both, ...renamed.both].map(([before, after]) => difference(before, after)),
    ...renamed.removed.map((before) => difference(before, undefined)),
    ...renamed.added.map((after) => difference(undefined, after)),
  ]
    .filter(({ changes }) => changes.length > 0)
    .sort((a, b) => (a.endpoint < b.endpoint ? -1 : a.endpoint > b.endpoint ? 1 : 0));
}

function reachedBy({ knownAs, port, engine }: ExposedEndpoint): string[] {
  return knownAs.map((name) => JSON.stringify([name, port, engine]));
}

function difference(before: ExposedEndpoint | undefined, after: ExposedEndpoint | undefined): Difference {
  const { endpoint } = (after ?? before)!;
  const [base, head] = [accessOf(before?.entries ?? []), accessOf(after?.entries ?? [])];
  const gained = head.addresses.subtract(base.addresses);
  const lost = base.addresses.subtract(head.addresses);
  const changes: Change[] = [
    ...existence(before, after),
    ...accessChanges('gained', gained, after?.entries ?? [], { other: before?.entries ?? [] }),
    ...accessChanges('lost', lost, before?.entries ?? [], { other: after?.entries ?? [], expired: after?.expired }),
    ...settingChanges(before, after),
    ...guardChanges(before, after),
    ...expiryChanges(before?.entries ?? [], after?.entries ?? []),
    ...userChanges(before?.users ?? [], after?.users ?? []),
    ...recordChanges(before?.entries ?? [], after?.entries ?? []),
  ];
  return { endpoint, before, after, gained, lost, changes };
}

function existence(before: ExposedEndpoint | undefined, after: ExposedEndpoint | undefined): Change[] {
  if (before === undefined) return [{ kind: 'added', facts: after?.internetFacing ? ['public', 'any'] : ['any'] }];
  if (after === undefined) return [{ kind: 'removed', facts: ['any'] }];
  if (before.endpoint === after.endpoint) return [];
  return [{ kind: 'renamed', before: before.endpoint, after: after.endpoint, facts: ['any'] }];
}
