import { isOtherResource, type ManagedName, managedExpression, managedName } from '../../lib/engine/managed-name';

describe('a name', () => {
  const names: [name: string, service: string, kind: string, authority: string, region?: string][] = [
    ['orders.abc123.eu-central-1.rds.amazonaws.com', 'rds', 'member', 'rds', 'eu-central-1'],
    ['orders.cluster-abc.ap-southeast-3.rds.amazonaws.com', 'rds', 'writer', 'rds', 'ap-southeast-3'],
    ['orders.cluster-ro-abc.us-east-1.rds.amazonaws.com', 'rds', 'readers', 'rds', 'us-east-1'],
    ['bi.cluster-custom-abc.us-east-1.rds.amazonaws.com', 'rds', 'custom', 'rds', 'us-east-1'],
    ['orders.proxy-abc.us-east-1.rds.amazonaws.com', 'rds', 'proxy', 'public', 'us-east-1'],
    ['bi.endpoint.proxy-abc.us-east-1.rds.amazonaws.com', 'rds', 'proxy', 'public', 'us-east-1'],
    ['orders.global-abc.global.rds.amazonaws.com', 'rds', 'global', 'rds'],
    ['orders.shardgrp-abc.us-east-1.rds.amazonaws.com', 'rds', 'shards', 'rds', 'us-east-1'],
    ['orders.abc.us-gov-west-1.rds.amazonaws.com', 'rds', 'member', 'rds', 'us-gov-west-1'],
    ['orders.abc.rds.us-gov-east-1.amazonaws.com', 'rds', 'member', 'rds', 'us-gov-east-1'],
    ['orders.proxy-abc.rds.us-gov-east-1.amazonaws.com', 'rds', 'proxy', 'public', 'us-gov-east-1'],
    ['orders.cluster-abc.rds.us-gov-east-1.amazonaws.com', 'rds', 'writer', 'rds', 'us-gov-east-1'],
    ['orders.abc.rds.cn-north-1.amazonaws.com.cn', 'rds', 'member', 'rds', 'cn-north-1'],
    ['orders.cluster-ro-abc.cn-northwest-1.rds.amazonaws.com.cn', 'rds', 'readers', 'rds', 'cn-northwest-1'],
    ['docs.cluster-abc.eu-west-1.docdb.amazonaws.com', 'docdb', 'writer', 'rds', 'eu-west-1'],
    ['graph.cluster-ro-abc.eu-west-1.neptune.amazonaws.com', 'neptune', 'readers', 'public', 'eu-west-1'],
    ['dwh.abc.eu-central-1.redshift.amazonaws.com', 'redshift', 'member', 'redshift', 'eu-central-1'],
    ['bi.123456789012.us-east-1.redshift-serverless.amazonaws.com', 'redshift', 'member', 'redshift', 'us-east-1'],
    ['sessions.abc123.use1.cache.amazonaws.com', 'elasticache', 'member', 'public'],
    ['master.sessions.abc.euc1.cache.amazonaws.com', 'elasticache', 'writer', 'public'],
    ['sessions.abc.ng.0001.euc1.cache.amazonaws.com', 'elasticache', 'writer', 'public'],
    ['replica.sessions.abc.euc1.cache.amazonaws.com', 'elasticache', 'readers', 'public'],
    ['sessions-ro.abc.ng.0001.euc1.cache.amazonaws.com', 'elasticache', 'readers', 'public'],
    ['clustercfg.sessions.abc.euc1.cache.amazonaws.com', 'elasticache', 'configuration', 'public'],
    ['sessions.abc.clustercfg.euc1.cache.amazonaws.com', 'elasticache', 'configuration', 'public'],
    ['pages.abc.cfg.use1.cache.amazonaws.com', 'elasticache', 'discovery', 'public'],
    // Groups and clusters that are called so.
    ['replica.abc.ng.0001.use1.cache.amazonaws.com', 'elasticache', 'writer', 'public'],
    ['replica.abc.0001.use1.cache.amazonaws.com', 'elasticache', 'member', 'public'],
    ['master.abc.0001.use1.cache.amazonaws.com', 'elasticache', 'member', 'public'],
    ['pages-ro.abc.0001.use1.cache.amazonaws.com', 'elasticache', 'member', 'public'],
    ['sessions.abc.ng.0001.cnn1.cache.amazonaws.com.cn', 'elasticache', 'writer', 'public'],
    [
      'clustercfg.orders.abc.memorydb.eu-central-1.amazonaws.com',
      'memorydb',
      'configuration',
      'public',
      'eu-central-1',
    ],
    ['orders-0001-001.orders.abc.memorydb.us-east-1.amazonaws.com', 'memorydb', 'member', 'public', 'us-east-1'],
    ['vpc-logs-abc.eu-central-1.es.amazonaws.com', 'opensearch', 'nodes', 'public', 'eu-central-1'],
    ['vpc-endpoint-h2d.aos.us-east-1.on.aws', 'opensearch', 'nodes', 'public', 'us-east-1'],
    ['b-1234-1.mq.eu-central-1.amazonaws.com', 'mq', 'first', 'public', 'eu-central-1'],
    ['b-1234-2.mq.eu-central-1.amazonaws.com', 'mq', 'second', 'public', 'eu-central-1'],
    ['b-1234.mq.eu-central-1.on.aws', 'mq', 'member', 'public', 'eu-central-1'],
    ['cassandra.eu-central-1.amazonaws.com', 'keyspaces', 'member', 'public', 'eu-central-1'],
    ['cassandra-fips.us-west-2.amazonaws.com', 'keyspaces', 'member', 'public', 'us-west-2'],
    ['cassandra.us-east-1.api.aws', 'keyspaces', 'member', 'public', 'us-east-1'],
    ['cassandra.cn-north-1.amazonaws.com.cn', 'keyspaces', 'member', 'public', 'cn-north-1'],
    ['abc.dsql.us-east-1.on.aws', 'dsql', 'member', 'public', 'us-east-1'],
    ['abc-def.timestream-influxdb.us-east-2.on.aws', 'timestream', 'member', 'public', 'us-east-2'],
    ['metrics-abc.us-east-1.timestream-influxdb.amazonaws.com', 'timestream', 'member', 'public', 'us-east-1'],
  ];

  test.each(
    names.map(([name, service, kind, authority, region = '']) => [name, service, kind, authority, region] as const),
  )('%s is one of %s, a %s, and its CA is %s', (name, service, kind, authority, region) => {
    const expected = { service, kind, authority, id: name.split('.')[0], ...(region ? { region } : {}) };

    expect(managedName(name)).toEqual(expected);
    expect(managedName(`${name.toUpperCase()}.`)).toEqual(expected);
  });

  test.each([
    'db.example.com',
    'orders.eu-central-1.rds.amazonaws.com.example.com',
    'eu-central-1-rds.amazonaws.com',
    'ec2-203-0-113-25.eu-central-1.compute.amazonaws.com',
    'rds.eu-central-1.amazonaws.com',
    'lb-123.elb.eu-central-1.amazonaws.com',
    'abc.lambda-url.us-east-1.on.aws',
    '',
  ])('%j is none that AWS made for a database', (name) => {
    expect(managedName(name)).toBeUndefined();
  });
});

describe('an expression', () => {
  test.each<[expression: string, service: ManagedName['service'], authority: string]>([
    ['aws_db_instance.orders.address', 'rds', 'rds'],
    ['data.aws_db_instance.orders.address', 'rds', 'rds'],
    ['aws_db_instance.orders[0].address', 'rds', 'rds'],
    ['split(":", aws_db_instance.orders.endpoint)[0]', 'rds', 'rds'],
    ['one(aws_rds_cluster.orders[*].reader_endpoint)', 'rds', 'rds'],
    ['aws_rds_cluster_instance.orders.endpoint', 'rds', 'rds'],
    ['aws_db_proxy.orders.endpoint', 'rds', 'public'],
    ['aws_docdb_cluster.docs.endpoint', 'docdb', 'rds'],
    ['aws_neptune_cluster.graph.endpoint', 'neptune', 'public'],
    ['aws_redshift_cluster.dwh.dns_name', 'redshift', 'redshift'],
    ['aws_redshiftserverless_workgroup.bi.endpoint[0].address', 'redshift', 'redshift'],
    ['aws_elasticache_replication_group.sessions.primary_endpoint_address', 'elasticache', 'public'],
    ['aws_elasticache_serverless_cache.sessions.endpoint[0].address', 'elasticache', 'public'],
    ['aws_memorydb_cluster.orders.cluster_endpoint[0].address', 'memorydb', 'public'],
    ['aws_opensearch_domain.logs.endpoint', 'opensearch', 'public'],
    ['aws_mq_broker.jobs.instances[0].endpoints[0]', 'mq', 'public'],
    ['aws_timestreaminfluxdb_db_instance.metrics.endpoint', 'timestream', 'public'],
    ['data.terraform_remote_state.x.outputs.cross-stack-output-aws_db_instanceordersaddress', 'rds', 'rds'],
    ['data.terraform_remote_state.x.outputs.cross-stack-output-dataaws_rds_clusterordersendpoint', 'rds', 'rds'],
  ])('%s is one of %s, and its CA is %s', (expression, service, authority) => {
    expect(managedExpression(expression)).toEqual({ service, authority });
    expect(isOtherResource(expression)).toBe(false);
  });

  test.each(['var.address', 'module.database.address', '', '"aws_db_instance.orders.address"'])(
    '%s tells nothing',
    (expression) => {
      expect(managedExpression(expression)).toBeUndefined();
      expect(isOtherResource(expression)).toBe(false);
    },
  );

  test.each([
    'aws_route53_record.orders.fqdn',
    'data.aws_instance.orders.private_dns',
    'trimsuffix(aws_instance.x.y, ".")',
  ])('%s is of another resource', (expression) => {
    expect(managedExpression(expression)).toBeUndefined();
    expect(isOtherResource(expression)).toBe(true);
  });

  test('that chooses between two kinds of them tells nothing', () => {
    const either = 'var.proxy ? aws_db_proxy.orders.endpoint : aws_db_instance.orders.address';

    expect(managedExpression(either)).toBeUndefined();
    expect(isOtherResource(either)).toBe(false);
  });
});
