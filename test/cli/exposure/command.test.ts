import { join } from 'node:path';
import { AdminSecret, AllowedSource, AllowlistFile, Grant } from '../../../lib';
import { terminatingProps } from '../../support/endpoint';
import { command } from '../support/command';
import { blocks, content, folderWith, login, synthesized, written } from './app';

const files = folderWith({
  'allowlist.yaml': [
    'owner: platform-team',
    'entries:',
    '  - { cidr: 198.51.100.0/24, description: Metabase Cloud, ticket: SEC-1421, expires: 2027-01-31 }',
    '  - { cidr: 203.0.113.7, description: Looker, owner: data-team }',
    '  - { cidr: 192.0.2.7, description: Old office, expires: 2026-06-30 }',
    '  - { prefixList: pl-0123456789abcdef0, maxEntries: 20 }',
  ].join('\n'),
});

const allowlist = { asOf: '2026-12-01' };
const app = synthesized({
  prod: {
    Orders: { allow: AllowlistFile.read(join(files, 'allowlist.yaml')), allowlist },
    Sessions: terminatingProps({ allow: [AllowedSource.cidr('198.51.100.0/25')] }),
  },
});

async function exposure(...args: string[]) {
  const { out, err, exitCode } = await command('exposure', ...args);
  return { exitCode, err, out: out.replaceAll(`${files}/`, '').replace(/\$\{aws_lb\.\w+\.dns_name\}/g, 'DNS') };
}

const shown = async (...args: string[]) => {
  const { endpoints } = JSON.parse((await exposure(app, '--format', 'json', ...args)).out);
  return endpoints.map(({ endpoint, entries, undetermined }: { [key: string]: { value: string }[] }) => [
    endpoint,
    entries.map(({ value }) => value),
    undetermined.map(({ value }) => value),
  ]);
};

describe('exposure', () => {
  it('shows who may reach each endpoint, through which port, and where it is written', async () => {
    const { exitCode, out } = await exposure(app, '--endpoint', 'prod/Orders');

    expect(exitCode).toBe(0);
    expect(out).toBe(`prod/Orders
  (hostname known after apply: DNS):5432 (postgresql, internet-facing, TLS ends at the database)
  admits 257 IPv4 addresses, plus 1 prefix list

  source                addresses           description     owner          ticket    expires     where
  198.51.100.0/24       256 IPv4 addresses  Metabase Cloud  platform-team  SEC-1421  2027-01-31  allowlist.yaml:3:13
  203.0.113.7/32        1 IPv4 address      Looker          data-team      -         -           allowlist.yaml:4:13
  pl-0123456789abcdef0  not known           -               platform-team  -         -           allowlist.yaml:6:19

  without access, because their last day has passed:
  source        addresses       description  owner          expires     where
  192.0.2.7/32  1 IPv4 address  Old office   platform-team  2026-06-30  allowlist.yaml:5:13

1 endpoint, 3 entries
`);
  });

  it('shows the same as Markdown', async () => {
    const { out } = await exposure(app, '--endpoint', 'Orders', '--format', 'markdown');

    expect(out).toContain('### `prod/Orders`\n');
    expect(out).toContain(
      '`postgresql`, internet-facing, TLS ends at the database. Admits 257 IPv4 addresses, plus 1 prefix list.',
    );
    expect(out).toContain(
      '| `198.51.100.0/24` | 256 IPv4 addresses | `Metabase Cloud` | `platform-team` | `SEC-1421` | `2027-01-31` | `allowlist.yaml:3:13` |',
    );
  });

  it('counts IPv6 addresses exactly, and each address once', async () => {
    const folder = folderWith({
      'exposure.json': content(
        written({ sources: blocks(['2001:db8::/32', '2001:db8::/48', '10.0.0.0/31', '10.0.0.1/32']) }),
      ),
    });

    const { endpoints } = JSON.parse((await exposure(folder, '--format', 'json')).out);
    expect(endpoints[0].addresses).toEqual({ ipv4: '2', ipv6: '79228162514264337593543950336' });
    expect((await exposure(folder)).out).toContain('admits 2 IPv4 and 79228162514264337593543950336 IPv6 addresses\n');
  });

  it('tells that PrivateLink goes around the allowlist', async () => {
    const privateLink = { principals: ['*'], acceptanceRequired: false, allowlistApplies: false };
    const folder = folderWith({ 'exposure.json': content(written({ privateLink })) });

    expect((await exposure(folder)).out).toContain(
      'shared over PrivateLink with everybody, whose clients the allowlist does not limit',
    );
  });

  it.each<[options: string[], endpoints: unknown]>([
    [['--owner', 'DATA-team'], [['prod/Orders', ['203.0.113.7/32'], []]]],
    [['--endpoint', 'Sessions'], [['prod/Sessions', ['198.51.100.0/25'], []]]],
    [['--expiring', '61d', '--as-of', '2026-12-01'], [['prod/Orders', ['198.51.100.0/24'], []]]],
    [['--expiring', '60', '--as-of', '2026-12-01'], []],
    [['--expiring', '0d', '--as-of', '2027-02-15'], [['prod/Orders', ['198.51.100.0/24'], []]]],
    [
      ['--address', '198.51.100.7'],
      [
        ['prod/Orders', ['198.51.100.0/24'], ['pl-0123456789abcdef0']],
        ['prod/Sessions', ['198.51.100.0/25'], []],
      ],
    ],
    [
      ['--address', '198.51.100.200', '--owner', 'platform-team'],
      [['prod/Orders', ['198.51.100.0/24'], ['pl-0123456789abcdef0']]],
    ],
    [['--address', '203.0.113.0/24', '--owner', 'data-team'], [['prod/Orders', ['203.0.113.7/32'], []]]],
    [['--address', '2001:db8::1', '--endpoint', 'Sessions'], []],
  ])('%j shows only what is asked for', async (options, endpoints) => {
    expect(await shown(...options)).toEqual(endpoints);
  });

  it('names an endpoint that an address may reach over PrivateLink, past the allowlist', async () => {
    const endpointWith = (id: string, allowlistApplies: boolean) =>
      written({
        endpoint: `prod/${id}`,
        sources: blocks(['8.8.8.8/32'], { owner: 'a' }),
        privateLink: { principals: ['*'], acceptanceRequired: true, allowlistApplies },
      });
    const folder = folderWith({ 'exposure.json': content(endpointWith('Limited', true), endpointWith('Past', false)) });

    const { out } = await exposure(folder, '--address', '10.0.0.7');
    expect(out).toContain('prod/Past\n');
    expect(out).toContain('whose clients the allowlist does not limit');
    expect(out).toContain('1 endpoint, 0 entries\n');
    expect((await exposure(folder, '--address', '10.0.0.7', '--owner', 'b')).out).toBe('Nothing matches.\n');
  });

  describe('with integrations and their logins', () => {
    const grants = [
      { schema: 'sales', tables: ['orders', 'items'], privileges: ['SELECT', 'INSERT'] },
      { schema: 'public', privileges: ['SELECT'] },
    ];
    const users = [
      login({ grants, futureTables: true, rotateEveryDays: 30, validUntil: '2027-01-31T00:00:00Z' }),
      login({ user: 'prod/Orders/Admin', userName: 'admin', integration: undefined, auth: 'iam' }),
    ];
    const folder = folderWith({
      'exposure.json': content(
        written({
          users,
          sources: [
            ...blocks(['8.8.8.8/32'], { integration: 'Looker', owner: 'data-team' }),
            ...blocks(['9.9.9.9/32']),
          ],
        }),
        written({ endpoint: 'prod/Other', sources: blocks(['8.8.8.8/32']) }),
      ),
    });
    const found = async (...options: string[]) =>
      JSON.parse((await exposure(folder, '--format', 'json', ...options)).out).endpoints.map(
        (each: { endpoint: string; entries: { value: string }[]; users: { userName: string }[] }) => [
          each.endpoint,
          each.entries.map(({ value }) => value),
          each.users.map(({ userName }) => userName),
        ],
      );

    it('shows which login may do what, and whose each source is', async () => {
      expect((await exposure(folder, '--endpoint', 'Orders')).out).toBe(`prod/Orders
  orders.example.com:5432 (postgresql, internet-facing, TLS ends at the database)
  admits 2 IPv4 addresses

  source      addresses       owner      integration
  8.8.8.8/32  1 IPv4 address  data-team  Looker
  9.9.9.9/32  1 IPv4 address  -          -

  logins of the database that the app makes:
  login   may             on                                   database  proves it by                       until                 integration  made by
  looker  SELECT, INSERT  sales.orders, sales.items            shop      a password, rotated every 30 days  2027-01-31T00:00:00Z  Looker       prod/Orders/Looker/User
  looker  SELECT          all tables of public, now and later  shop      a password, rotated every 30 days  2027-01-31T00:00:00Z  Looker       prod/Orders/Looker/User
  admin   SELECT          all tables of sales                  shop      IAM                                -                     -            prod/Orders/Admin

1 endpoint, 2 entries, 2 logins
`);
    });

    it('shows the same as Markdown', async () => {
      const { out } = await exposure(folder, '--endpoint', 'Orders', '--format', 'markdown');

      expect(out).toContain('| `8.8.8.8/32` | 1 IPv4 address |  | `data-team` |  |  | `Looker` |  |\n');
      expect(out).toContain('\n\nLogins of the database that the app makes:\n\n| login |');
      expect(out).toContain(
        '| `looker` | `SELECT`, `INSERT` | `sales.orders`, `sales.items` | `shop` | a password, rotated every 30 days | `2027-01-31T00:00:00Z` | `Looker` | `prod/Orders/Looker/User` |',
      );
    });

    it.each<[options: string[], endpoints: unknown]>([
      [
        [],
        [
          ['prod/Orders', ['8.8.8.8/32', '9.9.9.9/32'], ['looker', 'admin']],
          ['prod/Other', ['8.8.8.8/32'], []],
        ],
      ],
      [['--integration', 'looker'], [['prod/Orders', ['8.8.8.8/32'], ['looker']]]],
      [['--integration', 'Metabase'], []],
      [['--owner', 'data-team'], [['prod/Orders', ['8.8.8.8/32'], []]]],
      [['--address', '8.8.8.8', '--integration', 'Looker'], [['prod/Orders', ['8.8.8.8/32'], []]]],
      [['--expiring', '31d', '--as-of', '2026-12-31'], [['prod/Orders', [], ['looker']]]],
      [['--expiring', '30d', '--as-of', '2026-12-31'], []],
    ])('%j shows only what is asked for', async (options, endpoints) => {
      expect(await found(...options)).toEqual(endpoints);
    });
  });

  it('shows what synthesis writes of integrations', async () => {
    const folder = synthesized({ prod: { Orders: {} } }, (endpoint) => {
      endpoint.addIntegration('Looker', {
        allow: [AllowedSource.cidr('8.8.8.8/32', { owner: 'data-team' })],
        user: {
          ...{ database: 'shop', grants: [Grant.read({ schema: 'sales' })], rotateEveryDays: 30 },
          admin: AdminSecret.rdsManaged(
            'arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1a2b3c4d-Ab12Cd',
          ),
          server: { host: 'orders.c9akciq32abc.eu-central-1.rds.amazonaws.com' },
          network: { subnetIds: ['subnet-0a1b2c3d4e5f60733'] },
        },
      });
    });
    const { out, err } = await exposure(folder, '--integration', 'Looker');

    expect(err).toBe('');
    expect(out).toMatch(/^ {2}8\.8\.8\.8\/32 .* data-team +Looker /m);
    expect(out).toMatch(/^ {2}looker +SELECT +all tables of sales +shop +a password, rotated every 30 days +Looker /m);
    expect(out).toContain('1 endpoint, 1 entry, 1 login');
  });

  it('says that nothing matches', async () => {
    expect(await exposure(app, '--owner', 'nobody')).toEqual({ exitCode: 0, out: 'Nothing matches.\n', err: '' });
  });

  it.each<[args: string[], message: RegExp]>([
    [['--endpoint', 'Order'], /There is no endpoint 'Order'\. Did you mean Orders\?/],
    [['--address', '198.51.100.7/24'], /has host bits set\. Write 198\.51\.100\.7\/32/],
    [['--expiring', 'soon'], /Write a number of days, such as 30d/],
    [['--as-of', '1.1.2027'], /Write a date like YYYY-MM-DD/],
    [['--format', 'pdf'], /Allowed choices are table, markdown, json, html/],
    [['--output', 'exposure.html'], /Write FORMAT=FILE, such as html=exposure.html/],
  ])('%j is a usage error', async (args, message) => {
    const { exitCode, out, err } = await exposure(app, ...args);

    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});
