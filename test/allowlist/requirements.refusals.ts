import { ref, Token } from 'cdktf';
import { AllowedSource, type AllowlistRequirements } from '../../lib';
import { type ExpectedProblem, type Mistake, allowMistake as refused } from '../support/mistake';

const TODAY = '2026-07-01';
const TOKEN = Token.asString(ref('aws_eip.nat.cidr'));
const LIST = Token.asList(ref('var.offices'));

function required(
  rule: string,
  where: string,
  require: AllowlistRequirements,
  source: AllowedSource,
  problem: Partial<ExpectedProblem> & Pick<ExpectedProblem, 'reason'>,
): Mistake {
  const expected = { property: 'allow[0]', remedy: /^(Say|Write) /, ...problem };
  return refused(rule, where, [source], expected, { dualStack: true, allowlist: { asOf: TODAY, require } });
}

const block = (text: string, about = {}) => AllowedSource.cidr(text, about);
const widths = { ticketIfWiderThan: { ipv4: 28, ipv6: 56 } };
const WIDTHS = 'and has no ticket, which allowlist\\.require\\.ticketIfWiderThan requires$';

/** Entries of which less is said than is required. */
const UNMET: readonly Mistake[] = [
  required('OwnerRequired', 'nobody owns an entry', { owner: true }, block('52.20.30.40/32', { ticket: 'SEC-1' }), {
    value: '52.20.30.40/32',
    reason: /^has no owner, which allowlist\.require\.owner requires$/,
    remedy: /^Say who owns this access\.$/,
  }),
  required('OwnerRequired', 'an owner is blank', { owner: true }, block('52.20.30.40/32', { owner: ' ' }), {
    value: '52.20.30.40/32',
    reason: /^has no owner/,
  }),
  required('OwnerRequired', 'everybody may connect', { owner: true }, AllowedSource.anywhere({ reason: 'Demo' }), {
    reason: /^has no owner/,
  }),
  required('OwnerRequired', 'an entry is known after apply', { owner: true }, block(TOKEN), {
    reason: /^has no owner/,
  }),
  required('OwnerRequired', 'a list is known after apply', { owner: true }, AllowedSource.cidrs(LIST), {
    reason: /^has no owner/,
  }),
  required(
    'TicketRequired',
    'nobody approved a security group',
    { ticket: true, ...widths },
    AllowedSource.securityGroup('sg-0a', { owner: 'data-team' }),
    { value: 'sg-0a', reason: /^has no ticket, which allowlist\.require\.ticket requires$/ },
  ),
  required('TicketRequired', 'a block is wider than a /28', widths, block('52.20.30.0/27'), {
    value: '52.20.30.0/27',
    reason: new RegExp(`^is wider than a /28 ${WIDTHS}`),
  }),
  required('TicketRequired', 'a block is wider than a /56', widths, block('2600:1f18::/55'), {
    value: '2600:1f18::/55',
    reason: new RegExp(`^is wider than a /56 ${WIDTHS}`),
  }),
  required(
    'TicketRequired',
    'one of several blocks is too wide',
    widths,
    AllowedSource.cidrs(['52.20.30.40', '52.20.40.0/24', '52.20.50.0/24']),
    { property: 'allow[0][1]', value: '52.20.40.0/24', reason: /^is wider than a \/28/ },
  ),
  required('TicketRequired', 'everybody may connect', widths, AllowedSource.anywhere({ reason: 'Demo' }), {
    value: '0.0.0.0/0',
    reason: /^is wider than a \/28/,
  }),
  required('TicketRequired', 'a block is known after apply', widths, block(TOKEN), {
    reason: new RegExp(`^is known after apply, may be wider than a /28 of IPv4 or a /56 of IPv6, ${WIDTHS}`),
  }),
  required(
    'TicketRequired',
    'a list is known after apply',
    { ticketIfWiderThan: { ipv4: 8 } },
    AllowedSource.cidrs(LIST),
    {
      reason: new RegExp(`^is known after apply, may be wider than a /8 of IPv4, ${WIDTHS}`),
    },
  ),
  required(
    'TicketRequired',
    'a prefix list may contain anything',
    widths,
    AllowedSource.awsPrefixList('com.amazonaws.eu-central-1.s3'),
    {
      value: 'com.amazonaws.eu-central-1.s3',
      reason: new RegExp(`^may contain blocks wider than a /28 of IPv4 or a /56 of IPv6 ${WIDTHS}`),
    },
  ),
  required('ExpiryRequired', 'an access never ends', { expires: true }, block('52.20.30.40/32'), {
    value: '52.20.30.40/32',
    reason: /^has no expiry, which allowlist\.require\.expires requires$/,
  }),
  required('ExpiryRequired', 'it may last 90 days only', { maxDays: 90 }, block('52.20.30.40/32'), {
    value: '52.20.30.40/32',
    reason: /^has no expiry, which allowlist\.require\.maxDays requires$/,
  }),
  required(
    'ExpiryTooLate',
    'it is to last longer',
    { maxDays: 90 },
    block('52.20.30.40/32', { expires: '2026-09-30' }),
    {
      property: 'allow[0].expires',
      value: '2026-09-30',
      reason: /^is in 91 days, and allowlist\.require\.maxDays allows 90$/,
      remedy: /^Write 2026-09-29 or an earlier day/,
    },
  ),
  required(
    'ExpiryTooLate',
    'one that ends need not, but soon',
    { maxDays: 90, expires: false },
    block('52.20.30.40/32', { expires: '2126-09-30' }),
    { property: 'allow[0].expires', value: '2126-09-30', reason: /^is in 36615 days/ },
  ),
];

function invalid(where: string, require: object, part: string, value: unknown, reason: RegExp): Mistake {
  return required('RequirementInvalid', where, require, block('52.20.30.40/32'), {
    property: `allowlist.require.${part}`,
    value,
    reason,
    remedy: /^Write /,
  });
}

/** Requirements that cannot be checked. */
const INVALID: readonly Mistake[] = [
  ...[0, -1, 1.5, Number.NaN, 36_501].map((days) =>
    invalid(`access may last ${days} days`, { maxDays: days }, 'maxDays', days, /^is not a number of days$/),
  ),
  invalid('the days are a token', { maxDays: Token.asNumber(ref('var.days')) }, 'maxDays', undefined, /number of days/),
  invalid('a requirement is a token', { owner: ref('var.strict') }, 'owner', undefined, /^is known after apply/),
  ...[33, -1, 27.5].map((ipv4) =>
    invalid(
      `the prefix length of IPv4 is ${ipv4}`,
      { ticketIfWiderThan: { ipv4 } },
      'ticketIfWiderThan.ipv4',
      ipv4,
      /^is not a prefix length$/,
    ),
  ),
  invalid(
    'the prefix length of IPv6 is 129',
    { ticketIfWiderThan: { ipv6: 129 } },
    'ticketIfWiderThan.ipv6',
    129,
    /^is not a prefix length$/,
  ),
];

/** What is refused about what is required of entries. */
export const REQUIREMENT_MISTAKES: readonly Mistake[] = [...UNMET, ...INVALID];
