import { accessOf } from '../access';
import type { ExposedEndpoint } from '../exposed-endpoint';
import { accessChanges } from './compare-access';
import { expiryChanges } from './compare-expiries';
import { guardChanges } from './compare-guards';
import { recordChanges } from './compare-records';
import { settingChanges } from './compare-settings';
import type { Change, Difference } from './difference';

/** What is different between two states of an app, endpoint by endpoint. Endpoints without a difference are left out. */
export function compare(base: readonly ExposedEndpoint[], head: readonly ExposedEndpoint[]): Difference[] {
  const before = byPath(base);
  const after = byPath(head);
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((endpoint) => difference(endpoint, before.get(endpoint), after.get(endpoint)))
    .filter(({ changes }) => changes.length > 0);
}

function byPath(endpoints: readonly ExposedEndpoint[]): ReadonlyMap<string, ExposedEndpoint> {
  return new Map(endpoints.map((each) => [each.endpoint, each]));
}

function difference(
  endpoint: string,
  before: ExposedEndpoint | undefined,
  after: ExposedEndpoint | undefined,
): Difference {
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
    ...recordChanges(before?.entries ?? [], after?.entries ?? []),
  ];
  return { endpoint, before, after, gained, lost, changes };
}

function existence(before: ExposedEndpoint | undefined, after: ExposedEndpoint | undefined): Change[] {
  if (before === undefined) return [{ kind: 'added', facts: after?.internetFacing ? ['public', 'any'] : ['any'] }];
  return after === undefined ? [{ kind: 'removed', facts: ['any'] }] : [];
}
