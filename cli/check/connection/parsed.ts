/** What a parser makes of the bytes that have come so far. */
export type Parsed<Value> =
  | { readonly kind: 'value'; readonly value: Value; readonly length: number }
  | { readonly kind: 'incomplete' }
  /** The reason is a clause that continues "the server ...". */
  | { readonly kind: 'malformed'; readonly reason: string };

/** A pure function: it always answers, whatever the bytes are. */
export type Parser<Value> = (bytes: Buffer) => Parsed<Value>;

export const INCOMPLETE = { kind: 'incomplete' } as const;

export function value<Value>(result: Value, length: number): Parsed<Value> {
  return { kind: 'value', value: result, length };
}

export function malformed(reason: string): { readonly kind: 'malformed'; readonly reason: string } {
  return { kind: 'malformed', reason };
}
