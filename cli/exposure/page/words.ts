import type { PageSizes } from './page-data';

// How the page writes numbers. Shared by what writes it and what runs in it.

/** `16,777,216`. */
export function grouped(digits: string | number): string {
  return String(digits).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A number of addresses: in full as long as somebody can read it, and as a power of two after that. */
export function sizeText(digits: string): string {
  if (digits.length <= 10) return grouped(digits);
  const size = BigInt(digits);
  const bits = size.toString(2).length - 1;
  return `${size === 1n << BigInt(bits) ? '' : 'about '}2^${bits}`;
}

/** `256 IPv4`, `2^64 IPv6`, or both. */
export function sizesText({ ipv4, ipv6 }: PageSizes): string {
  const parts = [
    ...(ipv4 === '0' ? [] : [`${sizeText(ipv4)} IPv4`]),
    ...(ipv6 === '0' ? [] : [`${sizeText(ipv6)} IPv6`]),
  ];
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** What something admits: `256 IPv4 addresses, plus 1 prefix list`. */
export function admitsText(sizes: PageSizes, others: string): string {
  const isOne = sizes.ipv4 === '1' ? sizes.ipv6 === '0' : sizes.ipv4 === '0' && sizes.ipv6 === '1';
  const isNone = sizes.ipv4 === '0' && sizes.ipv6 === '0';
  if (isNone) return others === '' ? 'nobody' : others;
  return `${sizesText(sizes)} ${isOne ? 'address' : 'addresses'}${others === '' ? '' : `, plus ${others}`}`;
}

/** `1 entry`, `25,000 entries`. */
export function many(count: number, one: string, more = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : more}`;
}

/** How long access lasts, from the day as of which the page is. */
export function leftText(days: number): string {
  if (days < 0) return `${many(-days, 'day')} past`;
  return days === 0 ? 'last day' : `${many(days, 'day')} left`;
}
