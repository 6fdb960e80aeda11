import type { AboutEntry, AllowlistEntry, EntryKind } from '../allowlist/allowlist-entry';
import { isCidr, parseCidr } from '../network/cidr';
import {
  type Fields,
  type FileNotes,
  type LocatedText,
  pairOf,
  pathOf,
  readFields,
  readFlag,
  readNumber,
  readText,
  readTexts,
  textOf,
} from './field-reader';
import type { Located, LocatedValue } from './located-value';

/** Keys that describe entries. */
export const ABOUT_KEYS = ['description', 'owner', 'ticket', 'expires', 'labels'] as const;
/** Keys that name who may connect. */
export const SOURCE_KEYS: readonly EntryKind[] = ['cidr', 'prefixList', 'awsPrefixList', 'securityGroup', 'anywhere'];
/** Keys of an entry. */
export const ENTRY_KEYS: readonly string[] = [...SOURCE_KEYS, 'reason', 'maxEntries', ...ABOUT_KEYS];
/** Keys of an item of `entries`: a published list can be one, which `feed-reader.ts` reads. */
export const ITEM_KEYS: readonly string[] = [...SOURCE_KEYS, 'feed', 'reason', 'maxEntries', ...ABOUT_KEYS];

/** Reads an entry: a map, or a block without anything else. Undefined if it does not have the form of an entry. */
export function readEntry(
  item: LocatedValue,
  path: string,
  inherited: AboutEntry,
  notes: FileNotes,
): AllowlistEntry | undefined {
  if (item.kind === 'scalar') {
    const block = textOf(item, path, notes);
    return block && entryAt(block, { kind: 'cidr', value: block.text, about: inherited }, notes);
  }
  if (refuseLostColon(item, path, notes)) return undefined;

  const fields = readFields(item, path, ITEM_KEYS, notes);
  if (fields === undefined) return undefined;
  const kind = readKind(fields, notes);
  const about = inherit(inherited, readAbout(fields, notes));
  const maxEntries = readNumber(fields, 'maxEntries', notes);
  if (kind === undefined) return undefined;
  if (kind !== 'prefixList' && kind !== 'awsPrefixList') refuseKey(fields, 'maxEntries', 'a prefix list', notes);
  if (kind !== 'anywhere') refuseKey(fields, 'reason', 'anywhere', notes);

  const source = kind === 'anywhere' ? readReason(fields, notes) : readText(fields, kind, notes);
  if (source === undefined) return undefined;
  const { at } = pairOf(fields, kind)!.value;
  const where = { at, path: pathOf(fields, kind) };
  const entry = { kind, value: source.text, maxEntries: maxEntries?.value, about };
  if (kind === 'anywhere')
    return entryAt(where, entry, notes, { ...about.fields, description: notes.originOf(source) });
  return entryAt(where, entry, notes, maxEntries && { ...about.fields, maxEntries: maxEntries.origin });
}

function entryAt(
  where: Located & { readonly path: string },
  entry: Omit<AllowlistEntry, 'origin'>,
  notes: FileNotes,
  fields = entry.about.fields,
): AllowlistEntry {
  const { property, location } = notes.originOf(where);
  return { ...entry, origin: { property, location, fields } };
}

/** Reads what a file, a group or an entry says about entries. */
export function readAbout(fields: Fields, notes: FileNotes): AboutEntry {
  const description = readText(fields, 'description', notes);
  const expires = readText(fields, 'expires', notes);
  return {
    description: description?.text,
    owner: readText(fields, 'owner', notes)?.text,
    ticket: readText(fields, 'ticket', notes)?.text,
    expires: expires?.text,
    labels: readTexts(fields, 'labels', notes),
    fields: {
      description: description && notes.originOf(description),
      expires: expires && notes.originOf(expires),
    },
  };
}

/** Fills in what the inner one does not say, field by field and label by label. */
export function inherit(outer: AboutEntry, inner: AboutEntry): AboutEntry {
  return {
    description: inner.description ?? outer.description,
    owner: inner.owner ?? outer.owner,
    ticket: inner.ticket ?? outer.ticket,
    expires: inner.expires ?? outer.expires,
    labels: inner.labels ? { ...outer.labels, ...inner.labels } : outer.labels,
    section: inner.section ?? outer.section,
    group: inner.group ?? outer.group,
    requirements: inner.requirements ? [...(outer.requirements ?? []), ...inner.requirements] : outer.requirements,
    fields: {
      description: inner.fields.description ?? outer.fields.description,
      expires: inner.fields.expires ?? outer.fields.expires,
      group: inner.fields.group ?? outer.fields.group,
    },
  };
}

/** The details of an entry without any. */
export const NOTHING_SAID: AboutEntry = { fields: {} };

function readKind(fields: Fields, notes: FileNotes): EntryKind | undefined {
  const kinds = SOURCE_KEYS.filter((kind) => pairOf(fields, kind));
  if (kinds.length === 1) return kinds[0];
  notes.refuse(fields, fields.path, {
    rule: 'EntrySourceInvalid',
    reason: kinds.length === 0 ? 'does not say who may connect' : `has ${kinds.join(' and ')}`,
    remedy: `Write exactly one of ${SOURCE_KEYS.join(', ')}, feed.`,
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
      reason: 'admits nobody',
      remedy: 'Remove the entry, or write anywhere: true.',
    });
    return undefined;
  }
  if (!readFlag(fields, 'anywhere', notes)) return undefined;
  if (pairOf(fields, 'reason')) return readText(fields, 'reason', notes);
  notes.refuse(pair, path, {
    rule: 'AnywhereNeedsReason',
    reason: 'opens the endpoint to everybody without a reason',
    remedy: 'Say in reason why a narrower list is not possible.',
  });
  return undefined;
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
  reason: 'ends in a colon, which YAML reads as the end of a key',
  remedy: 'Put it in quotes, or add its prefix length.',
};

function refuseKey(fields: Fields, key: string, home: string, notes: FileNotes): void {
  const pair = pairOf(fields, key);
  if (pair === undefined) return;
  notes.refuse(pair, pathOf(fields, key), {
    rule: 'FileKeyMisplaced',
    reason: `has no effect on this entry: it belongs to ${home}`,
    remedy: 'Take it out.',
  });
}
