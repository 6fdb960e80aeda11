import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AllowedSource } from '../../lib';
import { checkBreadth, checkBreadthLimits } from '../../lib/allowlist/breadth';
import { checkDescription } from '../../lib/allowlist/description';
import { checkExpiry } from '../../lib/allowlist/expiry';
import { checkMustInclude } from '../../lib/allowlist/must-include';
import { AllowlistFile } from '../../lib/allowlist-file/allowlist-file';
import { AddressSet } from '../../lib/network/address-set';
import { type Cidr, isCidr, parseCidr } from '../../lib/network/cidr';
import { checkSpecialRange } from '../../lib/network/special-ranges';
import { placeRules, type RuleToPlace } from '../../lib/placement/placement';
import {
  checkQuotas,
  DEFAULT_QUOTAS,
  misfitProblem,
  quotaWarning,
  type RuleQuotas,
} from '../../lib/placement/rule-quotas';
import type { Problem } from '../../lib/rules/endpoint-error';
import { BAD_FILES, problemsIn } from './files.refusals';
import { BAD_INCLUDES } from './includes.refusals';
import { BAD_TABLES } from './tables.refusals';
import { BAD_TEXTS } from './texts.refusals';

/** Something that must be refused, and the exact words of the refusal, which end in the name of the rule. */
export interface BadInput {
  /** What is wrong, as a noun. */
  readonly what: string;
  readonly find: () => readonly Problem[];
  readonly says: readonly string[];
}

const bad = (what: string, find: () => readonly Problem[], ...says: readonly string[]): BadInput => ({
  what,
  find,
  says,
});

/** A block, as the first entry of a list. */
function block(text: string): Problem[] {
  const parsed = parseCidr(text);
  return isCidr(parsed) ? [] : [{ property: 'allow[0]', value: text, ...parsed }];
}

/** A block on an internet-facing endpoint. */
function source(text: string): Problem[] {
  const found = checkSpecialRange(cidr(text), true);
  return found?.rule === 'SourceNeverMatches' ? [{ property: 'allow[0]', value: text, ...found }] : [];
}

function unreachable(text: string, purpose: string): BadInput {
  const consequence =
    "no client ever connects from there. Write the public address that the client's traffic leaves from.";
  return bad(text, () => source(text), `allow[0] '${text}' is ${purpose}: ${consequence} [SourceNeverMatches]`);
}

function breadth(texts: readonly string[]): Problem[] {
  return checkBreadth(
    texts.map((text, i) => ({ property: `allow[${i}]`, text, cidr: cidr(text), source: AllowedSource.cidr(text) })),
  );
}

function lockedOut(mustInclude: readonly string[], allow: readonly string[], undecided = false): Problem[] {
  return checkMustInclude(mustInclude, AddressSet.of(allow.map(cidr)), undecided);
}

function described(text: string, kind: 'address' | 'prefixList' = 'address'): Problem[] {
  const found = checkDescription(text, kind);
  return found ? [{ property: 'allow[0].description', value: text, ...found }] : [];
}

function expiring(text: string): Problem[] {
  const found = checkExpiry(text);
  return found ? [{ property: 'allow[0].expires', value: text, ...found }] : [];
}

function misfit(rules: readonly RuleToPlace[], quotas: RuleQuotas = DEFAULT_QUOTAS, saved = 0): Problem[] {
  const limits = { rulesPerGroup: quotas.rulesPerSecurityGroup, groups: quotas.securityGroupsPerInterface };
  const placement = placeRules(rules, limits);
  return 'misfit' in placement ? [misfitProblem(placement.misfit, quotas, saved)] : [];
}

function addresses(count: number): RuleToPlace[] {
  return Array.from({ length: count }, (_, i) => ({ key: `8.8.${i >> 8}.${i & 255}/32`, ipv4: 1, ipv6: 0 }));
}

/** What is wrong with asking a file for some of its groups. */
function askedFor(groups: string[], text: string): Problem[] {
  const folder = mkdtempSync(join(tmpdir(), 'allowlist-'));
  try {
    writeFileSync(join(folder, 'allowlist.yaml'), text);
    const sources = AllowlistFile.read(join(folder, 'allowlist.yaml'), { groups });
    return sources
      .flatMap(({ _about }) => _about.problems ?? [])
      .map((problem) => ({ ...problem, location: { ...problem.location!, file: 'allowlist.yaml' } }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function everythingBut(text: string): string[] {
  const all = AddressSet.of([cidr('0.0.0.0/0')]);
  return all
    .subtract(AddressSet.of([cidr(text)]))
    .toCidrs()
    .map((each) => each.text);
}

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!isCidr(parsed)) throw new Error(`${text} ${parsed.reason}`);
  return parsed;
}

const EXAMPLES = 'Write an address like 203.0.113.7/32 or a network like 2001:db8::/32.';

/** Texts that are no block. */
const BAD_BLOCKS: readonly BadInput[] = [
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
      () => block(text),
      `allow[0] '${text}' is not an IP address or CIDR block. ${EXAMPLES} [CidrInvalid]`,
    ),
  ),
  ...['203.0.113.0/33', '203.0.113.0/024', '203.0.113.0/255.255.255.0', '203.0.113.0/24/24', '203.0.113.0/'].map(
    (text) =>
      bad(
        `'${text}'`,
        () => block(text),
        `allow[0] '${text}' has no valid prefix length for IPv4 (0 to 32). ${EXAMPLES} [CidrInvalid]`,
      ),
  ),
  ...['2001:db8::/129'].map((text) =>
    bad(
      `'${text}'`,
      () => block(text),
      `allow[0] '${text}' has no valid prefix length for IPv6 (0 to 128). ${EXAMPLES} [CidrInvalid]`,
    ),
  ),
  bad(
    "'::ffff:203.0.113.7/128'",
    () => block('::ffff:203.0.113.7/128'),
    "allow[0] '::ffff:203.0.113.7/128' is an IPv4 address in the form of an IPv6 one, from which nobody connects. Write 203.0.113.7/32. [CidrInvalid]",
  ),
  bad(
    'an address with an invisible character',
    () => block('203.0.113.7\u2060'),
    'allow[0] "203.0.113.7\\u2060" has a character that no address has: U+2060. Write an address like 203.0.113.7/32 or a network like 2001:db8::/32. [CidrInvalid]',
  ),
  bad(
    '1.1.1.1/1',
    () => block('1.1.1.1/1'),
    "allow[0] '1.1.1.1/1' has host bits set. Write 1.1.1.1/32 for that address or 0.0.0.0/1 for that network. [CidrHasHostBits]",
  ),
  bad(
    '10.1.2.3/8',
    () => block('10.1.2.3/8'),
    "allow[0] '10.1.2.3/8' has host bits set. Write 10.1.2.3/32 for that address or 10.0.0.0/8 for that network. [CidrHasHostBits]",
  ),
  bad(
    '0.0.0.1/0',
    () => block('0.0.0.1/0'),
    "allow[0] '0.0.0.1/0' has host bits set. Write 0.0.0.1/32 for that address or 0.0.0.0/0 for that network. [CidrHasHostBits]",
  ),
  bad(
    '203.0.113.7/31',
    () => block('203.0.113.7/31'),
    "allow[0] '203.0.113.7/31' has host bits set. Write 203.0.113.7/32 for that address or 203.0.113.6/31 for that network. [CidrHasHostBits]",
  ),
  bad(
    '2001:db8::1/32',
    () => block('2001:db8::1/32'),
    "allow[0] '2001:db8::1/32' has host bits set. Write 2001:db8::1/128 for that address or 2001:db8::/32 for that network. [CidrHasHostBits]",
  ),
  bad(
    '::1/0',
    () => block('::1/0'),
    "allow[0] '::1/0' has host bits set. Write ::1/128 for that address or ::/0 for that network. [CidrHasHostBits]",
  ),
];

/** Blocks that no client connects from. */
const BAD_SOURCES: readonly BadInput[] = [
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

const LIST_ADDRESSES =
  'List the addresses that clients have, or write AllowedSource.anywhere({ reason }) if everybody may connect. [AllowlistTooBroad]';
const alone = (i: number, text: string, share: string) => `allow[${i}] '${text}' admits ${share}. ${LIST_ADDRESSES}`;
const together = (share: string, ...widest: readonly string[]) =>
  `allow admits ${share}; its widest entries are ${widest.join(', ')}. ${LIST_ADDRESSES}`;

/** Lists that let too much of the internet in, in any pieces; and limits that are none. */
const TOO_BROAD: readonly BadInput[] = [
  bad(
    '0.0.0.0/0',
    () => breadth(['0.0.0.0/0']),
    alone(0, '0.0.0.0/0', '100 % of all IPv4 addresses, 256 times the limit of one /8'),
  ),
  bad(
    '0.0.0.0/1 + 128.0.0.0/1',
    () => breadth(['0.0.0.0/1', '128.0.0.0/1']),
    alone(0, '0.0.0.0/1', '50 % of all IPv4 addresses, 128 times the limit of one /8'),
    alone(1, '128.0.0.0/1', '50 % of all IPv4 addresses, 128 times the limit of one /8'),
  ),
  bad(
    '8.0.0.0/8 + 9.0.0.0/32',
    () => breadth(['8.0.0.0/8', '9.0.0.0/32']),
    together(
      '0.4 % of all IPv4 addresses, 1.01 times the limit of one /8',
      '8.0.0.0/8 (allow[0])',
      '9.0.0.0/32 (allow[1])',
    ),
  ),
  bad(
    '::/0',
    () => breadth(['::/0']),
    alone(0, '::/0', '100 % of all IPv6 addresses, 16,777,216 times the limit of one /24'),
  ),
  bad(
    '::/1 + 8000::/1',
    () => breadth(['::/1', '8000::/1']),
    alone(0, '::/1', '50 % of all IPv6 addresses, 8,388,608 times the limit of one /24'),
    alone(1, '8000::/1', '50 % of all IPv6 addresses, 8,388,608 times the limit of one /24'),
  ),
  bad(
    '2600::/24 + 2600:100::/24',
    () => breadth(['2600::/24', '2600:100::/24']),
    together(
      '0.01 % of all IPv6 addresses, 2 times the limit of one /24',
      '2600::/24 (allow[0])',
      '2600:100::/24 (allow[1])',
    ),
  ),
  bad(
    '256 x /8',
    () => breadth(Array.from({ length: 256 }, (_, i) => `${i}.0.0.0/8`)),
    together(
      '100 % of all IPv4 addresses, 256 times the limit of one /8',
      '0.0.0.0/8 (allow[0])',
      '1.0.0.0/8 (allow[1])',
      '2.0.0.0/8 (allow[2])',
    ),
  ),
  bad(
    'every address but one',
    () => breadth(everythingBut('203.0.113.7')),
    alone(0, '0.0.0.0/1', '50 % of all IPv4 addresses, 128 times the limit of one /8'),
    alone(1, '128.0.0.0/2', '25 % of all IPv4 addresses, 64 times the limit of one /8'),
    alone(2, '192.0.0.0/5', '3.13 % of all IPv4 addresses, 8 times the limit of one /8'),
    alone(3, '200.0.0.0/7', '0.79 % of all IPv4 addresses, 2 times the limit of one /8'),
    alone(29, '204.0.0.0/6', '1.57 % of all IPv4 addresses, 4 times the limit of one /8'),
    alone(30, '208.0.0.0/4', '6.25 % of all IPv4 addresses, 16 times the limit of one /8'),
    alone(31, '224.0.0.0/3', '12.5 % of all IPv4 addresses, 32 times the limit of one /8'),
    together(
      '0.79 % of all IPv4 addresses, 2 times the limit of one /8',
      '202.0.0.0/8 (allow[4])',
      '203.128.0.0/9 (allow[28])',
      '203.64.0.0/10 (allow[27])',
    ),
  ),
  bad(
    'a limit that is no prefix length',
    () => checkBreadthLimits({ ipv4: 33, ipv6: 24 }),
    'allowlist.maxBreadth.ipv4 33 is not a prefix length. Write a whole number from 0 to 32: 8 allows as many addresses as a /8 has. [BreadthLimitInvalid]',
  ),
  bad(
    'a limit with a fraction',
    () => checkBreadthLimits({ ipv4: 8, ipv6: 24.5 }),
    'allowlist.maxBreadth.ipv6 24.5 is not a prefix length. Write a whole number from 0 to 128: 24 allows as many addresses as a /24 has. [BreadthLimitInvalid]',
  ),
];

/** Lists that lock an operator out. */
const LOCKED_OUT: readonly BadInput[] = [
  bad(
    'an operator outside of the list',
    () => lockedOut(['198.51.100.7'], ['203.0.113.0/24']),
    "allowlist.mustInclude[0] '198.51.100.7' would have no access: no entry of the allowlist holds it. Add it to the allowlist, or take it out of mustInclude if it needs no access. [MustIncludeLockedOut]",
  ),
  bad(
    'an office half inside',
    () => lockedOut(['198.51.100.0/24'], ['198.51.100.0/25']),
    "allowlist.mustInclude[0] '198.51.100.0/24' would have access in part only: no entry of the allowlist holds 198.51.100.128/25. Add it to the allowlist, or take it out of mustInclude if it needs no access. [MustIncludeLockedOut]",
  ),
  bad(
    'an operator behind a prefix list, perhaps',
    () => lockedOut(['198.51.100.7'], [], true),
    "allowlist.mustInclude[0] '198.51.100.7' would have no access: no entry of the allowlist holds it. Add it to the allowlist, or take it out of mustInclude if it needs no access. Prefix lists, security groups and values known after apply do not count here. [MustIncludeLockedOut]",
  ),
  bad(
    'an office with holes',
    () => lockedOut(['198.51.100.0/24'], ['198.51.100.1', '198.51.100.3', '198.51.100.5']),
    "allowlist.mustInclude[0] '198.51.100.0/24' would have access in part only: no entry of the allowlist holds 198.51.100.0/32, 198.51.100.2/32, 198.51.100.4/32 and more. Add it to the allowlist, or take it out of mustInclude if it needs no access. [MustIncludeLockedOut]",
  ),
  bad(
    'an operator who is no address',
    () => lockedOut(['me'], []),
    "allowlist.mustInclude[0] 'me' is not an IP address or CIDR block. Write an address like 203.0.113.7/32 or a network like 2001:db8::/32. [CidrInvalid]",
  ),
];

/** Descriptions that EC2 refuses. */
const BAD_DESCRIPTIONS: readonly BadInput[] = [
  bad(
    'nothing',
    () => described(''),
    "allow[0].description '' is empty. Say who or what this is. [DescriptionInvalid]",
  ),
  bad(
    'blanks',
    () => described('   '),
    "allow[0].description '   ' is empty. Say who or what this is. [DescriptionInvalid]",
  ),
  bad(
    'Müller',
    () => described('Müller'),
    "allow[0].description 'Müller' has a character that EC2 refuses: 'ü'. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]",
  ),
  bad(
    'a line break',
    () => described('line\nbreak'),
    'allow[0].description "line\\nbreak" has a character that EC2 refuses: U+000A. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]',
  ),
  bad(
    'a zero-width space',
    () => described('a\u200bb'),
    'allow[0].description "a\\u200bb" has a character that EC2 refuses: U+200B. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]',
  ),
  bad(
    'a tab',
    () => described('tab\there'),
    'allow[0].description "tab\\there" has a character that EC2 refuses: U+0009. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]',
  ),
  bad(
    'say "hi"',
    () => described('say "hi"'),
    "allow[0].description 'say \"hi\"' has a character that EC2 refuses: '\"'. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]",
  ),
  bad(
    "o'clock",
    () => described("o'clock"),
    "allow[0].description 'o'clock' has a character that EC2 refuses: '''. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]",
  ),
  bad(
    '50% off',
    () => described('50% off'),
    "allow[0].description '50% off' has a character that EC2 refuses: '%'. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]",
  ),
  bad(
    'a < b',
    () => described('a < b'),
    "allow[0].description 'a < b' has a character that EC2 refuses: '<'. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]",
  ),
  bad(
    'who?',
    () => described('who?'),
    "allow[0].description 'who?' has a character that EC2 refuses: '?'. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]",
  ),
  bad(
    'an emoji',
    () => described('smile \u{1F600}'),
    "allow[0].description 'smile 😀' has a character that EC2 refuses: '😀'. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]",
  ),
  bad(
    '256 characters',
    () => described('x'.repeat(256)),
    "allow[0].description 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx... is 256 characters long, and EC2 accepts 255. Shorten it. [DescriptionInvalid]",
  ),
  bad(
    'an ampersand for a prefix list',
    () => described('R&D', 'prefixList'),
    "allow[0].description 'R&D' has a character that EC2 refuses: '&'. Use letters, digits, spaces and ._-:/()#,@[]+=;{}!$* (prefix lists cannot have &). [DescriptionInvalid]",
  ),
];

/** Dates that are none. */
const BAD_DATES: readonly BadInput[] = [
  bad(
    'tomorrow',
    () => expiring('tomorrow'),
    "allow[0].expires 'tomorrow' is not a date. Write the last day of access as YYYY-MM-DD, for example 2027-01-31. [ExpiryInvalid]",
  ),
  bad(
    '31.01.2027',
    () => expiring('31.01.2027'),
    "allow[0].expires '31.01.2027' is not a date. Write the last day of access as YYYY-MM-DD, for example 2027-01-31. [ExpiryInvalid]",
  ),
  bad(
    '2027-1-31',
    () => expiring('2027-1-31'),
    "allow[0].expires '2027-1-31' is not a date. Write the last day of access as YYYY-MM-DD, for example 2027-01-31. [ExpiryInvalid]",
  ),
  bad(
    '2027-02-30',
    () => expiring('2027-02-30'),
    "allow[0].expires '2027-02-30' is not in the calendar. Write the last day of access as YYYY-MM-DD, for example 2027-01-31. [ExpiryInvalid]",
  ),
  bad(
    '2027-13-01',
    () => expiring('2027-13-01'),
    "allow[0].expires '2027-13-01' is not in the calendar. Write the last day of access as YYYY-MM-DD, for example 2027-01-31. [ExpiryInvalid]",
  ),
  bad(
    '2027-01-31T00:00:00Z',
    () => expiring('2027-01-31T00:00:00Z'),
    "allow[0].expires '2027-01-31T00:00:00Z' is not a date. Write the last day of access as YYYY-MM-DD, for example 2027-01-31. [ExpiryInvalid]",
  ),
];

/** Rules that do not fit, and quotas that are none. */
const BAD_QUOTAS: readonly BadInput[] = [
  bad(
    '301 rules where 300 fit',
    () => misfit(addresses(301)),
    'allow needs 301 IPv4 rules, and there is room for 300 (security groups of 60 rules). Request a quota increase, and set quotas.rulesPerSecurityGroup to 61 or more (L-0EA8095F) or quotas.securityGroupsPerInterface to 6 or more (L-2AFB9258). [TooManyRules]',
  ),
  bad(
    '301 rules that merge into fewer',
    () => misfit(addresses(301), DEFAULT_QUOTAS, 40),
    'allow needs 301 IPv4 rules, and there is room for 300 (security groups of 60 rules). Merging adjacent blocks with allowlist: { aggregate: true } saves 40. Request a quota increase, and set quotas.rulesPerSecurityGroup to 61 or more (L-0EA8095F) or quotas.securityGroupsPerInterface to 6 or more (L-2AFB9258). [TooManyRules]',
  ),
  bad(
    '310 rules that merge, but not enough',
    () => misfit(addresses(310), DEFAULT_QUOTAS, 4),
    'allow needs 310 IPv4 rules, and there is room for 300 (security groups of 60 rules). Merging adjacent blocks with allowlist: { aggregate: true } saves 4, which is not enough. Request a quota increase, and set quotas.rulesPerSecurityGroup to 62 or more (L-0EA8095F) or quotas.securityGroupsPerInterface to 6 or more (L-2AFB9258). [TooManyRules]',
  ),
  bad(
    '2,000 rules, which no quota allows',
    () => misfit(addresses(2000)),
    'allow needs 2,000 IPv4 rules, and there is room for 300 (security groups of 60 rules). No quota is large enough, since AWS grants at most 1,000 rules per network interface: list networks instead of addresses, or divide the clients over two endpoints. [TooManyRules]',
  ),
  bad(
    '1,001 rules in 16 groups',
    () => misfit(addresses(1001), { rulesPerSecurityGroup: 62, securityGroupsPerInterface: 16 }),
    'allow needs 1,001 IPv4 rules, and there is room for 992 (security groups of 62 rules). No quota is large enough, since AWS grants at most 1,000 rules per network interface: list networks instead of addresses, or divide the clients over two endpoints. [TooManyRules]',
  ),
  bad(
    '301 IPv6 rules',
    () => misfit(addresses(301).map(({ key }) => ({ key, ipv4: 0, ipv6: 1 }))),
    'allow needs 301 IPv6 rules, and there is room for 300 (security groups of 60 rules). Request a quota increase, and set quotas.rulesPerSecurityGroup to 61 or more (L-0EA8095F) or quotas.securityGroupsPerInterface to 6 or more (L-2AFB9258). [TooManyRules]',
  ),
  bad(
    'a prefix list of 100',
    () => misfit([{ key: 'pl-0123456789abcdef0', ipv4: 100, ipv6: 100 }]),
    "allow holds 'pl-0123456789abcdef0', which counts as 100 rules, and a security group has room for 60. A prefix list counts with its maximum number of entries: lower that, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup to 100 or more. [SourceTooLarge]",
  ),
  bad(
    '61 pinned rules',
    () => misfit(addresses(61).map((rule) => ({ ...rule, pinnedTo: 'partners' }))),
    "allow pins 61 IPv4 rules to the group 'partners', which has room for 60. Pin fewer, spread them over two groups, or leave them unpinned. [PinnedGroupFull]",
  ),
  bad(
    'six pinned groups',
    () => misfit(addresses(6).map((rule, i) => ({ ...rule, pinnedTo: `p${i}` }))),
    'allow needs 7 security groups, one for each group that entries are pinned to and at least one for the rest, and there may be 5. Pin to fewer groups, or request an increase of the quota L-2AFB9258 (up to 16) and set quotas.securityGroupsPerInterface. [TooManyPinnedGroups]',
  ),
  bad(
    'six prefix lists of 40',
    () => misfit(addresses(6).map((rule) => ({ ...rule, ipv4: 40 }))),
    'allow has prefix lists that do not fit 5 security groups of 60 rules side by side. Lower the maximum number of entries of a prefix list, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup. [SourcesCannotBePacked]',
  ),
  bad(
    'a quota of no rules',
    () => checkQuotas({ rulesPerSecurityGroup: 0, securityGroupsPerInterface: 5 }),
    'quotas.rulesPerSecurityGroup 0 is not a valid quota. Write a whole number of at least 1. [QuotaInvalid]',
  ),
  bad(
    '17 groups',
    () => checkQuotas({ rulesPerSecurityGroup: 60, securityGroupsPerInterface: 17 }),
    'quotas.securityGroupsPerInterface 17 is not a valid quota. Write a whole number from 1 to 16. [QuotaInvalid]',
  ),
  bad(
    'quotas that AWS does not grant together',
    () => [quotaWarning({ rulesPerSecurityGroup: 200, securityGroupsPerInterface: 16 })!],
    'quotas allow 3,200 rules per network interface, and AWS grants no more than 1,000. Pass the quotas that your account has: with 16 security groups at most 62 rules in each. [QuotasBeyondAws]',
  ),
];

/** What is asked of a file that has something else. */
const BAD_REQUESTS: readonly BadInput[] = [
  bad(
    'a group that the file does not have',
    () => askedFor(['partners', 'parnters'], 'groups:\n  - name: partners\n    entries: [203.0.113.7]\n'),
    "allowlist.yaml:1:1: 'parnters' is not a group of the file. Write the name of a group that the file has: partners. [FileGroupMissing]",
  ),
];

/** All of them. */
export const BAD_INPUTS: readonly BadInput[] = [
  ...BAD_BLOCKS,
  ...BAD_SOURCES,
  ...TOO_BROAD,
  ...LOCKED_OUT,
  ...BAD_DESCRIPTIONS,
  ...BAD_DATES,
  ...BAD_QUOTAS,
  ...BAD_REQUESTS,
  ...[...BAD_FILES, ...BAD_TEXTS, ...BAD_TABLES, ...BAD_INCLUDES].map(({ what, files, says }) =>
    bad(what, () => problemsIn(files), ...says),
  ),
];
