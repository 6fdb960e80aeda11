import { isCidr, parseCidr } from '../../lib/network/cidr';
import { checkSpecialRange } from '../../lib/network/special-ranges';
import type { Problem } from '../../lib/rules/endpoint-error';
import { type BadInput, bad } from '../support/bad-input';
import { block } from './block';

/** A block, as the first entry of a list. */
function parsed(text: string): Problem[] {
  const found = parseCidr(text);
  return isCidr(found) ? [] : [{ property: 'allow[0]', value: text, ...found }];
}

/** A block on an internet-facing endpoint. */
function source(text: string): Problem[] {
  const found = checkSpecialRange(block(text), true);
  return found?.rule === 'SourceNeverMatches' ? [{ property: 'allow[0]', value: text, ...found }] : [];
}

function unreachable(text: string, purpose: string): BadInput {
  const consequence =
    "no client ever connects from there. Write the public address that the client's traffic comes from.";
  return bad(text, () => source(text), `allow[0] '${text}' is ${purpose}: ${consequence} [SourceNeverMatches]`);
}

const EXAMPLES = 'Write an address like 203.0.113.7/32 or a network like 2001:db8::/32.';

/** Texts that are no block. */
export const BAD_BLOCKS: readonly BadInput[] = [
  ...[
    '',
    'localhost',
    '203.0.113',
    '203.0.113.256',
    '010.0.0.1',
    '0x0a000001',
    '203.0.113.7 ',
    '203.0.113.7,198.51.100.1',
    '203.0.113.0-203.0.113.9',
    '203.0.113.7:5432',
    'https://203.0.113.7/',
    'fe80::1%eth0',
    '::ffff:203.0.113',
    '::ffff:203.0.113.7/x',
    '2001:db8:::1',
    '[2001:db8::1]',
  ].map((text) =>
    bad(
      `'${text}'`,
      () => parsed(text),
      `allow[0] '${text}' is not an IP address or CIDR block. ${EXAMPLES} [CidrInvalid]`,
    ),
  ),
  ...['203.0.113.0/33', '203.0.113.0/024', '203.0.113.0/255.255.255.0', '203.0.113.0/24/24', '203.0.113.0/'].map(
    (text) =>
      bad(
        `'${text}'`,
        () => parsed(text),
        `allow[0] '${text}' has no valid prefix length for IPv4 (0 to 32). ${EXAMPLES} [CidrInvalid]`,
      ),
  ),
  ...['2001:db8::/129'].map((text) =>
    bad(
      `'${text}'`,
      () => parsed(text),
      `allow[0] '${text}' has no valid prefix length for IPv6 (0 to 128). ${EXAMPLES} [CidrInvalid]`,
    ),
  ),
  bad(
    "'::ffff:203.0.113.7/128'",
    () => parsed('::ffff:203.0.113.7/128'),
    "allow[0] '::ffff:203.0.113.7/128' is an IPv4-mapped IPv6 address, from which nobody connects. Write 203.0.113.7/32. [CidrInvalid]",
  ),
  bad(
    'an address with an invisible character',
    () => parsed('203.0.113.7\u2060'),
    'allow[0] "203.0.113.7\\u2060" has a character that is not allowed in an address: U+2060. Write an address like 203.0.113.7/32 or a network like 2001:db8::/32. [CidrInvalid]',
  ),
  bad(
    '1.1.1.1/1',
    () => parsed('1.1.1.1/1'),
    "allow[0] '1.1.1.1/1' has host bits set. Write 1.1.1.1/32 for that address or 0.0.0.0/1 for that network. [CidrHasHostBits]",
  ),
  bad(
    '10.1.2.3/8',
    () => parsed('10.1.2.3/8'),
    "allow[0] '10.1.2.3/8' has host bits set. Write 10.1.2.3/32 for that address or 10.0.0.0/8 for that network. [CidrHasHostBits]",
  ),
  bad(
    '0.0.0.1/0',
    () => parsed('0.0.0.1/0'),
    "allow[0] '0.0.0.1/0' has host bits set. Write 0.0.0.1/32 for that address or 0.0.0.0/0 for that network. [CidrHasHostBits]",
  ),
  bad(
    '203.0.113.7/31',
    () => parsed('203.0.113.7/31'),
    "allow[0] '203.0.113.7/31' has host bits set. Write 203.0.113.7/32 for that address or 203.0.113.6/31 for that network. [CidrHasHostBits]",
  ),
  bad(
    '2001:db8::1/32',
    () => parsed('2001:db8::1/32'),
    "allow[0] '2001:db8::1/32' has host bits set. Write 2001:db8::1/128 for that address or 2001:db8::/32 for that network. [CidrHasHostBits]",
  ),
  bad(
    '::1/0',
    () => parsed('::1/0'),
    "allow[0] '::1/0' has host bits set. Write ::1/128 for that address or ::/0 for that network. [CidrHasHostBits]",
  ),
];

/** Blocks that no client connects from. */
export const BAD_SOURCES: readonly BadInput[] = [
  unreachable('127.0.0.1', 'the loopback range (RFC 1122)'),
  unreachable('0.0.0.0/8', 'the block that means "this network" (RFC 791)'),
  unreachable('169.254.169.254', 'the link-local range (RFC 3927)'),
  unreachable('224.0.0.0/4', 'the multicast range (RFC 5771)'),
  unreachable('224.0.0.0/3', 'the multicast range (RFC 5771)'),
  unreachable('240.0.0.1', 'reserved for future use (RFC 1112)'),
  unreachable('255.255.255.255', 'the broadcast address (RFC 8190)'),
  unreachable('::1', 'the loopback address (RFC 4291)'),
  unreachable('100::/64', 'the discard-only range (RFC 6666)'),
  unreachable('2001:2::/48', 'a range for benchmarks (RFC 5180)'),
  unreachable('fe80::/10', 'the link-local range (RFC 4291)'),
  unreachable('ff02::1', 'the multicast range (RFC 4291)'),
  unreachable('::ffff:cb00:7107', 'the range of IPv4-mapped addresses, which never travel (RFC 4291)'),
  unreachable('4000::/8', 'outside the unicast range 2000::/3 (RFC 4291)'),
];
