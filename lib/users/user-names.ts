import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Problem } from '../rules/endpoint-error';
import { resolvedText } from '../tokens/resolved-text';
import { isUnresolved } from '../tokens/unresolved';
import { roleOf, secondLoginOf } from './contract';
import { USER_NAME_TAKEN } from './user-rules';
import type { UserSettings } from './user-settings';

/** Whose name is which, on each server of a stack. */
const OWNERS = new WeakMap<TerraformStack, Map<string, string>>();

/** Claims the names of a user on its server, unless another user of the stack has one of them. */
export function claimUserNames(scope: Construct, { server, userName }: UserSettings): Problem[] {
  if (userName === undefined || server.host === undefined || isUnresolved(userName)) return [];
  const stack = TerraformStack.of(scope);
  const owners = OWNERS.get(stack) ?? new Map<string, string>();
  OWNERS.set(stack, owners);
  const place = resolvedText(scope, { host: server.host, port: server.port });
  const keys = [userName, secondLoginOf(userName), roleOf(userName)].map((name) => `${place} ${name}`);
  const owner = keys.map((key) => owners.get(key)).find((path) => path !== undefined);
  if (owner !== undefined) {
    return [
      {
        rule: USER_NAME_TAKEN.name,
        property: 'userName',
        value: userName,
        reason: `belongs to ${owner} on this server, with '${roleOf(userName)}' and '${secondLoginOf(userName)}'`,
        remedy: 'Write another name.',
      },
    ];
  }
  for (const key of keys) owners.set(key, scope.node.path);
  return [];
}
