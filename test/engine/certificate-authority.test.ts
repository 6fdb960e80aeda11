import { certificateAuthority } from '../../lib/engine/certificate-authority';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import type { Member } from './engine-facts';

const authorityOf = (member: Member, certificateName?: string, isExpression?: boolean) =>
  certificateAuthority({
    engine: DatabaseEngine[member] as DatabaseEngine,
    tls: 'passthrough',
    certificateName,
    isExpression,
  });

const RDS = 'https://truststore.pki.rds.amazonaws.com';
const GOV = 'https://truststore.pki.us-gov-west-1.rds.amazonaws.com';
const CHINA = 'https://rds-truststore.s3.cn-north-1.amazonaws.com.cn';

test.each<[Member, name: string, url: string | undefined]>([
  ['POSTGRESQL', 'orders.abc123.eu-central-1.rds.amazonaws.com', `${RDS}/eu-central-1/eu-central-1-bundle.pem`],
  [
    'MYSQL',
    'orders.cluster-ro-abc.ap-southeast-3.rds.amazonaws.com',
    `${RDS}/ap-southeast-3/ap-southeast-3-bundle.pem`,
  ],
  ['MARIADB', 'ORDERS.abc123.us-east-1.RDS.amazonaws.com.', `${RDS}/us-east-1/us-east-1-bundle.pem`],
  ['SQL_SERVER', 'orders.abc.us-gov-east-1.rds.amazonaws.com', `${GOV}/us-gov-east-1/us-gov-east-1-bundle.pem`],
  ['ORACLE', 'orders.abc.rds.cn-northwest-1.amazonaws.com.cn', `${CHINA}/cn-northwest-1/cn-northwest-1-bundle.pem`],
  ['AURORA_MYSQL', 'orders.abc.cn-north-1.rds.amazonaws.com.cn', `${CHINA}/cn-north-1/cn-north-1-bundle.pem`],
  ['DOCUMENTDB', 'orders.cluster-abc.eu-west-1.docdb.amazonaws.com', `${RDS}/eu-west-1/eu-west-1-bundle.pem`],
  ['AURORA_POSTGRESQL', 'db.example.com', `${RDS}/global/global-bundle.pem`],
  [
    'POSTGRESQL',
    'sales.abc.eu-central-1.redshift.amazonaws.com',
    'https://s3.amazonaws.com/redshift-downloads/amazon-trust-ca-bundle.crt',
  ],
  [
    'REDSHIFT',
    'sales.abc.cn-north-1.redshift.amazonaws.com.cn',
    'https://s3.cn-north-1.amazonaws.com.cn/redshift-downloads-cn/amazon-trust-ca-bundle.crt',
  ],
  [
    'REDSHIFT',
    'bi.123456789012.redshift-serverless.cn-northwest-1.amazonaws.com.cn',
    'https://s3.cn-north-1.amazonaws.com.cn/redshift-downloads-cn/amazon-trust-ca-bundle.crt',
  ],
  ['REDSHIFT', 'sales.example.com', 'https://s3.amazonaws.com/redshift-downloads/amazon-trust-ca-bundle.crt'],
  ['POSTGRESQL', 'orders.abc.rds.us-gov-east-1.amazonaws.com', `${GOV}/us-gov-east-1/us-gov-east-1-bundle.pem`],
  ['POSTGRESQL', 'db.example.com', undefined],
  // Somebody else's name that only ends alike.
  ['POSTGRESQL', 'orders.eu-central-1.rds.amazonaws.com.example.com', undefined],
  ['POSTGRESQL', 'eu-central-1-rds.amazonaws.com', undefined],
])('the CA of %s under the name %s is to be downloaded from %s', (member, name, url) => {
  const { bundleUrl, file, inSystemStore } = authorityOf(member, name);

  expect(bundleUrl).toBe(url);
  expect(file).toBe(url === undefined ? 'ca.pem' : url.split('/').at(-1));
  expect(inSystemStore).toBe(false);
});

test.each<[Member, name: string]>([
  ['POSTGRESQL', 'orders.proxy-abc123.eu-central-1.rds.amazonaws.com'],
  ['SQL_SERVER', 'orders.proxy-abc123.rds.us-gov-east-1.amazonaws.com'],
  ['AURORA_MYSQL', 'readers.endpoint.proxy-abc123.eu-central-1.rds.amazonaws.com'],
  ['REDIS', 'master.sessions.abc.euc1.cache.amazonaws.com'],
  ['VALKEY', 'clustercfg.sessions.abc.memorydb.eu-central-1.amazonaws.com'],
  ['OPENSEARCH', 'vpc-logs-abc.eu-central-1.es.amazonaws.com'],
  ['RABBITMQ', 'b-1234.mq.eu-central-1.amazonaws.com'],
  ['RABBITMQ', 'b-1234.mq.eu-central-1.on.aws'],
  ['CASSANDRA', 'cassandra.eu-central-1.amazonaws.com'],
  ['POSTGRESQL', 'abc.dsql.us-east-1.on.aws'],
])('operating systems trust the CA of %s under the name %s', (member, name) => {
  expect(authorityOf(member, name)).toMatchObject({ inSystemStore: true, file: '/etc/ssl/certs/ca-certificates.crt' });
});

describe('where the name is known after apply', () => {
  test.each<[Member, expression: string, file: string]>([
    ['POSTGRESQL', 'aws_db_instance.orders.address', 'global-bundle.pem'],
    ['MYSQL', 'data.aws_rds_cluster.orders.endpoint', 'global-bundle.pem'],
    ['MONGODB', 'aws_docdb_cluster.orders.endpoint', 'global-bundle.pem'],
    ['POSTGRESQL', 'aws_redshift_cluster.sales.dns_name', 'amazon-trust-ca-bundle.crt'],
    ['POSTGRESQL', 'aws_db_proxy.orders.endpoint', '/etc/ssl/certs/ca-certificates.crt'],
    ['REDIS', 'aws_elasticache_replication_group.x.primary_endpoint_address', '/etc/ssl/certs/ca-certificates.crt'],
    // Nothing else is likely.
    ['POSTGRESQL', 'var.database_address', 'global-bundle.pem'],
    ['SQL_SERVER', 'module.database.address', 'global-bundle.pem'],
    ['MONGODB', 'var.database_address', 'ca.pem'],
    ['POSTGRESQL', 'aws_route53_record.orders.fqdn', 'ca.pem'],
    ['MYSQL', 'data.aws_instance.orders.private_dns', 'ca.pem'],
  ])('the CA of %s at %s is in %s', (member, expression, file) => {
    expect(authorityOf(member, expression, true).file).toBe(file);
  });

  test('the guide says that it is a guess', () => {
    expect(authorityOf('POSTGRESQL', 'var.x', true).description).toContain('if the database runs there');
    expect(authorityOf('POSTGRESQL', 'aws_db_instance.x.address', true).description).not.toContain('if the');
  });
});

test('a listener that terminates TLS has a public certificate, whatever is behind it', () => {
  const engine = DatabaseEngine.DOCUMENTDB;

  expect(certificateAuthority({ engine, tls: 'terminate', certificateName: 'x' }).inSystemStore).toBe(true);
});
