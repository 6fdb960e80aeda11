import type { AddressSet } from '../../../../lib/network/address-set';
import type { Entry } from '../../exposed-endpoint';
import { authText, objectsText, privilegesText } from '../../render/user-words';
import { addressCount, addressOf, counted, natureOf, placeOf, schemeText, tlsText } from '../../render/words';
import type { User } from '../../user';
import type {
  AccessChange,
  Change,
  Difference,
  ExpiryChange,
  GuardChange,
  PrivilegesChange,
  SettingChange,
  UserChange,
  UserSettingChange,
} from '../difference';

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
    case 'renamed':
      return `is renamed from ${quoted(change.before)} to ${quoted(change.after)}`;
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
    case 'userAdded':
    case 'userRemoved':
      return userText(change, quoted);
    case 'privilegesGained':
    case 'privilegesLost':
      return privilegesChangeText(change, quoted);
    case 'userSetting':
      return userSettingText(change, quoted);
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
  const { description, owner, ticket, expires, integration } = entry;
  const place = placeOf(entry);
  const parts = [
    description && quoted(description),
    owner && `owner ${quoted(owner)}`,
    ticket && quoted(ticket),
    expires && `until ${quoted(expires)}`,
    integration && `integration ${quoted(integration)}`,
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

function userText({ kind, user }: UserChange, quoted: Quote): string {
  const { database, validUntil, integration } = user;
  const about = [
    `database ${quoted(database)}`,
    `proves itself by ${authText(user, quoted)}`,
    ...(validUntil === undefined ? [] : [`until ${quoted(validUntil)}`]),
    ...(integration === undefined ? [] : [`integration ${quoted(integration)}`]),
  ];
  return `${loginText(user, quoted)} ${kind === 'userAdded' ? 'is new' : 'is gone'}: ${about.join(', ')}`;
}

function loginText({ userName }: User, quoted: Quote): string {
  return `the login ${quoted(userName)}`;
}

function privilegesChangeText({ kind, user, grant }: PrivilegesChange, quoted: Quote): string {
  const verb = kind === 'privilegesGained' ? 'gains' : 'loses';
  const objects = objectsText(grant, user.futureTables, quoted);
  const what = `${privilegesText(grant, quoted)} on ${objects} in the database ${quoted(user.database)}`;
  return `${loginText(user, quoted)} ${verb} ${what}`;
}

function userSettingText({ user, name, before, after }: UserSettingChange, quoted: Quote): string {
  const login = loginText(user, quoted);
  const instead = (now: string, old: string) => `${now} instead of ${old}`;
  const [old, now] = [orNone(before, quoted), orNone(after, quoted)];
  switch (name) {
    case 'userName':
      return `${login} has this name instead of ${old}`;
    case 'auth': {
      const way = (auth: string | undefined) =>
        auth === 'iam' ? 'IAM' : auth === 'password' ? 'a password' : orNone(auth, quoted);
      return `${login} proves itself by ${instead(way(after), way(before))}`;
    }
    case 'futureTables':
      return after === 'true' || after === 'false'
        ? `${login} ${after === 'true' ? 'may' : 'may not'} use tables that are made later as those of today`
        : `whether ${login} may use tables that are made later is ${instead(now, old)}`;
    case 'validUntil': {
      const end = (day: string | undefined) => (day === undefined ? 'never' : quoted(day));
      return `the password of ${login} ends ${instead(end(after), end(before))}`;
    }
    case 'rotateEveryDays': {
      const days = (each: string | undefined) => (each === undefined ? 'never' : `every ${quoted(each)} days`);
      return `the password of ${login} is rotated ${instead(days(after), days(before))}`;
    }
    default:
      return `the ${name} of ${login} is ${instead(now, old)}`;
  }
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
    [count('renamed'), 'renamed'],
    [count('gained'), 'with access gained'],
    [count('lost'), 'with access lost'],
    [count('userAdded', 'privilegesGained'), 'with privileges gained'],
    [count('userRemoved', 'privilegesLost'), 'with privileges lost'],
    [weakened, 'weakened'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const what = counted(differences.length, 'endpoint changes', 'endpoints change');
  return told.length === 0 ? `${what}.` : `${what}: ${told.join(', ')}.`;
}
