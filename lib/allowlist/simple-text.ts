import type { LocatedPair, LocatedValue, Position } from './located-value';

/**
 * Reads the simple texts that allowlists nearly always are, many times as fast as the full parser: YAML of one line
 * for each scalar or flow collection, and JSON.
 *
 * Undefined where there is anything else or anything wrong: then the full parser says what it means. Where it is
 * defined, it equals what the full parser says, positions included.
 */
export function parseSimple(text: string): LocatedValue | undefined {
  if (UNUSUAL_CHARACTER.test(text)) return undefined;
  try {
    return new SimpleText(text).read();
  } catch (error) {
    if (error === UNUSUAL) return undefined;
    throw error;
  }
}

/** Thrown at the first thing that only the full parser understands. */
const UNUSUAL = new Error('not simple');

// Tabs, carriage returns and what YAML or Unicode call line breaks or byte order marks.
const UNUSUAL_CHARACTER = /[^\n\x20-\x7e\u00a0-\u1fff\u2030-\ud7ff]/;

const KEY = /[A-Za-z$][\w$.-]{0,99}:(?= |$)/my;
const QUOTED = /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const REST_OF_LINE = /[^\n]*/y;
const REST_OF_ITEM = /[^\n,[\]{}]*/y;
const END_OF_LINE = / *(?: #[^\n]*)?(?:\n|$)/y;
const NOTHING_ON_LINE = / *(?:#[^\n]*)?\n/y;
const DASH = /- +(?=[^ #\n])/y;
const BLANKS = / */y;

const LONGEST_KEY = 100;

class SimpleText {
  private at = 0;
  private line = 1;
  private lineStart = 0;

  public constructor(private readonly text: string) {}

  public read(): LocatedValue {
    this.skipLines();
    if (this.column === 0 && this.take(/---(?=\n)/y)) this.endLine();
    const value = '[{'.includes(this.here) ? this.flow(true) : this.block(0);
    if (this.here !== '') this.skipBreaks();
    if (this.at < this.text.length) throw UNUSUAL;
    return value;
  }

  /** A list or a map of several lines, whose first one has been reached. */
  private block(least: number): LocatedValue {
    if (this.column < least) throw UNUSUAL;
    return this.here === '-' ? this.blockList() : this.blockMap();
  }

  private blockList(): LocatedValue {
    const { column, line } = this;
    const items: LocatedValue[] = [];
    while (this.column === column && this.take(DASH)) {
      KEY.lastIndex = this.at;
      items.push(KEY.test(this.text) ? this.blockMap() : this.wholeLine(column));
    }
    if (items.length === 0) throw UNUSUAL;
    return { line, column: column + 1, kind: 'list', items };
  }

  private blockMap(): LocatedValue {
    const { column, line } = this;
    const pairs: LocatedPair[] = [];
    while (this.column === column && this.here !== '-') {
      const keyLine = this.line;
      const key = this.take(KEY)?.slice(0, -1) ?? '';
      if (typeof plainValue(key) !== 'string') throw UNUSUAL;
      const value = this.endsLine() ? this.below(column) : this.wholeLine(column);
      add(pairs, { line: keyLine, column: column + 1, key, value });
    }
    return { line, column: column + 1, kind: 'map', pairs };
  }

  /** What stands below a key: a list may be as far left as the key. */
  private below(column: number): LocatedValue {
    this.endLine();
    return this.block(this.here === '-' ? column : column + 1);
  }

  /** What stands on the rest of the line, and does not go on below. */
  private wholeLine(column: number): LocatedValue {
    this.take(BLANKS);
    const value = '[{'.includes(this.here) ? this.flow(false) : this.scalar(REST_OF_LINE);
    this.endLine();
    if (this.column > column) throw UNUSUAL;
    return value;
  }

  private flow(breaks: boolean): LocatedValue {
    if (this.here === '{') return this.flowMap(breaks);
    return this.here === '[' ? this.flowList(breaks) : this.scalar(REST_OF_ITEM);
  }

  private flowList(breaks: boolean): LocatedValue {
    const { line, column } = this.position;
    const items: LocatedValue[] = [];
    this.commaSeparated(']', breaks, () => items.push(this.flow(breaks)));
    return { line, column, kind: 'list', items };
  }

  private flowMap(breaks: boolean): LocatedValue {
    const { line, column } = this.position;
    const pairs: LocatedPair[] = [];
    this.commaSeparated('}', breaks, () => {
      const place = this.position;
      const quoted = this.quoted();
      const key = quoted ?? plainValue(this.take(KEY)?.slice(0, -1) ?? '');
      if (typeof key !== 'string' || key.length > LONGEST_KEY) throw UNUSUAL;
      if (quoted !== undefined) this.expect(':');
      this.skip(breaks);
      add(pairs, { line: place.line, column: place.column, key, value: this.flow(breaks) });
    });
    return { line, column, kind: 'map', pairs };
  }

  private commaSeparated(close: string, breaks: boolean, item: () => void): void {
    this.at++;
    this.skip(breaks);
    if (this.here !== close) {
      for (;;) {
        item();
        this.skip(breaks);
        if (this.here !== ',') break;
        this.at++;
        this.skip(breaks);
      }
    }
    this.expect(close);
  }

  private scalar(rest: RegExp): LocatedValue {
    const { line, column } = this.position;
    const value = this.quoted() ?? this.plain(rest);
    return { line, column, kind: 'scalar', value };
  }

  private quoted(): string | undefined {
    const quoted = this.take(QUOTED);
    if (quoted === undefined) return undefined;
    // A second quote is an escaped one.
    if (this.here === "'") throw UNUSUAL;
    return quoted.includes('\\') && quoted.startsWith('"') ? unescaped(quoted) : quoted.slice(1, -1);
  }

  private plain(rest: RegExp): string | number | boolean {
    const start = this.at;
    const taken = this.take(rest) ?? '';
    const comment = taken.indexOf(' #');
    const text = (comment < 0 ? taken : taken.slice(0, comment)).trimEnd();
    if (text.includes(': ') || text.endsWith(':')) throw UNUSUAL;
    this.at = start + text.length;
    return plainValue(text);
  }

  private get here(): string {
    return this.text.charAt(this.at);
  }

  /** Counts from 0; -1 at the end. */
  private get column(): number {
    return this.at < this.text.length ? this.at - this.lineStart : -1;
  }

  private get position(): Position {
    return { line: this.line, column: this.at - this.lineStart + 1 };
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private expect(character: string): void {
    if (this.here !== character) throw UNUSUAL;
    this.at++;
  }

  private endsLine(): boolean {
    END_OF_LINE.lastIndex = this.at;
    return END_OF_LINE.test(this.text);
  }

  /** Goes on to the next line that says something. */
  private endLine(): void {
    const end = this.take(END_OF_LINE);
    if (end === undefined) throw UNUSUAL;
    if (end.endsWith('\n')) this.startLine();
    this.skipLines();
  }

  private skipLines(): void {
    while (this.take(NOTHING_ON_LINE) !== undefined) this.startLine();
    this.take(BLANKS);
    if (this.here === '#') this.take(REST_OF_LINE);
  }

  private startLine(): void {
    this.line++;
    this.lineStart = this.at;
  }

  private skip(breaks: boolean): void {
    this.take(BLANKS);
    if (breaks) this.skipBreaks();
  }

  private skipBreaks(): void {
    while (this.here === '\n') {
      this.at++;
      this.startLine();
      this.take(BLANKS);
    }
  }
}

function add(pairs: LocatedPair[], pair: LocatedPair): void {
  for (const { key } of pairs) if (key === pair.key) throw UNUSUAL;
  pairs.push(pair);
}

function unescaped(quoted: string): string {
  try {
    return JSON.parse(quoted);
  } catch {
    throw UNUSUAL;
  }
}

const WORD = /^(?:[A-Za-z$_(]|\.\.?\/)/;
// A date, an address: what begins like a number and is none.
const NO_NUMBER = /^\d+(?:[/:-]|\.\d+\.)/;
const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;
const KEYWORD = /^(?:null|Null|NULL|true|True|TRUE|false|False|FALSE)$/;

/** What a scalar without quotes says, where that is plain to see. */
function plainValue(text: string): string | number | boolean {
  if (KEYWORD.test(text)) return keyword(text);
  if (WORD.test(text) || NO_NUMBER.test(text)) return text;
  if (WHOLE_NUMBER.test(text)) return Number(text);
  throw UNUSUAL;
}

function keyword(text: string): boolean {
  if (text[0].toLowerCase() === 'n') throw UNUSUAL;
  return text[0].toLowerCase() === 't';
}
