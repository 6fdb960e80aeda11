import { parseCidr } from '../../lib/network/cidr';
import { knownCidr } from '../../lib/network/known-cidr';

test.each(['203.0.113.0/24', '2001:DB8::/32', '10.0.0.1', '10.0.0.1/8', 'not a block'])(
  '%s is read like any other block, once',
  (text) => {
    expect(knownCidr(text)).toEqual(parseCidr(text));
    expect(knownCidr(text)).toBe(knownCidr(text));
  },
);

test('the blocks of a long list are read, and not kept', () => {
  const texts = Array.from({ length: 1001 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24`);
  for (const text of texts) knownCidr(text);
  const [last] = texts.slice(-1);

  expect(knownCidr(last)).toEqual(parseCidr(last));
  expect(knownCidr(last)).not.toBe(knownCidr(last));
});
