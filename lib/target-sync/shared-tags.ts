/** Tags of one endpoint. */
export interface TagMap {
  readonly [key: string]: string;
}

/**
 * The tags that all of these endpoints have, with the same values: what belongs to several must not be billed to one of
 * them. The order of endpoints does not matter.
 *
 * @param textOf what a value comes to as text, so that two tokens of one expression are the same value.
 */
export function sharedTags([first = {}, ...others]: readonly TagMap[], textOf: (value: string) => string): TagMap {
  const isShared = ([key, value]: [string, string]) =>
    others.every((tags) => tags[key] !== undefined && textOf(tags[key]) === textOf(value));
  const shared = Object.entries(first).filter(isShared);
  return Object.fromEntries(shared.sort(([a], [b]) => (a < b ? -1 : 1)));
}
