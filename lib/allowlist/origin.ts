import { locationText, type ProblemLocation } from '../rules/location';

/** Where something of an allowlist is written: a property in code, or a key in a file. */
export interface Origin {
  /** `allow[3]` and `allow[3].expires` in code; `entries[3].cidr` and `groups[0].expires` in a file. */
  readonly property: string;
  /** Where it stands, if it was read from a file. */
  readonly location?: ProblemLocation;
}

/** What a rule may find wrong about a source besides its values. */
export type SourceField = 'description' | 'expires' | 'group' | 'maxEntries';

const FIELDS: readonly SourceField[] = ['description', 'expires', 'group', 'maxEntries'];

/** Where a field of a source is written in code. */
export function fieldProperty(property: string, kind: string, field: SourceField): string {
  return `${property}.${kind === 'anywhere' && field === 'description' ? 'reason' : field}`;
}

/** The origin of a source in code that is not in the list of the endpoint itself. */
export function originInCode({ property, location }: Origin, kind: string): SourceOrigin {
  const fields = FIELDS.map((field) => [field, { property: fieldProperty(property, kind, field), location }]);
  return { property, location, fields: Object.fromEntries(fields) };
}

/** Where a source and its fields are in files: an entry has some from its group, its file, or an including one. */
export interface SourceOrigin extends Origin {
  readonly fields: Readonly<Partial<Record<SourceField, Origin>>>;
}

/** An origin within a sentence: a location is enough to find what is meant. */
export function originText({ property, location }: Origin): string {
  return location ? locationText(location) : property;
}
