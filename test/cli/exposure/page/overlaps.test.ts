import fc from 'fast-check';
import { addressesOf } from '../../../../cli/exposure/access';
import { type Admitting, overlaps } from '../../../../cli/exposure/page/overlaps';
import { entriesWithin } from '../../../../cli/exposure/page/within';
import { AddressSet } from '../../../../lib/network/address-set';
import { type Cidr, isCidr, parseCidr } from '../../../../lib/network/cidr';
import { runs } from '../../../support/property-runs';
import { ADDRESSES, admitsSmall, type SmallAddress, smallEndpoint, smallSources, textOf } from './small-space';

const cidr = (text: string): Cidr => {
  const read = parseCidr(text);
  if (!isCidr(read)) throw new Error(text);
  return read;
};
const set = (...texts: readonly string[]) => AddressSet.of(texts.map(cidr));
const admitting = (addresses: AddressSet, unmeasured: readonly string[] = []): Admitting => ({ addresses, unmeasured });
const range = (address: SmallAddress) => cidr(textOf(address));

describe('what reaches several endpoints', () => {
  it('has each address once, at exactly the endpoints that admit it', () => {
    fc.assert(
      fc.property(fc.array(smallSources, { maxLength: 5 }), (all) => {
        const found = overlaps(all.map((sources) => admitting(addressesOf(smallEndpoint(sources).entries))));

        for (const address of ADDRESSES) {
          const positions = all.flatMap((sources, i) =>
            sources.some((each) => admitsSmall(each, address)) ? [i] : [],
          );
          const of = found.filter(({ addresses }) => addresses.contains(range(address)));
          expect(of.map(({ endpoints }) => endpoints)).toEqual(positions.length > 1 ? [positions] : []);
        }
        const keys = found.map(({ endpoints }) => endpoints.join());
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: runs(300) },
    );
  });

  it('has lists and groups that are written at several endpoints, each once', () => {
    const none = set();
    const found = overlaps([
      admitting(none, ['pl-1', 'sg-1']),
      admitting(none, ['pl-1', 'pl-1']),
      admitting(none, ['sg-2']),
    ]);

    expect(found.map(({ endpoints, unmeasured }) => [endpoints, unmeasured])).toEqual([[[0, 1], ['pl-1']]]);
  });

  it('leaves an endpoint that admits everybody out, in the family of which it does', () => {
    const found = overlaps([
      admitting(set('0.0.0.0/0', '2001:db8::/32')),
      admitting(set('198.51.100.0/24', '2001:db8::/48')),
      admitting(set('198.51.100.7/32')),
    ]);

    expect(found.map(({ endpoints, addresses }) => [endpoints, addresses.toCidrs().map(({ text }) => text)])).toEqual([
      [[1, 2], ['198.51.100.7/32']],
      [[0, 1], ['2001:db8::/48']],
    ]);
  });
});

describe('entries within others', () => {
  it('are those of which another entry admits every address, and that one is the narrowest of them', () => {
    fc.assert(
      fc.property(smallSources, (sources) => {
        const { entries } = smallEndpoint(sources);
        const within = entriesWithin(entries);

        for (const [i, inner] of sources.entries()) {
          const outer = sources.filter(
            (each) =>
              each !== inner &&
              ADDRESSES.every((address) => !admitsSmall(inner, address) || admitsSmall(each, address)),
          );
          const [narrowest] = outer.sort((a, b) => a.free - b.free);
          expect(within.get(entries[i])).toBe(narrowest && entries[sources.indexOf(narrowest)]);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('may be lists of one run that only touch the one before', () => {
    const entry = (text: string, ...blocks: string[]) => ({ kind: 'cidrs', value: text, addresses: set(...blocks) });
    const entries = [
      entry('a', '10.0.0.0/30', '10.0.0.4/31'),
      entry('b', '10.0.0.2/31', '10.0.0.4/30'),
      entry('c', '10.0.0.2/31'),
      entry('d', '10.0.0.4/32'),
      entry('e', '10.0.0.0/32', '10.0.0.8/32'),
    ];

    const within = entriesWithin(entries);
    expect(entries.map((each) => within.get(each)?.value)).toEqual([undefined, undefined, 'a', 'a', undefined]);
  });
});
