import { type Cidr, isCidr, parseCidr } from '../network/cidr';
import { isUnknown, isUnknownList } from '../tokens/unresolved';
import type { AllowedSource } from './allowed-source';
import { daysLeft, isExpiry } from './expiry';

/** One value of an allowlist, with the place where it was written. */
export interface AllowlistValue {
  /** `allow[3]`, `allow[3][1]` inside a list of blocks, `allowlist.yaml:12:9` in a file. */
  readonly property: string;
  readonly source: AllowedSource;
  readonly text: string;
}

/** A block that is known at synthesis. */
export interface AllowedBlock extends AllowlistValue {
  readonly cidr: Cidr;
}

/** A whole list of blocks that are known after apply. */
export interface AllowedList {
  readonly property: string;
  readonly source: AllowedSource;
  readonly list: readonly string[];
}

/** An allowlist, sorted out by what each value turns into. */
export interface Allowlist {
  readonly blocks: readonly AllowedBlock[];
  /** Blocks that are known after apply, one by one: tokens. */
  readonly computed: readonly AllowlistValue[];
  readonly lists: readonly AllowedList[];
  readonly prefixLists: readonly AllowlistValue[];
  readonly awsPrefixLists: readonly AllowlistValue[];
  readonly securityGroups: readonly AllowlistValue[];
  /** Values that are neither blocks nor tokens. */
  readonly invalid: readonly AllowlistValue[];
  /** Sources that are left out because their last day has passed. */
  readonly expired: readonly { readonly property: string; readonly source: AllowedSource }[];
}

/** What there is to know besides the list itself. */
export interface AllowlistContext {
  readonly dualStack: boolean;
  readonly now: Date;
}

/** What a rule says in the AWS console. */
export function describe(source: AllowedSource): string {
  return source._description ?? 'Client of a database endpoint';
}

/** Sorts out what was written, in the order in which it was written. */
export function readAllowlist(allow: readonly AllowedSource[], { dualStack, now }: AllowlistContext): Allowlist {
  const blocks: AllowedBlock[] = [];
  const computed: AllowlistValue[] = [];
  const invalid: AllowlistValue[] = [];
  const lists: AllowedList[] = [];
  const expired: { property: string; source: AllowedSource }[] = [];
  const references = { prefixList: [], awsPrefixList: [], securityGroup: [] } as Record<string, AllowlistValue[]>;

  const readBlock = (value: AllowlistValue): void => {
    if (isUnknown(value.text)) {
      computed.push(value);
      return;
    }
    const cidr = value.source._about.block ?? parseCidr(value.text);
    if (!isCidr(cidr)) invalid.push(value);
    // Everybody, on an endpoint that has IPv4 addresses only, is everybody with IPv4.
    else if (value.source._kind !== 'anywhere' || dualStack || cidr.family === 4)
      blocks.push({ property: value.property, source: value.source, text: value.text, cidr });
  };

  allow.forEach((source, i) => {
    const property = placeOf(source, i);
    if (isExpired(source, now)) expired.push({ property, source });
    else if (isUnknownList(source._values)) lists.push({ property, source, list: source._values });
    else {
      source._values.forEach((text, j) => {
        const value = { property: source._kind === 'cidrs' ? `${property}[${j}]` : property, source, text };
        const reference = references[source._kind];
        if (reference) reference.push(value);
        else readBlock(value);
      });
    }
  });
  const { prefixList: prefixLists, awsPrefixList: awsPrefixLists, securityGroup: securityGroups } = references;
  return { blocks, computed, lists, prefixLists, awsPrefixLists, securityGroups, invalid, expired };
}

/** Where a source was written: in code or in a file. */
export function placeOf({ _origin: origin }: AllowedSource, index: number): string {
  return origin ? `${origin.file}:${origin.line}:${origin.column}` : `allow[${index}]`;
}

/** Where the last day of a source was written: in a file, a group or a whole file may say it of its entries. */
export function expiryPlaceOf({ _about: { expiryPlace } }: AllowedSource, place: string): string {
  return `${expiryPlace ?? place}.expires`;
}

function isExpired({ _about: { expires } }: AllowedSource, now: Date): boolean {
  return expires !== undefined && isExpiry(expires) && daysLeft(expires, now) < 0;
}
