import * as ipaddr from 'ipaddr.js';

/** One block of addresses, in the one spelling that EC2 and Terraform use for it. */
export interface Cidr {
  /** Canonical text: no host bits, IPv6 as in RFC 5952. It is the key of the block's rule. */
  readonly text: string;
  readonly family: 4 | 6;
  readonly prefix: number;
  /** First and last address, as numbers. */
  readonly first: bigint;
  readonly last: bigint;
}

/** Why a text is not a block of addresses, and what to write instead. */
export interface CidrMistake {
  readonly rule: 'CidrInvalid' | 'CidrHasHostBits';
  readonly reason: string;
  readonly remedy: string;
}

/** Reads `203.0.113.0/24`, `2001:db8::/32`, or a bare address, which stands for itself alone. */
export function parseCidr(text: string): Cidr | CidrMistake {
  const [addressText, prefixText, ...rest] = text.split('/');
  const family = familyOf(addressText);
  if (family === undefined || rest.length > 0) return invalid('is not an IP address or CIDR block');

  const bits = family === 4 ? 32 : 128;
  const prefix = prefixText === undefined ? bits : /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : Number.NaN;
  if (!(prefix <= bits) || String(prefix) !== (prefixText ?? String(bits))) {
    return invalid(`has no valid prefix length for IPv${family} (0 to ${bits})`);
  }

  const address = toNumber(addressText);
  const size = 1n << BigInt(bits - prefix);
  const first = address - (address % size);
  if (first !== address) {
    return {
      rule: 'CidrHasHostBits',
      reason: 'has host bits set',
      remedy: `Write ${toText(address, family)}/${bits} for that address or ${toText(first, family)}/${prefix} for that network.`,
    };
  }
  return { text: `${toText(first, family)}/${prefix}`, family, prefix, first, last: first + size - 1n };
}

/** Tells a block from a mistake. */
export function isCidr(parsed: Cidr | CidrMistake): parsed is Cidr {
  return 'text' in parsed;
}

/** The canonical text of an address given as a number. */
export function toText(address: bigint, family: 4 | 6): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
  const parts = Array.from({ length: 8 }, (_, i) => Number((address >> BigInt(16 * (7 - i))) & 0xffffn));
  return new ipaddr.IPv6(parts).toRFC5952String();
}

// Strict on purpose: forms that other parsers read differently (010.0.0.1, 10.1, zone ids) are mistakes here.
function familyOf(address: string): 4 | 6 | undefined {
  if (/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(address) && ipaddr.IPv4.isValid(address)) return 4;
  if (/^[0-9a-fA-F:]+$/.test(address) && ipaddr.IPv6.isValid(address)) return 6;
  return undefined;
}

function toNumber(address: string): bigint {
  return ipaddr
    .parse(address)
    .toByteArray()
    .reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function invalid(reason: string): CidrMistake {
  return { rule: 'CidrInvalid', reason, remedy: 'Write an address like 203.0.113.7/32 or a network like 2001:db8::/32.' };
}
