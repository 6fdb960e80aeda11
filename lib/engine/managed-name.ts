/**
 * An AWS service that names its databases itself.
 *
 * @internal
 */
export type ManagedService =
  | 'rds'
  | 'docdb'
  | 'neptune'
  | 'redshift'
  | 'elasticache'
  | 'memorydb'
  | 'opensearch'
  | 'mq'
  | 'keyspaces'
  | 'dsql'
  | 'timestream';

/**
 * What a name of such a service means:
 *
 * - `member`: one instance or node, and everything that is not told apart further;
 * - `writer`, `readers`, `custom`: the endpoints of a cluster, `custom` being one that its owner put together;
 * - `configuration`: all nodes of a cluster in cluster mode, which send clients from one to another;
 * - `discovery`: where clients of Memcached ask for its nodes;
 * - `nodes`: all nodes of a domain, each of which serves everything;
 * - `proxy`: an RDS Proxy;
 * - `global`: the writer of an Aurora Global Database, in whatever Region it is;
 * - `shards`: the routers of a shard group of Aurora PostgreSQL Limitless;
 * - `first`, `second`: a single broker or one of an active/standby pair, and the other one of a pair.
 *
 * @internal
 */
export type NameKind =
  | 'member'
  | 'writer'
  | 'readers'
  | 'custom'
  | 'configuration'
  | 'discovery'
  | 'nodes'
  | 'proxy'
  | 'global'
  | 'shards'
  | 'first'
  | 'second';

/**
 * Who signs the certificates of a service: the CA of RDS, that of Redshift, or a public one.
 *
 * @internal
 */
export type ManagedAuthority = 'rds' | 'redshift' | 'public';

/**
 * What the name of a managed database says about it.
 *
 * @internal
 */
export interface ManagedName {
  readonly service: ManagedService;
  readonly authority: ManagedAuthority;
  readonly kind: NameKind;
  /** The first label, which most services take from the identifier. */
  readonly id: string;
  /** Absent where the name does not spell it out. */
  readonly region?: string;
}

/**
 * Reads a DNS name; nothing if AWS did not generate it.
 *
 * @internal
 */
export function managedName(name: string): ManagedName | undefined {
  const text = name.toLowerCase().replace(/\.$/, '');
  for (const { service, authority, endings, kinds = [] } of SERVICES) {
    const match = endings.map((ending) => ending.exec(text)).find((each) => each !== null);
    if (!match) continue;
    const before = text.slice(0, match.index);
    const kind = kinds.find(([, pattern]) => pattern.test(before))?.[0] ?? 'member';
    return {
      service,
      authority: kind === 'proxy' ? 'public' : authority,
      kind,
      id: text.split('.')[0],
      ...(match[1] === undefined ? {} : { region: match[1] }),
    };
  }
  return undefined;
}

/**
 * The service whose resource an expression of Terraform takes a name from, such as `aws_db_instance.orders.address`;
 * nothing where it names none, or several. CDKTF calls its outputs between stacks after the expression in them, so
 * that they tell it as well.
 *
 * @internal
 */
export function managedExpression(expression: string): Pick<ManagedName, 'service' | 'authority'> | undefined {
  const found = resourceTypes(expression).map((type) => SERVICES_BY_TYPE.find(({ types }) => types.test(type)));
  const [first, ...others] = found;
  return first && others.every((each) => each === first)
    ? { service: first.service, authority: first.authority }
    : undefined;
}

/**
 * Whether an expression takes its value from resources of AWS, and from none that is a managed database.
 *
 * @internal
 */
export function isOtherResource(expression: string): boolean {
  const types = resourceTypes(expression);
  return types.length > 0 && !types.some((type) => SERVICES_BY_TYPE.some((each) => each.types.test(type)));
}

function resourceTypes(expression: string): readonly string[] {
  return [...expression.matchAll(/(?<![\w"-])(?:data\.)?(aws_\w+)(?=\.)|cross-stack-output-(?:data)?(aws_\w+)/g)].map(
    ([, resource, output]) => resource ?? output,
  );
}

interface ServiceNames {
  readonly service: ManagedService;
  readonly authority: ManagedAuthority;
  /** How the names end; the group is the Region. */
  readonly endings: readonly RegExp[];
  /** What comes before the end, for every kind but `member`; the first that fits counts. */
  readonly kinds?: readonly (readonly [NameKind, RegExp])[];
}

const REGION = '([a-z]{2}(?:-[a-z]+)+-\\d+)';

/** Most names end in Region and service; those of China and of us-gov-east-1 may have them the other way round. */
const regional = (service: string): readonly RegExp[] => [
  new RegExp(`\\.${REGION}\\.${service}\\.amazonaws\\.com(?:\\.cn)?$`),
  new RegExp(`\\.${service}\\.${REGION}\\.amazonaws\\.com(?:\\.cn)?$`),
];

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html */
const CLUSTER_ENDPOINTS: ServiceNames['kinds'] = [
  ['readers', /\.cluster-ro-[^.]+$/],
  ['custom', /\.cluster-custom-[^.]+$/],
  ['writer', /\.cluster-[^.]+$/],
];

/**
 * The one table of names. What every name ends with is in the documentation of its service; of RDS, the drivers of
 * AWS list all forms.
 *
 * @see https://github.com/aws/aws-advanced-jdbc-wrapper/blob/main/wrapper/src/main/java/software/amazon/jdbc/util/RdsUtils.java
 */
const SERVICES: readonly ServiceNames[] = [
  {
    service: 'rds',
    authority: 'rds',
    endings: [...regional('rds'), /\.global\.rds\.amazonaws\.com(?:\.cn)?$/],
    kinds: [
      // Its certificate comes from ACM, and so from public roots.
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html#rds-proxy-security
      ['proxy', /\.proxy-[^.]+$/],
      // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-connecting.html
      ['global', /\.global-[^.]+$/],
      // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/limitless-shard.html
      ['shards', /\.shardgrp-[^.]+$/],
      ...CLUSTER_ENDPOINTS,
    ],
  },
  // DocumentDB shares the CA of RDS.
  // https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html
  { service: 'docdb', authority: 'rds', endings: regional('docdb'), kinds: CLUSTER_ENDPOINTS },
  // https://docs.aws.amazon.com/neptune/latest/userguide/feature-overview-endpoints.html
  { service: 'neptune', authority: 'public', endings: regional('neptune'), kinds: CLUSTER_ENDPOINTS },
  // https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html
  {
    service: 'redshift',
    authority: 'redshift',
    endings: [...regional('redshift'), ...regional('redshift-serverless')],
  },
  // Its Regions are abbreviated: use1, euc1.
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html
  {
    service: 'elasticache',
    authority: 'public',
    endings: [/\.cache(?:\.cn-[a-z]+-\d)?\.amazonaws\.com(?:\.cn)?$/],
    kinds: [
      ['configuration', /(^|\.)clustercfg\.|\.clustercfg(\.|$)/],
      ['discovery', /\.cfg(\.|$)/],
      // With TLS, the name of the group comes second. Without it, four digits or `ng` come third, and the name first.
      ['readers', /^replica\.[^.]+\.(?!ng\.|\d{4}\.)[^.]+\.[^.]+$|^[^.]+-ro\.[^.]+\.ng\./],
      ['writer', /^master\.[^.]+\.(?!ng\.|\d{4}\.)[^.]+\.[^.]+$|\.ng\./],
    ],
  },
  // https://docs.aws.amazon.com/memorydb/latest/devguide/endpoints.html
  {
    service: 'memorydb',
    authority: 'public',
    endings: regional('memorydb'),
    kinds: [['configuration', /^clustercfg\./]],
  },
  // Dual-stack domains end in on.aws.
  // https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainStatus.html
  {
    service: 'opensearch',
    authority: 'public',
    endings: [...regional('es'), new RegExp(`\\.aos\\.${REGION}\\.on\\.aws$`)],
    kinds: [['nodes', /^/]],
  },
  // ActiveMQ numbers its brokers, RabbitMQ does not.
  // https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/active-standby-broker-deployment.html
  {
    service: 'mq',
    authority: 'public',
    endings: [...regional('mq'), new RegExp(`\\.mq\\.${REGION}\\.on\\.aws$`)],
    kinds: [
      ['first', /-1$/],
      ['second', /-2$/],
    ],
  },
  // https://docs.aws.amazon.com/keyspaces/latest/devguide/programmatic.endpoints.html
  {
    service: 'keyspaces',
    authority: 'public',
    endings: [new RegExp(`^cassandra(?:-fips)?\\.${REGION}\\.(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)$`)],
  },
  // https://docs.aws.amazon.com/aurora-dsql/latest/userguide/accessing.html
  { service: 'dsql', authority: 'public', endings: [new RegExp(`\\.dsql(?:-\\w+)?\\.${REGION}\\.on\\.aws$`)] },
  // Timestream for InfluxDB; its first databases have the older form.
  // https://docs.aws.amazon.com/timestream/latest/developerguide/endpoints-and-connectivity.html
  {
    service: 'timestream',
    authority: 'public',
    endings: [...regional('timestream-influxdb'), new RegExp(`\\.timestream-influxdb\\.${REGION}\\.on\\.aws$`)],
  },
];

interface ServiceTypes extends Pick<ManagedName, 'service' | 'authority'> {
  /** Types of the resources and data sources whose attributes are its names. */
  readonly types: RegExp;
}

/** The first that fits counts; behind a type, the name of an output goes on with that of the resource. */
const SERVICES_BY_TYPE: readonly ServiceTypes[] = [
  { service: 'rds', authority: 'public', types: /^aws_db_proxy/ },
  { service: 'rds', authority: 'rds', types: /^aws_(db_instance|rds_cluster|rds_global_cluster|rds_shard_group)/ },
  { service: 'docdb', authority: 'rds', types: /^aws_docdb_(cluster|global_cluster)/ },
  { service: 'neptune', authority: 'public', types: /^aws_neptune_cluster/ },
  { service: 'redshift', authority: 'redshift', types: /^aws_(redshift_(cluster|endpoint)|redshiftserverless_)/ },
  { service: 'elasticache', authority: 'public', types: /^aws_elasticache_(cluster|replication_group|serverless)/ },
  { service: 'memorydb', authority: 'public', types: /^aws_memorydb_cluster/ },
  { service: 'opensearch', authority: 'public', types: /^aws_(opensearch|elasticsearch)_(domain|vpc_endpoint)/ },
  { service: 'mq', authority: 'public', types: /^aws_mq_broker/ },
  { service: 'dsql', authority: 'public', types: /^aws_dsql_cluster/ },
  { service: 'timestream', authority: 'public', types: /^aws_timestreaminfluxdb_db_/ },
];
