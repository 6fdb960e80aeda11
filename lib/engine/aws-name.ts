/**
 * What the name of a managed database tells of its certificate: whose CA signed it, and in which Region.
 *
 * @internal
 */
export interface AwsName {
  readonly authority: 'rds' | 'redshift' | 'public';
  readonly region?: string;
}

/**
 * Reads the DNS name in a database's certificate; where only Terraform knows it, the expression for it, such as
 * `aws_db_instance.orders.address`.
 *
 * @internal
 */
export function awsName(text: string): AwsName | undefined {
  const name = text.toLowerCase().replace(/\.$/, '');
  for (const [authority, pattern] of NAMES) {
    const match = pattern.exec(name);
    if (match) return match[1] === undefined ? { authority } : { authority, region: match[1] };
  }
  return undefined;
}

/**
 * Whether an expression is an attribute of a resource of AWS that is no managed database.
 *
 * @internal
 */
export function isOtherResource(expression: string): boolean {
  return /^(data\.)?aws_\w+\./.test(expression) && awsName(expression) === undefined;
}

const REGION = '([a-z]{2}(?:-[a-z]+)+-\\d+)';

/** Names end in Region and service, in China also in service and Region. */
const endingsOf = (service: string): readonly string[] => [
  `\\.${REGION}\\.${service}\\.amazonaws\\.com(?:\\.cn)?$`,
  `\\.${service}\\.${REGION}\\.amazonaws\\.com\\.cn$`,
];

/** An attribute of a resource or a data source of one of these types. */
const resource = (types: string): string => `^(?:data\\.)?(?:${types})\\.`;

const named = (authority: AwsName['authority'], ...patterns: readonly string[]) =>
  patterns.map((pattern): readonly [AwsName['authority'], RegExp] => [authority, new RegExp(pattern)]);

/** The first that fits counts. */
const NAMES: readonly (readonly [AwsName['authority'], RegExp])[] = [
  // A proxy of RDS has a certificate of ACM, and so the public roots.
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html#rds-proxy-security
  ...named('public', '\\.proxy-[a-z0-9]+\\.(?:[a-z0-9-]+\\.)+amazonaws\\.com(?:\\.cn)?$', resource('aws_db_proxy\\w*')),
  ...named('rds', ...endingsOf('rds'), resource('aws_db_instance|aws_rds_cluster\\w*')),
  // DocumentDB shares the CA of RDS.
  // https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html
  ...named('rds', ...endingsOf('docdb'), resource('aws_docdb_cluster\\w*')),
  ...named(
    'redshift',
    ...endingsOf('redshift'),
    ...endingsOf('redshift-serverless'),
    resource('aws_redshift_cluster|aws_redshiftserverless_\\w+'),
  ),
  // Amazon Trust Services signs the rest: ElastiCache, MemoryDB, OpenSearch Service, Amazon MQ, Keyspaces, Aurora DSQL.
  // https://www.amazontrust.com/repository/
  ...named(
    'public',
    '\\.cache\\.amazonaws\\.com(?:\\.cn)?$',
    '\\.memorydb\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?$',
    '\\.es\\.amazonaws\\.com(?:\\.cn)?$',
    '\\.mq\\.[a-z0-9-]+\\.(?:amazonaws\\.com(?:\\.cn)?|on\\.aws)$',
    '^cassandra\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?$',
    '\\.dsql\\.[a-z0-9-]+\\.on\\.aws$',
    resource('aws_elasticache_\\w+|aws_memorydb_\\w+|aws_opensearch_domain|aws_elasticsearch_domain|aws_mq_broker'),
  ),
];
