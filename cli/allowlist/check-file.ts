import type { AllowedBlock } from '../../lib/allowlist/allowlist';
import type { AllowlistEntry } from '../../lib/allowlist/allowlist-entry';
import { resolveAllowlist, type WrittenAllowlist } from '../../lib/allowlist/allowlist-input';
import { AllowlistReview } from '../../lib/allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../../lib/allowlist/allowlist-rules';
import { ALLOWLIST_WARNINGS } from '../../lib/allowlist/allowlist-warnings';
import { shadowedEntries } from '../../lib/allowlist/overlaps';
import {
  type AllowlistContent,
  type ReadFile,
  type ReadOptions,
  readAllowlistFiles,
} from '../../lib/allowlist-file/allowlist-reader';
import { sourcesOf } from '../../lib/allowlist-file/allowlist-sources';
import type { Problem } from '../../lib/rules/endpoint-error';
import type { ProblemLocation } from '../../lib/rules/location';

/** What can be checked in an allowlist file without a stack. */
export interface AllowlistReport {
  /** The file that was requested. */
  readonly name: string;
  /** Every file that was read, the first one first. */
  readonly files: readonly string[];
  /** The groups that were read; missing where all of the file was, empty for what is in no group. */
  readonly groups?: readonly string[];
  readonly entries: number;
  readonly expired: number;
  /** How many entries there are of each kind. */
  readonly kinds: EntryCounts;
  /** How many addresses its blocks admit, as decimal numbers: IPv6 has more than JSON can count. */
  readonly addresses: { readonly ipv4: string; readonly ipv6: string };
  /** Entries within another one, which admit nobody by themselves. */
  readonly shadowed: readonly ShadowedEntry[];
  readonly securityGroups: readonly { readonly name: string; readonly ipv4: number; readonly ipv6: number }[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** An entry, and the narrowest one that admits all of it as well. */
export interface ShadowedEntry extends PlacedEntry {
  readonly within: PlacedEntry;
}

/** The block of an entry as it is written, and where. */
export interface PlacedEntry {
  readonly value: string;
  readonly location?: ProblemLocation;
  readonly owner?: string;
  readonly expires?: string;
}

/** Entries by what they let in; AWS-managed prefix lists are prefix lists. */
export interface EntryCounts {
  readonly blocks: number;
  readonly prefixLists: number;
  readonly securityGroups: number;
  readonly anywhere: number;
}

/** Reads an allowlist file and judges it as an endpoint would. */
export function checkAllowlistFile(
  path: string,
  readFile: ReadFile,
  options: Omit<WrittenAllowlist, 'allow'>,
  reading: ReadOptions = {},
): AllowlistReport {
  const content = readAllowlistFiles(path, readFile, reading);
  const { files, entries } = content;
  return {
    name: path,
    files,
    groups: reading.groups,
    entries: entries.length,
    kinds: kindsOf(entries),
    ...judge(content, options),
  };
}

/** Every group of a file by itself, and what is in no group: as one endpoint each would read them. */
export function checkEachGroup(
  path: string,
  readFile: ReadFile,
  options: Omit<WrittenAllowlist, 'allow'>,
  reading: ReadOptions = {},
): AllowlistReport[] {
  const { groups, hasUngrouped } = readAllowlistFiles(path, readFile, reading);
  if (groups.length === 0) return [checkAllowlistFile(path, readFile, options, reading)];
  const wanted = [
    ...(hasUngrouped ? [{ groups: [], ungrouped: true }] : []),
    ...groups.map((name) => ({ groups: [name] })),
  ];
  return wanted.map((each) => checkAllowlistFile(path, readFile, options, { ...reading, ...each }));
}

function judge(
  content: AllowlistContent,
  options: Omit<WrittenAllowlist, 'allow'>,
): Pick<AllowlistReport, 'expired' | 'addresses' | 'shadowed' | 'securityGroups' | 'problems' | 'warnings'> {
  const review = new AllowlistReview(resolveAllowlist({ ...options, allow: sourcesOf(content) }));
  const problems = ALLOWLIST_RULES.check(review);
  if (problems.length > 0)
    return {
      expired: 0,
      addresses: { ipv4: '0', ipv6: '0' },
      shadowed: [],
      securityGroups: [],
      problems,
      warnings: [],
    };
  return {
    expired: review.allowlist.expired.length,
    addresses: { ipv4: String(review.admitted.size(4)), ipv6: String(review.admitted.size(6)) },
    shadowed: shadowedEntries(review.allowlist.blocks).map(({ inner, outer }) => ({
      ...placed(inner),
      within: placed(outer),
    })),
    securityGroups: 'groups' in review.plan ? review.plan.groups.map(({ name, count }) => ({ name, ...count })) : [],
    problems,
    warnings: ALLOWLIST_WARNINGS.check(review),
  };
}

function placed({ text, location, source }: AllowedBlock): PlacedEntry {
  const { owner, expires } = source._about;
  return { value: text, location, owner, expires };
}

function kindsOf(entries: readonly AllowlistEntry[]): EntryCounts {
  const count = (...kinds: readonly string[]) => entries.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    blocks: count('cidr'),
    prefixLists: count('prefixList', 'awsPrefixList'),
    securityGroups: count('securityGroup'),
    anywhere: count('anywhere'),
  };
}
