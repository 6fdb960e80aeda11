import { AddressSet } from '../../lib/network/address-set';

/** Ids of AWS, and numbers of accounts. The last characters tell them apart, as they do in the console. */
const IDS = /\b([a-z][a-z]*-)(?:[0-9a-f]{13}|[0-9a-f]{4})([0-9a-f]{4})\b/g;
const ACCOUNTS = /\b\d{8}(\d{4})\b/g;

/** A text without the ids that are in it. */
export function masked(text: string): string {
  return text.replace(IDS, '$1…$2').replace(ACCOUNTS, '…$1');
}

/** The same for every text within a value. */
export function maskedTexts<Value>(value: Value): Value {
  return eachText(value) as Value;
}

function eachText(value: unknown): unknown {
  if (typeof value === 'string') return masked(value);
  if (Array.isArray(value)) return value.map(eachText);
  // Sets of addresses hold no texts, and are no plain objects.
  if (typeof value !== 'object' || value === null || value instanceof AddressSet) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, eachText(each)]));
}
