import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataAwsDbInstance } from '@cdktf/provider-aws/lib/data-aws-db-instance';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbProxy } from '@cdktf/provider-aws/lib/db-proxy';
import { DbProxyEndpoint } from '@cdktf/provider-aws/lib/db-proxy-endpoint';
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseRole,
  DatabaseTarget,
  EndpointTls,
} from '../../lib';
import { endpoint, synthesizeEndpoint, terminatingProps, validProps } from '../support/endpoint';
import { onlyResource, warningsOf } from '../support/synthesis';

const RDS_NAME = 'orders.abc123.eu-central-1.rds.amazonaws.com';
const instance = (options = {}) =>
  DatabaseTarget.rdsInstance({ identifier: 'orders', address: RDS_NAME, securityGroupId: 'sg-0d', ...options });
const PROXY_NAME = 'orders.proxy-abc123.eu-central-1.rds.amazonaws.com';
const proxy = (endpoint = PROXY_NAME) => DatabaseTarget.rdsProxy({ endpoint, securityGroupId: 'sg-0d' });
const named = (name: string) => DatabaseTarget.hostname(name, { securityGroupId: 'sg-0d' });

/** How clients are told to connect, as text. */
const guide = (props: DatabaseEndpointProps) => JSON.stringify(endpoint(props).clientGuide());
const domain = { name: 'db.example.com' };

describe('the name in the certificate', () => {
  test('of an RDS database is its own name', () => {
    const orders = endpoint(validProps({ target: instance() }));

    expect(JSON.stringify(orders.clientGuide())).toContain(RDS_NAME);
    expect(warningsOf(orders).filter((warning) => warning.includes('NameNotVerifiable'))).toEqual([]);
  });

  test('of an RDS Proxy is its own name, which public roots vouch for', () => {
    const orders = endpoint(validProps({ target: proxy(), engine: DatabaseEngine.AURORA_POSTGRESQL, domain }));

    expect(orders.clientGuide()).toMatchObject({
      serverName: PROXY_NAME,
      certificateAuthority: { inSystemStore: true },
    });
    expect(orders.clientGuide().clients[0].command).toMatch(/hostaddr=ENDPOINT_ADDRESS&sslmode=verify-full/);
    expect(JSON.stringify(orders.clientGuide())).not.toContain('bundle.pem');
  });

  test.each([
    'sessions.abc123.use1.cache.amazonaws.com',
    'docs.cluster-abc123.eu-central-1.docdb.amazonaws.com',
    'dwh.abc123.eu-central-1.redshift.amazonaws.com',
    'orders.abc123.rds.cn-north-1.amazonaws.com.cn',
  ])('of %s is that name', (name) => {
    expect(guide(validProps({ target: named(name), domain }))).toContain(name);
  });

  test.each(['ec2-203-0-113-25.eu-central-1.compute.amazonaws.com', 'db.corp.internal'])(
    'of %s may be the one that clients connect to',
    (name) => {
      const engine = DatabaseEngine.MONGODB;
      const text = guide(validProps({ target: named(name), domain, engine, tls: EndpointTls.passthrough() }));

      expect(text).toContain('db.example.com');
      expect(text).not.toContain(name);
    },
  );

  test('may be said to be another', () => {
    const text = guide(validProps({ target: instance({ certificateName: 'orders.example.com' }) }));

    expect(text).toContain('orders.example.com');
    expect(text).not.toContain(RDS_NAME);
  });

  test("is the listener's where that terminates TLS", () => {
    const target = named('sessions.abc123.use1.cache.amazonaws.com');

    expect(guide(terminatingProps({ target, domain }))).not.toContain('amazonaws.com');
  });

  test("cannot be verified where the listener terminates TLS under the load balancer's own name", () => {
    const cache = endpoint(terminatingProps({ target: named('sessions.abc123.use1.cache.amazonaws.com') }));

    expect(warningsOf(cache).filter((warning) => warning.includes('NameNotVerifiable'))).toHaveLength(1);
  });
});

describe('a name of RDS that is followed by its name alone', () => {
  const warned = (target: DatabaseTarget) =>
    warningsOf(endpoint(validProps({ target }))).flatMap((warning) => /\[(R\w+|G\w+)\]$/.exec(warning)?.[1] ?? []);

  test.each([
    [PROXY_NAME, ['RdsProxyByHostname']],
    ['orders.global-abc.global.rds.amazonaws.com', ['GlobalNameLeavesRegion']],
    [RDS_NAME, ['RdsEventsUnused']],
  ])('%s is warned of as %j', (name, rules) => {
    expect(warned(named(name))).toEqual(rules);
  });

  test('and stands for the routers of a shard group is a reader, and needs no warning', () => {
    const name = 'orders.shardgrp-abc.eu-central-1.rds.amazonaws.com';

    expect(warned(DatabaseTarget.hostname(name, { role: DatabaseRole.READER, securityGroupId: 'sg-0d' }))).toEqual([]);
  });

  test('is not warned of where it is said to be a proxy', () => {
    expect(warned(proxy())).toEqual([]);
  });
});

test.each([
  ['database', instance()],
  ['proxy', proxy()],
])('egress leads to the security group of the %s', (_, target) => {
  const tf = synthesizeEndpoint(validProps({ target }));

  expect(onlyResource(tf, 'aws_vpc_security_group_egress_rule')).toMatchObject({
    referenced_security_group_id: 'sg-0d',
    from_port: 5432,
  });
});

test('egress leads to the blocks that the database may be in', () => {
  const target = DatabaseTarget.hostname('db.example.com', { cidrBlocks: ['10.0.2.0/24', '10.0.1.0/24'] });
  const tf = synthesizeEndpoint(validProps({ target }));

  expect(onlyResource(tf, 'aws_vpc_security_group_egress_rule').for_each).toEqual({
    '10.0.1.0/24': '10.0.1.0/24',
    '10.0.2.0/24': '10.0.2.0/24',
  });
});

test('a target group for IPv6 names takes IPv6 addresses', () => {
  const target = DatabaseTarget.hostname('db.example.com', { securityGroupId: 'sg-0d', ipv6: true });

  expect(
    onlyResource(synthesizeEndpoint(validProps({ target, dualStack: true })), 'aws_lb_target_group'),
  ).toMatchObject({ ip_address_type: 'ipv6', target_type: 'ip' });
});

describe('the CA of a database whose name is known after apply', () => {
  const GLOBAL = 'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem';
  const inGroup = { securityGroupId: 'sg-0d' };
  const variable = (stack: TerraformStack) => new TerraformVariable(stack, 'name', { type: 'string' }).stringValue;
  const db = (stack: TerraformStack) => new DbInstance(stack, 'orders', { instanceClass: 'db.t4g.micro' });
  const cluster = (stack: TerraformStack) => new RdsCluster(stack, 'orders', { engine: 'postgres' });

  type Make = (stack: TerraformStack) => DatabaseTarget;

  /** Everything that tells the CA: the guide, the outputs and `exposure.json`, of a database in its own stack or beside. */
  function toldCas(engine: DatabaseEngine, make: Make, databaseStack = 'prod') {
    const app = Testing.app();
    const stackOf = (name: string) => {
      const stack = new TerraformStack(app, name);
      new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
      return stack;
    };
    const stack = stackOf('prod');
    const target = make(databaseStack === 'prod' ? stack : stackOf(databaseStack));
    const props = validProps({ target, engine, tls: EndpointTls.passthrough(), domain });
    const endpoint = new DatabaseEndpoint(stack, 'Orders', props);
    endpoint.addOutputs();
    const clientGuide = endpoint.clientGuide();
    const read = (folder: string, file: string) =>
      JSON.parse(readFileSync(join(folder, 'stacks', 'prod', file), 'utf8'));
    const folder = Testing.fullSynth(stack);
    const [{ checks }] = read(folder, 'exposure.json').endpoints;
    return {
      guide: clientGuide.certificateAuthority,
      reload: clientGuide.certificateReload,
      output: String(read(folder, 'cdk.tf.json').output.Orders_client_guide.value),
      check: checks[0].certificateAuthority,
    };
  }

  const ofRds: [what: string, DatabaseEngine, Make, databaseStack?: string][] = [
    [
      'rdsInstance with the attributes of an instance',
      DatabaseEngine.POSTGRESQL,
      (stack) => {
        const { identifier, address } = db(stack);
        return DatabaseTarget.rdsInstance({ ...inGroup, identifier, address });
      },
    ],
    [
      'rdsInstance with those of a data source',
      DatabaseEngine.SQL_SERVER,
      (stack) => {
        const { address } = new DataAwsDbInstance(stack, 'orders', { dbInstanceIdentifier: 'orders' });
        return DatabaseTarget.rdsInstance({ ...inGroup, identifier: 'orders', address });
      },
    ],
    [
      'rdsInstance of another stack',
      DatabaseEngine.MARIADB,
      (stack) => {
        const { identifier, address } = db(stack);
        return DatabaseTarget.rdsInstance({ ...inGroup, identifier, address });
      },
      'data',
    ],
    [
      'rdsInstance with a variable',
      DatabaseEngine.ORACLE,
      (stack) => DatabaseTarget.rdsInstance({ ...inGroup, identifier: 'orders', address: variable(stack) }),
    ],
    [
      'rdsInstance with a variable as the name in the certificate',
      DatabaseEngine.MYSQL,
      (stack) => {
        const certificateName = variable(stack);
        return DatabaseTarget.rdsInstance({ ...inGroup, identifier: 'o', address: 'o.example.com', certificateName });
      },
    ],
    [
      'rdsInstance behind a name of its owner',
      DatabaseEngine.POSTGRESQL,
      () => DatabaseTarget.rdsInstance({ ...inGroup, identifier: 'orders', address: 'orders.corp.internal' }),
    ],
    [
      'rdsCluster with the attributes of a cluster',
      DatabaseEngine.POSTGRESQL,
      (stack) => {
        const { clusterIdentifier: identifier, endpoint } = cluster(stack);
        return DatabaseTarget.rdsCluster({ ...inGroup, identifier, endpoint, role: DatabaseRole.WRITER });
      },
    ],
    [
      'rdsCluster of another stack',
      DatabaseEngine.MYSQL,
      (stack) => {
        const { clusterIdentifier: identifier, readerEndpoint: endpoint } = cluster(stack);
        return DatabaseTarget.rdsCluster({ ...inGroup, identifier, endpoint, role: DatabaseRole.READER });
      },
      'data',
    ],
    [
      'hostname with the address of an instance',
      DatabaseEngine.POSTGRESQL,
      (stack) => DatabaseTarget.hostname(db(stack).address, inGroup),
    ],
    [
      'hostname with the address of an instance of another stack',
      DatabaseEngine.POSTGRESQL,
      (stack) => DatabaseTarget.hostname(db(stack).address, inGroup),
      'data',
    ],
  ];

  test.each(ofRds.map(([what, engine, make, databaseStack = 'prod']) => [what, engine, make, databaseStack] as const))(
    'is the bundle of RDS for %s',
    (_, engine, make, databaseStack) => {
      const { guide, reload, output, check } = toldCas(engine, make, databaseStack);

      expect(guide).toMatchObject({ bundleUrl: GLOBAL, file: 'global-bundle.pem', inSystemStore: false });
      expect(guide.description).not.toMatch(/if the database|whoever runs/);
      expect(reload).toBeUndefined();
      expect(output).toContain(GLOBAL);
      expect(output).not.toMatch(/ca\.pem|whoever runs the database|When the certificate changes/);
      expect(check).toEqual(guide);
    },
  );

  test.each<[what: string, DatabaseEngine, Make]>([
    [
      'hostname with the primary endpoint of a cache',
      DatabaseEngine.REDIS,
      (stack) => {
        const cache = new ElasticacheReplicationGroup(stack, 'c', { replicationGroupId: 'c', description: 'c' });
        return DatabaseTarget.hostname(cache.primaryEndpointAddress, inGroup);
      },
    ],
    [
      'rdsInstance with the endpoint of a proxy',
      DatabaseEngine.POSTGRESQL,
      (stack) => {
        const { endpoint } = new DbProxy(stack, 'p', {
          name: 'p',
          engineFamily: 'POSTGRESQL',
          roleArn: 'arn:aws:iam::123456789012:role/proxy',
          vpcSubnetIds: ['subnet-0a'],
          auth: [],
        });
        return DatabaseTarget.rdsInstance({ ...inGroup, identifier: 'orders', address: endpoint });
      },
    ],
    [
      'rdsProxy with a variable',
      DatabaseEngine.AURORA_MYSQL,
      (stack) => DatabaseTarget.rdsProxy({ ...inGroup, endpoint: variable(stack) }),
    ],
    [
      'rdsProxy with an attribute',
      DatabaseEngine.SQL_SERVER,
      (stack) => {
        const { endpoint } = new DbProxyEndpoint(stack, 'p', {
          dbProxyName: 'p',
          dbProxyEndpointName: 'readers',
          vpcSubnetIds: ['subnet-0a'],
        });
        return DatabaseTarget.rdsProxy({ ...inGroup, endpoint });
      },
    ],
    [
      'rdsProxy behind a name of its owner',
      DatabaseEngine.AURORA_POSTGRESQL,
      () => DatabaseTarget.rdsProxy({ ...inGroup, endpoint: 'orders.corp.internal' }),
    ],
  ])('is a public one for %s', (_, engine, make) => {
    const { guide, reload, check } = toldCas(engine, make);

    expect(guide).toMatchObject({ inSystemStore: true });
    expect(reload).toBeUndefined();
    expect(check).toEqual(guide);
  });

  test.each<[what: string, Make]>([
    ['hostname with a variable', (stack) => DatabaseTarget.hostname(variable(stack), inGroup)],
    [
      'rdsInstance whose certificate is said to carry a name of its owner',
      () => {
        const certificateName = 'orders.example.com';
        return DatabaseTarget.rdsInstance({ ...inGroup, identifier: 'o', address: 'o.example.com', certificateName });
      },
    ],
  ])('is that of whoever runs it for %s', (_, make) => {
    const { guide, reload, check } = toldCas(DatabaseEngine.POSTGRESQL, make);

    expect(guide).toMatchObject({ file: 'ca.pem' });
    expect(reload).toContain('pg_reload_conf');
    expect(check).toEqual(guide);
  });

  test('comes with the name that is followed, which clients then verify', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const target = DatabaseTarget.hostname(db(stack).address, inGroup);
    const orders = new DatabaseEndpoint(stack, 'Orders', validProps({ target }));

    expect(orders.clientGuide().serverName).toBe(target._name?.hostname);
    expect(warningsOf(orders).filter((warning) => warning.includes('NameNotVerifiable'))).toEqual([]);
  });
});
