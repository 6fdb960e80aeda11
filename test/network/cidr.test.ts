import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { type Cidr, type CidrMistake, cidrAt, isCidr, parseCidr, toText } from '../../lib/network/cidr';
import { anyBlock } from '../allowlist/blocks';
import { runs } from '../support/property-runs';

const parsed = (text: string): Cidr => {
  const cidr = parseCidr(text);
  if (!isCidr(cidr)) throw new Error(`${text} ${cidr.reason}`);
  return cidr;
};
const mistake = (text: string): CidrMistake => {
  const cidr = parseCidr(text);
  if (isCidr(cidr)) throw new Error(`${text} was read as ${cidr.text}`);
  return cidr;
};

describe('the canonical text of a block', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7/32'],
    ['203.0.113.0/24', '203.0.113.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255', '255.255.255.255/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['2001:0DB8:0000:0000:0000:0000:0000:0000/32', '2001:db8::/32'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1/128'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1/128'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3/128'],
    ['::', '::/128'],
    ['::/0', '::/0'],
    ['::ffff:0:0/96', '::ffff:0:0/96'],
    ['FE80::/10', 'fe80::/10'],
  ])('%s is written %s', (text, canonical) => {
    expect(parsed(text).text).toBe(canonical);
  });

  test('of a block is read as the same block', () => {
    fc.assert(
      fc.property(fc.oneof(anyBlock(4), anyBlock(6)), (block) => {
        expect(parseCidr(block.text)).toEqual(block);
      }),
    );
  });
});

describe('the addresses of a block', () => {
  test.each([
    ['10.0.0.0/8', 0x0a000000n, 0x0affffffn],
    ['203.0.113.7', 0xcb007107n, 0xcb007107n],
    ['0.0.0.0/0', 0n, 0xffffffffn],
    ['2001:db8::/32', 0x20010db8n << 96n, (0x20010db9n << 96n) - 1n],
    ['::/0', 0n, (1n << 128n) - 1n],
    ['1:2:3:4:5:6:7:8', 0x00010002000300040005000600070008n, 0x00010002000300040005000600070008n],
  ])('of %s begin and end where they should', (text, first, last) => {
    expect(parsed(text)).toMatchObject({ first, last });
  });
});

describe('a text that is no block', () => {
  test.each([
    '',
    ' ',
    'localhost',
    '203.0.113.7 ',
    ' 203.0.113.7',
    '203.0.113',
    '203.0.113.7.1',
    '203.0.113.256',
    '203.0.113.1000',
    '203.0.113.07',
    '010.0.0.1',
    '10.1',
    '0x0a000001',
    '0xa.0.0.1',
    '167772161',
    '203.0.113.7,198.51.100.1',
    '203.0.113.0-203.0.113.9',
    '-1.0.0.1',
    '+1.0.0.1',
    '1e1.0.0.1',
    'fe80::1%eth0',
    '::203.0.113.7',
    '2001:db8',
    '2001:db8:::1',
    '2001::db8::1',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    ':1:2:3:4:5:6:7',
    '[2001:db8::1]',
    '[2001:db8::1]:443',
    '203.0.113.7:5432',
    'g::1',
    ':',
    '/24',
    'https://203.0.113.7/',
  ])("'%s' is not an address", (text) => {
    expect(mistake(text)).toMatchObject({ rule: 'CidrInvalid', reason: 'is not an IP address or CIDR block' });
  });

  test.each([
    [
      '٢٠٣.0.113.7',
      'has a character that is not allowed in an address: U+0662',
      'Write an address like 203.0.113.7/32 or',
    ],
    [
      '203.0.113.7\u200b',
      'has a character that is not allowed in an address: U+200B',
      'Write an address like 203.0.113.7/32 or',
    ],
    ['::ffff:203.0.113.7', 'is an IPv4-mapped IPv6 address', 'Write 203.0.113.7.'],
    ['::FFFF:203.0.113.0/120', 'is an IPv4-mapped IPv6 address', 'Write 203.0.113.0/24.'],
    ['::ffff:203.0.113.0/95', 'is an IPv4-mapped IPv6 address', 'Write 203.0.113.0.'],
  ])("'%s' is explained", (text, reason, remedy) => {
    expect(mistake(text)).toMatchObject({
      rule: 'CidrInvalid',
      reason: expect.stringContaining(reason),
      remedy: expect.stringContaining(remedy),
    });
  });

  test.each([
    ['203.0.113.0/33', 4],
    ['203.0.113.0/', 4],
    ['203.0.113.0/-1', 4],
    ['203.0.113.0/+24', 4],
    ['203.0.113.0/024', 4],
    ['203.0.113.0/24/24', 4],
    ['203.0.113.0/ 24', 4],
    ['203.0.113.0/24 ', 4],
    ['203.0.113.0/2e1', 4],
    ['203.0.113.0/255.255.255.0', 4],
    ['203.0.113.0/abc', 4],
    ['203.0.113.0/999999', 4],
    ['2001:db8::/129', 6],
    ['2001:db8::/0x20', 6],
  ])("'%s' has no prefix length", (text, family) => {
    const bits = family === 4 ? 32 : 128;
    expect(mistake(text).reason).toBe(`has no valid prefix length for IPv${family} (0 to ${bits})`);
  });

  test('is told from an IPv6 address as Node tells it', () => {
    const piece = fc.oneof(fc.stringMatching(/^[0-9a-fA-F]{1,5}$/), fc.constantFrom('', ':', '::', '0'));
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 9 }).map((pieces) => pieces.join(':')),
        (text) => {
          expect(isCidr(parseCidr(text))).toBe(isIPv6(text));
        },
      ),
      { numRuns: runs(2000) },
    );
  });
});

describe('a block with host bits', () => {
  test.each([
    ['10.1.2.3/8', '10.1.2.3/32', '10.0.0.0/8'],
    ['203.0.113.7/31', '203.0.113.7/32', '203.0.113.6/31'],
    ['1.1.1.1/1', '1.1.1.1/32', '0.0.0.0/1'],
    ['1.1.1.1/0', '1.1.1.1/32', '0.0.0.0/0'],
    ['2001:db8::1/32', '2001:db8::1/128', '2001:db8::/32'],
    ['::1/0', '::1/128', '::/0'],
  ])('%s is refused with %s and %s, the two things it may mean', (text, address, network) => {
    expect(mistake(text)).toEqual({
      rule: 'CidrHasHostBits',
      reason: 'has host bits set',
      remedy: `Write ${address} for that address or ${network} for that network.`,
    });
  });

  test('is refused wherever its address is not the first one', () => {
    fc.assert(
      fc.property(anyBlock(4), fc.bigInt({ min: 0n, max: 0xffffffffn }), (block, address) => {
        fc.pre(block.first <= address && address <= block.last && address !== block.first);

        expect(mistake(`${toText(address, 4)}/${block.prefix}`).rule).toBe('CidrHasHostBits');
      }),
    );
  });
});

test('a block can be made from its first address', () => {
  expect(cidrAt(6, 0x20010db8n << 96n, 32)).toEqual(parsed('2001:db8::/32'));
});
