import type { ExposedEndpoint } from '../exposed-endpoint';
import type { Fact, SettingChange } from './difference';

/** Properties of the endpoint that are different. Of a new one, only those are told that let somebody in. */
export function settingChanges(
  before: ExposedEndpoint | undefined,
  after: ExposedEndpoint | undefined,
): SettingChange[] {
  const all = before !== undefined && after !== undefined;
  const [old, now] = [valuesOf(before), valuesOf(after)];
  return Object.keys(old)
    .filter((name) => (all || name.startsWith('privateLink')) && old[name] !== now[name])
    .filter((name) => name !== 'hostname' || !isSameName(before, after))
    .map((name) => ({
      kind: 'setting',
      name,
      before: old[name],
      after: now[name],
      facts: [...(FACTS[name]?.(before, after) ?? []), 'any'],
    }));
}

/** Whether a name is only written in another way, or belongs to a resource that Terraform moves. */
function isSameName(before: ExposedEndpoint | undefined, after: ExposedEndpoint | undefined): boolean {
  return before?.knownAs.some((name) => after?.knownAs.includes(name)) ?? false;
}

function valuesOf(endpoint: ExposedEndpoint | undefined): Readonly<Record<string, string | undefined>> {
  const { hostname, port, engine, tls, internetFacing, privateLink } = endpoint ?? {};
  return {
    hostname,
    port: textOf(port),
    engine,
    tls,
    internetFacing: textOf(internetFacing),
    'privateLink.principals': listOf(privateLink?.principals),
    'privateLink.acceptanceRequired': textOf(privateLink?.acceptanceRequired),
    'privateLink.allowlistApplies': textOf(privateLink?.allowlistApplies),
    'privateLink.supportedRegions': listOf(privateLink?.supportedRegions),
  };
}

function textOf(value: number | string | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function listOf(texts: readonly string[] | undefined): string | undefined {
  return texts && [...texts].sort().join(', ');
}

type Judge = (before: ExposedEndpoint | undefined, after: ExposedEndpoint | undefined) => readonly Fact[];

/** What a change of a property is beside being one. */
const FACTS: Readonly<Record<string, Judge | undefined>> = {
  internetFacing: (_, after) => (after?.internetFacing ? ['public'] : []),
  'privateLink.principals': (before, after) => {
    const known = before?.privateLink?.principals ?? [];
    const added = (after?.privateLink?.principals ?? []).filter((each) => !known.includes(each));
    return added.includes('*') ? ['public', 'gained'] : added.length > 0 ? ['gained'] : [];
  },
  'privateLink.acceptanceRequired': (before, after) =>
    before?.privateLink?.acceptanceRequired && after?.privateLink?.acceptanceRequired === false ? ['weakened'] : [],
  'privateLink.allowlistApplies': (before, after) =>
    before?.privateLink?.allowlistApplies && after?.privateLink?.allowlistApplies === false
      ? ['gained', 'weakened']
      : [],
};
