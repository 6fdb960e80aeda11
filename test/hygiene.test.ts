import { closureOf, importsOf, sources } from './support/imports';

const FRAMEWORK = /^(cdktf|constructs|@cdktf\/.*)$/;

/** Files next to values that turn values into resources or into expressions of Terraform. */
const CONSTRUCTS = ['security-groups', 'computed-entries', 'computed-checks'].map((file) => `lib/allowlist/${file}.ts`);

const VALUES = [
  ...sources('lib/engine'),
  ...sources('lib/tls'),
  ...sources('lib/allowlist').filter((file) => !CONSTRUCTS.includes(file)),
  ...[
    ...['database-target', 'database-target-options', 'dns-server', 'followed-target', 'followed-target-rules'],
    ...['target-quota', 'target-rules'],
  ].map((file) => `lib/target/${file}.ts`),
  ...['code', 'database-events', 'following', 'permissions', 'target-sync-options', 'target-sync-rules'].map(
    (file) => `lib/target-sync/${file}.ts`,
  ),
  'lib/load-balancer/load-balancer-rules.ts',
  ...['database-endpoint-props', 'endpoint-error', 'endpoint-plan', 'endpoint-rules', 'rule', 'unknown'].map(
    (file) => `lib/${file}.ts`,
  ),
  ...['exposure', 'exposure-format'].map((file) => `lib/${file}.ts`),
];

const PROGRAMS = [...sources('cli'), ...sources('lambda')];

test('the walk over imports sees through files and re-exports', () => {
  expect(closureOf('lib/index.ts')).toEqual(
    expect.arrayContaining(['lib/allowlist/cidr.ts', 'ipaddr.js', 'cdktf', 'constructs', '@cdktf/provider-aws/lib/lb']),
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
