import { AllowedSource } from '../../lib';
import { checkBreadth, checkBreadthLimits } from '../../lib/allowlist/breadth';
import { AddressSet } from '../../lib/network/address-set';
import type { Problem } from '../../lib/rules/endpoint-error';
import { block } from '../network/block';
import { type BadInput, bad } from '../support/bad-input';

function breadth(texts: readonly string[]): Problem[] {
  return checkBreadth(
    texts.map((text, i) => ({ property: `allow[${i}]`, text, cidr: block(text), source: AllowedSource.cidr(text) })),
  );
}

function everythingBut(text: string): string[] {
  const all = AddressSet.of([block('0.0.0.0/0')]);
  return all
    .subtract(AddressSet.of([block(text)]))
    .toCidrs()
    .map((each) => each.text);
}

const LIST_ADDRESSES =
  "List the clients' addresses, or write AllowedSource.anywhere({ reason }) if everybody may connect. [AllowlistTooBroad]";
const alone = (i: number, text: string, share: string) => `allow[${i}] '${text}' admits ${share}. ${LIST_ADDRESSES}`;
const together = (share: string, ...widest: readonly string[]) =>
  `allow admits ${share}; its widest entries are ${widest.join(', ')}. ${LIST_ADDRESSES}`;

/** Lists that let too much of the internet in, in any pieces; and limits that are none. */
export const TOO_BROAD: readonly BadInput[] = [
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
