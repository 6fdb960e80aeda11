import { clauseOf, granteeName, grantStep, keyOf, type Right, revokeStep, type Step } from './right';

/** What is left to do for the rights to be as desired: what is missing is granted before what is left over goes. */
export function rightSteps(desired: readonly Right[], actual: readonly Right[]): readonly Step[] {
  const has = new Map(actual.map((right) => [keyOf(right), right]));
  const wants = new Map(desired.map((right) => [keyOf(right), right]));
  const missing = [...wants].filter(([key]) => !has.has(key)).map(([, right]) => right);
  const leftOver = actual.filter((right) => !wants.has(keyOf(right)));
  const passable = actual.filter((right) => right.isGrantable && wants.has(keyOf(right)));
  return [
    ...groups(missing).map(grantStep),
    ...groups(leftOver).map((rights) => revokeStep(rights)),
    ...groups(passable).map((rights) => revokeStep(rights, true)),
  ];
}

/** Rights that one statement can be about. */
function groups(rights: readonly Right[]): readonly (readonly Right[])[] {
  const found = new Map<string, Right[]>();
  for (const right of rights) {
    const key = `${clauseOf(right.on)}\n${granteeName(right.grantee)}\n${right.grantor ?? ''}`;
    found.set(key, [...(found.get(key) ?? []), right]);
  }
  return [...found.values()];
}
