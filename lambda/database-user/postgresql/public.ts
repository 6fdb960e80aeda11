import { clauseOf, type Right } from './right';

/** What PUBLIC may do, in words: one line for each thing. */
export function publicWords(rights: readonly Right[]): readonly string[] {
  const found = new Map<string, string[]>();
  for (const { grantee, on, privilege } of rights) {
    if (grantee !== 'PUBLIC') continue;
    const column = 'column' in on && on.column !== undefined ? ` (${on.column})` : '';
    found.set(clauseOf(on), [...(found.get(clauseOf(on)) ?? []), `${privilege}${column}`]);
  }
  return [...found].map(([clause, privileges]) => `${privileges.join(', ')} on ${clause}`);
}
