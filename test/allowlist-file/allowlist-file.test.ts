import { load } from 'js-yaml';
import { AllowedSource } from '../../lib';
import { homesOf, synthesizedGroups } from '../allowlist/synthesized-groups';
import { endpoint, synthesizeEndpoint } from '../support/endpoint';
import { entriesBy } from '../support/ingress';
import { warningsOf } from '../support/synthesis';
import { eachInItsFolder, FULL, inFolder, keys, mistakes, OFFICES, props, read, write } from './allowlist-folder';

eachInItsFolder();

describe('an endpoint admits', () => {
  test('every entry of a YAML file and of the files that it includes', () => {
    write('allowlist.yaml', FULL);
    write('shared/offices.yaml', OFFICES);

    expect(keys(read())).toEqual([
      '2600:1f18::/48',
      '35.10.0.0/16',
      '35.11.0.1/32',
      '52.20.30.40/32',
      'com.amazonaws.eu-central-1.s3',
      'pl-0123456789abcdef0',
      'sg-0123456789abcdef0',
    ]);
  });

  test('the same of a JSON file that says the same', () => {
    write('allowlist.yaml', FULL);
    write('shared/offices.yaml', OFFICES);
    write('allowlist.json', JSON.stringify(load(FULL)));

    expect(synthesizeEndpoint(props(read('allowlist.json')))).toEqual(synthesizeEndpoint(props(read())));
  });

  test('only the groups that were asked for, from whichever file', () => {
    write('allowlist.yaml', FULL);
    write('shared/offices.yaml', OFFICES);

    expect(keys(read('allowlist.yaml', { groups: ['partners'] }))).toEqual(['35.10.0.0/16', '35.11.0.1/32']);
    expect(keys(read('allowlist.yaml', { groups: ['offices'] }))).toEqual([
      'pl-0123456789abcdef0',
      'sg-0123456789abcdef0',
    ]);
  });

  test('what stands in a file beside what stands in code', () => {
    write('allowlist.yaml', 'entries: [52.20.30.40]');

    expect(keys([AllowedSource.cidr('35.10.0.0/16'), ...read()])).toEqual(['35.10.0.0/16', '52.20.30.40/32']);
  });

  test('everybody, where a file says so and why', () => {
    write('allowlist.yaml', 'entries: [{ anywhere: true, reason: Public demo data }]');
    const tf = synthesizeEndpoint(props(read()));

    expect(entriesBy(tf, 'cidr_ipv4')).toEqual({ '0.0.0.0/0': 'Public demo data' });
    expect(entriesBy(tf, 'cidr_ipv6')).toEqual({ '::/0': 'Public demo data' });
  });
});

describe('what a file says of an entry', () => {
  test('is the description of its rule, its own or that of its group, and the owner beside it', () => {
    write('allowlist.yaml', FULL);
    write('shared/offices.yaml', OFFICES);
    const tf = synthesizeEndpoint(props(read()));

    expect(entriesBy(tf, 'cidr_ipv4')).toEqual({
      '52.20.30.40/32': { description: 'Client of a database endpoint', owner: 'data-platform@example.com' },
      '35.10.0.0/16': { description: 'Partners under contract', owner: 'jane@example.com' },
      '35.11.0.1/32': { description: 'Acme', owner: 'jane@example.com' },
    });
    expect(Object.values(entriesBy(tf, 'cidr_ipv6'))).toEqual([
      expect.objectContaining({ description: 'Metabase Cloud', ticket: 'SEC-1201', expires: '2031-01-31' }),
    ]);
  });

  test('pins the entries of a pinned group to a security group of its name, and no others', () => {
    write('allowlist.yaml', FULL);
    write('shared/offices.yaml', OFFICES);
    const homes = homesOf(synthesizedGroups(synthesizeEndpoint(props(read()))));
    const [first, partners] = [homes.get('52.20.30.40/32'), homes.get('35.10.0.0/16')];

    expect(partners).toMatch(/SecurityGroup-partners/);
    expect(homes.get('35.11.0.1/32')).toBe(partners);
    expect([...homes.values()].filter((home) => home !== partners)).toEqual(Array(5).fill(first));
  });

  test('ends its access, and the warning says where it stands', () => {
    write('allowlist.yaml', 'entries:\n  - 52.20.30.40\n  - { cidr: 151.10.20.30, expires: 2026-06-30 }\n');
    const warnings = warningsOf(endpoint(props(read()))).filter((text) => text.includes('EntryExpired'));

    expect(keys(read())).toEqual(['52.20.30.40/32']);
    expect(warnings).toEqual([expect.stringContaining(`${inFolder('allowlist.yaml')}:3:36: entries[1].expires `)]);
  });

  test('counts a prefix list with the size that it gives', () => {
    write('allowlist.yaml', 'entries: [52.20.30.40, { prefixList: pl-0123456789abcdef0, maxEntries: 61 }]');

    expect(mistakes(read())).toEqual([expect.stringMatching(/counts as 61 rules.*\[SourceTooLarge\]$/)]);
  });
});

describe('one file for several endpoints', () => {
  const FLEET = `groups:
  - { name: orders, entries: [52.20.30.40, 52.20.30.41] }
  - { name: carts, entries: [52.20.30.40, { cidr: 52.20.30.42, owner: jane }] }
`;

  test('may list a block in two groups, of which each endpoint reads one', () => {
    write('allowlist.yaml', FLEET);

    expect(keys(read('allowlist.yaml', { groups: ['orders'] }))).toEqual(['52.20.30.40/32', '52.20.30.41/32']);
    expect(keys(read('allowlist.yaml', { groups: ['carts'] }))).toEqual(['52.20.30.40/32', '52.20.30.42/32']);
  });

  test('must not list a block twice in what one endpoint reads', () => {
    write('allowlist.yaml', FLEET);
    const found = [expect.stringMatching(/^prod\/Orders: allowlist\.yaml:3:30: .* repeats allowlist\.yaml:2:31\./)];

    expect(mistakes(read())).toEqual(found);
    expect(mistakes(read('allowlist.yaml', { groups: ['orders', 'carts'] }))).toEqual(found);
  });
});
