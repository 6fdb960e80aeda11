import type { AddressSet } from '../../../../lib/network/address-set';
import { accessOf } from '../../access';
import type { ExposedEndpoint } from '../../exposed-endpoint';
import { endpointJson, entryJson, sizes } from '../../render/json';
import { type AccessChange, type Change, type Difference, FACTS, factsOf } from '../difference';

/** Where the JSON Schema of the differences is published. */
export const DIFF_SCHEMA =
  'https://raw.githubusercontent.com/cdktf-database-endpoint/cdktf-database-endpoint/main/schema/exposure-diff.schema.json';

/** The differences for programs, as schema/exposure-diff.schema.json publishes them. */
export function toJson(differences: readonly Difference[]): object {
  const facts = factsOf(differences);
  return {
    $schema: DIFF_SCHEMA,
    version: 1,
    facts: Object.fromEntries(FACTS.map((fact) => [fact, facts.has(fact)])),
    endpoints: differences.map(differenceJson),
  };
}

function differenceJson({ endpoint, before, after, gained, lost, changes }: Difference): object {
  return {
    endpoint,
    change:
      before === undefined
        ? 'added'
        : after === undefined
          ? 'removed'
          : before.endpoint === after.endpoint
            ? 'changed'
            : 'renamed',
    before: before && sideJson(before),
    after: after && sideJson(after),
    gained: addressesJson(gained),
    lost: addressesJson(lost),
    owners: ownersJson(changes),
    changes: changes.map(changeJson),
  };
}

function sideJson(side: ExposedEndpoint): object {
  return { ...endpointJson(side), addresses: sizes(accessOf(side.entries).addresses) };
}

function addressesJson(set: AddressSet): object {
  return { ...sizes(set), blocks: set.toCidrs().map(({ text }) => text) };
}

/** How many addresses each owner gains and loses; what has no owner is last. */
function ownersJson(changes: readonly Change[]): object[] {
  const byOwner = new Map<string | undefined, AccessChange[]>();
  for (const change of changes) {
    if (change.kind !== 'gained' && change.kind !== 'lost') continue;
    byOwner.set(change.entry.owner, [...(byOwner.get(change.entry.owner) ?? []), change]);
  }
  return [...byOwner]
    .sort(([a], [b]) => (a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1))
    .map(([owner, ofOwner]) => ({ owner, gained: amount(ofOwner, 'gained'), lost: amount(ofOwner, 'lost') }));
}

function amount(changes: readonly AccessChange[], kind: AccessChange['kind']): object {
  const ofKind = changes.filter((change) => change.kind === kind);
  const entries = ofKind.map(({ entry, addresses }) => ({ ...entry, addresses }));
  const { addresses, unmeasured } = accessOf(entries);
  return { ...sizes(addresses), unmeasured: unmeasured.size };
}

function changeJson(change: Change): object {
  const { kind, facts, ...rest } = change;
  return {
    kind,
    facts,
    ...rest,
    ...('entry' in change ? { entry: entryJson(change.entry) } : {}),
    ...('addresses' in change ? { addresses: change.addresses && addressesJson(change.addresses) } : {}),
  };
}
