import { type ManagedName, managedName, type NameKind } from '../engine/managed-name';
import { isUnresolved } from '../tokens/unresolved';
import { DatabaseRole, type FollowedName } from './followed-target';

/** What the name of a managed database tells; nothing where it is another name, or a token. */
export function nameOf(name: FollowedName | undefined): ManagedName | undefined {
  const hostname = name?.hostname;
  return typeof hostname !== 'string' || isUnresolved(hostname) ? undefined : managedName(hostname);
}

/** The same, only for RDS. */
export function rdsNameOf(name: FollowedName | undefined): ManagedName | undefined {
  const managed = nameOf(name);
  return managed?.service === 'rds' ? managed : undefined;
}

/** What a kind of name stands for, and what to write for it. */
export interface NameMeaning {
  /** Continues "is the name of". */
  readonly names: string;
  /** Continues "stands for", if only one role fits. */
  readonly role?: readonly [DatabaseRole, string];
  /** Says how to follow such a name of RDS. A full sentence. */
  readonly remedy: string;
}

const CLUSTER = {
  names: 'a cluster',
  remedy: 'Write DatabaseTarget.rdsCluster({ identifier, endpoint, role }).',
};
const HOSTNAME = { remedy: 'Write DatabaseTarget.hostname(...).' };
const READERS: NameMeaning['role'] = [DatabaseRole.READER, 'readers'];

/**
 * How each kind of name is followed.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html
 */
export const MEANINGS: Readonly<Record<NameKind, NameMeaning>> = {
  member: {
    names: 'a single instance',
    remedy: "Write the cluster's endpoint, reader endpoint or a custom endpoint, or DatabaseTarget.rdsInstance(...).",
  },
  writer: { ...CLUSTER, role: [DatabaseRole.WRITER, 'the writer'] },
  readers: { ...CLUSTER, role: READERS },
  custom: { ...CLUSTER, role: READERS },
  configuration: { ...HOSTNAME, names: 'all nodes of a cluster' },
  discovery: { ...HOSTNAME, names: 'all nodes of a cluster' },
  nodes: {
    ...HOSTNAME,
    names: 'all nodes of a domain',
    role: [DatabaseRole.READER, 'all nodes of a domain, some of which each answer names'],
  },
  proxy: { names: 'an RDS Proxy', remedy: 'Write DatabaseTarget.rdsProxy({ endpoint, securityGroupId }).' },
  global: {
    names: 'an Aurora Global Database, whose writer may move to another Region',
    role: [DatabaseRole.WRITER, 'the writer'],
    remedy:
      "Write the endpoint of the Global Database's cluster in this Region, or DatabaseTarget.hostname(...) with the cidrBlocks of every Region.",
  },
  shards: {
    names: 'a shard group of Aurora PostgreSQL Limitless',
    role: [DatabaseRole.READER, 'the routers of a shard group, one of which each answer names'],
    remedy: 'Write DatabaseTarget.hostname(name, { role: DatabaseRole.READER }).',
  },
  first: { ...HOSTNAME, names: 'a broker' },
  second: { ...HOSTNAME, names: 'a broker' },
};

/** The kinds of names of RDS that each factory takes. */
export const KINDS_OF_FACTORY: Readonly<Record<Exclude<FollowedName['kind'], 'hostname'>, readonly NameKind[]>> = {
  rdsInstance: ['member'],
  rdsCluster: ['writer', 'readers', 'custom'],
  rdsProxy: ['proxy'],
};
