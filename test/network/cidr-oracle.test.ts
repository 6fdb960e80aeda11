import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { isCidr, parseCidr } from '../../lib/network/cidr';

/*
 * Random texts against parsers that share nothing with the product's: `net.isIP` says what an address is, the URL
 * parser of the platform how IPv6 is shortened, and `net.BlockList` which addresses a block holds.
 */

/** The canonical text of a block, or nothing where the text is none. */
function oracle(text: string): string | undefined {
  const [address, prefix, ...more] = text.split('/');
  // No rule can hold a zone or an address in the dotted form of IPv4-mapped ones.
  if (more.length > 0 || isIP(address) === 0 || (isIP(address) === 6 && /[%.]/.test(address))) return undefined;
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  const bits = family === 'ipv4' ? 32 : 128;
  if (prefix !== undefined && !/^(0|[1-9][0-9]*)$/.test(prefix)) return undefined;
  const length = Number(prefix ?? bits);
  if (length > bits) return undefined;
  const canonical = family === 'ipv4' ? address : new URL(`http://[${address}]`).hostname.slice(1, -1);
  return isFirstOf(address, family, length) ? `${canonical}/${length}` : undefined;
}

/** Whether an address is the first one of its block: the one before it is in another. */
function isFirstOf(address: string, family: 'ipv4' | 'ipv6', length: number): boolean {
  const previous = before(address, family);
  if (previous === undefined) return true;
  if (length === 0) return false;
  const block = new BlockList();
  block.addSubnet(address, length, family);
  return !block.check(previous, family);
}

function before(address: string, family: 'ipv4' | 'ipv6'): string | undefined {
  if (family === 'ipv4') {
    const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
    return number === 0
      ? undefined
      : [24, 16, 8, 0].map((shift) => Math.floor((number - 1) / 2 ** shift) % 256).join('.');
  }
  const [head, tail] = address.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const missing = 8 - groups(head).length - groups(tail).length;
  const all = tail === undefined ? groups(head) : [...groups(head), ...Array(missing).fill('0'), ...groups(tail)];
  const number = all.reduce((sum, group) => sum * 0x10000n + BigInt(`0x${group}`), 0n);
  if (number === 0n) return undefined;
  return (number - 1n).toString(16).padStart(32, '0').match(/.{4}/g)?.join(':');
}

const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6().filter((text) => !text.includes('.')),
  fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `${a}.${b}.0.0`),
  fc
    .tuple(fc.integer({ min: 0x2000, max: 0x3fff }), fc.nat(0xffff))
    .map(([a, b]) => `${a.toString(16)}:${b.toString(16)}::`),
);
const prefix = fc.oneof(fc.nat(130).map(String), fc.constantFrom('', '032', '+8', '-1', ' 8', '8 ', '1e1', '0x8'));
const spelt = fc.oneof(
  fc.constant((text: string) => text),
  fc.constant((text: string) => text.toUpperCase()),
  fc.constant((text: string) => text.replace(/(^|[.:])(?=[0-9a-f])/, '$10')),
  fc.constant((text: string) => ` ${text}`),
  fc.constant((text: string) => `${text}\n`),
  fc.constant((text: string) => text.replace(/[.:]/, '')),
);
const texts = fc.oneof(
  fc.tuple(address, spelt).map(([text, spell]) => spell(text)),
  fc.tuple(address, prefix, spelt).map(([text, length, spell]) => spell(`${text}/${length}`)),
  fc.string({ unit: fc.constantFrom(...'0123456789abcdfF.:/ %x') }),
);

test('a text is a block exactly if other parsers say so, and has the canonical text that they give it', () => {
  let blocks = 0;

  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseCidr(text);
      const expected = oracle(text);

      expect(isCidr(parsed) ? parsed.text : undefined).toBe(expected);
      if (expected !== undefined) blocks++;
    }),
    { numRuns: 20_000 },
  );

  // Neither side of the comparison is empty.
  expect(blocks).toBeGreaterThan(2_000);
  expect(blocks).toBeLessThan(18_000);
});

test('a block holds an address exactly if the platform says so', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.tuple(fc.ipV4(), fc.ipV4(), fc.integer({ min: 1, max: 32 }))),
      ([network, client, length]) => {
        const list = new BlockList();
        list.addSubnet(network, length, 'ipv4');
        const parsed = parseCidr(client);
        const block = parseCidr(`${network}/${length}`);
        const first = isCidr(block) ? block : parseCidr(/or (\S+) for that network/.exec(block.remedy)?.[1] ?? '');

        expect(isCidr(first) && isCidr(parsed) && first.first <= parsed.first && parsed.last <= first.last).toBe(
          list.check(client, 'ipv4'),
        );
      },
    ),
    { numRuns: 2_000 },
  );
});
