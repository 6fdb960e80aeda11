import {
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';
import type { FileLocation } from '../rules/location';

/** Where something is in a text: the number of characters before it. `Lines` turns it into a position. */
export interface Located {
  readonly at: number;
}

/** A value of a YAML or JSON file, with its position. */
export type LocatedValue = Located &
  (
    | { readonly kind: 'map'; readonly pairs: readonly LocatedPair[] }
    | { readonly kind: 'list'; readonly items: readonly LocatedValue[] }
    | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
    | { readonly kind: 'foreign'; readonly what: string }
  );

/** One line of a map. The position is the key's. */
export interface LocatedPair extends Located {
  readonly key: string;
  readonly value: LocatedValue;
}

/** Why a text cannot be read at all. */
export interface SyntaxMistake extends Located {
  readonly kind: 'mistake';
  readonly reason: string;
}

/** Reads a text, which is YAML or its subset JSON, up to the first mistake. An empty text is an empty value. */
export function parseLocated(text: string): LocatedValue | SyntaxMistake {
  try {
    return new EventReader(text, parseEvents(text, {})).document();
  } catch (error) {
    if (error instanceof YAMLException && error.mark !== undefined) {
      return { at: error.mark.position, kind: 'mistake', reason: `cannot be read: ${error.reason}` };
    }
    if (error instanceof Mistake) return { at: error.offset, kind: 'mistake', reason: error.message };
    throw error;
  }
}

/** What the parser lets pass, and an allowlist must not. */
class Mistake extends Error {
  public constructor(
    reason: string,
    public readonly offset: number,
  ) {
    super(reason);
  }
}

/** Puts the parser's events together. They come in the order of the text, a key before its value. */
class EventReader {
  private next = 0;
  /** Where the last scalar ended, for empty values, which have no position. */
  private end = 0;

  public constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  public document(): LocatedValue {
    if (this.events.length === 0) return { at: 0, kind: 'scalar', value: null };
    this.next = 1;
    const value = this.value();
    if (this.next + 1 < this.events.length) {
      throw new Mistake('holds more than one document', Math.max(this.text.indexOf('---', this.end), 0));
    }
    return value;
  }

  private value(): LocatedValue {
    const event = this.events[this.next++];
    if (event.type === EVENT_ID.ALIAS) return { at: event.anchorStart - 1, kind: 'foreign', what: 'an alias' };
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) throw new Error('an event is missing');
    const at = event.type === EVENT_ID.SCALAR ? this.startOf(event) : event.start;
    const tag = event.tagStart < 0 ? '' : this.text.slice(event.tagStart, event.tagEnd);
    if (/^!(?!!)./.test(tag)) throw new Mistake(`cannot be read: unresolved tag: ${tag}`, event.tagStart);
    if (event.type === EVENT_ID.SEQUENCE) return { at, kind: 'list', items: this.items() };
    if (event.type === EVENT_ID.MAPPING) return { at, kind: 'map', pairs: this.pairs() };
    if (tag !== '' && tag !== '!' && tag !== '!!str') return { at, kind: 'foreign', what: 'a value with a YAML tag' };
    const written = event.fast ? this.text.slice(event.valueStart, event.valueEnd) : getScalarValue(this.text, event);
    const isPlain = event.style === SCALAR_STYLE.PLAIN && tag === '';
    return { at, kind: 'scalar', value: isPlain ? plainValue(written) : written };
  }

  private items(): LocatedValue[] {
    const items: LocatedValue[] = [];
    while (!this.ends()) items.push(this.value());
    return items;
  }

  private pairs(): LocatedPair[] {
    const pairs: LocatedPair[] = [];
    const keys = new Set<string>();
    while (!this.ends()) {
      const key = this.value();
      const text = key.kind === 'scalar' ? String(key.value) : `a ${key.kind}`;
      if (keys.has(text)) throw new Mistake('has the same key twice', key.at);
      keys.add(text);
      pairs.push({ at: key.at, key: text, value: this.value() });
    }
    return pairs;
  }

  private ends(): boolean {
    if (this.events[this.next].type !== EVENT_ID.POP) return false;
    this.next++;
    return true;
  }

  private startOf({ valueStart, valueEnd, style, indent }: ScalarEvent): number {
    if (valueStart < 0) {
      const indicator = /(?:[\s,[{]|#[^\n]*)*[-:?]?/y;
      indicator.lastIndex = this.end;
      indicator.test(this.text);
      this.end = indicator.lastIndex;
      return this.end;
    }
    const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
    this.end = isQuoted ? valueEnd + 1 : valueEnd;
    return isQuoted ? valueStart - 1 : valueStart + Math.max(indent, 0);
  }
}

/** A scalar without quotes, as the core schema of YAML 1.2 reads it. */
function plainValue(text: string): string | number | boolean | null {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  return /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/.test(text) ? Number(text) : text;
}

/** Turns places in a text into lines and columns. */
export class Lines {
  /** Where each line starts; the first one at 0. */
  private readonly starts: readonly number[];

  public constructor(text: string) {
    this.starts = startsOf(text);
  }

  public positionOf(at: number): Omit<FileLocation, 'file'> {
    const { starts } = this;
    let line = 0;
    for (let after = starts.length; line < after; ) {
      const middle = (line + after) >>> 1;
      if (starts[middle] <= at) line = middle + 1;
      else after = middle;
    }
    return { line, column: at - starts[line - 1] + 1 };
  }
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(LINE_END)) starts.push(index + end.length);
  return starts;
}

// A carriage return ends a line for the parser, with a line feed or without.
const LINE_END = /\r\n?|\n/g;

/** The lines of a text. Each is cut out: an expression that matches a line of megabytes may overflow its stack. */
export function* linesOf(text: string): Generator<{ readonly at: number; readonly line: string }> {
  let at = 0;
  for (const { 0: end, index } of text.matchAll(LINE_END)) {
    yield { at, line: text.slice(at, index) };
    at = index + end.length;
  }
  yield { at, line: text.slice(at) };
}
