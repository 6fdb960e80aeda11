import { checkDescription } from '../../lib/allowlist/description';
import { checkExpiry } from '../../lib/allowlist/expiry';
import { checkMustInclude } from '../../lib/allowlist/must-include';
import { AddressSet } from '../../lib/network/address-set';
import type { Problem } from '../../lib/rules/endpoint-error';
import { block } from '../network/block';
import { type BadInput, bad } from '../support/bad-input';

function lockedOut(mustInclude: readonly string[], allow: readonly string[], undecided = false): Problem[] {
  return checkMustInclude(mustInclude, AddressSet.of(allow.map(block)), undecided);
}

function described(text: string, kind: 'address' | 'prefixList' = 'address'): Problem[] {
  const found = checkDescription(text, kind);
  return found ? [{ property: 'allow[0].description', value: text, ...found }] : [];
}

function expiring(text: string): Problem[] {
  const found = checkExpiry(text);
  return found ? [{ property: 'allow[0].expires', value: text, ...found }] : [];
}

/** Lists that lock an operator out. */
export const LOCKED_OUT: readonly BadInput[] = [
  bad(
    'an operator outside of the list',
    () => lockedOut(['198.51.100.7'], ['203.0.113.0/24']),
    "allowlist.mustInclude[0] '198.51.100.7' would have no access: no entry of the allowlist covers it. Add it to the allowlist, or remove it from mustInclude if it needs no access. [MustIncludeLockedOut]",
  ),
  bad(
    'an office half inside',
    () => lockedOut(['198.51.100.0/24'], ['198.51.100.0/25']),
    "allowlist.mustInclude[0] '198.51.100.0/24' would have only partial access: no entry of the allowlist covers 198.51.100.128/25. Add it to the allowlist, or remove it from mustInclude if it needs no access. [MustIncludeLockedOut]",
  ),
  bad(
    'an operator behind a prefix list, perhaps',
    () => lockedOut(['198.51.100.7'], [], true),
    "allowlist.mustInclude[0] '198.51.100.7' would have no access: no entry of the allowlist covers it. Add it to the allowlist, or remove it from mustInclude if it needs no access. Prefix lists, security groups and values known after apply do not count here. [MustIncludeLockedOut]",
  ),
  bad(
    'an office with holes',
    () => lockedOut(['198.51.100.0/24'], ['198.51.100.1', '198.51.100.3', '198.51.100.5']),
    "allowlist.mustInclude[0] '198.51.100.0/24' would have only partial access: no entry of the allowlist covers 198.51.100.0/32, 198.51.100.2/32, 198.51.100.4/32 and more. Add it to the allowlist, or remove it from mustInclude if it needs no access. [MustIncludeLockedOut]",
  ),
  bad(
    'an operator who is no address',
    () => lockedOut(['me'], []),
    "allowlist.mustInclude[0] 'me' is not an IP address or CIDR block. Write an address like 203.0.113.7/32 or a network like 2001:db8::/32. [CidrInvalid]",
  ),
];

/** Descriptions that EC2 refuses. */
export const BAD_DESCRIPTIONS: readonly BadInput[] = [
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
export const BAD_DATES: readonly BadInput[] = [
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
    "allow[0].expires '2027-02-30' is not a valid calendar date. Write the last day of access as YYYY-MM-DD, for example 2027-01-31. [ExpiryInvalid]",
  ),
  bad(
    '2027-13-01',
    () => expiring('2027-13-01'),
    "allow[0].expires '2027-13-01' is not a valid calendar date. Write the last day of access as YYYY-MM-DD, for example 2027-01-31. [ExpiryInvalid]",
  ),
  bad(
    '2027-01-31T00:00:00Z',
    () => expiring('2027-01-31T00:00:00Z'),
    "allow[0].expires '2027-01-31T00:00:00Z' is not a date. Write the last day of access as YYYY-MM-DD, for example 2027-01-31. [ExpiryInvalid]",
  ),
];
