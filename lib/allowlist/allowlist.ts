import { type Cidr, isCidr } from '../network/cidr';
import { knownCidr } from '../network/known-cidr';
import { isUnresolved, isUnresolvedList } from '../tokens/unresolved';
import type { AllowedSource } from './allowed-source';
import { daysLeft, isExpiry } from './expiry';
import { fieldProperty, type Origin, type SourceField } from './origin';
import { locationOf } from './own-origin';

/** One value of an allowlist, with the place where it is written. */
export interface AllowlistValue extends Origin {
  readonly source: AllowedSource;
  readonly text: string;
}

/** A block that is known at synthesis. */
export interface AllowedBlock extends AllowlistValue {
  readonly cidr: Cidr;
}

/** A whole list of blocks that is known after apply. */
export interface AllowedList extends Origin {
  readonly source: AllowedSource;
  readonly list: readonly string[];
}

/** A source that is left out because its last day has passed, and where that day is written. */
export interface ExpiredSource extends Origin {
  readonly source: AllowedSource;
}

/** An allowlist, by what each value turns into. */
export interface Allowlist {
  readonly blocks: readonly AllowedBlock[];
  /** Single blocks that are known after apply: tokens. */
  readonly computed: readonly AllowlistValue[];
  readonly lists: readonly AllowedList[];
  readonly prefixLists: readonly AllowlistValue[];
  readonly awsPrefixLists: readonly AllowlistValue[];
  readonly securityGroups: readonly AllowlistValue[];
  /** Values that are neither blocks nor tokens. */
  readonly invalid: readonly AllowlistValue[];
  readonly expired: readonly ExpiredSource[];
}

/** What decides besides the list itself. */
export interface AllowlistContext {
  readonly dualStack: boolean;
  readonly now: Date;
}

/** What a rule says in the AWS console. */
export function describe(source: AllowedSource): string {
  return source._description ?? source._about.integration ?? 'Client of a database endpoint';
}

/** Whether it admits something that is known after apply, which takes a group of its own. */
export function hasComputed({ computed, lists }: Allowlist): boolean {
  return computed.length + lists.length > 0;
}

/** Reads what was written, in the order in which it was written. */
export function readAllowlist(allow: readonly AllowedSource[], { dualStack, now }: AllowlistContext): Allowlist {
  const blocks: AllowedBlock[] = [];
  const computed: AllowlistValue[] = [];
  const invalid: AllowlistValue[] = [];
  const lists: AllowedList[] = [];
  const expired: ExpiredSource[] = [];
  const references = { prefixList: [], awsPrefixList: [], securityGroup: [] } as Record<string, AllowlistValue[]>;

  const readBlock = (value: AllowlistValue): void => {
    if (isUnresolved(value.text)) {
      computed.push(value);
      return;
    }
    const cidr = knownCidr(value.text);
    if (!isCidr(cidr)) invalid.push(value);
    // On an IPv4-only endpoint, everybody means everybody with IPv4.
    else if (value.source._kind !== 'anywhere' || dualStack || cidr.family === 4) blocks.push({ ...value, cidr });
  };

  allow.forEach((source, i) => {
    if (isExpired(source, now)) expired.push({ ...originOf(source, i, 'expires'), source });
    else if (isUnresolvedList(source._values)) lists.push({ ...originOf(source, i), source, list: source._values });
    else {
      const reference = references[source._kind];
      for (const value of valuesOf(source, i)) {
        if (reference) reference.push(value);
        else readBlock(value);
      }
    }
  });
  const { prefixList: prefixLists, awsPrefixList: awsPrefixLists, securityGroup: securityGroups } = references;
  return { blocks, computed, lists, prefixLists, awsPrefixLists, securityGroups, invalid, expired };
}

/** The values of a source, each with its origin. */
export function valuesOf(source: AllowedSource, index: number): AllowlistValue[] {
  const { property, location } = originOf(source, index);
  return source._values.map((text, i) => ({
    property: source._kind === 'cidrs' ? `${property}[${i}]` : property,
    location,
    source,
    text,
  }));
}

/** Where a source, or one of its fields, is written. */
export function originOf(
  { _origin: origin, _kind, _about }: AllowedSource,
  index: number,
  field?: SourceField,
): Origin {
  if (origin) return (field && origin.fields[field]) ?? { property: origin.property, location: origin.location };
  const property = `allow[${index}]`;
  const location = _about.origin && locationOf(_about.origin);
  return { property: field === undefined ? property : fieldProperty(property, _kind, field), location };
}

function isExpired({ _about: { expires } }: AllowedSource, now: Date): boolean {
  return expires !== undefined && isExpiry(expires) && daysLeft(expires, now) < 0;
}
