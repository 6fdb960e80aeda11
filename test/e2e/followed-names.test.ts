import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { followedNames, zonedDatabase } from './fixtures/followed-names';
import { checkOnMocks, describeWithTools, useLab } from './harness';

const rds = (name: string) => `${name}.us-east-1.rds.amazonaws.com`;
const NAMES = {
  instance: rds('orders.abc123'),
  writer: rds('orders.cluster-abc123'),
  readers: rds('orders.cluster-ro-abc123'),
  custom: rds('bi.cluster-custom-abc123'),
  proxy: rds('orders.proxy-abc123'),
  govProxy: 'orders.proxy-abc123.rds.us-gov-east-1.amazonaws.com',
  chineseCluster: 'orders.cluster-abc123.rds.cn-north-1.amazonaws.com.cn',
  global: 'orders.global-abc123.global.rds.amazonaws.com',
  shards: rds('orders.shardgrp-abc123'),
  cacheReaders: 'replica.sessions.abc.use1.cache.amazonaws.com',
  oldCacheReaders: 'sessions-ro.abc.ng.0001.use1.cache.amazonaws.com',
  cacheCalledReplica: 'replica.abc.ng.0001.use1.cache.amazonaws.com',
  cacheMaster: 'master.sessions.abc.use1.cache.amazonaws.com',
  domain: 'vpc-logs-abc.us-east-1.es.amazonaws.com',
  own: 'db.example.com',
} as const;

/** The variable that has the name, the name, and the rule that refuses it. */
type Row = readonly [variable: string, name: keyof typeof NAMES, rule?: string];

const OTHER_KIND = 'RdsNameOfOtherKind';
const OTHER_ROLE = 'TargetRoleMismatch';
const ROWS: readonly Row[] = [
  ...(['own', 'instance'] as const).map((name) => ['instance', name] as const),
  ...(['proxy', 'govProxy', 'writer', 'chineseCluster', 'global', 'shards'] as const).map(
    (name) => ['instance', name, OTHER_KIND] as const,
  ),
  ...(['own', 'writer', 'chineseCluster'] as const).map((name) => ['cluster', name] as const),
  ...(['proxy', 'instance', 'global'] as const).map((name) => ['cluster', name, OTHER_KIND] as const),
  ...(['readers', 'custom'] as const).map((name) => ['cluster', name, OTHER_ROLE] as const),
  ...(['own', 'readers', 'custom'] as const).map((name) => ['readers', name] as const),
  ...(['own', 'proxy', 'govProxy'] as const).map((name) => ['proxy', name] as const),
  ...(['instance', 'writer', 'global'] as const).map((name) => ['proxy', name, OTHER_KIND] as const),
  ...(['own', 'instance', 'proxy', 'global', 'cacheMaster', 'cacheCalledReplica'] as const).map(
    (name) => ['named', name] as const,
  ),
  ...(['readers', 'shards', 'cacheReaders', 'oldCacheReaders', 'domain'] as const).map(
    (name) => ['named', name, OTHER_ROLE] as const,
  ),
];

describeWithTools(['terraform', 'provider'], 'a name of AWS that is known after apply', () => {
  const lab = useLab({ emulator: false });
  let problems: Readonly<Record<string, string[]>> = {};

  beforeAll(async () => {
    const cases = ROWS.flatMap(([variable, name]) =>
      [NAMES[name], NAMES[name].toUpperCase()].map(
        (text) => [`${variable} ${text}`, [{ command: 'plan', variables: { [variable]: text } }]] as const,
      ),
    );
    problems = await checkOnMocks(lab().workspace(followedNames()), Object.fromEntries(cases));
  });

  it.each(ROWS.map(([variable, name, rule = 'nothing']) => [variable, name, rule] as const))(
    'as %s: %s, is refused by %s',
    (variable, name, rule) => {
      for (const text of [NAMES[name], NAMES[name].toUpperCase()]) {
        const found = problems[`${variable} ${text}`];

        if (rule === 'nothing') expect(found).toEqual([]);
        else
          expect(found).toContainEqual(expect.stringMatching(new RegExp(`Followed/\\w+: target.*\\[${rule}\\]$`, 's')));
      }
    },
  );
});

/** The zones in which each side has a subnet. */
interface Zones {
  readonly database: string;
  readonly loadBalancer: string;
}

describeWithTools(['terraform', 'provider'], 'the subnet group of a database', () => {
  const lab = useLab({ emulator: false });
  const SAME = { database: 'ab', loadBalancer: 'ab' };
  const CASES: Readonly<Record<string, Zones>> = {
    same: SAME,
    fewer: { database: 'a', loadBalancer: 'ab' },
    more: { database: 'abc', loadBalancer: 'ab' },
    other: { database: 'bc', loadBalancer: 'a' },
  };
  let problems: Readonly<Record<string, string[]>> = {};

  beforeAll(async () => {
    const stack = zonedDatabase();
    const json = readFileSync(join(stack, 'cdk.tf.json'), 'utf8');
    const [database, loadBalancer] = ['DatabaseSubnets', 'LoadBalancerSubnets'].map(
      (id) => new RegExp(`"(Orders_${id}_\\w+)"`).exec(json)?.[1] ?? 'missing',
    );
    const answers = (zones: Zones) =>
      Object.fromEntries(
        ['a', 'b', 'c'].flatMap((zone) => [
          [`data.aws_subnets.${database}["us-east-1${zone}"]`, subnets('db', zones.database, zone)],
          [`data.aws_subnets.${loadBalancer}["us-east-1${zone}"]`, subnets('lb', zones.loadBalancer, zone)],
        ]),
      );
    const subnets = (of: string, all: string, zone: string) => ({
      ids: all.includes(zone) ? [`subnet-${of}${zone}`] : [],
    });
    const cases = Object.entries(CASES).map(
      ([name, zones]) => [name, [{ command: 'plan', data: answers(zones) }]] as const,
    );
    problems = await checkOnMocks(lab().workspace(stack), Object.fromEntries(cases));
  });

  it.each(['same', 'fewer'])('may have the zones of the load balancer: %s', (name) => {
    expect(problems[name]).toEqual([]);
  });

  it.each([
    ['more', 'us-east-1c'],
    ['other', 'us-east-1b, us-east-1c'],
  ])('may not have zones that the load balancer does not have: %s', (name, zones) => {
    expect(problems[name]).toEqual([
      `Resource precondition failed: Zoned/Orders: target.dbSubnetGroupName has subnets in ${zones}, where the load balancer has none: a database that moves there gets no traffic. Add a subnet in each of these zones to subnetIds, which updates the load balancer in place. [DatabaseZoneUncovered]`,
    ]);
  });
});
