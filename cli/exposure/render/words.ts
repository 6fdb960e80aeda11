import type { AddressSet } from '../../../lib/network/address-set';
import { formatAddress } from '../../check/address';
import type { Access } from '../access';
import { type Entry, type ExposedEndpoint, isExpression } from '../exposed-endpoint';

// What the formats for people have in common. Texts of files are in it as they are: each format makes them harmless.

/** How many things, and what they are called. */
export function counted(count: number | bigint, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 || count === 1n ? one : many}`;
}

/** `256 IPv4 and 4 IPv6 addresses`. */
export function addressCount(set: AddressSet): string {
  const [ipv4, ipv6] = [set.size(4), set.size(6)];
  if (ipv6 === 0n) return counted(ipv4, 'IPv4 address', 'IPv4 addresses');
  if (ipv4 === 0n) return counted(ipv6, 'IPv6 address', 'IPv6 addresses');
  return `${ipv4} IPv4 and ${ipv6} IPv6 addresses`;
}

/** What access amounts to: `256 IPv4 addresses, plus 1 prefix list and 2 values known after apply`. */
export function accessText({ addresses, unmeasured }: Access): string {
  const kinds = [...unmeasured.values()].map(kindOf);
  const parts = Object.entries(KINDS).flatMap(([kind, name]) => {
    const count = kinds.filter((each) => each === kind).length;
    return count === 0 ? [] : [counted(count, name, PLURALS[kind])];
  });
  if (parts.length === 0) return addressCount(addresses);
  return addresses.isEmpty ? parts.join(', ') : `${addressCount(addresses)}, plus ${parts.join(', ')}`;
}

const KINDS: Readonly<Record<string, string>> = {
  prefixList: 'prefix list',
  securityGroup: 'security group',
  computed: 'value known after apply',
  other: 'other source',
};
const PLURALS: Readonly<Record<string, string>> = { computed: 'values known after apply' };

function kindOf({ kind, value }: Entry): string {
  if (kind === 'cidr' || kind === 'cidrs' || isExpression(value)) return 'computed';
  if (kind === 'awsPrefixList') return 'prefixList';
  return kind in KINDS ? kind : 'other';
}

/** `orders.db.example.com:5432`, as clients connect. */
export function addressOf({ hostname, port }: ExposedEndpoint): string {
  const host = isExpression(hostname) ? `(hostname known after apply: ${hostname})` : hostname;
  return typeof port === 'number' ? formatAddress(host, port) : `${host}, port known after apply: ${port}`;
}

/**
 * What an endpoint is, beside its address.
 *
 * @param quoted makes a text of a file harmless.
 */
export function natureOf(endpoint: ExposedEndpoint, quoted: (text: string) => string = (text) => text): string {
  const { engine, tls, internetFacing, privateLink } = endpoint;
  return [
    quoted(engine),
    schemeText(internetFacing),
    `TLS ends at ${tlsText(tls) ?? quoted(tls)}`,
    ...(privateLink === undefined ? [] : [privateLinkText(privateLink)]),
  ].join(', ');
}

export function schemeText(internetFacing: boolean): string {
  return internetFacing ? 'internet-facing' : 'internal';
}

export function tlsText(tls: string): string | undefined {
  return { terminate: 'the listener', passthrough: 'the database' }[tls];
}

export function privateLinkText({ principals, allowlistApplies }: NonNullable<ExposedEndpoint['privateLink']>): string {
  const who = principals.includes('*') ? 'everybody' : counted(principals.length, 'principal');
  return `shared over PrivateLink with ${who}${allowlistApplies ? '' : ', whose clients the allowlist does not limit'}`;
}

/** Where an entry is written. */
export function placeOf({ location, file }: Entry): string | undefined {
  return location ?? file;
}
