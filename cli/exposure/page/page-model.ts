import { daysLeft, isExpiry } from '../../../lib/allowlist/expiry';
import { printable } from '../../../lib/rules/printable';
import { accessOf, addressesOf } from '../access';
import { admitsEverybody } from '../diff/compare-access';
import type { Difference } from '../diff/difference';
import type { Entry, ExposedEndpoint } from '../exposed-endpoint';
import { sizes } from '../render/json';
import { USER_COLUMNS, userRows } from '../render/user-words';
import { addressOf, counted, privateLinkText, schemeText, tlsText } from '../render/words';
import type { Question, Selected } from '../select';
import type { User } from '../user';
import { admittedText } from './admitted';
import { type Overlap, overlaps } from './overlaps';
import { pageChanges } from './page-changes';
import type { PageData, PageEndpoint, PageOverlap, PageOverlaps, PageSizes, PageTable, PageTotals } from './page-data';
import { pageEntry } from './page-entry';
import { entriesWithin } from './within';

/** How many groups of endpoints that share something the page lists, and how many sources of each. */
const MOST_OVERLAPS = 200;
const MOST_SOURCES = 6;

/** How much of one text is shown: a description must not push all others out of sight. */
const LONGEST = 500;

/**
 * Everything that the page shows.
 *
 * @param question what the endpoints were narrowed to.
 * @param differences from the state before, if there is one.
 */
export function pageData(
  selected: readonly Selected[],
  question: Question,
  differences?: readonly Difference[],
): PageData {
  const access = selected.map(({ entries }) => accessOf(entries));
  const shared = overlaps(
    access.map(({ addresses, unmeasured }) => ({
      addresses,
      unmeasured: [...unmeasured.values()].map(({ value }) => value),
    })),
  );
  const sharedSizes = sharedOf(selected.length, shared);
  const before = new Map(differences?.map((each) => [each.endpoint, each.before]));
  return eachText({
    asOf: question.now.toISOString().slice(0, 10),
    narrowedTo: narrowedTo(question),
    totals: totals(selected),
    endpoints: selected.map((each, position) => ({
      ...pageEndpoint(each, question.now),
      shared: sharedSizes[position],
      before: differences && sizesBefore(each, before),
    })),
    overlaps: pageOverlaps(shared),
    changes: differences && pageChanges(differences),
  });
}

/** What an endpoint admitted before. If nothing of it changed, that is what it admits now. */
function sizesBefore({ endpoint }: Selected, before: ReadonlyMap<string, ExposedEndpoint | undefined>) {
  const side = before.has(endpoint.endpoint) ? before.get(endpoint.endpoint) : endpoint;
  return side && sizes(addressesOf(side.entries));
}

function narrowedTo({ endpoint, owner, integration, expiringDays, address }: Question): readonly string[] {
  return [
    ...(endpoint === undefined ? [] : [`endpoint ${endpoint}`]),
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(integration === undefined ? [] : [`integration ${integration}`]),
    ...(expiringDays === undefined ? [] : [`access that ends within ${counted(expiringDays, 'day')}`]),
    ...(address === undefined ? [] : [`what admits ${address.text}`]),
  ];
}

function totals(selected: readonly Selected[]): PageTotals {
  const entries = selected.flatMap((each) => each.entries);
  return {
    endpoints: selected.length,
    internetFacing: selected.filter(({ endpoint }) => endpoint.internetFacing).length,
    entries: entries.length,
    addresses: sizes(addressesOf(entries)),
    withoutOwner: entries.filter(({ owner }) => owner === undefined).length,
    withoutEnd: entries.filter(({ expires }) => expires === undefined).length,
  };
}

function pageEndpoint(selected: Selected, now: Date): Omit<PageEndpoint, 'shared' | 'before'> {
  const { endpoint, entries, undetermined, expired, users } = selected;
  const access = accessOf(entries);
  const within = entriesWithin(entries);
  return {
    endpoint: endpoint.endpoint,
    address: addressOf(endpoint),
    engine: endpoint.engine,
    internetFacing: endpoint.internetFacing,
    admitsEverybody: admitsEverybody(entries),
    opensPastAllowlist: endpoint.privateLink?.allowlistApplies === false,
    facts: factsOf(endpoint),
    notes: notesOf(endpoint, entries, now),
    addresses: sizes(access.addresses),
    admits: admittedText(entries),
    entries: entries.map((entry) => pageEntry(entry, within.get(entry))),
    undetermined: undetermined.map((entry) => pageEntry(entry)),
    expired: expired.map((entry) => pageEntry(entry)),
    logins: users.length === 0 ? undefined : loginsOf(users),
  };
}

/** Logins as a table; a column that none has something for is left out. */
function loginsOf(users: readonly User[]): PageTable {
  const rows = userRows(users).map(([user, grant]) => USER_COLUMNS.map(([, text]) => text(user, grant) ?? ''));
  const used = USER_COLUMNS.map((_, column) => rows.some((row) => row[column] !== ''));
  const only = <Cell>(cells: readonly Cell[]) => cells.filter((_, column) => used[column]);
  const titles = USER_COLUMNS.map(([title]) => `${title[0].toUpperCase()}${title.slice(1)}`);
  return { columns: only(titles), rows: rows.map(only) };
}

function factsOf({ stack, engine, tls, internetFacing, port, privateLink, guards }: ExposedEndpoint) {
  const facts: [name: string, value: string | undefined][] = [
    ['Stack', stack],
    ['Engine', engine],
    ['Port', typeof port === 'number' ? String(port) : `known after apply: ${port}`],
    ['TLS ends at', tlsText(tls) ?? tls],
    ['Load balancer', schemeText(internetFacing)],
    ['PrivateLink', privateLink && privateLinkText(privateLink)],
    ['Interface endpoints', privateLink && (privateLink.acceptanceRequired ? 'have to be accepted' : 'are accepted')],
    ['Widest allowlist', guards && `/${guards.maxBreadthIpv4} of IPv4, /${guards.maxBreadthIpv6} of IPv6`],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** What deserves a second look. */
function notesOf({ privateLink, guards }: ExposedEndpoint, entries: readonly Entry[], now: Date): readonly string[] {
  const anywhere = entries.find(({ kind }) => kind === 'anywhere');
  const past = entries.filter(
    ({ expires }) => expires !== undefined && isExpiry(expires) && daysLeft(expires, now) < 0,
  );
  const acknowledged = guards?.acknowledged ?? [];
  return [
    ...(anywhere ? [`Everybody may connect: ${anywhere.description ?? 'without a reason'}.`] : []),
    ...(anywhere === undefined && admitsEverybody(entries) ? ['Every address of a family may connect.'] : []),
    ...(privateLink?.principals.includes('*') ? ['Everybody may make an interface endpoint.'] : []),
    ...(privateLink?.allowlistApplies === false ? ['The allowlist does not limit clients over PrivateLink.'] : []),
    ...(past.length > 0
      ? [`${counted(past.length, 'entry is', 'entries are')} past the last day: access ends at the next apply.`]
      : []),
    ...(acknowledged.length > 0 ? [`Acknowledged warnings: ${acknowledged.join(', ')}.`] : []),
  ];
}

function pageOverlaps(all: readonly Overlap[]): PageOverlaps {
  const inOrder = [...all].sort(
    (a, b) =>
      b.endpoints.length - a.endpoints.length ||
      descending(a.addresses.size(4), b.addresses.size(4)) ||
      descending(a.addresses.size(6), b.addresses.size(6)) ||
      (a.endpoints.join() < b.endpoints.join() ? -1 : 1),
  );
  return { sets: inOrder.slice(0, MOST_OVERLAPS).map(pageOverlap), more: Math.max(0, all.length - MOST_OVERLAPS) };
}

function pageOverlap({ endpoints, addresses, unmeasured }: Overlap): PageOverlap {
  const sources = [...addresses.toCidrs().map(({ text }) => text), ...unmeasured];
  return {
    endpoints,
    addresses: sizes(addresses),
    sources: sources.slice(0, MOST_SOURCES),
    moreSources: Math.max(0, sources.length - MOST_SOURCES),
  };
}

/** How many addresses of each endpoint reach another one too. No address is in two overlaps. */
function sharedOf(count: number, all: readonly Overlap[]): readonly PageSizes[] {
  const sums = Array.from({ length: count }, () => ({ ipv4: 0n, ipv6: 0n }));
  for (const { endpoints, addresses } of all) {
    const [ipv4, ipv6] = [addresses.size(4), addresses.size(6)];
    for (const position of endpoints) {
      sums[position].ipv4 += ipv4;
      sums[position].ipv6 += ipv6;
    }
  }
  return sums.map(({ ipv4, ipv6 }) => ({ ipv4: String(ipv4), ipv6: String(ipv6) }));
}

function descending(a: bigint, b: bigint): number {
  return a > b ? -1 : a < b ? 1 : 0;
}

/** Every text within a value, made printable. */
function eachText<Value>(value: Value): Value {
  return made(value) as Value;
}

function made(value: unknown): unknown {
  if (typeof value === 'string') return printable(value, LONGEST);
  if (Array.isArray(value)) return value.map(made);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, made(each)]));
}
