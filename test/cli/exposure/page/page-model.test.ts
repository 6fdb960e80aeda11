import fc from 'fast-check';
import { compare } from '../../../../cli/exposure/diff/compare';
import { pageData } from '../../../../cli/exposure/page/page-model';
import { sizesText, sizeText } from '../../../../cli/exposure/page/words';
import { select } from '../../../../cli/exposure/select';
import { runs } from '../../../support/property-runs';
import { blocks } from '../app';
import { endpoint } from '../diff/states';
import { ADDRESSES, admitsSmall, smallEndpoint, smallSources } from './small-space';

const now = new Date('2027-01-01T00:00:00Z');
type Endpoint = ReturnType<typeof endpoint>;
const pageOf = (...endpoints: Endpoint[]) => pageData(select(endpoints, { now }), { now });
const pageBetween = (before: Endpoint[], after: Endpoint[]) =>
  pageData(select(after, { now }), { now }, compare(before, after));

it('counts what endpoints admit and share, each address once', () => {
  fc.assert(
    fc.property(fc.array(smallSources, { maxLength: 4 }), (all) => {
      const { endpoints, totals } = pageOf(...all.map((sources, i) => smallEndpoint(sources, `prod/Db${i}`)));
      const reaches = (i: number, address: (typeof ADDRESSES)[number]) =>
        all[i].some((each) => admitsSmall(each, address));
      const count = (family: number, isMeant: (address: (typeof ADDRESSES)[number]) => boolean) =>
        String(ADDRESSES.filter((address) => address.family === family && isMeant(address)).length);
      const both = (isMeant: (address: (typeof ADDRESSES)[number]) => boolean) => ({
        ipv4: count(0, isMeant),
        ipv6: count(1, isMeant),
      });

      expect(totals.addresses).toEqual(both((address) => all.some((_, i) => reaches(i, address))));
      for (const [i, each] of endpoints.entries()) {
        expect(each.addresses).toEqual(both((address) => reaches(i, address)));
        const others = all.flatMap((_, other) => (other === i ? [] : [other]));
        expect(each.shared).toEqual(
          both((address) => reaches(i, address) && others.some((other) => reaches(other, address))),
        );
      }
    }),
    { numRuns: runs(200) },
  );
});

describe('the data of the page', () => {
  it('say of an endpoint what deserves a second look', () => {
    const { endpoints } = pageOf(
      endpoint({
        sources: [
          { kind: 'anywhere', value: '0.0.0.0/0', description: 'a public replica' },
          ...blocks(['8.8.8.8/32'], { expires: '2026-12-31' }),
        ],
        guards: { acknowledged: ['AnywhereIsPublic'], maxBreadthIpv4: 0, maxBreadthIpv6: 0 },
        privateLink: { principals: ['*'], acceptanceRequired: false, allowlistApplies: false },
      }),
    );

    expect(endpoints[0]).toMatchObject({
      admitsEverybody: true,
      admits: '4,294,967,296 IPv4 addresses',
      notes: [
        'Everybody may connect: a public replica.',
        'Everybody may make an interface endpoint.',
        'The allowlist does not limit clients over PrivateLink.',
        '1 entry is past the last day: access ends at the next apply.',
        'Acknowledged warnings: AnywhereIsPublic.',
      ],
    });
    expect(endpoints[0].entries[1].within).toBe('0.0.0.0/0 at allowlist.yaml:1:3');
  });

  it('say what the page was narrowed to', () => {
    const question = { now, endpoint: 'Orders', owner: 'a', integration: 'bi', expiringDays: 1 };

    expect(pageData([], question).narrowedTo).toEqual([
      'endpoint Orders',
      'owner a',
      'integration bi',
      'access that ends within 1 day',
    ]);
    expect(pageOf().narrowedTo).toEqual([]);
  });

  it('have sources that several endpoints admit, the most endpoints first', () => {
    const list = { kind: 'prefixList', value: 'pl-0123456789abcdef0' };
    const { overlaps } = pageOf(
      endpoint({ endpoint: 'a', sources: [...blocks(['10.0.0.0/24']), list] }),
      endpoint({ endpoint: 'b', sources: [...blocks(['10.0.0.0/25', '10.0.1.0/24']), list] }),
      endpoint({ endpoint: 'c', sources: blocks(['10.0.0.0/26', '10.0.1.0/24']) }),
    );

    expect(overlaps).toEqual({
      more: 0,
      sets: [
        { endpoints: [0, 1, 2], addresses: { ipv4: '64', ipv6: '0' }, sources: ['10.0.0.0/26'], moreSources: 0 },
        { endpoints: [1, 2], addresses: { ipv4: '256', ipv6: '0' }, sources: ['10.0.1.0/24'], moreSources: 0 },
        {
          endpoints: [0, 1],
          addresses: { ipv4: '64', ipv6: '0' },
          sources: ['10.0.0.64/26', list.value],
          moreSources: 0,
        },
      ],
    });
  });

  it('have logins without the columns that none has something for', () => {
    const user = {
      ...{ user: 'prod/Orders/Bi', userName: 'bi', auth: 'iam', database: 'orders', futureTables: false },
      grants: [{ schema: 'sales', privileges: ['SELECT'] }],
    };

    expect(pageOf(endpoint({ users: [user] })).endpoints[0].logins).toEqual({
      columns: ['Login', 'May', 'On', 'Database', 'Proves it by', 'Made by'],
      rows: [['bi', 'SELECT', 'all tables of sales', 'orders', 'IAM', 'prod/Orders/Bi']],
    });
  });

  it('have what is different between two states, what lets somebody in first', () => {
    const { changes, endpoints } = pageBetween(
      [
        endpoint({ endpoint: 'a', sources: blocks(['10.0.0.0/24'], { ticket: 'A' }) }),
        endpoint({ endpoint: 'gone', hostname: 'g' }),
      ],
      [
        endpoint({ endpoint: 'a', sources: blocks(['10.0.0.0/25'], { ticket: 'B' }) }),
        endpoint({ endpoint: 'new', hostname: 'n', sources: blocks(['0.0.0.0/0']) }),
        endpoint({ endpoint: 'same', hostname: 's', sources: blocks(['10.0.0.0/30']) }),
      ].slice(0, 2),
    );

    expect(changes?.endpoints.map(({ endpoint: path, status, facts }) => [path, status, facts])).toEqual([
      ['new', 'new', ['public', 'gained']],
      ['a', 'changed', []],
      ['gone', 'gone', []],
    ]);
    expect(changes?.endpoints[1]).toMatchObject({
      lost: { ipv4: '128', ipv6: '0' },
      before: '256 IPv4 addresses',
      after: '128 IPv4 addresses',
      access: [
        { change: 'lost', entry: { source: '10.0.0.0/24', blocks: ['10.0.0.128/25'], addresses: { ipv4: '128' } } },
      ],
    });
    expect(endpoints.map(({ before }) => before)).toEqual([{ ipv4: '256', ipv6: '0' }, undefined]);
  });

  it('hold only texts that are printable, and short enough to be read', () => {
    const hostile = '\u202egnp\u0000\u001b[2J\u200b';
    const { endpoints } = pageOf(
      endpoint({
        endpoint: `prod/${hostile}`,
        sources: blocks(['8.8.8.8/32'], { description: 'x'.repeat(10_000), owner: hostile }),
      }),
    );

    expect(endpoints[0].endpoint).toBe('prod/\\u202egnp\\u0000\\u001b[2J\\u200b');
    expect(endpoints[0].entries[0].description).toHaveLength(500);
    expect(endpoints[0].entries[0].owner).toBe('\\u202egnp\\u0000\\u001b[2J\\u200b');
  });
});

it.each([
  [{ ipv4: '0', ipv6: '0' }, 'none'],
  [{ ipv4: '16777216', ipv6: '0' }, '16,777,216 IPv4'],
  [{ ipv4: '1', ipv6: '18446744073709551616' }, '1 IPv4, 2^64 IPv6'],
  [{ ipv4: '0', ipv6: '18446744073709551617' }, 'about 2^64 IPv6'],
])('%j is written as %s', (sizes, text) => {
  expect(sizesText(sizes)).toBe(text);
});

it('writes every number of IPv4 addresses in full', () => {
  expect(sizeText('4294967296')).toBe('4,294,967,296');
});
