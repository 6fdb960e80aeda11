import type { AboutEntry, AllowlistEntry, EntryKind } from '../allowlist/allowlist-entry';
import { checkDescription } from '../allowlist/description';
import { checkExpiry } from '../allowlist/expiry';
import { type Cidr, isCidr, parseCidr } from '../network/cidr';
import {
  type Fields,
  type FileNotes,
  type LocatedText,
  pairOf,
  pathOf,
  type Refusal,
  readCount,
  readFields,
  readFlag,
  readText,
  readTexts,
  textOf,
} from './field-reader';
import type { LocatedValue } from './located-value';

/** Keys that say something about entries. */
export const ABOUT_KEYS = ['description', 'owner', 'ticket', 'expires', 'labels'] as const;
/** Keys that say who may connect. */
export const SOURCE_KEYS: readonly EntryKind[] = ['cidr', 'prefixList', 'awsPrefixList', 'securityGroup', 'anywhere'];
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
    const block = text && readBlock(text, notes);
    return block && entryAt(item, { kind: 'cidr', value: text.text, block }, inherited, notes);
  }
  if (refuseLostColon(item, path, notes)) return undefined;

  const fields = readFields(item, path, ENTRY_KEYS, notes);
  if (fields === undefined) return undefined;
  const kind = readKind(fields, notes);
  const isPrefixList = kind === 'prefixList' || kind === 'awsPrefixList';
  const about = inherit(inherited, readAbout(fields, notes, isPrefixList));
  const maxEntries = readCount(fields, 'maxEntries', MOST_ENTRIES, notes);
  if (kind === undefined) return undefined;
  if (!isPrefixList) refuseKey(fields, 'maxEntries', 'a prefix list', notes);
  if (kind !== 'anywhere') refuseKey(fields, 'reason', 'anywhere', notes);
  const isFit = !isPrefixList || pairOf(fields, 'description') || fitsPrefixList(fields, about, notes);

  const source = kind === 'anywhere' ? readReason(fields, notes) : readText(fields, kind, notes);
  if (source === undefined) return undefined;
  const block = kind === 'cidr' ? readBlock(source, notes) : undefined;
  if (kind === 'cidr' ? block === undefined : !isSource(kind, source, notes)) return undefined;
  const place = pairOf(fields, kind)!.value;
  const said = isFit ? about : { ...about, description: undefined };
  return entryAt(place, { kind, value: source.text, block, maxEntries }, said, notes);
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
    expiryPlace: about.expiryPlace,
    labels: about.labels,
    section: about.section,
    group: about.group,
  };
}

/** Reads what a file, a group or an entry says about entries; what is refused counts as not said. */
export function readAbout(fields: Fields, notes: FileNotes, ofPrefixList = false): AboutEntry {
  const expires = readFit(fields, 'expires', checkExpiry, notes);
  return {
    description: readFit(
      fields,
      'description',
      (text) => checkDescription(text, ofPrefixList ? 'prefixList' : 'address'),
      notes,
    )?.text,
    owner: readText(fields, 'owner', notes)?.text,
    ticket: readText(fields, 'ticket', notes)?.text,
    expires: expires?.text,
    expiryPlace: expires && notes.placeOf(expires),
    labels: readTexts(fields, 'labels', notes) ?? NO_LABELS,
  };
}

function readFit(
  fields: Fields,
  key: string,
  check: (text: string) => Refusal | undefined,
  notes: FileNotes,
): LocatedText | undefined {
  const text = readText(fields, key, notes);
  const unfit = text && check(text.text);
  if (unfit === undefined) return text;
  notes.refuse(text!, text!.path, { value: text!.text, ...unfit });
  return undefined;
}

/** Fills in what the inner one does not say, field by field and label by label. */
export function inherit(outer: AboutEntry, inner: AboutEntry): AboutEntry {
  return {
    description: inner.description ?? outer.description,
    owner: inner.owner ?? outer.owner,
    ticket: inner.ticket ?? outer.ticket,
    expires: inner.expires ?? outer.expires,
    expiryPlace: inner.expires === undefined ? outer.expiryPlace : inner.expiryPlace,
    labels: inner.labels === NO_LABELS ? outer.labels : { ...outer.labels, ...inner.labels },
    section: inner.section ?? outer.section,
    group: inner.group ?? outer.group,
  };
}

const NO_LABELS = {};

/** What is said where nothing is said. */
export const NOTHING_SAID: AboutEntry = { labels: NO_LABELS };

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
    form: /^(\d{12}\/)?sg-[0-9a-f]{8,17}$/,
    rule: 'SecurityGroupIdInvalid',
    what: 'the id of a security group',
    example: 'an id like sg-0123456789abcdef0, or 123456789012/sg-0123456789abcdef0 for one of another account',
  },
};

function readBlock(source: LocatedText, notes: FileNotes): Cidr | undefined {
  const block = parseCidr(source.text);
  if (isCidr(block)) return block;
  notes.refuse(source, source.path, { value: source.text, ...block });
  return undefined;
}

function isSource(kind: Exclude<EntryKind, 'cidr'>, source: LocatedText, notes: FileNotes): boolean {
  const { text, path } = source;
  if (kind === 'anywhere') {
    const unfit = checkDescription(text);
    if (unfit) notes.refuse(source, path, { value: text, ...unfit });
    return unfit === undefined;
  }
  const { form, rule, what, example } = IDS[kind];
  if (form.test(text)) return true;
  notes.refuse(source, path, { rule, value: text, reason: `is not ${what}`, remedy: `Write ${example}.` });
  return false;
}

/** A description may be fit for the blocks of a group and unfit for its prefix lists. */
function fitsPrefixList(fields: Fields, { description }: AboutEntry, notes: FileNotes): boolean {
  const unfit = description === undefined ? undefined : checkDescription(description, 'prefixList');
  if (unfit) notes.refuse(fields, pathOf(fields, 'description'), { value: description, ...unfit });
  return unfit === undefined;
}

/** Notes an address that YAML has read as a key, because a key ends in a colon. */
function refuseLostColon(item: LocatedValue, path: string, notes: FileNotes): boolean {
  if (item.kind !== 'map') return false;
  const lost = item.pairs.find(
    ({ key, value }) => value.kind === 'scalar' && value.value === null && isCidr(parseCidr(`${key}:`)),
  );
  if (lost) notes.refuse(lost, path, { rule: 'FileValueInvalid', value: `${lost.key}:`, ...LOST_COLON });
  return lost !== undefined;
}

/** What is wrong with an IPv6 address such as `2600:1f18::` without quotes, where YAML can read it as a key. */
export const LOST_COLON = {
  reason: 'ends in a colon, which YAML takes for the end of a key',
  remedy: 'Put it in quotes, or write its prefix length behind it.',
};

function refuseKey(fields: Fields, key: string, home: string, notes: FileNotes): void {
  const pair = pairOf(fields, key);
  if (pair === undefined) return;
  notes.refuse(pair, pathOf(fields, key), {
    rule: 'FileKeyMisplaced',
    reason: `says nothing about this entry: it belongs to ${home}`,
    remedy: 'Take it out.',
  });
}
