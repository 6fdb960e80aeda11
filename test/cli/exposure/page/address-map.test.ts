import fc from 'fast-check';
import { cellsOf, runsOf, type Zoom, zoomText } from '../../../../cli/exposure/page/address-map';
import type { PageEntry } from '../../../../cli/exposure/page/page-data';
import { AddressSet } from '../../../../lib/network/address-set';
import { type Cidr, cidrAt, isCidr, parseCidr } from '../../../../lib/network/cidr';
import { runs } from '../../../support/property-runs';

const cidr = (text: string): Cidr => {
  const read = parseCidr(text);
  if (!isCidr(read)) throw new Error(text);
  return read;
};
const entry = (source: string): PageEntry => ({ source, addresses: { ipv4: '1', ipv6: '0' } });
const octet = fc.constantFrom(0, 1, 10, 127, 203, 255);
const block = fc
  .record({ octets: fc.tuple(octet, octet, octet, octet), prefix: fc.integer({ min: 0, max: 32 }) })
  .map(({ octets: [a, b, c, d], prefix }) => {
    const size = 1n << BigInt(32 - prefix);
    return cidrAt(4, BigInt(((a * 256 + b) * 256 + c) * 256 + d) & -size, prefix).text;
  });
const zoom: fc.Arbitrary<Zoom> = fc.array(octet, { maxLength: 3 });

it('counts in each field the addresses that reach an endpoint, each once, and the endpoints', () => {
  fc.assert(
    fc.property(fc.array(fc.array(block, { maxLength: 5 }), { maxLength: 4 }), zoom, (endpoints, at) => {
      const cells = cellsOf(
        endpoints.map((blocks) => runsOf(blocks.map(entry))),
        at,
      );
      const sets = endpoints.map((blocks) => AddressSet.of(blocks.map(cidr)));
      const all = AddressSet.of(sets.flatMap(({ ranges }) => ranges));

      expect(cells.map(({ octet: number }) => number)).toEqual(Array.from({ length: 256 }, (_, i) => i));
      for (const each of cells) {
        const field = AddressSet.of([cidr(each.block)]);
        expect(BigInt(each.count)).toBe(all.intersect(field).size(4));
        expect(each.endpoints).toBe(sets.filter((set) => !set.intersect(field).isEmpty).length);
      }
    }),
    { numRuns: runs(100) },
  );
});

it('shows blocks of a list, and nothing of IPv6', () => {
  const list: PageEntry = {
    source: '${x}',
    blocks: ['10.0.0.0/31', '2001:db8::/32'],
    addresses: { ipv4: '2', ipv6: '1' },
  };
  const unknown: PageEntry = { source: 'pl-0123456789abcdef0' };

  expect(runsOf([list, unknown])).toEqual([{ first: 0x0a000000, end: 0x0a000002 }]);
});

it('names what it shows', () => {
  expect([[], [10], [10, 0, 255]].map(zoomText)).toEqual(['0.0.0.0/0', '10.0.0.0/8', '10.0.255.0/24']);
});
