import { daysLeft, isExpiry } from '../../../lib/allowlist/expiry';
import { type Cidr, isCidr, parseCidr } from '../../../lib/network/cidr';
import type { PageEndpoint, PageEntry, PageTable } from './page-data';

// What the page's filters mean. It runs in the browser, and is tested without one.

/** What is asked for; everything where nothing is. */
export interface Filter {
  /** Each of them has to be in a text of the entry or its endpoint; lowercase. */
  readonly words: readonly string[];
  /** Whose access; an empty text is access that nobody owns. */
  readonly owner?: string;
  /** Path of the endpoint. */
  readonly endpoint?: string;
  /** Only what admits some of these addresses. */
  readonly address?: Cidr;
  /** Only access that ends within so many days, or that does not end by itself. */
  readonly ends?: number | 'never';
  /** Only endpoints that face the internet, or that admit everybody. */
  readonly reach?: 'internet' | 'everybody';
}

/** What is left of an endpoint. */
export interface Found {
  readonly endpoint: PageEndpoint;
  readonly entries: readonly PageEntry[];
  /** They may admit the address that is asked for: what they contain is not known. */
  readonly undetermined: readonly PageEntry[];
  readonly expired: readonly PageEntry[];
}

type EndpointTexts = Pick<PageEndpoint, 'endpoint' | 'address' | 'internetFacing' | 'admitsEverybody'> & {
  readonly engine?: string;
  readonly logins?: PageTable;
};

/** Whether nothing is asked for. */
export function isEmpty({ words, ...rest }: Filter): boolean {
  return words.length === 0 && Object.values(rest).every((value) => value === undefined);
}

/** What is asked for of the endpoints; those that have nothing of it are left out. */
export function find(endpoints: readonly PageEndpoint[], filter: Filter, asOf: Date): Found[] {
  return endpoints
    .filter((endpoint) => isEndpointMeant(endpoint, filter))
    .map((endpoint) => findAt(endpoint, filter, asOf))
    .filter(({ entries, undetermined, expired, endpoint }) => {
      if (entries.length + undetermined.length + expired.length > 0) return true;
      // Who comes over PrivateLink past the allowlist may have any address.
      const mayReach = endpoint.opensPastAllowlist && filter.owner === undefined && filter.ends === undefined;
      return (!asksForEntries(filter) || mayReach) && hasWords(textOf(endpoint), filter);
    });
}

function findAt(endpoint: PageEndpoint, filter: Filter, asOf: Date): Found {
  const isMeant = (entry: PageEntry) => isEntryMeant(entry, endpoint, filter, asOf);
  const entries = endpoint.entries.filter(isMeant);
  const unmeasured = endpoint.undetermined.filter(isMeant);
  const expired = filter.ends === undefined && filter.address === undefined ? endpoint.expired.filter(isMeant) : [];
  const { address } = filter;
  if (address === undefined) return { endpoint, entries, undetermined: unmeasured, expired };
  return {
    endpoint,
    entries: entries.filter((entry) => admits(entry, address)),
    undetermined: [...entries.filter(({ addresses }) => addresses === undefined), ...unmeasured],
    expired,
  };
}

/** Whether an endpoint is one that is asked for, whatever it admits. */
export function isEndpointMeant(endpoint: EndpointTexts, { endpoint: path, reach }: Filter): boolean {
  if (path !== undefined && endpoint.endpoint !== path) return false;
  if (reach === 'internet') return endpoint.internetFacing;
  return reach !== 'everybody' || endpoint.admitsEverybody;
}

/** Whether an entry is one that is asked for, leaving its addresses aside. */
export function isEntryMeant(entry: PageEntry, endpoint: EndpointTexts, filter: Filter, asOf: Date): boolean {
  const { owner, ends } = filter;
  if (owner !== undefined && (entry.owner ?? '') !== owner) return false;
  if (ends !== undefined && !endsWithin(entry, ends, asOf)) return false;
  return hasWords(`${textOf(endpoint)}\n${entryText(entry)}`, filter);
}

/** Whether an entry admits at least one of the addresses. */
export function admits(entry: PageEntry, address: Cidr): boolean {
  return blocksOf(entry).some(
    ({ family, first, last }) => family === address.family && first <= address.last && last >= address.first,
  );
}

/** What an entry admits, as far as it is known. */
export function blocksOf(entry: PageEntry): readonly Cidr[] {
  if (entry.addresses === undefined) return [];
  const known = BLOCKS.get(entry) ?? (entry.blocks ?? [entry.source]).map(parseCidr).filter(isCidr);
  BLOCKS.set(entry, known);
  return known;
}

/** Whether every word is in a text. */
export function hasWords(text: string, { words }: Filter): boolean {
  return words.every((word) => text.includes(word));
}

/** Whether entries are asked for, and not only endpoints. */
export function asksForEntries({ owner, address, ends }: Filter): boolean {
  return owner !== undefined || address !== undefined || ends !== undefined;
}

const BLOCKS = new WeakMap<PageEntry, readonly Cidr[]>();
const TEXTS = new WeakMap<object, string>();

function textOf(endpoint: EndpointTexts): string {
  return lowered(endpoint, () => [
    endpoint.endpoint,
    endpoint.address,
    endpoint.engine,
    ...(endpoint.logins?.rows.flat() ?? []),
  ]);
}

function entryText(entry: PageEntry): string {
  return lowered(entry, () => {
    const { source, written, blocks = [], description, owner, ticket, expires, group, integration, where } = entry;
    return [source, written, ...blocks, description, owner, ticket, expires, group, integration, where];
  });
}

function lowered(of: object, texts: () => readonly (string | undefined)[]): string {
  const known = TEXTS.get(of) ?? texts().join('\n').toLowerCase();
  TEXTS.set(of, known);
  return known;
}

function endsWithin({ expires }: PageEntry, ends: number | 'never', asOf: Date): boolean {
  if (ends === 'never') return expires === undefined;
  return expires !== undefined && isExpiry(expires) && daysLeft(expires, asOf) <= ends;
}
