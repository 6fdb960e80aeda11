import { IPv6 } from 'ipaddr.js';
import { codePointOf } from './character';
import type { Mistake } from './mistake';

/** One block of addresses, in the canonical form that EC2 and Terraform use. */
export interface Cidr {
  /** Canonical text: no host bits, IPv6 as in RFC 5952. It is the key of the block's rule. */
  readonly text: string;
  readonly family: 4 | 6;
  readonly prefix: number;
  /** First and last address, as numbers. */
  readonly first: bigint;
  readonly last: bigint;
}

/** Why a text is not a block of addresses. */
export type CidrMistake = Mistake<'CidrInvalid' | 'CidrHasHostBits'>;

/** Reads `203.0.113.0/24`, `2001:db8::/32`, or a bare address, which means only itself. */
export function parseCidr(text: string): Cidr | CidrMistake {
  const slash = text.indexOf('/');
  const addressText = slash < 0 ? text : text.slice(0, slash);
  const family = addressText.includes(':') ? 6 : 4;
  const address = family === 4 ? parseIpv4(addressText) : parseIpv6(addressText);
  if (address === undefined) return notAnAddress(text);

  const bits = bitsOf(family);
  const prefix = slash < 0 ? bits : parsePrefix(text.slice(slash + 1), bits);
  if (prefix === undefined) return invalid(`has no valid prefix length for IPv${family} (0 to ${bits})`);

  const size = SIZES[bits - prefix];
  const first = address.number & -size;
  if (first !== address.number) {
    return {
      rule: 'CidrHasHostBits',
      reason: 'has host bits set',
      remedy: `Write ${address.text}/${bits} for that address or ${toText(first, family)}/${prefix} for that network.`,
    };
  }
  return { text: `${address.text}/${prefix}`, family, prefix, first, last: first + size - 1n };
}

/** Tells a block from a mistake. */
export function isCidr(parsed: Cidr | CidrMistake): parsed is Cidr {
  return 'text' in parsed;
}

/** The block of the given prefix length that begins at `first`. */
export function cidrAt(family: 4 | 6, first: bigint, prefix: number): Cidr {
  const last = first + SIZES[bitsOf(family) - prefix] - 1n;
  return { text: `${toText(first, family)}/${prefix}`, family, prefix, first, last };
}

/** How many bits an address of the family has. */
export function bitsOf(family: 4 | 6): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** The canonical text of an address given as a number. */
export function toText(address: bigint, family: 4 | 6): string {
  if (family === 4) {
    const number = Number(address);
    return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
  }
  const hex = address.toString(16).padStart(32, '0');
  return new IPv6(hex.match(/.{4}/g)!.map((part) => Number.parseInt(part, 16))).toRFC5952String();
}

/** An address as a number and in canonical text. */
interface Address {
  readonly number: bigint;
  readonly text: string;
}

const SIZES = Array.from({ length: 129 }, (_, bits) => 1n << BigInt(bits));
const IPV4 = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

// Strict on purpose: forms that other parsers read differently (010.0.0.1, 10.1, 0x0a000001) are mistakes here.
// That leaves one spelling for each address, which is the canonical one.
function parseIpv4(text: string): Address | undefined {
  const octets = IPV4.exec(text);
  if (octets === null) return undefined;
  const [a, b, c, d] = [Number(octets[1]), Number(octets[2]), Number(octets[3]), Number(octets[4])];
  if (a > 255 || b > 255 || c > 255 || d > 255) return undefined;
  return { number: BigInt(((a * 256 + b) * 256 + c) * 256 + d), text };
}

// Rules do not support zone identifiers (fe80::1%eth0) and embedded dotted quads (::ffff:1.2.3.4).
function parseIpv6(text: string): Address | undefined {
  if (!/^[0-9a-fA-F:]{2,39}$/.test(text)) return undefined;
  try {
    const address = IPv6.parse(text);
    const [a, b, c, d, e, f, g, h] = address.parts;
    const number = (word(a, b) << 96n) | (word(c, d) << 64n) | (word(e, f) << 32n) | word(g, h);
    return { number, text: address.toRFC5952String() };
  } catch {
    return undefined;
  }
}

function word(high: number, low: number): bigint {
  return BigInt(high * 0x10000 + low);
}

function parsePrefix(text: string, bits: number): number | undefined {
  return /^(0|[1-9]\d{0,2})$/.test(text) && Number(text) <= bits ? Number(text) : undefined;
}

function notAnAddress(text: string): CidrMistake {
  const foreign = /[^\x20-\x7e]/u.exec(text)?.[0];
  if (foreign !== undefined)
    return invalid(`has a character that is not allowed in an address: ${codePointOf(foreign)}`);
  const [, ipv4 = '', prefix] = /^::ffff:([\d.]+)(?:\/(\d+))?$/i.exec(text) ?? [];
  if (parseIpv4(ipv4) === undefined) return invalid('is not an IP address or CIDR block');
  // Load balancers and security groups see the IPv4 address that a client has.
  return {
    ...invalid('is an IPv4-mapped IPv6 address, from which nobody connects'),
    remedy: `Write ${ipv4}${Number(prefix) >= 96 ? `/${Number(prefix) - 96}` : ''}.`,
  };
}

function invalid(reason: string): CidrMistake {
  return {
    rule: 'CidrInvalid',
    reason,
    remedy: 'Write an address like 203.0.113.7/32 or a network like 2001:db8::/32.',
  };
}
