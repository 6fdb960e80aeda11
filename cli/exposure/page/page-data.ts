// What the page is made of, as JSON within it: written by `page-model.ts`, shown by `browser/`. Every text is printable.

/** Everything that the page shows. */
export interface PageData {
  /** The day from which days are counted, in UTC. */
  readonly asOf: string;
  /** What the options of the command left of the app; nothing where the page has all of it. */
  readonly narrowedTo: readonly string[];
  readonly totals: PageTotals;
  readonly endpoints: readonly PageEndpoint[];
  /** Addresses and sources that reach several endpoints. */
  readonly overlaps: PageOverlaps;
  /** What is different from another state; missing where there is only one. */
  readonly changes?: PageChanges;
}

/** A number of addresses of each family, as decimal digits: IPv6 has more than JSON can count. */
export interface PageSizes {
  readonly ipv4: string;
  readonly ipv6: string;
}

export interface PageTotals {
  readonly endpoints: number;
  readonly internetFacing: number;
  readonly entries: number;
  /** Addresses that reach any endpoint, each counted once. */
  readonly addresses: PageSizes;
  readonly withoutOwner: number;
  readonly withoutEnd: number;
}

export interface PageEndpoint {
  /** Path of the endpoint. */
  readonly endpoint: string;
  /** `orders.db.example.com:5432`. */
  readonly address: string;
  readonly engine: string;
  readonly internetFacing: boolean;
  /** Everybody of a family of addresses is admitted. */
  readonly admitsEverybody: boolean;
  /** Clients come over PrivateLink whom its entries do not limit. */
  readonly opensPastAllowlist: boolean;
  /** What the endpoint is, as names and values. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** What deserves a second look, as sentences. */
  readonly notes: readonly string[];
  /** What it admits, each address counted once. */
  readonly addresses: PageSizes;
  /** The same as a text, with the lists and groups that cannot be counted. */
  readonly admits: string;
  /** Those of its addresses that reach another endpoint too. */
  readonly shared: PageSizes;
  /** How many addresses it admitted in the state before; missing where it is new, or there is none. */
  readonly before?: PageSizes;
  readonly entries: readonly PageEntry[];
  /** Entries that may admit the addresses asked for: what they contain is not known. */
  readonly undetermined: readonly PageEntry[];
  readonly expired: readonly PageEntry[];
  readonly logins?: PageTable;
}

/** A table of which nothing but texts is known. */
export interface PageTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface PageEntry {
  readonly source: string;
  /** How the source was written, where that is different. */
  readonly written?: string;
  /** What it admits; missing where that is the source itself, or not known. */
  readonly blocks?: readonly string[];
  /** Missing where it is not known. */
  readonly addresses?: PageSizes;
  readonly description?: string;
  readonly owner?: string;
  readonly ticket?: string;
  readonly expires?: string;
  readonly group?: string;
  readonly integration?: string;
  readonly where?: string;
  /** Another entry of the endpoint that admits all of its addresses. */
  readonly within?: string;
}

export interface PageOverlaps {
  /** The largest ones first. Where an endpoint admits everybody, it has everything in common with all others: it is left out. */
  readonly sets: readonly PageOverlap[];
  /** How many more there are, which have no room. */
  readonly more: number;
}

/** What reaches exactly these endpoints. */
export interface PageOverlap {
  /** Positions in `endpoints`. */
  readonly endpoints: readonly number[];
  readonly addresses: PageSizes;
  /** The first of its blocks, and sources whose content is not known. */
  readonly sources: readonly string[];
  readonly moreSources: number;
}

export interface PageChanges {
  readonly summary: string;
  readonly endpoints: readonly PageChangedEndpoint[];
}

export interface PageChangedEndpoint {
  readonly endpoint: string;
  readonly address: string;
  readonly status: 'new' | 'gone' | 'renamed' | 'changed';
  readonly internetFacing: boolean;
  readonly admitsEverybody: boolean;
  /** What it is a change of: `public`, `gained`, `weakened`. */
  readonly facts: readonly string[];
  readonly gained: PageSizes;
  readonly lost: PageSizes;
  readonly before: string;
  readonly after: string;
  /** Sizes on both sides, for the picture. */
  readonly sizes: { readonly before?: PageSizes; readonly after?: PageSizes };
  readonly access: readonly PageAccessChange[];
  readonly others: readonly PageOtherChange[];
}

/** What an entry admits that was not admitted before, or the other way round. */
export interface PageAccessChange {
  readonly change: 'gained' | 'lost';
  readonly label?: string;
  readonly hasExpired: boolean;
  readonly entry: PageEntry;
}

/** Any other change, as a sentence. */
export interface PageOtherChange {
  readonly label?: string;
  readonly sentence: string;
}
