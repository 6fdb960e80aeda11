/** Who builds the same endpoints; `compile` stops before there is a stack. */
export type Contestant =
  | 'endpoint'
  | 'endpoint without token traces'
  | 'compile'
  | 'by-hand'
  | 'aws-cdk'
  | 'aws-cdk without validation'
  | 'terraconstructs';

export interface Scenario {
  readonly name: string;
  readonly mode: 'compiled' | 'ts-node';
  readonly endpoints: number;
  /** Allowlist entries of each endpoint. */
  readonly entries: number;
  /** Whether all endpoints are on one load balancer, each with a port of its own. */
  readonly isShared?: boolean;
  /** Whether this library reads the entries from a YAML file; by hand they are given for nothing. */
  readonly file?: boolean;
  /** Whole processes, or only what comes after the imports. */
  readonly measured: 'process' | 'construct + synth';
  /** The first one is of this library; what the others take is compared with it. */
  readonly contestants: readonly Contestant[];
  /** The most that this library may take of what another takes. */
  readonly limits?: { readonly [contestant in Contestant]?: number };
  readonly memoryLimit?: number;
}

const ALL: readonly Contestant[] = ['endpoint', 'by-hand', 'aws-cdk', 'terraconstructs'];
const CDKTF: readonly Contestant[] = ['endpoint', 'by-hand'];
const ALONE: readonly Contestant[] = ['endpoint'];
const COMPILE: readonly Contestant[] = ['compile'];
const WORK = 'construct + synth';

const cold = (mode: Scenario['mode']): Scenario => ({
  name: `cold start, ${mode}`,
  mode,
  endpoints: 1,
  entries: 10,
  measured: 'process',
  contestants: ALL,
  limits: { 'by-hand': 1.15, terraconstructs: 0.25 },
});

const fleet = (endpoints: number, rest: Partial<Scenario> = {}): Scenario => ({
  name: `fleet of ${endpoints}`,
  mode: 'compiled',
  endpoints,
  entries: 10,
  measured: WORK,
  contestants: ALL,
  ...rest,
});

const list = (entries: number, rest: Partial<Scenario> = {}): Scenario => ({
  name: `${entries.toLocaleString('en-US')} entries`,
  mode: 'compiled',
  endpoints: 1,
  entries,
  file: true,
  measured: WORK,
  contestants: CDKTF,
  ...rest,
});

const compile = (entries: number): Scenario =>
  list(entries, { name: `compiling ${entries.toLocaleString('en-US')} entries`, contestants: COMPILE, file: false });

export const SCENARIOS: readonly Scenario[] = [
  cold('compiled'),
  cold('ts-node'),
  fleet(10),
  fleet(100),
  fleet(1000, {
    // AWS CDK validates its template where it is not told to leave that out, which takes most of its time.
    contestants: [...ALL, 'aws-cdk without validation'],
    limits: { 'by-hand': 0.5, 'aws-cdk': 0.35 },
    memoryLimit: 0.7,
  }),
  fleet(1000, {
    name: 'fleet of 1000, ts-node',
    mode: 'ts-node',
    contestants: [...CDKTF, 'endpoint without token traces'],
    limits: { 'by-hand': 0.5 },
    memoryLimit: 0.7,
  }),
  fleet(3000, { contestants: CDKTF }),
  {
    name: 'forty endpoints on one load balancer',
    mode: 'compiled',
    endpoints: 40,
    entries: 7,
    isShared: true,
    measured: WORK,
    contestants: ['endpoint', 'by-hand', 'aws-cdk', 'aws-cdk without validation'],
    limits: { 'by-hand': 0.5, 'aws-cdk without validation': 0.8 },
  },
  list(100),
  list(1000),
  list(20_000, { limits: { 'by-hand': 0.08 } }),
  list(20_000, { name: '20,000 entries, ts-node', mode: 'ts-node', limits: { 'by-hand': 0.08 } }),
  list(20_000, {
    name: '20,000 entries, ts-node, with start',
    mode: 'ts-node',
    measured: 'process',
    limits: { 'by-hand': 0.1 },
  }),
  list(200_000, { contestants: ALONE }),
  compile(1000),
  compile(20_000),
  compile(50_000),
  compile(100_000),
  compile(200_000),
];

/** Along what time is fitted to size, and the largest exponent that is wanted: a number, or that of n log n. */
export const GROWTHS = [
  {
    what: 'endpoints, 100 to 3000',
    scenarios: ['fleet of 100', 'fleet of 1000', 'fleet of 3000'],
    size: 'endpoints',
    limit: 1.05,
  },
  {
    what: 'entries, 1,000 to 200,000',
    scenarios: ['1,000 entries', '20,000 entries', '200,000 entries'],
    size: 'entries',
    limit: 1.05,
  },
  {
    what: 'entries that are only compiled, 1,000 to 200,000',
    scenarios: [1000, 20_000, 50_000, 100_000, 200_000].map((entries) => compile(entries).name),
    size: 'entries',
    limit: 'n log n',
  },
  {
    what: 'entries that are only compiled, 20,000 to 200,000',
    scenarios: [20_000, 50_000, 100_000, 200_000].map((entries) => compile(entries).name),
    size: 'entries',
    limit: 'n log n',
  },
] as const;
