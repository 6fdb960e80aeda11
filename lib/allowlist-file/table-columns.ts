import type { EntryKind } from '../allowlist/allowlist-entry';
import { isCidr, parseCidr } from '../network/cidr';
import type { Cell } from './delimited-text';
import { ENTRY_KEYS, SOURCE_KEYS } from './entry-reader';
import type { FileNotes } from './field-reader';

/** What a column of a table holds: a key of an entry, its group, or a label of the column's own name. */
export type Column = { readonly key: string } | { readonly label: string };

/** The column of a table that has blocks only, and so no names. */
export const BLOCKS: Column = { key: 'cidr' };

/** Reads the first row of a table. Undefined where the rows cannot be read by it. */
export function readHeader(header: readonly Cell[], notes: FileNotes): (Column | undefined)[] | undefined {
  const columns = header.map(({ text }) => columnOf(text));
  const sources = columns.filter(
    (column) => column && 'key' in column && SOURCE_KEYS.includes(column.key as EntryKind),
  );
  if (sources.length === 0) {
    const isBlock = isCidr(parseCidr(header[0].text));
    notes.refuse(header[0], '', {
      rule: 'ColumnMissing',
      reason: isBlock ? 'has a block where the column names should be' : 'has no column of blocks',
      remedy: `Write the column names in the first line: ${NAMES}.`,
    });
    return undefined;
  }

  let isClear = true;
  for (const [i, { at, text }] of header.entries()) {
    const first = columns.findIndex((column) => nameOf(column) === nameOf(columns[i]));
    const reason = isTelling(text, columns[i])
      ? 'may restrict access, which an allowlist cannot express'
      : first < i && columns[i] !== undefined
        ? `is the second column for ${nameOf(columns[i])}`
        : undefined;
    if (reason === undefined) continue;
    isClear = false;
    const remedy = `Remove it, or name it ${NAMES}, or labels.NAME for anything else.`;
    notes.refuse({ at }, '', { rule: 'ColumnUnclear', value: text, reason, remedy });
  }
  return isClear ? columns : undefined;
}

const LABEL = /^labels?[.: ]\s*(.+)$/i;
const NAMES = 'cidr, prefixList, awsPrefixList, securityGroup, maxEntries, description, owner, ticket, expires, group';

/** What vendors call their columns, in lowercase without spaces and punctuation. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  cidr: [
    ...['cidrs', 'cidrblock', 'cidrblocks', 'cidrrange', 'ip', 'ips', 'ipaddress', 'ipaddresses', 'address'],
    ...['addresses', 'ipprefix', 'ipv4', 'ipv6', 'ipv4prefix', 'ipv6prefix', 'iprange', 'ipranges', 'ipcidr'],
    ...['network', 'networks', 'prefix', 'prefixes', 'subnet', 'subnets', 'block', 'range'],
  ],
  description: ['comment', 'comments', 'note', 'notes'],
  expires: ['expiry', 'expiration', 'expirydate', 'expirationdate', 'expireson', 'validuntil'],
};

const KEYS: ReadonlyMap<string, string> = new Map([
  ...[...ENTRY_KEYS, 'group']
    .filter((key) => key !== 'labels')
    .map((key): [string, string] => [key.toLowerCase(), key]),
  ...Object.entries(SYNONYMS).flatMap(([key, names]) => names.map((name): [string, string] => [name, key])),
]);

function columnOf(text: string): Column | undefined {
  const label = LABEL.exec(text)?.[1];
  if (label !== undefined) return { label };
  const key = KEYS.get(text.toLowerCase().replace(/[^a-z0-9]/g, ''));
  if (key !== undefined) return { key };
  return text === '' ? undefined : { label: text };
}

function nameOf(column: Column | undefined): string | undefined {
  return column && ('key' in column ? column.key : `labels.${column.label}`);
}

// As a label, such a column would have no effect, and everything in the table would be admitted permanently.
const TELLING =
  /^(?:e?xp|valid|until|ends?$|dates?$|action|permission|policy|allow|den[yi]|block|status$|enabl|disabl|active|inactive|exclu|except|revok|remov|delet|pinned)/;

function isTelling(text: string, column: Column | undefined): boolean {
  if (column === undefined || 'key' in column || LABEL.test(text)) return false;
  const words = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => TELLING.test(word)) || isNearly(words.join(''), 'expires');
}

/** Whether up to two changed, added, missing or swapped letters turn one word into the other. */
function isNearly(word: string, other: string): boolean {
  if (Math.abs(word.length - other.length) > 2) return false;
  let previous = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const letter of word) {
    const next = [previous[0] + 1];
    for (let i = 1; i <= other.length; i++) {
      const changed = previous[i - 1] + (letter === other[i - 1] ? 0 : 1);
      next.push(Math.min(previous[i] + 1, next[i - 1] + 1, changed));
    }
    previous = next;
  }
  return previous[other.length] <= 2;
}
