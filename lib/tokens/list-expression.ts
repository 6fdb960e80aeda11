import type { IResolveContext } from 'cdktf';
import { expressionOf } from './expression';

/** Whether nothing is more than once in a list. */
export function areDistinct(list: string): string {
  return `alltrue([for l in [${list}] : length(distinct(l)) == length(l)])`;
}

/** What is more than once in a list. */
export function repeated(list: string): string {
  return `distinct(flatten([for l in [${list}] : [for c in l : c if length([for o in l : o if o == c]) > 1]]))`;
}

/** The id of something, and the port that it has a rule for. Both may be tokens. */
export interface OnPort {
  readonly port: number;
  readonly id: string;
}

/** Ids with their ports, as texts. What belongs to another account may be written with the account and without it. */
export function idsOnPorts(values: readonly OnPort[], context: IResolveContext): string {
  const pairs = values.map(({ port, id }) => `[${expressionOf(port, context)}, ${expressionOf(id, context)}]`);
  return `[for each in [${[...new Set(pairs)].sort().join(', ')}] : "\${each[0]} \${reverse(split("/", each[1]))[0]}"]`;
}
