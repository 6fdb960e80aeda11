import type { ParsedNode, YAMLError } from 'yaml';
import { parseSimple } from './simple-text';

/** Where something stands in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A value of a YAML or JSON file that knows where it stands. */
export type LocatedValue = Position &
  (
    | { readonly kind: 'map'; readonly pairs: readonly LocatedPair[] }
    | { readonly kind: 'list'; readonly items: readonly LocatedValue[] }
    | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
    | { readonly kind: 'foreign'; readonly what: string }
  );

/** One line of a map. The position is the key's. */
export interface LocatedPair extends Position {
  readonly key: string;
  readonly value: LocatedValue;
}

/** Why a text cannot be read at all. */
export interface SyntaxMistake extends Position {
  readonly kind: 'mistake';
  readonly reason: string;
}

/** Reads a text, which is YAML or its subset JSON, up to the first mistake. An empty text is an empty value. */
export function parseLocated(text: string): LocatedValue | SyntaxMistake {
  return parseSimple(text) ?? parseFully(text);
}

/** The same by way of a full YAML parser, which takes its time. */
export function parseFully(text: string): LocatedValue | SyntaxMistake {
  const { LineCounter, parseDocument } = yaml();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const positionOf = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  // Those that follow are mostly consequences of the first.
  const mistake = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]).at(0);
  if (mistake !== undefined) return { ...positionOf(mistake.pos[0]), kind: 'mistake', reason: reasonOf(mistake) };
  return document.contents === null ? emptyAt({ line: 1, column: 1 }) : locate(document.contents, positionOf);
}

// Few texts need it, and it is a third of what the library would otherwise take to load.
function yaml(): typeof import('yaml') {
  return require('yaml');
}

function locate(node: ParsedNode, positionOf: (offset: number) => Position): LocatedValue {
  const { isMap, isScalar, isSeq } = yaml();
  const position = positionOf(node.range[0]);
  if (isMap<ParsedNode, ParsedNode | null>(node)) {
    const pairs = node.items.map(({ key, value }) => ({
      ...positionOf(key.range[0]),
      key: isScalar(key) ? String(key.value) : String(key),
      // `key:` with nothing behind it.
      value: value === null ? emptyAt(positionOf(key.range[1])) : locate(value, positionOf),
    }));
    return { ...position, kind: 'map', pairs };
  }
  if (isSeq<ParsedNode>(node))
    return { ...position, kind: 'list', items: node.items.map((item) => locate(item, positionOf)) };
  if (isScalar(node) && isPlain(node.value)) return { ...position, kind: 'scalar', value: node.value };
  return { ...position, kind: 'foreign', what: isScalar(node) ? 'a YAML type of its own' : 'an alias' };
}

function emptyAt(position: Position): LocatedValue {
  return { ...position, kind: 'scalar', value: null };
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function reasonOf({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'holds more than one document';
  if (code === 'DUPLICATE_KEY') return 'has the same key twice';
  return `cannot be read: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
