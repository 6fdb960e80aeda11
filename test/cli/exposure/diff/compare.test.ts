import { compare } from '../../../../cli/exposure/diff/compare';
import type { Change } from '../../../../cli/exposure/diff/difference';
import { sentenceOf } from '../../../../cli/exposure/diff/render/sentences';
import { blocks, login } from '../app';
import { changesBetween, endpoint } from './states';

/** Each change as it is told, with what it is beside being one. */
function told(before: object | undefined, after: object | undefined): string[] {
  const [base, head] = [before, after].map((each) => (each === undefined ? [] : [endpoint(each)]));
  return compare(base, head).flatMap((difference) =>
    difference.changes.map((change) => `${labels(change)}${sentenceOf(change, difference, (text) => text)}`),
  );
}

const labels = ({ facts }: Change) =>
  facts.length > 1 ? `[${facts.filter((fact) => fact !== 'any').join(' ')}] ` : '';

const each = (count: number, block: string) =>
  Array.from({ length: count }, (_, i) => `${block.replace('*', String(i))}/32`);
const sources = (...values: string[]) => ({ sources: blocks(values) });
const integrated = (integration: string, description: string, expires?: string) => ({
  ...{ kind: 'securityGroup', value: 'sg-1', integration, description, expires },
});
const granted = (...grants: object[]) => ({ users: [login({ grants })] });
const guards = { acknowledged: ['A', 'B'], maxBreadthIpv4: 8, maxBreadthIpv6: 24 };
const privateLink = {
  principals: ['arn:aws:iam::123456789012:root'],
  acceptanceRequired: true,
  allowlistApplies: true,
};

describe('nothing is different', () => {
  test.each<[what: string, before: object, after: object]>([
    ['where nothing is', sources('8.8.8.8/32'), sources('8.8.8.8/32')],
    ['where 256 addresses become their network', sources(...each(256, '9.9.9.*')), sources('9.9.9.0/24')],
    ['where an entry is repeated by a wider one', sources('9.9.9.0/24'), sources('9.9.9.0/24', '9.9.9.7/32')],
    ['where a name has other capitals', {}, { hostname: 'Orders.Example.com' }],
    ['where another group holds the entry', sources('8.8.8.8/32'), { sources: blocks(['8.8.8.8/32'], { group: 'x' }) }],
    ['where an older release wrote no guards', {}, { guards }],
    [
      'where two integrations have the same group, each with its own words',
      { sources: [integrated('Looker', 'a', '2027-01-31'), integrated('Metabase', 'b')] },
      { sources: [integrated('Looker', 'a', '2027-01-31'), integrated('Metabase', 'b')] },
    ],
    [
      'where the longer access of two to the same group stays',
      { sources: [integrated('Looker', 'a', '2027-01-31'), integrated('Metabase', 'b')] },
      { sources: [integrated('Metabase', 'b')] },
    ],
    [
      'where grants are written in another way',
      {
        users: [
          login({
            grants: [
              { schema: 'sales', tables: ['a', 'b'], privileges: ['SELECT', 'INSERT'] },
              { schema: 'other', privileges: ['SELECT'] },
            ],
          }),
        ],
      },
      {
        users: [
          login({
            grants: [
              { schema: 'other', privileges: ['SELECT'] },
              { schema: 'other', tables: ['x'], privileges: ['SELECT'] },
              { schema: 'sales', tables: ['b'], privileges: ['INSERT', 'SELECT'] },
              { schema: 'sales', tables: ['a'], privileges: ['SELECT'] },
              { schema: 'sales', tables: ['a'], privileges: ['INSERT'] },
            ],
          }),
        ],
      },
    ],
    ['where the construct of a login has another path', { users: [login()] }, { users: [login({ user: 'prod/X' })] }],
    [
      'where an expiry is that of the wider entry',
      { sources: [...blocks(['9.9.9.0/24']), ...blocks(['9.9.9.7/32'], { expires: '2027-01-31' })] },
      sources('9.9.9.0/24'),
    ],
  ])('%s', (_, before, after) => {
    expect(told(before, after)).toEqual([]);
    expect(told(after, before)).toEqual([]);
  });
});

describe('a difference', () => {
  test.each<[what: string, before: object | undefined, after: object | undefined, changes: string[]]>([
    [
      'is what is outside of the old network',
      sources('9.9.9.0/25', '8.8.8.8/32'),
      sources('9.9.9.0/24'),
      [
        '[gained] 128 IPv4 addresses (9.9.9.128/25) gain access: at allowlist.yaml:1:3',
        '1 IPv4 address (8.8.8.8/32) loses access: at allowlist.yaml:2:3',
      ],
    ],
    [
      'names who it is',
      {},
      {
        sources: blocks(['2600::/64'], {
          description: 'Looker',
          owner: 'data-team',
          ticket: 'SEC-7',
          expires: '2027-01-31',
        }),
      },
      [
        '[gained] 18446744073709551616 IPv6 addresses (2600::/64) gain access: Looker, owner data-team, SEC-7, until 2027-01-31, at allowlist.yaml:1:3',
      ],
    ],
    [
      'of lists and groups is one of their identity',
      {
        sources: [
          { kind: 'prefixList', value: 'pl-1' },
          { kind: 'securityGroup', value: 'sg-1' },
        ],
      },
      {
        sources: [
          { kind: 'prefixList', value: 'pl-1' },
          { kind: 'cidr', value: '${var.office}' },
        ],
      },
      [
        '[gained] whatever ${var.office} contains gains access: at allowlist.yaml:2:3',
        'whatever sg-1 contains loses access: at allowlist.yaml:2:3',
      ],
    ],
    [
      'is lost by an expiry',
      { sources: blocks(['8.8.8.8/32'], { expires: '2026-01-31' }) },
      { expired: blocks(['8.8.8.8/32'], { expires: '2026-01-31' }) },
      ['1 IPv4 address (8.8.8.8/32) loses access, as the last day has passed: until 2026-01-31, at allowlist.yaml:1:3'],
    ],
    [
      'is a new endpoint, with everybody who may connect',
      undefined,
      sources('8.8.8.8/32'),
      [
        '[public] is new: orders.example.com:5432 (postgresql, internet-facing, TLS ends at the database)',
        '[gained] 1 IPv4 address (8.8.8.8/32) gains access: at allowlist.yaml:1:3',
      ],
    ],
    [
      'is an endpoint that is gone',
      { internetFacing: false },
      undefined,
      ['is gone: orders.example.com:5432 (postgresql, internal, TLS ends at the database)'],
    ],
    [
      'is everybody',
      sources('8.8.8.8/32'),
      { sources: [{ kind: 'anywhere', value: '0.0.0.0/0', description: 'Public data' }] },
      [
        '[public gained] 4294967295 IPv4 addresses (0.0.0.0/5, 8.0.0.0/13, 8.8.0.0/21, 8.8.8.0/29, 8.8.8.9/32, 8.8.8.10/31, 26 more blocks) gain access: Public data, at allowlist.yaml:1:3',
        '[weakened] everybody may connect: Public data',
      ],
    ],
    [
      'is where clients connect, and how',
      { tls: 'terminate', internetFacing: false },
      { hostname: 'o.example.com', port: 6000 },
      [
        'hostname is o.example.com instead of orders.example.com',
        'port is 6000 instead of 5432',
        'the end of TLS is the database instead of the listener',
        '[public] the load balancer is internet-facing instead of internal',
      ],
    ],
    [
      'is a weaker guard, and a stronger one',
      { guards },
      { guards: { acknowledged: ['B', 'C'], maxBreadthIpv4: 4, maxBreadthIpv6: 32 } },
      [
        'the warning A is no longer acknowledged',
        '[weakened] the warning C is acknowledged',
        '[weakened] maxBreadthIpv4 is /4 instead of /8',
        'maxBreadthIpv6 is /32 instead of /24',
      ],
    ],
    [
      'is an access that ends later, or earlier',
      { sources: [...blocks(['8.8.8.8/32'], { expires: '2027-01-31' }), ...blocks(['9.9.9.9/32'])] },
      {
        sources: [
          ...blocks(['8.8.8.8/32'], { expires: '2027-02-28' }),
          ...blocks(['9.9.9.9/32'], { expires: '2027-01-01' }),
        ],
      },
      [
        '[weakened] the access of 1 IPv4 address (8.8.8.8/32) ends 2027-02-28 instead of 2027-01-31: at allowlist.yaml:1:3',
        'the access of 1 IPv4 address (9.9.9.9/32) ends 2027-01-01 instead of never: at allowlist.yaml:2:3',
      ],
    ],
    [
      'is an access by a list that does not end any more',
      { sources: [{ kind: 'prefixList', value: 'pl-1', expires: '2027-01-31' }] },
      { sources: [{ kind: 'prefixList', value: 'pl-1' }] },
      ['[weakened] the access of whatever pl-1 contains ends never instead of 2027-01-31: at allowlist.yaml:1:3'],
    ],
    [
      'is what is recorded',
      { sources: blocks(['8.8.8.8/32'], { owner: 'a', ticket: 'T' }) },
      { sources: blocks(['8.8.8.8/32'], { owner: 'b' }) },
      ['the owner of 8.8.8.8/32 is b instead of a', 'the ticket of 8.8.8.8/32 is none instead of T'],
    ],
    [
      'is another integration',
      { sources: blocks(['8.8.8.8/32']) },
      { sources: blocks(['8.8.8.8/32'], { integration: 'Looker' }) },
      ['the integration of 8.8.8.8/32 is Looker instead of none'],
    ],
    [
      'is a login that is new, with all that it may do',
      {},
      {
        users: [
          login({
            grants: [
              { schema: 'sales', tables: ['b', 'a'], privileges: ['SELECT', 'INSERT'] },
              { schema: 'public', privileges: ['SELECT'] },
            ],
            ...{ rotateEveryDays: 30, validUntil: '2027-01-31T00:00:00Z', futureTables: true },
          }),
        ],
      },
      [
        '[gained] the login looker is new: database shop, proves itself by a password, rotated every 30 days, until 2027-01-31T00:00:00Z, integration Looker',
        '[gained] the login looker gains INSERT, SELECT on sales.a, sales.b in the database shop',
        '[gained] the login looker gains SELECT on all tables of public, now and later in the database shop',
      ],
    ],
    [
      'is a login that is gone',
      { users: [login({ auth: 'iam', integration: undefined })] },
      {},
      [
        'the login looker is gone: database shop, proves itself by IAM',
        'the login looker loses SELECT on all tables of sales in the database shop',
      ],
    ],
    [
      'is what is granted to a login, and what is taken from it',
      granted({ schema: 'sales', tables: ['a', 'b'], privileges: ['SELECT'] }),
      granted({ schema: 'sales', tables: ['b', 'c'], privileges: ['SELECT'] }, { schema: 'x', privileges: '${var.p}' }),
      [
        '[gained] the login looker gains SELECT on sales.c in the database shop',
        '[gained] the login looker gains ${var.p} on all tables of x in the database shop',
        'the login looker loses SELECT on sales.a in the database shop',
      ],
    ],
    [
      'is what all tables are beside some of them',
      granted({ schema: 'sales', tables: ['a'], privileges: ['SELECT'] }),
      granted({ schema: 'sales', privileges: ['SELECT'] }),
      ['[gained] the login looker gains SELECT on all tables of sales in the database shop'],
    ],
    [
      'is what some tables are of all of them',
      granted({ schema: 'sales', privileges: ['SELECT', 'INSERT'] }),
      granted({ schema: 'sales', tables: ['a'], privileges: ['SELECT'] }),
      ['the login looker loses INSERT, SELECT on all tables of sales in the database shop'],
    ],
    [
      'is what all privileges are beside some of them',
      granted({ schema: 'sales', tables: ['a'], privileges: ['SELECT'] }),
      granted({ schema: 'sales', privileges: ['ALL PRIVILEGES'] }),
      ['[gained] the login looker gains ALL PRIVILEGES on all tables of sales in the database shop'],
    ],
    [
      'is another database, in which nothing was granted',
      { users: [login()] },
      { users: [login({ database: 'bi' })] },
      [
        '[gained] the login looker gains SELECT on all tables of sales in the database bi',
        'the login looker loses SELECT on all tables of sales in the database shop',
        'the database of the login looker is bi instead of shop',
      ],
    ],
    [
      'is a login with weaker terms',
      { users: [login({ rotateEveryDays: 30, validUntil: '2027-01-31T00:00:00Z' })] },
      { users: [login({ rotateEveryDays: 90, validUntil: '2027-02-01T00:00:00Z', futureTables: true })] },
      [
        '[gained] the login looker may use tables that are made later as those of today',
        '[weakened] the password of the login looker is rotated every 90 days instead of every 30 days',
        '[weakened] the password of the login looker ends 2027-02-01T00:00:00Z instead of 2027-01-31T00:00:00Z',
      ],
    ],
    [
      'is a login with stronger terms',
      { users: [login({ futureTables: true })] },
      { users: [login({ rotateEveryDays: 90, validUntil: '2027-02-01T00:00:00Z', integration: undefined })] },
      [
        'the integration of the login looker is none instead of Looker',
        'the login looker may not use tables that are made later as those of today',
        'the password of the login looker is rotated every 90 days instead of never',
        'the password of the login looker ends 2027-02-01T00:00:00Z instead of never',
      ],
    ],
    [
      'is a login whose terms are known after apply, of which the worse is taken',
      { users: [login({ rotateEveryDays: 30, validUntil: '2027-01-31T00:00:00Z' })] },
      { users: [login({ rotateEveryDays: '${var.d}', validUntil: '${var.t}', futureTables: '${var.f}' })] },
      [
        '[gained] whether the login looker may use tables that are made later is ${var.f} instead of false',
        '[weakened] the password of the login looker is rotated every ${var.d} days instead of every 30 days',
        '[weakened] the password of the login looker ends ${var.t} instead of 2027-01-31T00:00:00Z',
      ],
    ],
    [
      'is how a login proves itself, to which a rotation belongs',
      { users: [login({ rotateEveryDays: 30 })] },
      { users: [login({ auth: 'iam' })] },
      [
        'the login looker proves itself by IAM instead of a password',
        'the password of the login looker is rotated never instead of every 30 days',
      ],
    ],
    [
      'is a password in place of IAM',
      { users: [login({ auth: 'iam' })] },
      { users: [login()] },
      ['[weakened] the login looker proves itself by a password instead of IAM'],
    ],
    [
      'is another name of a login',
      { users: [login()] },
      { users: [login({ userName: 'looker2' })] },
      ['[gained] the login looker2 has this name instead of looker'],
    ],
    [
      'is PrivateLink that is new, for everybody',
      {},
      { privateLink: { principals: ['*'], acceptanceRequired: false, allowlistApplies: false } },
      [
        '[public gained] who may use PrivateLink is * instead of none',
        'whether interface endpoints have to be accepted is false instead of none',
        'whether the allowlist holds for PrivateLink is false instead of none',
        'where consumers of PrivateLink may be is none instead of none',
      ],
    ],
    [
      'is PrivateLink with weaker terms',
      { privateLink },
      {
        privateLink: {
          principals: [...privateLink.principals, 'arn:aws:iam::210987654321:root'],
          ...{ acceptanceRequired: false, allowlistApplies: false, supportedRegions: ['us-east-1'] },
        },
      },
      [
        '[gained] who may use PrivateLink is arn:aws:iam::123456789012:root, arn:aws:iam::210987654321:root instead of arn:aws:iam::123456789012:root',
        '[weakened] whether interface endpoints have to be accepted is false instead of true',
        '[gained weakened] whether the allowlist holds for PrivateLink is false instead of true',
        'where consumers of PrivateLink may be is us-east-1 instead of none',
      ],
    ],
  ])('%s', (_, before, after, changes) => {
    expect(told(before, after)).toEqual(changes);
  });

  test('of one owner stands together, what has no owner last', () => {
    const owned = (value: string, owner?: string) => ({ kind: 'cidr', value, owner });
    const found = changesBetween(
      {},
      {
        sources: [owned('1.1.1.1/32'), owned('2.2.2.2/32', 'b'), owned('3.3.3.3/32', 'a'), owned('4.4.4.4/32', 'b')],
      },
    );

    expect(found.map((change) => 'entry' in change && change.entry.value)).toEqual([
      '3.3.3.3/32',
      '2.2.2.2/32',
      '4.4.4.4/32',
      '1.1.1.1/32',
    ]);
  });
});

describe('an endpoint with another path', () => {
  const paths = (base: object[], head: object[]) =>
    compare(base.map(endpoint), head.map(endpoint)).map(({ endpoint: path, before, after, changes }) => [
      path,
      before?.endpoint,
      after?.endpoint,
      changes.map(({ kind }) => kind),
    ]);
  const old = { endpoint: 'prod/Old', ...sources('8.8.8.8/32', '9.9.9.9/32') };

  test('is the same where clients connect to the same name and port, and is compared', () => {
    const differences = compare(
      [endpoint(old)],
      [endpoint({ endpoint: 'prod/New', ...sources('8.8.8.0/24'), hostname: 'Orders.example.com' })],
    );

    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject({ endpoint: 'prod/New', before: { endpoint: 'prod/Old' } });
    expect(differences[0].changes.map((change) => sentenceOf(change, differences[0], (text) => text))).toEqual([
      'is renamed from prod/Old to prod/New',
      '255 IPv4 addresses (8.8.8.0/29, 8.8.8.9/32, 8.8.8.10/31, 8.8.8.12/30, 8.8.8.16/28, 8.8.8.32/27, 2 more blocks) gain access: at allowlist.yaml:1:3',
      '1 IPv4 address (9.9.9.9/32) loses access: at allowlist.yaml:2:3',
    ]);
  });

  test('keeps what may alarm about it', () => {
    const [{ changes }] = compare(
      [endpoint({ ...old, internetFacing: false })],
      [endpoint({ ...old, endpoint: 'prod/New' })],
    );

    expect(changes).toMatchObject([
      { kind: 'renamed', facts: ['any'] },
      { kind: 'setting', name: 'internetFacing', facts: ['public', 'any'] },
    ]);
  });

  test.each<[what: string, after: object]>([
    ['another name', { hostname: 'new.example.com' }],
    ['another port', { port: 5433 }],
    ['another engine', { engine: 'mysql' }],
  ])('is another one with %s', (_, after) => {
    expect(paths([old], [{ ...old, endpoint: 'prod/New', ...after }])).toEqual([
      ['prod/New', undefined, 'prod/New', ['added', 'gained', 'gained']],
      ['prod/Old', 'prod/Old', undefined, ['removed', 'lost', 'lost']],
    ]);
  });

  test('is another one where two could be the same', () => {
    expect(
      paths(
        [old],
        [
          { ...old, endpoint: 'prod/A' },
          { ...old, endpoint: 'prod/B' },
        ],
      ),
    ).toEqual([
      ['prod/A', undefined, 'prod/A', ['added', 'gained', 'gained']],
      ['prod/B', undefined, 'prod/B', ['added', 'gained', 'gained']],
      ['prod/Old', 'prod/Old', undefined, ['removed', 'lost', 'lost']],
    ]);
  });

  test('is another one where an endpoint of its path takes its name', () => {
    expect(
      paths([old, { endpoint: 'prod/Other', hostname: 'other.example.com' }], [{ ...old, endpoint: 'prod/Other' }]),
    ).toEqual([
      ['prod/Old', 'prod/Old', undefined, ['removed', 'lost', 'lost']],
      ['prod/Other', 'prod/Other', 'prod/Other', ['gained', 'gained', 'setting']],
    ]);
  });
});
