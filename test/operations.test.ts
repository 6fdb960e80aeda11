import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EndpointAddresses, PrivateLinkAccess } from '../lib';
import { STRUCTS } from '../lib/rules/property-types.generated';
import type { Row } from './e2e/fixtures/change';
import { CHANGES } from './e2e/fixtures/changes';
import { MONITORING_CHANGES } from './e2e/fixtures/monitoring-changes';
import { operationsTable } from './e2e/fixtures/operations-table';
import { SHARING_TABLES } from './e2e/fixtures/sharing-changes';
import { sources } from './support/imports';

const ROOT = join(__dirname, '..');
const PAGE = join(ROOT, 'docs/operations.md');
const TABLES: Readonly<Record<string, readonly Row[]>> = {
  changes: CHANGES,
  ...SHARING_TABLES,
  monitoring: MONITORING_CHANGES,
};

test.each(Object.keys(TABLES))('docs/operations.md says of the %s what the cycles have seen planned', (name) => {
  const between = new RegExp(`(<!-- ${name}:begin -->\\n)([\\s\\S]*?)(\\n?<!-- ${name}:end -->)`);
  const table = operationsTable(TABLES[name]);
  if (process.env['UPDATE_DOCS']) {
    writeFileSync(
      PAGE,
      readFileSync(PAGE, 'utf8').replace(between, (_, begin, __, end) => `${begin}${table}${end}`),
    );
  }

  expect(between.exec(readFileSync(PAGE, 'utf8'))?.[2]).toEqual(table);
});

/** Which tables hold the rows of the properties of what. */
const ROWS_OF: Readonly<Record<string, readonly (keyof typeof SHARING_TABLES | 'changes')[]>> = {
  DatabaseEndpointProps: ['changes'],
  SharedLoadBalancerProps: ['shared-changes', 'address-changes'],
  EndpointLoadBalancerAttributes: ['existing-changes'],
  PrivateLinkProps: ['private-link-changes'],
  DatabaseEndpointConsumerProps: ['consumer-changes'],
};

/** Another provider is another account or Region, and so everything anew; the page says so in words. */
const IN_WORDS = ['provider', 'zoneProvider'];

const namesIn = (rows: readonly Row[]) =>
  rows.flatMap(({ property }) => property.split(', ').map((name) => name.split('.')[0]));

test.each(Object.entries(ROWS_OF))('every property of %s has its row', (struct, tables) => {
  const covered = namesIn(tables.flatMap((table) => TABLES[table]));
  const names = Object.keys(STRUCTS[struct]);

  expect(names.length).toBeGreaterThan(9);
  expect(names.filter((name) => ![...covered, ...IN_WORDS].includes(name))).toEqual([]);
});

test('every property of monitoring has its row, and every row is of one', () => {
  const properties = Object.keys(STRUCTS['EndpointMonitoringProps']);

  expect([...new Set(namesIn(MONITORING_CHANGES))].sort()).toEqual([...properties, 'monitor()'].sort());
});

test.each(Object.keys(SHARING_TABLES) as (keyof typeof SHARING_TABLES)[])('the %s name only what there is', (table) => {
  const methods = ['addEndpoint()', 'addOutputs()', 'shareOverPrivateLink()'];
  // What a row says of an endpoint or of its load balancer is what sharing makes of it.
  const others = table === 'consumer-changes' ? [] : ['DatabaseEndpointProps', 'SharedLoadBalancerProps'];
  const structs = [...Object.keys(ROWS_OF).filter((struct) => ROWS_OF[struct].includes(table)), ...others];
  const known = [...methods, ...structs.flatMap((struct) => Object.keys(STRUCTS[struct]))];

  expect(namesIn(SHARING_TABLES[table]).filter((name) => !known.includes(name))).toEqual([]);
});

/** Constructs whose changes the page describes in a section of its own. */
const IN_SECTIONS: Readonly<Record<string, string>> = {
  DatabaseUserProps: '| a property of the `DatabaseUser` that says what the login may do |',
  EndpointDashboardProps: '| a property of the `EndpointDashboard` |',
  TargetSyncProps: '| a property of the `TargetSync` |',
  SharedCertificateProps: '| `tls.certificate` | issued by ACM, with another key or more names |',
};

test('the properties of every construct have rows', () => {
  const taken = sources('lib').flatMap((file) => {
    const source = readFileSync(join(ROOT, file), 'utf8');
    const calls = /public (?:static )?(?:constructor|fromAttributes|shareOverPrivateLink)\(([^)]*)\)/g;
    return [...source.matchAll(calls)].flatMap(
      ([, parameters]) => parameters.match(/\b\w+(?:Props|Attributes)\b/) ?? [],
    );
  });
  const page = readFileSync(PAGE, 'utf8');

  // What is not public is made by one of these.
  expect([...new Set(taken)].filter((struct) => struct in STRUCTS).sort()).toEqual(
    [...Object.keys(ROWS_OF), ...Object.keys(IN_SECTIONS)].sort(),
  );
  for (const words of Object.values(IN_SECTIONS)) expect(page).toContain(words);
});

test.each([
  ['address-changes' as const, EndpointAddresses],
  ['private-link-changes' as const, PrivateLinkAccess],
])('the %s name every choice that there is', (table, choices) => {
  const names = Object.getOwnPropertyNames(choices).filter((name) => !['length', 'name', 'prototype'].includes(name));
  const text = SHARING_TABLES[table].map(({ change }) => change).join(' ');

  expect(names.length).toBeGreaterThan(1);
  expect(names.filter((name) => !text.includes(`${name}()`))).toEqual([]);
  if (table === 'address-changes') expect(text).toContain(Object.keys(STRUCTS['ElasticIpsOptions'])[0]);
});

// The words of the last column are written by hand.
test('no row says that clients stay connected where the interface endpoint or the load balancer goes', () => {
  const cuts = /^(delete|replace\S+) aws_(lb|lb_listener|vpc_endpoint)\./;
  const rows = [...SHARING_TABLES['private-link-changes'], ...SHARING_TABLES['consumer-changes']];

  const cutting = rows.filter(({ actions }) => actions.some((action) => cuts.test(action)));
  expect(cutting.length).toBeGreaterThan(2);
  for (const { clients } of cutting) expect(clients).toMatch(/^\*\*are cut off\*\*/);
});
