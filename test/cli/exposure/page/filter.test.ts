import fc from 'fast-check';
import { type Filter, find, isEmpty } from '../../../../cli/exposure/page/filter';
import { pageData } from '../../../../cli/exposure/page/page-model';
import { select } from '../../../../cli/exposure/select';
import { isCidr, parseCidr } from '../../../../lib/network/cidr';
import { runs } from '../../../support/property-runs';
import { blocks } from '../app';
import { endpoint } from '../diff/states';
import { ADDRESSES, smallEndpoint, smallSources, textOf } from './small-space';

const now = new Date('2027-01-01T00:00:00Z');
const SHARED = { principals: ['arn:aws:iam::123456789012:root'], acceptanceRequired: true, allowlistApplies: false };
const ALL: Filter = { words: [] };
const address = (text: string) => {
  const read = parseCidr(text);
  return isCidr(read) ? read : undefined;
};
const pageOf = (...endpoints: ReturnType<typeof endpoint>[]) => pageData(select(endpoints, { now }), { now });

it('finds what the options of the command find', () => {
  const filters = fc.record({
    owner: fc.constantFrom(undefined, 'a', 'B'),
    days: fc.constantFrom(undefined, 0, 19, 365),
    at: fc.option(fc.nat(ADDRESSES.length - 1), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(smallSources, { maxLength: 4 }), filters, (all, { owner, days, at }) => {
      const endpoints = [
        ...all.map((sources, i) => smallEndpoint(sources, `prod/Db${i}`)),
        smallEndpoint([], 'prod/Shared', { privateLink: SHARED, sources: [] }),
      ];
      const asked = at === undefined ? undefined : address(textOf(ADDRESSES[at]));
      const byCommand = select(endpoints, { owner, expiringDays: days, address: asked, now });
      const byPage = find(pageOf(...endpoints).endpoints, { words: [], owner, ends: days, address: asked }, now);

      expect(
        byPage.map((each) => [
          each.endpoint.endpoint,
          each.entries.map(({ source }) => source),
          each.undetermined.map(({ source }) => source),
        ]),
      ).toEqual(
        byCommand.map((each) => [
          each.endpoint.endpoint,
          each.entries.map(({ value }) => value),
          each.undetermined.map(({ value }) => value),
        ]),
      );
    }),
    { numRuns: runs(400) },
  );
});

describe('the filters of the page', () => {
  const user = {
    user: 'prod/Orders/Bi',
    userName: 'bi_reader',
    auth: 'iam',
    database: 'orders',
    grants: [],
    futureTables: false,
  };
  const { endpoints } = pageOf(
    endpoint({
      endpoint: 'prod/Orders',
      sources: [
        ...blocks(['198.51.100.0/24'], {
          description: 'Harbor BI',
          owner: 'bi-team',
          ticket: 'SEC-7',
          expires: '2027-01-08',
        }),
        ...blocks(['203.0.113.7/32'], {
          description: 'Office',
          group: 'offices',
          integration: 'reports',
          file: 'offices.yaml',
        }),
      ],
      expired: blocks(['192.0.2.1/32'], { description: 'Old office' }),
      users: [user],
    }),
    endpoint({ endpoint: 'prod/Status', internetFacing: true, sources: [{ kind: 'anywhere', value: '0.0.0.0/0' }] }),
    endpoint({ endpoint: 'prod/Sessions', hostname: 'sessions.example.com', internetFacing: false, sources: [] }),
  );
  const found = (filter: Partial<Filter>) =>
    find(endpoints, { ...ALL, ...filter }, now).map(({ endpoint: { endpoint: path }, entries, expired }) => [
      path,
      ...entries.map(({ source }) => source),
      ...expired.map(({ source }) => `expired ${source}`),
    ]);
  const ORDERS = ['prod/Orders', '198.51.100.0/24', '203.0.113.7/32', 'expired 192.0.2.1/32'];

  it.each<[what: string, filter: Partial<Filter>, expected: string[][]]>([
    ['nothing: everything', {}, [ORDERS, ['prod/Status', '0.0.0.0/0'], ['prod/Sessions']]],
    ['a word of a description', { words: ['harbor'] }, [['prod/Orders', '198.51.100.0/24']]],
    ['words of the entry and of its endpoint', { words: ['orders', 'sec-7'] }, [['prod/Orders', '198.51.100.0/24']]],
    ['a word of expired access', { words: ['old'] }, [['prod/Orders', 'expired 192.0.2.1/32']]],
    ['a word of an endpoint without entries', { words: ['sessions.example'] }, [['prod/Sessions']]],
    ['a login', { words: ['bi_reader'] }, [ORDERS]],
    ['a group and an integration', { words: ['reports', 'offices'] }, [['prod/Orders', '203.0.113.7/32']]],
    ['a last day', { words: ['2027-01-08'] }, [['prod/Orders', '198.51.100.0/24']]],
    ['words that no entry has together', { words: ['harbor', 'office'] }, []],
    [
      'access that nobody owns',
      { owner: '' },
      [
        ['prod/Orders', '203.0.113.7/32', 'expired 192.0.2.1/32'],
        ['prod/Status', '0.0.0.0/0'],
      ],
    ],
    [
      'access that never ends',
      { ends: 'never' },
      [
        ['prod/Orders', '203.0.113.7/32'],
        ['prod/Status', '0.0.0.0/0'],
      ],
    ],
    ['an endpoint', { endpoint: 'prod/Sessions' }, [['prod/Sessions']]],
    ['what faces the internet', { reach: 'internet' }, [ORDERS, ['prod/Status', '0.0.0.0/0']]],
    ['what admits everybody', { reach: 'everybody' }, [['prod/Status', '0.0.0.0/0']]],
    [
      'an address',
      { address: address('198.51.100.9') },
      [
        ['prod/Orders', '198.51.100.0/24'],
        ['prod/Status', '0.0.0.0/0'],
      ],
    ],
    ['an address of the other family', { address: address('2001:db8::1') }, []],
  ])('by %s', (_, filter, expected) => {
    expect(found(filter)).toEqual(expected);
  });

  it('ask for something or do not', () => {
    expect([
      isEmpty(ALL),
      isEmpty({ words: ['a'] }),
      isEmpty({ words: [], owner: '' }),
      isEmpty({ words: [], ends: 0 }),
    ]).toEqual([true, false, false, false]);
  });
});
