import { isUnknown, isUnknownList } from '../unknown';
import type { AllowedSource } from './allowed-source';
import { type Cidr, isCidr, parseCidr } from './cidr';

/** One value of an allowlist, with the place where it was written. */
export interface AllowlistValue {
  /** `allow[3]`, or `allow[3][1]` inside a list of blocks. */
  readonly property: string;
  readonly source: AllowedSource;
  readonly text: string;
}

/** A block that is known at synthesis. */
export interface AllowedBlock extends AllowlistValue {
  readonly cidr: Cidr;
}

/** An allowlist, sorted out by what each value turns into. */
export interface Allowlist {
  readonly blocks: readonly AllowedBlock[];
  /** Blocks that only Terraform knows, one by one: tokens. */
  readonly computed: readonly AllowlistValue[];
  /** Whole lists that only Terraform knows. */
  readonly lists: readonly {
    readonly property: string;
    readonly source: AllowedSource;
    readonly list: readonly string[];
  }[];
  readonly prefixLists: readonly AllowlistValue[];
  readonly securityGroups: readonly AllowlistValue[];
  /** Values that are neither blocks nor tokens. */
  readonly invalid: readonly AllowlistValue[];
}

/** What a rule says in the AWS console. */
export function describe(source: AllowedSource): string {
  return source._description ?? 'Client of a database endpoint';
}

/** Sorts out what was written, in the order in which it was written. */
export function readAllowlist(allow: readonly AllowedSource[], families: readonly (4 | 6)[]): Allowlist {
  const blocks: AllowedBlock[] = [];
  const computed: AllowlistValue[] = [];
  const invalid: AllowlistValue[] = [];
  const prefixLists: AllowlistValue[] = [];
  const securityGroups: AllowlistValue[] = [];
  const lists: { property: string; source: AllowedSource; list: readonly string[] }[] = [];

  const readBlock = (value: AllowlistValue): void => {
    if (isUnknown(value.text)) {
      computed.push(value);
      return;
    }
    const cidr = parseCidr(value.text);
    if (!isCidr(cidr)) invalid.push(value);
    else if (value.source._kind !== 'anywhere' || families.includes(cidr.family)) blocks.push({ ...value, cidr });
  };

  allow.forEach((source, i) => {
    const property = `allow[${i}]`;
    if (source._kind === 'cidrs' && isUnknownList(source._values)) {
      lists.push({ property, source, list: source._values });
      return;
    }
    source._values.forEach((text, j) => {
      const value = { property: source._kind === 'cidrs' ? `${property}[${j}]` : property, source, text };
      if (source._kind === 'prefixList') prefixLists.push(value);
      else if (source._kind === 'securityGroup') securityGroups.push(value);
      else readBlock(value);
    });
  });
  return { blocks, computed, lists, prefixLists, securityGroups, invalid };
}
