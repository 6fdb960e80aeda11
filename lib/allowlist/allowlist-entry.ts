import type { FileLocation } from '../rules/location';
import type { SourceOrigin } from './origin';
import type { StatedRequirements } from './requirements';

/** What an entry of an allowlist file lets in. */
export type EntryKind = 'cidr' | 'prefixList' | 'awsPrefixList' | 'securityGroup' | 'anywhere';

/** What is said about an entry, or about all entries of a group or a file. */
export interface AboutEntry {
  readonly description?: string;
  readonly owner?: string;
  readonly ticket?: string;
  /** Last day of access, as it is written. */
  readonly expires?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Name of the group that contains the entry in the file. */
  readonly section?: string;
  /** Name of the separate security group for the entry. */
  readonly group?: string;
  /** What its file, and those that include it, require to be said about it. */
  readonly requirements?: readonly StatedRequirements[];
  /** The published list that it comes from, and the lock file that has its blocks. */
  readonly feed?: FeedOrigin;
  /** Where some of it is written: on the entry, or on the group or the file that says it of all its entries. */
  readonly fields: SourceOrigin['fields'];
}

/** A published list that blocks come from. */
export interface FeedOrigin {
  readonly url: string;
  readonly lock: string;
}

/** One entry of an allowlist file, of the right form but not validated yet. */
export interface AllowlistEntry {
  readonly kind: EntryKind;
  /** The block, id or name as it is written; for `anywhere`, the reason. */
  readonly value: string;
  /** How many rules a prefix list counts as, if the file says so. */
  readonly maxEntries?: number;
  /** What is said about it, with everything it inherits. */
  readonly about: AboutEntry;
  /** Where its block, id or name stands, and what is said about it. */
  readonly origin: FileOrigin;
}

/** The origin of a source that was read from a file. */
export interface FileOrigin extends SourceOrigin {
  readonly location: FileLocation;
}
