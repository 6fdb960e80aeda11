import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { RecordReview, WantedRecord } from './record-rules';

/** Who owns which record, in each stack. */
const OWNERS = new WeakMap<TerraformStack, Map<string, string>>();

/** Looks up who else in the stack of a construct owns a record. */
export function recordOwners(scope: Construct): RecordReview['ownerOf'] {
  const owners = ownersIn(scope);
  return (key) => (owners.get(key) === scope.node.path ? undefined : owners.get(key));
}

/** Makes a construct the owner of its records. */
export function claimRecords(scope: Construct, records: readonly WantedRecord[]): void {
  const owners = ownersIn(scope);
  for (const { key } of records) owners.set(key, scope.node.path);
}

function ownersIn(scope: Construct): Map<string, string> {
  const stack = TerraformStack.of(scope);
  const owners = OWNERS.get(stack) ?? new Map<string, string>();
  OWNERS.set(stack, owners);
  return owners;
}
