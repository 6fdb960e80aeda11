import type { Cidr } from '../network/cidr';

/** Where something stands in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What an entry of an allowlist file lets in. */
export type EntryKind = 'cidr' | 'prefixList' | 'awsPrefixList' | 'securityGroup' | 'anywhere';

/** What is said about an entry, or about all entries of a group or a file. */
export interface AboutEntry {
  readonly description?: string;
  readonly owner?: string;
  readonly ticket?: string;
  /** Last day of access, `YYYY-MM-DD`. */
  readonly expires?: string;
  /** Where that day is written: on the entry, or on the group or the file that says it of all its entries. */
  readonly expiryPlace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the group of the file that the entry stands in. */
  readonly section?: string;
  /** Name of the security group of its own that the entry goes to. */
  readonly group?: string;
}

/** One entry of an allowlist file, with everything it inherits. The position is that of its block, id or name. */
export interface AllowlistEntry extends AboutEntry, Position {
  readonly kind: EntryKind;
  /** The block, id or name as it is written; for `anywhere`, the reason. */
  readonly value: string;
  /** The block, where it is one. */
  readonly block?: Cidr;
  /** How many rules a prefix list counts as, if the file says so. */
  readonly maxEntries?: number;
  readonly file: string;
}
