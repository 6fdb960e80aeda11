import { type Answer, canonical, usable } from '../../../lambda/target-sync/answer';
import { isCidr, parseCidr } from '../../../lib/network/cidr';
import { isWithin } from '../../../lib/network/load-balancer-space';
import { answering, EMPTY, NXDOMAIN } from './fixtures';

const blocks = (...texts: string[]) => texts.map(parseCidr).filter(isCidr);
const within = (family: 4 | 6, vpc: string, ...from: string[]) => ({
  family,
  vpc: blocks(vpc),
  from: blocks(...(from.length > 0 ? from : [vpc])),
});
const ipv4 = within(4, '10.0.0.0/16');
const ipv6 = within(6, '2001:db8::/56');

test('addresses are sorted and named once, in their canonical spelling', () => {
  expect(usable(answering(['10.0.2.1', '10.0.1.1', '10.0.2.1']), ipv4)).toEqual(answering(['10.0.1.1', '10.0.2.1']));
  expect(usable(answering(['2001:DB8:0::1']), ipv6)).toEqual(answering(['2001:db8::1']));
});

test('an answer without addresses is empty', () => {
  expect(usable(answering([]), ipv4)).toEqual(EMPTY);
});

test.each<Answer>([EMPTY, NXDOMAIN])('a bad answer stays what it is: $kind', (answer) => {
  expect(usable(answer, ipv4)).toBe(answer);
});

test.each(['10.9.0.1', '172.31.0.1', '192.168.1.1', '100.64.0.1'])(
  '%s, private and outside of the VPC, can be a target where the database was said to be there',
  (address) => {
    expect(usable(answering([address]), within(4, '10.0.0.0/16', `${address}/32`))).toEqual(answering([address]));
    expect(usable(answering([address]), ipv4)).toEqual({
      kind: 'failed',
      reason: `the answer ${address} is outside 10.0.0.0/16, the allowed blocks for the database`,
    });
  },
);

test.each([
  ['in the VPC, and outside of its subnets', '10.0.9.9', within(4, '10.0.0.0/16', '10.0.1.0/24', '10.0.2.0/24')],
  ['of another VPC', '2001:db8:1::1', ipv6],
  ['in the VPC, and outside of its IPv6 subnets', '2001:db8:0:2::1', within(6, '2001:db8::/56', '2001:db8:0:1::/64')],
])('an address %s makes the whole answer useless', (_, address, endpoint) => {
  const [good] = endpoint.from.map(({ text }) => text.replace(/\/\d+$/, endpoint.family === 4 ? '' : '5'));

  expect(usable(answering([good]), endpoint)).toMatchObject({ kind: 'addresses' });
  expect(usable(answering([good, address]), endpoint)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining(`${address} is outside`),
  });
});

test('a public address can be a target where it is one of the VPC', () => {
  expect(usable(answering(['203.0.113.7']), within(4, '203.0.113.0/24'))).toEqual(answering(['203.0.113.7']));
});

test('a public address is none where only the database is said to have it', () => {
  expect(usable(answering(['203.0.113.7']), within(4, '10.0.0.0/16', '203.0.113.0/24'))).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('not an address that a load balancer can have'),
  });
});

test.each([
  ['a public address', '54.1.2.3', ipv4],
  ['a sinkhole', '0.0.0.0', ipv4],
  ['loopback', '127.0.0.1', ipv4],
  ['an IPv6 address among IPv4', '2001:db8::1', ipv4],
  ['an IPv4 address among IPv6', '10.0.0.1', ipv6],
  ['a text', 'no-address', ipv4],
  ['a block', '10.0.0.0/24', ipv4],
])('%s makes the whole answer useless', (_, address, endpoint) => {
  expect(usable(answering(['10.0.1.1', address]), endpoint)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining(endpoint === ipv6 ? '10.0.1.1' : address),
  });
});

test.each([
  ['0.0.0.0', 4],
  ['127.0.0.1', 4],
  ['169.254.169.254', 4],
  ['239.0.0.1', 4],
  ['255.255.255.255', 4],
  ['::', 6],
  ['::1', 6],
  ['::a00:1', 6],
  ['::ffff:10.0.0.1', 6],
  ['64:ff9b::a00:1', 6],
  ['64:ff9b:1::1', 6],
  ['fe80::1', 6],
  ['ff02::1', 6],
] as const)('%s is no machine in a VPC, whatever blocks were said', (address, family) => {
  const everywhere = within(family, family === 4 ? '0.0.0.0/0' : '::/0');

  expect(usable(answering([address]), everywhere)).toMatchObject({ kind: 'failed' });
});

test('an address is within the blocks that hold it', () => {
  expect(isWithin('10.0.255.255', ipv4.vpc)).toBe(true);
  expect(isWithin('10.1.0.0', ipv4.vpc)).toBe(false);
  expect(isWithin('2001:db8:0:ff::1', ipv6.vpc)).toBe(true);
  expect(isWithin('i-0123', ipv4.vpc)).toBe(false);
});

test('what is no address has no other spelling', () => {
  expect(canonical('i-0123')).toBe('i-0123');
});
