import { join } from 'node:path';
import { DataAwsIpRanges } from '@cdktf/provider-aws/lib/data-aws-ip-ranges';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { readExposure } from '../../../cli/exposure/read/read-exposure';
import { UsageError } from '../../../cli/usage-error';
import { AllowedSource } from '../../../lib';
import { blocks, content, folderWith, login, synthesized, written } from './app';

/** What is said about a folder that cannot be read. */
function refusal(path: string, states: readonly string[] = []): string {
  try {
    readExposure(path, states);
    return '';
  } catch (error) {
    if (error instanceof UsageError) return error.message.replaceAll(path, 'FOLDER');
    throw error;
  }
}

const cidrs = (path: string, states: readonly string[] = []) =>
  readExposure(path, states)[0].entries.map(({ value, addresses }) => [
    value,
    addresses?.toCidrs().map(({ text }) => text),
  ]);

describe('reading exposures', () => {
  it('reads every stack of an app, one stack of it, and one file', () => {
    const folder = synthesized({ prod: { B: {}, A: {} }, dev: { C: {} } });
    const paths = (path: string) => readExposure(path).map(({ endpoint, stack }) => `${stack} ${endpoint}`);

    expect(paths(folder)).toEqual(['dev dev/C', 'prod prod/A', 'prod prod/B']);
    expect(paths(join(folder, 'stacks/prod'))).toEqual(['prod prod/A', 'prod prod/B']);
    expect(paths(join(folder, 'stacks/dev/exposure.json'))).toEqual(['dev dev/C']);
  });

  it('takes the place of each entry from the file beside it', () => {
    const folder = synthesized({
      prod: { A: { allow: [AllowedSource.cidr('203.0.113.9/32'), AllowedSource.cidr('198.51.100.0/24')] } },
    });

    expect(readExposure(folder)[0].entries.map(({ value, location }) => [value, location])).toEqual([
      ['198.51.100.0/24', 'allow[1]'],
      ['203.0.113.9/32', 'allow[0]'],
    ]);
  });

  it('leaves a place out that belongs to another entry', () => {
    const place = { kind: 'cidr', value: '203.0.113.8/32', location: 'a.yaml:1:1' };
    const folder = folderWith({
      'exposure.json': content(written({ sources: blocks(['203.0.113.7/32', '203.0.113.8/32']) })),
      'exposure-locations.json': {
        version: 1,
        endpoints: [{ endpoint: 'prod/Orders', sources: [place, place], expired: [] }],
      },
    });

    expect(readExposure(folder)[0].entries.map(({ location }) => location)).toEqual([undefined, 'a.yaml:1:1']);
  });

  it('ignores what a later release adds under the same version', () => {
    const users = [{ ...login(), roles: ['metabase'] }];
    const folder = folderWith({
      'exposure.json': {
        ...content(
          written({ users, consumers: ['metabase'], sources: [{ kind: 'vpcEndpoint', value: 'vpce-1', more: 1 }] }),
        ),
        more: 1,
      },
    });

    const [endpoint] = readExposure(folder);
    expect(endpoint.entries).toMatchObject([{ kind: 'vpcEndpoint', value: 'vpce-1' }]);
    expect(JSON.stringify(endpoint)).not.toContain('metabase');
  });

  it.each<[what: string, file: unknown, message: RegExp]>([
    [
      'another version',
      { version: 2, endpoints: [] },
      /has version 2; .* supports version 1\. Run the command of the release/,
    ],
    ['something else', { version: 1 }, /is not what this version .* Synthesize again/],
    ['no JSON', 'no', /is not JSON/],
    [
      'a value that is no text',
      content(written({ sources: [{ kind: 'cidr', value: 7 }] })),
      /kind or value of a source/,
    ],
    [
      'an owner that is no text',
      content(written({ sources: blocks(['8.8.8.8/32'], { owner: {} }) })),
      /the owner of a source is not a string/,
    ],
    ['no sources', content(written({ sources: undefined })), /sources or expired is not a list/],
    ['a port that is none', content(written({ port: 65536 })), /a port is neither/],
    ['no path', content(written({ endpoint: '' })), /the path of an endpoint is not a string/],
    ['no engine', content(written({ engine: null })), /an engine is not a string/],
    ['a hostname that is a list', content(written({ hostname: ['a'] })), /a hostname is not a string/],
    ['no end of TLS', content(written({ tls: 1 })), /tls is not a string/],
    ['PrivateLink that is a text', content(written({ privateLink: 'yes' })), /privateLink is not an object/],
    ['users that are no list', content(written({ users: {} })), /users is not a list/],
    ['a user without a name', content(written({ users: [login({ userName: '' })] })), /path or name of a user/],
    ['a user of a numbered database', content(written({ users: [login({ database: 7 })] })), /auth or database/],
    [
      'a user of an integration that is no text',
      content(written({ users: [login({ integration: [] })] })),
      /integration/,
    ],
    ['a password that ends at a number', content(written({ users: [login({ validUntil: 2027 })] })), /validUntil/],
    ['a rotation that is no number', content(written({ users: [login({ rotateEveryDays: 'often' })] })), /rotateEvery/],
    ['a user without grants', content(written({ users: [login({ grants: undefined })] })), /the grants of a user/],
    [
      'a grant without privileges',
      content(written({ users: [login({ grants: [{ schema: 'sales' }] })] })),
      /the grants of a user are not as expected/,
    ],
    [
      'a grant on tables that are no list',
      content(written({ users: [login({ grants: [{ schema: 'a', tables: 'orders', privileges: ['SELECT'] }] })] })),
      /the grants of a user are not as expected/,
    ],
    ['no scheme', content(written({ internetFacing: 'no' })), /internetFacing is not true or false/],
    [
      'two endpoints of one path',
      content(written(), written()),
      /describes prod\/Orders twice\. Pass the output folder of one app/,
    ],
  ])('refuses a file with %s, and shows nothing of the others', (_, file, message) => {
    const folder = folderWith({ 'a/exposure.json': content(written({ endpoint: 'a/A' })), 'prod/exposure.json': file });

    expect(refusal(folder)).toMatch(message);
  });

  it('takes the wider meaning of what is misspelt', () => {
    const folder = folderWith({
      'exposure.json': content(
        written({
          privateLink: { principals: 'x', acceptanceRequired: 'yes' },
          guards: { maxBreadthIpv4: '8' },
          users: [login({ futureTables: 'no' })],
        }),
      ),
    });

    expect(readExposure(folder)[0]).toMatchObject({
      privateLink: { principals: [], acceptanceRequired: false, allowlistApplies: false, supportedRegions: [] },
      guards: { acknowledged: [], maxBreadthIpv4: 0, maxBreadthIpv6: 0 },
      users: [{ futureTables: true }],
    });
  });

  it('reads the logins that synthesis writes, and what is known of them after apply only', () => {
    const expression = '${var.tables}';
    const users = [
      login({ rotateEveryDays: 30, validUntil: '2027-01-31T00:00:00Z', futureTables: '${var.later}' }),
      login({ userName: '${var.name}', grants: [{ schema: 's', tables: expression, privileges: expression }] }),
    ];
    const folder = folderWith({ 'exposure.json': content(written({ users, sources: blocks(['8.8.8.8/32']) })) });

    expect(readExposure(folder)[0].users).toEqual(users);
  });

  it('takes the integration of an entry', () => {
    const folder = folderWith({
      'exposure.json': content(written({ sources: blocks(['8.8.8.8/32'], { integration: 'Looker' }) })),
    });

    expect(readExposure(folder)[0].entries).toMatchObject([{ integration: 'Looker' }]);
  });

  it('refuses a folder without any, and one that is not there', () => {
    expect(refusal(folderWith())).toBe(
      'There is no exposure.json below FOLDER. Synthesize first, and pass the output folder.',
    );
    expect(refusal('/nowhere/at/all')).toBe('FOLDER cannot be read: ENOENT.');
  });
});

describe('values that are known after apply', () => {
  const folder = () =>
    synthesized({
      prod: {
        A: (stack) => {
          const office = new Eip(stack, 'Office', {});
          const ranges = new DataAwsIpRanges(stack, 'Ranges', { services: ['route53_healthchecks'] });
          const group = new SecurityGroup(stack, 'App', {});
          return {
            allow: [
              AllowedSource.cidr(`${office.publicIp}/32`),
              AllowedSource.cidrs(ranges.cidrBlocks),
              AllowedSource.securityGroup(group.id),
            ],
          };
        },
      },
    });
  const resource = (address: string, values: object, sensitive_values: object = {}) => ({
    address,
    values,
    sensitive_values,
  });
  const state = (...resources: object[]) =>
    join(folderWith({ 'state.json': { values: { outputs: {}, root_module: { resources } } } }), 'state.json');

  it('are expressions without a state, of which nothing is counted', () => {
    expect(cidrs(folder())).toEqual([
      ['${aws_eip.Office.public_ip}/32', undefined],
      ['${data.aws_ip_ranges.Ranges.cidr_blocks}', undefined],
      ['${aws_security_group.App.id}', undefined],
    ]);
  });

  it('come from the state', () => {
    const file = state(
      resource('aws_eip.Office', { public_ip: '8.8.4.4' }),
      resource('data.aws_ip_ranges.Ranges', { cidr_blocks: ['15.177.0.0/18', '15.177.64.0/18'] }),
      resource('aws_security_group.App', { id: 'sg-0a1b2c3d4e5f60718' }),
    );

    expect(cidrs(folder(), [file])).toEqual([
      ['8.8.4.4/32', ['8.8.4.4/32']],
      ['${data.aws_ip_ranges.Ranges.cidr_blocks}', ['15.177.0.0/17']],
      ['sg-0a1b2c3d4e5f60718', undefined],
    ]);
  });

  it.each<[what: string, file: () => string]>([
    ['sensitive', () => state(resource('aws_eip.Office', { public_ip: '8.8.4.4' }, { public_ip: true }))],
    ['not a block', () => state(resource('aws_eip.Office', { public_ip: 'secret' }))],
    [
      'a list with something else in it',
      () => state(resource('data.aws_ip_ranges.Ranges', { cidr_blocks: ['8.8.8.0/24', 'secret'] })),
    ],
    ['not the id of a group', () => state(resource('aws_security_group.App', { id: 'secret' }))],
  ])('stay expressions where the state has one that is %s', (_, file) => {
    const found = JSON.stringify(cidrs(folder(), [file()]));

    expect(found).toContain('${aws_eip.Office.public_ip}/32');
    expect(found).not.toMatch(/secret|8\.8\./);
  });

  it('leave a hostname and a port to the outputs of the endpoint', () => {
    const from = folderWith({
      'prod/exposure.json': content(
        written({
          ...{ hostname: '${aws_lb.x.dns_name}', port: '${var.port}' },
          checks: [{ hostnameOutput: 'Orders_hostname' }],
        }),
      ),
      'outputs.json': { Orders_hostname: { value: 'a.elb.amazonaws.com' }, Orders_port: { value: 6000 } },
    });

    expect(readExposure(join(from, 'prod'))[0]).toMatchObject({
      hostname: '${aws_lb.x.dns_name}',
      port: '${var.port}',
    });
    expect(readExposure(join(from, 'prod'), [join(from, 'outputs.json')])[0]).toMatchObject({
      hostname: 'a.elb.amazonaws.com',
      port: 6000,
    });
  });
});
