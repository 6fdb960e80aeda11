import type { AddressSet } from '../../../../lib/network/address-set';
import type { Entry } from '../../exposed-endpoint';
import { addressCount, addressOf, counted, natureOf, placeOf, schemeText, tlsText } from '../../render/words';
import type { AccessChange, Change, Difference, ExpiryChange, GuardChange, SettingChange } from '../difference';

// What all formats say. Each format hands in how it makes texts of files harmless.

/** Makes a text of a file harmless. */
export type Quote = (text: string) => string;

/** How many blocks of a set are named. */
const MOST_BLOCKS = 6;

/** What a change is, as a clause. */
export function sentenceOf(change: Change, difference: Difference, quoted: Quote): string {
  switch (change.kind) {
    case 'added':
    case 'removed':
      return existenceText(change.kind, difference, quoted);
    case 'gained':
    case 'lost':
      return `${accessText(change, quoted)}${aboutText(change.entry, quoted)}`;
    case 'setting':
      return settingText(change, quoted);
    case 'expiry':
      return `${expiryText(change, quoted)}${aboutText({ ...change.entry, expires: undefined }, quoted)}`;
    case 'guard':
      return guardText(change, quoted);
    case 'record':
      return `the ${change.name} of ${quoted(change.entry.value)} is ${orNone(change.after, quoted)} instead of ${orNone(change.before, quoted)}`;
  }
}

/** What makes a change worth a second look. */
export function labelOf({ facts }: Change): 'public' | 'weakened' | undefined {
  if (facts.includes('public')) return 'public';
  return facts.includes('weakened') ? 'weakened' : undefined;
}

function existenceText(kind: 'added' | 'removed', { before, after }: Difference, quoted: Quote): string {
  const endpoint = (after ?? before)!;
  return `${kind === 'added' ? 'is new' : 'is gone'}: ${quoted(addressOf(endpoint))} (${natureOf(endpoint, quoted)})`;
}

function accessText(change: AccessChange, quoted: Quote): string {
  const { kind, addresses, hasExpired } = change;
  const isOne = addresses === undefined || addresses.size(4) + addresses.size(6) === 1n;
  const verb = `${kind === 'gained' ? 'gain' : 'lose'}${isOne ? 's' : ''} access`;
  return `${whoText(change, quoted)} ${verb}${hasExpired ? ', as the last day has passed' : ''}`;
}

/** Which addresses, or which list or group. */
export function whoText(
  { entry, addresses }: { readonly entry: Entry; readonly addresses?: AddressSet },
  quoted: Quote,
): string {
  if (addresses === undefined) return `whatever ${quoted(entry.value)} contains`;
  return `${addressCount(addresses)} (${blocksText(addresses, quoted)})`;
}

/** The blocks of a set, or the first of many. */
export function blocksText(addresses: AddressSet, quoted: Quote, most = MOST_BLOCKS): string {
  const blocks = addresses.toCidrs();
  const shown = blocks.slice(0, most).map(({ text }) => quoted(text));
  return [...shown, ...(blocks.length > most ? [`${blocks.length - most} more blocks`] : [])].join(', ');
}

/** Who it is, and where that is written. */
export function aboutText(entry: Entry, quoted: Quote): string {
  const { description, owner, ticket, expires } = entry;
  const place = placeOf(entry);
  const parts = [
    description && quoted(description),
    owner && `owner ${quoted(owner)}`,
    ticket && quoted(ticket),
    expires && `until ${quoted(expires)}`,
    place && `at ${quoted(place)}`,
  ].filter((part) => part);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

function settingText({ name, before, after }: SettingChange, quoted: Quote): string {
  const show = (value: string | undefined) => {
    if (name === 'internetFacing') return schemeText(value === 'true');
    if (name === 'tls' && value !== undefined) return tlsText(value) ?? quoted(value);
    return orNone(value, quoted);
  };
  return `${SETTINGS[name] ?? name} is ${show(after)} instead of ${show(before)}`;
}

const SETTINGS: Readonly<Record<string, string>> = {
  internetFacing: 'the load balancer',
  tls: 'the end of TLS',
  'privateLink.principals': 'who may use PrivateLink',
  'privateLink.acceptanceRequired': 'whether interface endpoints have to be accepted',
  'privateLink.allowlistApplies': 'whether the allowlist holds for PrivateLink',
  'privateLink.supportedRegions': 'where consumers of PrivateLink may be',
};

function expiryText({ entry, addresses, before, after }: ExpiryChange, quoted: Quote): string {
  const end = (day: string | undefined) => (day === undefined ? 'never' : quoted(day));
  return `the access of ${whoText({ entry, addresses }, quoted)} ends ${end(after)} instead of ${end(before)}`;
}

function guardText({ name, before, after }: GuardChange, quoted: Quote): string {
  if (name === 'anywhere') {
    return after === undefined ? 'no longer everybody may connect' : `everybody may connect: ${quoted(after)}`;
  }
  if (name === 'acknowledged') {
    return after === undefined
      ? `the warning ${quoted(before ?? '')} is no longer acknowledged`
      : `the warning ${quoted(after)} is acknowledged`;
  }
  return `${name} is ${orNone(after, quoted)} instead of ${orNone(before, quoted)}`;
}

function orNone(value: string | undefined, quoted: Quote): string {
  return value === undefined || value === '' ? 'none' : quoted(value);
}

/** What changes in total: `2 endpoints change: 1 is new, 1 gains access`. */
export function summaryText(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'Nothing changes in who can reach what.';
  const count = (...kinds: readonly Change['kind'][]) =>
    differences.filter(({ changes }) => changes.some(({ kind }) => kinds.includes(kind))).length;
  const weakened = differences.filter(({ changes }) => changes.some(({ facts }) => facts.includes('weakened'))).length;
  const parts = [
    [count('added'), 'new'],
    [count('removed'), 'gone'],
    [count('gained'), 'with access gained'],
    [count('lost'), 'with access lost'],
    [weakened, 'weakened'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const what = counted(differences.length, 'endpoint changes', 'endpoints change');
  return told.length === 0 ? `${what}.` : `${what}: ${told.join(', ')}.`;
}
