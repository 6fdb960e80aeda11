import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPOSURE_FILE, EXPOSURE_SCHEMA, EXPOSURE_VERSION, LOCATIONS_FILE } from '../lib/exposure/exposure-format';

// An app as synthesis describes it, for screenshots and for tests of the page.

interface FleetSource {
  readonly kind: string;
  readonly value: string;
  readonly location: string;
  readonly [more: string]: unknown;
}

export interface FleetEndpoint {
  readonly endpoint: string;
  readonly sources: readonly FleetSource[];
  readonly [more: string]: unknown;
}

/** Writes what synthesis would: `exposure.json` and `exposure-locations.json` of one stack. */
export function writeFleet(folder: string, endpoints: readonly FleetEndpoint[]): string {
  mkdirSync(folder, { recursive: true });
  const exposure = endpoints.map(({ sources, ...rest }) => ({
    ...{ engine: 'postgresql', port: 5432, tls: 'passthrough', internetFacing: true, expired: [], checks: [] },
    guards: { acknowledged: [], maxBreadthIpv4: 16, maxBreadthIpv6: 32 },
    ...rest,
    sources: sources.map((source) => ({ ...source, location: undefined })),
  }));
  const locations = endpoints.map(({ endpoint, sources }) => ({
    endpoint,
    sources: sources.map(({ kind, value, location }) => ({ kind, value, location })),
    expired: [],
  }));
  const write = (name: string, content: object) => writeFileSync(join(folder, name), JSON.stringify(content));
  write(EXPOSURE_FILE, { $schema: EXPOSURE_SCHEMA, version: EXPOSURE_VERSION, endpoints: exposure });
  write(LOCATIONS_FILE, { version: EXPOSURE_VERSION, endpoints: locations });
  return folder;
}

/** The day as of which the screenshots are. */
export const FLEET_DAY = '2027-01-01';

const vendor = (name: string, owner: string, ticket: string, expires: string | undefined, blocks: readonly string[]) =>
  blocks.map((value) => ({ kind: 'cidr', value, description: name, owner, ticket, expires, file: 'vendors.yaml' }));

const LUMEN = vendor('Lumen Reports', 'platform-team', 'SEC-1421', '2027-06-30', [
  '18.207.81.126/32',
  '3.211.20.157/32',
  '50.17.234.169/32',
]);
const TIDELINE = vendor('Tideline Sync', 'data-team', 'SEC-1388', '2027-01-22', ['35.234.176.144/29', '52.0.2.4/32']);
const HARBOR = vendor('Harbor BI', 'bi-team', 'SEC-1502', '2027-03-31', ['34.28.126.0/24', '35.203.35.77/32']);
const OFFICES = [
  { value: '203.0.113.0/24', description: 'Berlin office', owner: 'it' },
  { value: '198.51.100.64/26', description: 'Lisbon office', owner: 'it' },
  { value: '2001:db8:4f00::/40', description: 'Offices', owner: 'it' },
].map((each) => ({ kind: 'cidr', ...each, file: 'offices.yaml' }));
const PARTNER = [
  { kind: 'prefixList', value: 'pl-0a1b2c3d4e5f60718', description: 'Acme', owner: 'partner-desk', ticket: 'SEC-1190' },
].map((each) => ({ ...each, group: 'partners', file: 'partners.yaml', expires: '2027-12-31' }));
const OLD = {
  kind: 'cidr',
  value: '192.0.2.0/25',
  description: 'Hamburg office',
  owner: 'it',
  file: 'offices.yaml',
  expires: '2026-12-15',
};

const LUMEN_LOGIN = {
  ...{ user: 'prod/Orders/Lumen/User', userName: 'lumen', integration: 'lumen', auth: 'password', database: 'orders' },
  grants: [{ schema: 'sales', privileges: ['SELECT'] }],
  ...{ futureTables: true, rotateEveryDays: 30 },
};

type Written = Omit<FleetSource, 'location'>;

const placed = (sources: readonly Written[]): FleetSource[] =>
  sources.map((source, i) => ({ ...source, location: `${source['file']}:${6 + i * 2}:5` }) as FleetSource);

const host = (name: string) => ({ hostname: `${name}.db.example.com` });

/** An app before a change. */
export function fleetBefore(): FleetEndpoint[] {
  return [
    {
      endpoint: 'prod/Orders',
      users: [LUMEN_LOGIN],
      ...host('orders'),
      sources: placed([...OFFICES, ...LUMEN, ...TIDELINE]),
      expired: [OLD],
    },
    {
      ...{ endpoint: 'prod/Billing', ...host('billing'), engine: 'mysql', port: 3306 },
      sources: placed([...LUMEN, ...PARTNER, OFFICES[0]]),
    },
    {
      ...{ endpoint: 'prod/Sessions', ...host('sessions'), engine: 'redis', port: 6379, tls: 'terminate' },
      internetFacing: false,
      sources: placed([
        {
          kind: 'cidr',
          value: '10.20.0.0/16',
          description: 'Application subnets',
          owner: 'platform-team',
          file: 'main.ts',
        },
        {
          kind: 'securityGroup',
          value: 'sg-0a1b2c3d4e5f60718',
          description: 'Workers',
          owner: 'platform-team',
          file: 'main.ts',
        },
      ]),
    },
    {
      ...{ endpoint: 'analytics/Warehouse', ...host('warehouse') },
      sources: placed([...HARBOR, ...TIDELINE, ...LUMEN.slice(0, 2)]),
    },
    {
      ...{ endpoint: 'analytics/Events', ...host('events'), engine: 'clickhouse', port: 9440, tls: 'terminate' },
      guards: { acknowledged: ['SourceSeldomMatches'], maxBreadthIpv4: 12, maxBreadthIpv6: 32 },
      sources: placed([
        {
          kind: 'cidr',
          value: '34.64.0.0/12',
          description: 'Ingest workers',
          owner: 'data-team',
          ticket: 'SEC-1477',
          expires: '2027-02-28',
          file: 'vendors.yaml',
        },
        {
          kind: 'cidr',
          value: '34.74.90.64/28',
          description: 'Replay job',
          owner: 'data-team',
          expires: '2027-01-10',
          file: 'vendors.yaml',
        },
        ...HARBOR,
      ]),
    },
  ];
}

/** The same app after it. */
export function fleetAfter(): FleetEndpoint[] {
  const [orders, billing, sessions, warehouse, events] = fleetBefore();
  const berlin = { ...OFFICES[0], value: '203.0.113.0/25' };
  return [
    {
      ...orders,
      sources: placed([
        berlin,
        ...OFFICES.slice(1),
        ...LUMEN,
        ...TIDELINE.map((each) => ({ ...each, expires: '2027-07-31' })),
      ]),
    },
    { ...billing, sources: placed([...LUMEN, ...PARTNER, OFFICES[0], ...HARBOR]) },
    sessions,
    warehouse,
    {
      ...events,
      guards: { acknowledged: ['SourceSeldomMatches'], maxBreadthIpv4: 8, maxBreadthIpv6: 32 },
    },
    {
      ...{ endpoint: 'prod/StatusPage', ...host('status'), engine: 'postgresql' },
      guards: { acknowledged: [], maxBreadthIpv4: 0, maxBreadthIpv6: 0 },
      sources: placed([
        {
          kind: 'anywhere',
          value: '0.0.0.0/0',
          description: 'Public replica of status data',
          owner: 'platform-team',
          ticket: 'SEC-1533',
          expires: '2027-02-15',
          file: 'main.ts',
        },
      ]),
    },
  ];
}

/** An app of many endpoints with many entries each, all of them different. */
export function largeFleet(endpoints: number, entries: number): FleetEndpoint[] {
  const two = (number: number) => String(number).padStart(2, '0');
  return Array.from({ length: endpoints }, (_, e) => ({
    ...{ endpoint: `prod/Db${String(e).padStart(3, '0')}`, ...host(`db${e}`) },
    sources: Array.from({ length: entries }, (_, i) => {
      const n = e * entries + i;
      return {
        ...{ kind: 'cidr', value: `${20 + (n % 180)}.${(n >> 8) % 256}.${(n * 7) % 256}.${n % 256}/32` },
        ...{ description: `Vendor ${n}`, owner: `team-${n % 40}`, ticket: `SEC-${n}`, file: 'lists/vendors.yaml' },
        ...(n % 3 === 0 ? {} : { expires: `2027-${two(1 + (n % 12))}-${two(1 + (n % 28))}` }),
        location: `lists/vendors.yaml:${n + 1}:5`,
      };
    }),
  }));
}
