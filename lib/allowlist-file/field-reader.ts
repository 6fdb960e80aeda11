import type { Origin } from '../allowlist/origin';
import type { Problem } from '../rules/endpoint-error';
import type { FileLocation } from '../rules/location';
import type { FileMistake } from './allowlist-file-rules';
import { hidesSomething } from './file-text';
import { Lines, type Located, type LocatedPair, type LocatedValue } from './located-value';
import { templateIn } from './template-text';

/** A text of a file, with its position. */
export interface LocatedText extends Located {
  readonly text: string;
  readonly path: string;
}

/** A map whose keys are known to be allowed. */
export interface Fields extends Located {
  readonly path: string;
  readonly pairs: readonly LocatedPair[];
}

/** What was found wrong in a file so far. */
export class FileNotes {
  private readonly found: (Problem & { readonly location: FileLocation })[] = [];
  private readonly lines: Lines;
  /** Whether the file has been refused for characters that hide something. */
  public hasHidden = false;

  public constructor(
    public readonly file: string,
    text: string,
  ) {
    this.lines = new Lines(text);
  }

  /** Notes a mistake in what stands somewhere. */
  public refuse(where: Located, path: string, mistake: FileMistake): void {
    this.refuseAt({ property: path, location: this.locationOf(where) }, mistake);
  }

  /** The same for what has its location already. */
  public refuseAt(
    { property, location }: Origin & { readonly location: FileLocation },
    { rule, value, reason, remedy }: FileMistake,
  ): void {
    this.found.push({ rule, property, location, value, reason, remedy });
  }

  public originOf(where: Located & { readonly path: string }): Origin & { readonly location: FileLocation } {
    return { property: where.path, location: this.locationOf(where) };
  }

  public locationOf({ at }: Located): FileLocation {
    return { file: this.file, ...this.lines.positionOf(at) };
  }

  /** From the top of the file to its end. */
  public get problems(): Problem[] {
    return [...this.found].sort(({ location: a }, { location: b }) => a.line - b.line || a.column - b.column);
  }
}

/** Reads a map that may have the given keys and no others. */
export function readFields(
  value: LocatedValue,
  path: string,
  keys: readonly string[],
  notes: FileNotes,
): Fields | undefined {
  if (value.kind !== 'map') {
    notes.refuse(value, path, unexpected(value, `a map with the keys ${keys.join(', ')}`));
    return undefined;
  }
  for (const pair of value.pairs) {
    if (keys.includes(pair.key)) continue;
    notes.refuse(pair, path, {
      rule: 'FileKeyUnknown',
      value: pair.key,
      reason: 'is not a known key here',
      remedy: pair.key === 'feed' ? FEED_HOME : `Use ${keys.join(', ')}.`,
    });
  }
  return { at: value.at, path, pairs: value.pairs };
}

const FEED_HOME = 'Write it as an item of entries: - feed: { … }.';

/** The line with a key. A map has few lines, each key once. */
export function pairOf({ pairs }: Fields, key: string): LocatedPair | undefined {
  return pairs.find((pair) => pair.key === key);
}

/** Reads a text that is not empty. */
export function readText(fields: Fields, key: string, notes: FileNotes): LocatedText | undefined {
  const value = pairOf(fields, key)?.value;
  return value && textOf(value, pathOf(fields, key), notes);
}

/** Reads a value as a text that is not empty. */
export function textOf(value: LocatedValue, path: string, notes: FileNotes): LocatedText | undefined {
  if (value.kind === 'scalar' && typeof value.value === 'string' && value.value.trim() !== '') {
    // The file has been refused for it, and such a text needs no further checks.
    if (notes.hasHidden && hidesSomething(value.value)) return undefined;
    if (refuseTemplate(value, value.value, path, notes)) return undefined;
    return { text: value.value, at: value.at, path };
  }
  notes.refuse(value, path, unexpected(value, 'a string (in quotes, if it looks like a number)'));
  return undefined;
}

/** Reads a list; one that is missing has no items. */
export function readItems(fields: Fields, key: string, notes: FileNotes): readonly LocatedValue[] {
  const value = pairOf(fields, key)?.value;
  if (value === undefined) return [];
  if (value.kind === 'list' && value.items.length > 0) return value.items;
  notes.refuse(value, pathOf(fields, key), unexpected(value, 'a list with at least one item'));
  return [];
}

/** Notes a key that is missing. */
export function needKey(fields: Fields, key: string, what: string, notes: FileNotes): void {
  if (pairOf(fields, key)) return;
  notes.refuse(fields, fields.path, { rule: 'FileKeyMissing', reason: `has no ${key}`, remedy: `Give it ${what}.` });
}

/** Reads `true` or `false`; what is missing is `false`. */
export function readFlag(fields: Fields, key: string, notes: FileNotes): boolean {
  const value = pairOf(fields, key)?.value;
  if (value === undefined) return false;
  if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value;
  notes.refuse(value, pathOf(fields, key), unexpected(value, 'true or false'));
  return false;
}

/** Reads a number. */
export function readNumber(
  fields: Fields,
  key: string,
  notes: FileNotes,
): { readonly value: number; readonly origin: Origin } | undefined {
  const value = pairOf(fields, key)?.value;
  if (value === undefined) return undefined;
  const path = pathOf(fields, key);
  if (value.kind === 'scalar' && typeof value.value === 'number')
    return { value: value.value, origin: notes.originOf({ at: value.at, path }) };
  notes.refuse(value, path, unexpected(value, 'a whole number'));
  return undefined;
}

/** Reads a map from any keys to texts. */
export function readTexts(fields: Fields, key: string, notes: FileNotes): Readonly<Record<string, string>> | undefined {
  const value = pairOf(fields, key)?.value;
  if (value === undefined) return undefined;
  const path = pathOf(fields, key);
  if (value.kind !== 'map') {
    notes.refuse(value, path, unexpected(value, 'a map of strings'));
    return undefined;
  }
  return Object.fromEntries(
    value.pairs.flatMap((pair) => {
      if (refuseTemplate(pair, pair.key, path, notes)) return [];
      const text = textOf(pair.value, `${path}.${pair.key}`, notes);
      return text === undefined ? [] : [[pair.key, text.text]];
    }),
  );
}

/** The path of a field below the map that holds it. */
export function pathOf(fields: Fields, key: string): string {
  return fields.path === '' ? key : `${fields.path}.${key}`;
}

/** Notes a text that would not stay a text on its way to Terraform. */
function refuseTemplate(where: Located, text: string, path: string, notes: FileNotes): boolean {
  const template = templateIn(text);
  if (template === undefined) return false;
  notes.refuse(where, path, {
    rule: 'FileTemplate',
    value: text,
    reason: `holds '${template}', which Terraform or CDKTF would replace with something else`,
    remedy: 'Remove it; expressions belong in code.',
  });
  return true;
}

function unexpected(value: LocatedValue, expected: string): FileMistake {
  const shown = value.kind === 'scalar' && value.value !== null ? { value: value.value } : {};
  return { rule: 'FileValueInvalid', ...shown, reason: `is ${nameOf(value)}`, remedy: `Write ${expected}.` };
}

function nameOf(value: LocatedValue): string {
  switch (value.kind) {
    case 'map':
      return 'a map';
    case 'list':
      return value.items.length === 0 ? 'an empty list' : 'a list';
    case 'foreign':
      return value.what;
    case 'scalar':
      if (value.value === null || value.value === '') return 'empty';
      return typeof value.value === 'string'
        ? 'a text'
        : typeof value.value === 'number'
          ? 'a number'
          : 'true or false';
  }
}
