import { closureOf, importsOf, sources } from './support/imports';

const FRAMEWORK = /^(cdktf|constructs|@cdktf\/.*)$/;

/** Files that import CDKTF turn values into resources, or into expressions of Terraform; all others hold values. */
const VALUE_ROOMS = ['allowlist-file', 'clients', 'engine', 'network', 'placement', 'rules', 'tls'];

const VALUES = [
  ...VALUE_ROOMS.flatMap((room) => sources(`lib/${room}`)),
  ...['allowed-source', 'allowlist', 'allowlist-review', 'allowlist-rules', 'allowlist-warnings'].map(
    (file) => `lib/allowlist/${file}.ts`,
  ),
  ...[
    ...['database-target', 'database-target-options', 'followed-target', 'followed-target-rules'],
    ...['target-quota', 'target-rules'],
  ].map((file) => `lib/targets/${file}.ts`),
  ...[
    'code',
    'database-events',
    'following',
    'permissions',
    'target-sync-props',
    'target-sync-rules',
    'following-rules',
  ].map((file) => `lib/target-sync/${file}.ts`),
  'lib/load-balancer/load-balancer-rules.ts',
  ...['database-endpoint-props', 'resolve-endpoint', 'endpoint-rules'].map((file) => `lib/endpoint/${file}.ts`),
  ...['exposure', 'exposure-format'].map((file) => `lib/exposure/${file}.ts`),
];

const PROGRAMS = [...sources('cli'), ...sources('lambda')];

test('the walk over imports sees through files and re-exports', () => {
  expect(closureOf('lib/index.ts')).toEqual(
    expect.arrayContaining(['lib/network/cidr.ts', 'ipaddr.js', 'cdktf', 'constructs', '@cdktf/provider-aws/lib/lb']),
  );
  expect(VALUES.length).toBeGreaterThan(30);
});

test.each([...sources('lib'), ...sources('examples'), ...PROGRAMS])(
  '%s does not import the root of the provider, which loads every resource',
  (file) => {
    expect(importsOf(file).filter((name) => /^@cdktf\/provider-aws(\/lib)?(\/index)?(\.js)?\/?$/.test(name))).toEqual(
      [],
    );
  },
);

test.each(VALUES)('%s is decided without CDKTF', (file) => {
  expect(closureOf(file).filter((name) => FRAMEWORK.test(name))).toEqual([]);
});

test('the library does not import programs', () => {
  const programs = sources('lib').flatMap((file) => importsOf(file).filter((name) => /^(cli|lambda)\//.test(name)));

  expect(programs).toEqual([]);
});

test('programs import values of the library, and no constructs', () => {
  const constructs = PROGRAMS.flatMap((file) => closureOf(file).filter((name) => FRAMEWORK.test(name)));

  expect(constructs).toEqual([]);
});

test.each(sources('examples'))('%s uses the library by its name, as its readers will', (file) => {
  expect(importsOf(file).filter((name) => name.startsWith('lib/'))).toEqual([]);
  expect(importsOf(file)).toContain('cdktf-database-endpoint');
});
