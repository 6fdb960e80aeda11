import { type Answer, canonical, isWithin, usable } from '../../../lambda/target-sync/answer';
import { isCidr, parseCidr } from '../../../lib/allowlist/cidr';
import { answering, EMPTY, NXDOMAIN } from './fixtures';

const blocks = (...texts: string[]) => texts.map(parseCidr).filter(isCidr);
const ipv4 = { family: 4, vpc: blocks('10.0.0.0/16') } as const;
const ipv6 = { family: 6, vpc: blocks('2001:db8::/56') } as const;

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
  '%s, private and outside of the VPC, can be a target',
  (address) => {
    expect(usable(answering([address]), ipv4)).toEqual(answering([address]));
  },
);

test('a public address can be a target where it is one of the VPC', () => {
  expect(usable(answering(['203.0.113.7']), { family: 4, vpc: blocks('203.0.113.0/24') })).toEqual(
    answering(['203.0.113.7']),
  );
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

test('an address is within the blocks that hold it', () => {
  expect(isWithin('10.0.255.255', ipv4.vpc)).toBe(true);
  expect(isWithin('10.1.0.0', ipv4.vpc)).toBe(false);
  expect(isWithin('2001:db8:0:ff::1', ipv6.vpc)).toBe(true);
  expect(isWithin('i-0123', ipv4.vpc)).toBe(false);
});

test('what is no address has no other spelling', () => {
  expect(canonical('i-0123')).toBe('i-0123');
});
