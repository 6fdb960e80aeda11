interface Json {
  readonly [key: string]: unknown;
}

/** A schema for this release alone, which knows every property that it writes. */
export function strict(schema: object): Json {
  return closed(schema) as Json;
}

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const own = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]));
  return typeof own['properties'] === 'object' ? { additionalProperties: false, ...own } : own;
}
