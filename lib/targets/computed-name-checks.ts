import type { Precondition } from '../terraform/precondition';
import { expressionOf, expressionToken } from '../tokens/expression';
import { isUnresolved } from '../tokens/unresolved';
import { DatabaseRole, type FollowedName } from './followed-target';

/**
 * What Terraform checks of a name known after apply: that it is one, as aws_db_instance.endpoint with its port is not,
 * and that it is of what it is said to be. What is written out has been checked.
 */
export function nameChecks(path: string, name: FollowedName): Precondition[] {
  const { property, hostname } = name;
  if (!isUnresolved(hostname)) return [];
  const matches = (pattern: string, not = '') =>
    expressionToken((context) => `${not}can(regex(${JSON.stringify(pattern)}, ${expressionOf(hostname, context)}))`);
  const unless = (pattern: string) => matches(`(?i)${pattern}`, '!');
  return [
    {
      condition: matches('^[a-zA-Z0-9_-]+([.][a-zA-Z0-9_-]+)+$'),
      errorMessage: `${path}: ${property} is not a DNS name. Write only the name; for aws_db_instance use address, not endpoint. [TargetHostnameInvalid]`,
    },
    ...(name.kind === 'hostname'
      ? []
      : OTHERS[name.kind].map(({ pattern, is, remedy }) => ({
          condition: unless(pattern + RDS),
          errorMessage: `${path}: ${property} is the name of ${is}. ${remedy} [RdsNameOfOtherKind]`,
        }))),
    ...(name.role === DatabaseRole.WRITER
      ? [
          {
            condition: unless(ROTATING),
            errorMessage: `${path}: target.role writer does not fit ${property}, a name whose answers rotate. Write DatabaseRole.READER, or the name of the writer. [TargetRoleMismatch]`,
          },
        ]
      : []),
  ];
}

/** How names of RDS end. */
const RDS = '[.]([a-z0-9-]+[.]rds|rds[.][a-z0-9-]+)[.]amazonaws[.]com([.]cn)?$';

interface Other {
  readonly pattern: string;
  readonly is: string;
  readonly remedy: string;
}

const PROXY: Other = {
  pattern: '[.]proxy-[^.]+',
  is: 'an RDS Proxy',
  remedy: 'Write DatabaseTarget.rdsProxy({ endpoint, securityGroupId }).',
};
const CLUSTER: Other = {
  pattern: '[.]cluster-[^.]+',
  is: 'a cluster',
  remedy: 'Write DatabaseTarget.rdsCluster({ identifier, endpoint, role }).',
};
const ABOVE_CLUSTERS: Other = {
  pattern: '[.](global|shardgrp)-[^.]+',
  is: 'an Aurora Global Database or a Limitless shard group',
  remedy: 'Write DatabaseTarget.hostname(...).',
};
/** An identifier and the letters and digits of an account. */
const INSTANCE: Other = {
  pattern: '^[a-z0-9-]+[.][a-z0-9]+',
  is: 'a single instance',
  remedy: 'Write DatabaseTarget.rdsInstance(...).',
};

/** What each factory does not take. */
const OTHERS: Readonly<Record<Exclude<FollowedName['kind'], 'hostname'>, readonly Other[]>> = {
  rdsInstance: [PROXY, CLUSTER, ABOVE_CLUSTERS],
  rdsCluster: [PROXY, INSTANCE, ABOVE_CLUSTERS],
  rdsProxy: [CLUSTER, INSTANCE, ABOVE_CLUSTERS],
};

/** Readers of clusters and caches, domains of OpenSearch, and shard groups. */
const ROTATING = [
  `[.](cluster-ro|cluster-custom|shardgrp)-[^.]+[.].*[.]amazonaws[.]com([.]cn)?$`,
  `^replica[.][^.]+[.][^.]*[a-z][^.]*[.][^.]+[.]cache[.]`,
  `^[^.]+-ro[.][^.]+[.]ng[.].*[.]cache[.]`,
  `[.]es[.]amazonaws[.]com([.]cn)?$|[.]aos[.][^.]+[.]on[.]aws$`,
].join('|');
