import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { readConfiguration } from '../../../lambda/target-sync/configuration';
import { CONFIGURATION } from './fixtures';

const read = (endpoints: unknown, more: NodeJS.ProcessEnv = {}) =>
  readConfiguration({ TARGET_SYNC_ENDPOINTS: JSON.stringify(endpoints), ...more });

test('what is not said has a default', () => {
  const { endpoints, ...times } = read([CONFIGURATION]);

  expect(times).toEqual({ runSeconds: 58, intervalSeconds: 1 });
  expect(endpoints).toHaveLength(1);
  expect(endpoints[0]).toMatchObject({ ...CONFIGURATION, graceSeconds: 120, healthySeconds: 600 });
  expect(endpoints[0].vpc.map(({ text }) => text)).toEqual(['10.0.0.0/16']);
});

test('the database is in the VPC where no blocks of its own are said', () => {
  const texts = (configuration: object) => read([configuration]).endpoints[0].from.map(({ text }) => text);

  expect(texts(CONFIGURATION)).toEqual(['10.0.0.0/16']);
  expect(texts({ ...CONFIGURATION, cidrBlocks: ['10.0.1.0/24'] })).toEqual(['10.0.1.0/24']);
});

test('times and grace can be set', () => {
  const configuration = read([{ ...CONFIGURATION, graceSeconds: 30 }], {
    TARGET_SYNC_RUN_SECONDS: '20',
    TARGET_SYNC_INTERVAL_SECONDS: '0.5',
  });

  expect(configuration).toMatchObject({ runSeconds: 20, intervalSeconds: 0.5, endpoints: [{ graceSeconds: 30 }] });
});

test("the list may come as Terraform's base64gzip() writes it", () => {
  const packed = gzipSync(JSON.stringify([CONFIGURATION])).toString('base64');

  expect(readConfiguration({ TARGET_SYNC_ENDPOINTS: packed }).endpoints[0]).toMatchObject(CONFIGURATION);
});

test('thirty endpoints with names as AWS makes them fit into the 4 KB of an environment', () => {
  const hex = (i: number, length: number) => createHash('sha256').update(`${i}`).digest('hex').slice(0, length);
  const list = Array.from({ length: 30 }, (_, i) => ({
    ...CONFIGURATION,
    name: `production/Database${hex(i, 4)}`,
    targetGroupArn: `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/dbep-2025112318${10 + i}${hex(i, 12)}/${hex(i + 50, 16)}`,
    names: [
      {
        hostname: `database-${hex(i, 4)}.c9akciq32abc.us-east-1.rds.amazonaws.com`,
        identifier: `database-${hex(i, 4)}`,
      },
    ],
  }));
  const packed = gzipSync(JSON.stringify(list)).toString('base64');

  expect(JSON.stringify(list).length).toBeGreaterThan(4096 * 2);
  expect(packed.length).toBeLessThan(4096 - 300);
  expect(readConfiguration({ TARGET_SYNC_ENDPOINTS: packed }).endpoints).toHaveLength(30);
});

test.each([
  ['no endpoint', [], 'it lists no endpoints'],
  ['an empty name', [{ ...CONFIGURATION, name: '' }], '[0] name is empty'],
  [
    'another ARN',
    [{ ...CONFIGURATION, targetGroupArn: 'arn:aws:s3:::b' }],
    '[0] targetGroupArn is not the ARN of a target group',
  ],
  ...['standbyArn', 'retiredArn'].map((name): [string, object[], string] => [
    `another ARN as ${name}`,
    [{ ...CONFIGURATION, [name]: 'arn:aws:s3:::b' }],
    `[0] ${name} is not the ARN of a target group`,
  ]),
  [
    'one group for two purposes',
    [{ ...CONFIGURATION, retiredArn: CONFIGURATION.targetGroupArn }],
    `targetGroupArn ${CONFIGURATION.targetGroupArn} is there twice`,
  ],
  ['a port that is none', [{ ...CONFIGURATION, port: 70_000 }], '[0] port is not a port'],
  ['a port as text', [{ ...CONFIGURATION, port: '5432' }], '[0] port is not a port'],
  ['no name to resolve', [{ ...CONFIGURATION, names: [] }], '[0] names lists no hostname'],
  ['names left out', [{ ...CONFIGURATION, names: undefined }], '[0] names lists no hostname'],
  ['an empty hostname', [{ ...CONFIGURATION, names: [{ hostname: '' }] }], '[0] names lists no hostname'],
  ['another role', [{ ...CONFIGURATION, role: 'primary' }], '[0] role is neither writer nor reader'],
  ['another family', [{ ...CONFIGURATION, family: 5 }], '[0] family is neither 4 nor 6'],
  ['no block of the VPC', [{ ...CONFIGURATION, vpcCidrs: [] }], '[0] vpcCidrs is not a list of canonical blocks'],
  [
    'a block with host bits',
    [{ ...CONFIGURATION, vpcCidrs: ['10.0.0.1/16'] }],
    '[0] vpcCidrs is not a list of canonical blocks',
  ],
  [
    'no block of the database',
    [{ ...CONFIGURATION, cidrBlocks: [] }],
    '[0] cidrBlocks is not a list of canonical blocks',
  ],
  [
    'a block of the database with host bits',
    [{ ...CONFIGURATION, cidrBlocks: ['10.0.0.1/16'] }],
    '[0] cidrBlocks is not a list of canonical blocks',
  ],
  [
    'no time to become healthy',
    [{ ...CONFIGURATION, healthySeconds: 0 }],
    '[0] healthySeconds is not a positive number',
  ],
  ['no quota', [{ ...CONFIGURATION, quota: 0 }], '[0] quota is not a positive number'],
  [
    'one group for two endpoints',
    [CONFIGURATION, { ...CONFIGURATION, name: 'prod/Other' }],
    `targetGroupArn ${CONFIGURATION.targetGroupArn} is there twice`,
  ],
  [
    'one name for two endpoints',
    [CONFIGURATION, { ...CONFIGURATION, targetGroupArn: `${CONFIGURATION.targetGroupArn}0` }],
    'name prod/Orders is there twice',
  ],
])('%s is refused', (_, endpoints, problem) => {
  expect(() => read(endpoints)).toThrow(problem);
});

test('all that is wrong is reported together', () => {
  expect(() => read([{ ...CONFIGURATION, port: 0, quota: 0 }])).toThrow(/\[0\] port .*; \[0\] quota /);
});

test('a missing list is refused', () => {
  expect(() => readConfiguration({})).toThrow('it lists no endpoints');
});

test.each(['0', '-1', 'soon'])('a run of %s seconds is refused', (value) => {
  expect(() => read([CONFIGURATION], { TARGET_SYNC_RUN_SECONDS: value })).toThrow('TARGET_SYNC_RUN_SECONDS');
});
