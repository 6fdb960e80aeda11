import { type Cidr, isCidr, parseCidr } from './cidr';
import { checkDescription } from './description';
import { checkExpiry } from './expiry';
import {
  type Fields,
  type FileNotes,
  type LocatedText,
  pairOf,
  pathOf,
  readCount,
  readFields,
  readFlag,
  readText,
  readTexts,
  textOf,
} from './field-reader';
import type { LocatedValue, Position } from './located-value';

/** What an entry of an allowlist file lets in. */
export type EntryKind = 'cidr' | 'prefixList' | 'awsPrefixList' | 'securityGroup' | 'anywhere';

/** What is said about an entry, or about all entries of a group or a file. */
export interface AboutEntry {
  readonly description?: string;
  readonly owner?: string;
  readonly ticket?: string;
  /** Last day of access, `YYYY-MM-DD`. */
  readonly expires?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the group of the file that the entry stands in. */
  readonly section?: string;
  /** Name of the security group of its own that the entry goes to. */
  readonly group?: string;
}

/** One entry of an allowlist file, with everything it inherits. The position is that of the entry. */
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

/** Keys that say something about entries. */
export const ABOUT_KEYS = ['description', 'owner', 'ticket', 'expires', 'labels'] as const;
const SOURCE_KEYS: readonly EntryKind[] = ['cidr', 'prefixList', 'awsPrefixList', 'securityGroup', 'anywhere'];
/** Keys of an entry. */
export const ENTRY_KEYS: readonly string[] = [...SOURCE_KEYS, 'reason', 'maxEntries', ...ABOUT_KEYS];

/** A prefix list has at most this many entries. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const MOST_ENTRIES = 1000;

/** Reads an entry: a map, or a block on its own. Undefined where it cannot be read. */
export function readEntry(
  item: LocatedValue,
  path: string,
  inherited: AboutEntry,
  notes: FileNotes,
): AllowlistEntry | undefined {
  if (item.kind === 'scalar') {
    const text = textOf(item, path, notes);
    return text && entryAt(item, { kind: 'cidr', value: text.text, block: readBlock(text, notes) }, inherited, notes);
  }

  const fields = readFields(item, path, ENTRY_KEYS, notes);
  if (fields === undefined) return undefined;
  const kind = readKind(fields, notes);
  const isPrefixList = kind === 'prefixList' || kind === 'awsPrefixList';
  const about = inherit(inherited, readAbout(fields, notes, isPrefixList));
  const maxEntries = readCount(fields, 'maxEntries', MOST_ENTRIES, notes);
  if (kind === undefined) return undefined;
  if (!isPrefixList) refuseKey(fields, 'maxEntries', 'a prefix list', notes);
  if (kind !== 'anywhere') refuseKey(fields, 'reason', 'anywhere', notes);
  if (isPrefixList && !pairOf(fields, 'description')) checkInherited(fields, about, notes);

  const source = kind === 'anywhere' ? readReason(fields, notes) : readText(fields, kind, notes);
  if (source === undefined) return undefined;
  const block = kind === 'cidr' ? readBlock(source, notes) : checkSource(kind, source, notes);
  return entryAt(item, { kind, value: source.text, block, maxEntries }, about, notes);
}

function entryAt(
  { at }: LocatedValue,
  source: Pick<AllowlistEntry, 'kind' | 'value' | 'block' | 'maxEntries'>,
  about: AboutEntry,
  notes: FileNotes,
): AllowlistEntry {
  const { line, column } = notes.positionOf(at);
  // Written out, this is many times as fast as a spread, in a list of many thousands.
  return {
    kind: source.kind,
    value: source.value,
    block: source.block,
    maxEntries: source.maxEntries,
    file: notes.file,
    line,
    column,
    description: about.description,
    owner: about.owner,
    ticket: about.ticket,
    expires: about.expires,
    labels: about.labels,
    section: about.section,
    group: about.group,
  };
}

/** Reads what a file, a group or an entry says about entries. */
export function readAbout(fields: Fields, notes: FileNotes, ofPrefixList = false): AboutEntry {
  const description = readText(fields, 'description', notes);
  const expires = readText(fields, 'expires', notes);
  const unfit = description && checkDescription(description.text, ofPrefixList ? 'prefixList' : 'address');
  if (unfit) notes.refuse(description, description.path, { value: description.text, ...unfit });
  const misdated = expires && checkExpiry(expires.text);
  if (misdated) notes.refuse(expires, expires.path, { value: expires.text, ...misdated });
  return {
    description: description?.text,
    owner: readText(fields, 'owner', notes)?.text,
    ticket: readText(fields, 'ticket', notes)?.text,
    expires: expires?.text,
    labels: readTexts(fields, 'labels', notes) ?? NO_LABELS,
  };
}

/** Fills in what the inner one does not say, field by field and label by label. */
export function inherit(outer: AboutEntry, inner: AboutEntry): AboutEntry {
  return {
    description: inner.description ?? outer.description,
    owner: inner.owner ?? outer.owner,
    ticket: inner.ticket ?? outer.ticket,
    expires: inner.expires ?? outer.expires,
    labels: inner.labels === NO_LABELS ? outer.labels : { ...outer.labels, ...inner.labels },
    section: inner.section ?? outer.section,
    group: inner.group ?? outer.group,
  };
}

const NO_LABELS = {};

function readKind(fields: Fields, notes: FileNotes): EntryKind | undefined {
  const kinds = SOURCE_KEYS.filter((kind) => pairOf(fields, kind));
  if (kinds.length === 1) return kinds[0];
  notes.refuse(fields, fields.path, {
    rule: 'EntrySourceInvalid',
    reason: kinds.length === 0 ? 'does not say who may connect' : `says ${kinds.join(' and ')}`,
    remedy: `Write exactly one of ${SOURCE_KEYS.join(', ')}.`,
  });
  return undefined;
}

function readReason(fields: Fields, notes: FileNotes): LocatedText | undefined {
  const pair = pairOf(fields, 'anywhere')!;
  const { value } = pair;
  const path = pathOf(fields, 'anywhere');
  if (value.kind === 'scalar' && value.value === false) {
    notes.refuse(pair, path, {
      rule: 'EntrySourceInvalid',
      value: false,
      reason: 'lets nobody in',
      remedy: 'Take the entry out, or write anywhere: true.',
    });
    return undefined;
  }
  if (!readFlag(fields, 'anywhere', notes)) return undefined;
  if (pairOf(fields, 'reason')) return readText(fields, 'reason', notes);
  notes.refuse(pair, path, {
    rule: 'AnywhereNeedsReason',
    reason: 'opens the endpoint to everybody without a reason',
    remedy: 'Say in reason why no narrower list will do.',
  });
  return undefined;
}

/** The form of an id, the rule that holds it, and what to say to a text of another form. */
interface IdForm {
  readonly form: RegExp;
  readonly rule: string;
  readonly what: string;
  readonly example: string;
}

const IDS: Record<'prefixList' | 'awsPrefixList' | 'securityGroup', IdForm> = {
  prefixList: {
    form: /^pl-[0-9a-f]{8,17}$/,
    rule: 'PrefixListIdInvalid',
    what: 'the id of a managed prefix list',
    example: 'an id like pl-0123456789abcdef0',
  },
  awsPrefixList: {
    form: /^com\.amazonaws\.[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    rule: 'AwsPrefixListNameInvalid',
    what: 'the name of a prefix list of AWS',
    example: 'a name like com.amazonaws.global.cloudfront.origin-facing',
  },
  securityGroup: {
    form: /^sg-[0-9a-f]{8,17}$/,
    rule: 'SecurityGroupIdInvalid',
    what: 'the id of a security group',
    example: 'an id like sg-0123456789abcdef0',
  },
};

function readBlock(source: LocatedText, notes: FileNotes): Cidr | undefined {
  const block = parseCidr(source.text);
  if (isCidr(block)) return block;
  notes.refuse(source, source.path, { value: source.text, ...block });
  return undefined;
}

function checkSource(kind: Exclude<EntryKind, 'cidr'>, source: LocatedText, notes: FileNotes): undefined {
  const { text, path } = source;
  if (kind === 'anywhere') {
    const unfit = checkDescription(text);
    if (unfit) notes.refuse(source, path, { value: text, ...unfit });
    return;
  }
  const { form, rule, what, example } = IDS[kind];
  if (form.test(text)) return;
  notes.refuse(source, path, { rule, value: text, reason: `is not ${what}`, remedy: `Write ${example}.` });
}

/** A description may be fit for the blocks of a group and unfit for its prefix lists. */
function checkInherited(fields: Fields, { description }: AboutEntry, notes: FileNotes): void {
  if (description === undefined || checkDescription(description) !== undefined) return;
  const unfit = checkDescription(description, 'prefixList');
  if (unfit) notes.refuse(fields, pathOf(fields, 'description'), { value: description, ...unfit });
}

function refuseKey(fields: Fields, key: string, home: string, notes: FileNotes): void {
  const pair = pairOf(fields, key);
  if (pair === undefined) return;
  notes.refuse(pair, pathOf(fields, key), {
    rule: 'FileKeyMisplaced',
    reason: `says nothing about this entry: it belongs to ${home}`,
    remedy: 'Take it out.',
  });
}
