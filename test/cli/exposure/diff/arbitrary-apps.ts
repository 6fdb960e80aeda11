import fc from 'fast-check';
import type { ExposedEndpoint } from '../../../../cli/exposure/exposed-endpoint';
import { endpoint } from './states';

// Small enough to ask for every address: 64 of IPv4 and 64 of IPv6.
export const SIZE = 64;
export const FAMILIES = [
  { family: 4, first: 0x0a000000n, bits: 32, text: (n: number) => `10.0.0.${n}` },
  {
    family: 6,
    first: 0x20010db8n << 96n,
    bits: 128,
    text: (n: number) => `2001:db8::${n === 0 ? '' : n.toString(16)}`,
  },
] as const;

export interface Source {
  readonly family: number;
  readonly from: number;
  readonly count: number;
  readonly owner?: string;
  readonly expires?: string;
}

const source = fc
  .record({
    family: fc.integer({ min: 0, max: 1 }),
    free: fc.integer({ min: 0, max: 6 }),
    at: fc.integer({ min: 0, max: SIZE - 1 }),
    owner: fc.constantFrom(undefined, 'a', 'b'),
    expires: fc.constantFrom(undefined, '2027-01-01', '2027-02-01', '2027-03-01'),
  })
  .map(({ family, free, at, owner, expires }): Source & { readonly free: number } => {
    const count = 2 ** free;
    return { family, free, from: at - (at % count), count, owner, expires };
  });

export const sources = fc.uniqueArray(source, {
  maxLength: 12,
  selector: ({ family, from, count }) => `${family} ${from} ${count}`,
});

export const state = (list: readonly (Source & { readonly free: number })[]): ExposedEndpoint =>
  endpoint({
    sources: list.map(({ family, from, free, owner, expires }) => {
      const { text, bits } = FAMILIES[family];
      return { kind: 'cidr', value: `${text(from)}/${bits - free}`, owner, expires };
    }),
  });

const guards = fc.record({
  acknowledged: fc.subarray(['A', 'B']),
  maxBreadthIpv4: fc.constantFrom(8, 16),
  maxBreadthIpv6: fc.constantFrom(24, 32),
});
const references = fc.subarray([
  { kind: 'prefixList', value: 'pl-1' },
  { kind: 'securityGroup', value: 'sg-1' },
  { kind: 'securityGroup', value: 'sg-1', integration: 'Looker', description: 'a', expires: '2027-01-01' },
  { kind: 'securityGroup', value: 'sg-1', integration: 'Metabase', description: 'b' },
  { kind: 'cidr', value: '${var.office}' },
]);
export const TABLES = ['a', 'b', 'c'];
export const PRIVILEGES = ['SELECT', 'INSERT', 'ALL PRIVILEGES'];
const grant = fc.record(
  {
    schema: fc.constantFrom('s', 't'),
    tables: fc.subarray(TABLES, { minLength: 1 }),
    privileges: fc.subarray(PRIVILEGES, { minLength: 1 }),
  },
  { requiredKeys: ['schema', 'privileges'] },
);
export const user = fc.record({
  user: fc.constantFrom('prod/Orders/A', 'prod/Orders/B', 'prod/Orders/C'),
  userName: fc.constantFrom('a', 'b', 'c'),
  integration: fc.constantFrom(undefined, 'Looker'),
  auth: fc.constantFrom('password', 'iam'),
  database: fc.constantFrom('shop', 'bi'),
  grants: fc.array(grant, { minLength: 1, maxLength: 3 }),
  futureTables: fc.constantFrom(true, false, '${var.f}'),
  rotateEveryDays: fc.constantFrom(undefined, 30, 90, '${var.d}'),
  validUntil: fc.constantFrom(undefined, '2027-01-01T00:00:00Z', '2027-02-01T00:00:00Z'),
});
/** Neither a name nor a path stands for two logins of an app. */
const users = fc
  .uniqueArray(user, { maxLength: 3, selector: ({ userName }) => userName })
  .map((list) => [...new Map(list.map((each) => [each.user, each])).values()]);
const settings = fc.record(
  {
    hostname: fc.constantFrom('a.example.com', 'b.example.com'),
    port: fc.constantFrom(5432, 6000),
    tls: fc.constantFrom('terminate', 'passthrough'),
    internetFacing: fc.boolean(),
    guards,
    users,
    privateLink: fc.record({
      principals: fc.subarray(['*', 'arn:aws:iam::123456789012:root']),
      acceptanceRequired: fc.boolean(),
      allowlistApplies: fc.boolean(),
    }),
  },
  { requiredKeys: [] },
);
export const app = fc
  .tuple(sources, references, settings, fc.constantFrom(undefined, 'prod/Orders'))
  .map(([list, lists, more, path]) => {
    if (path === undefined) return [];
    const known = endpoint({ ...more, sources: lists });
    return [{ ...known, entries: [...state(list).entries, ...known.entries] }];
  });
