import type { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import { DESCRIPTION_LENGTH } from '../allowlist/description';
import type { RuleQuotas } from '../placement/rule-quotas';
import { aws } from '../terraform/aws';
import { conditions } from '../terraform/precondition';
import { asBlock } from '../tokens/block-expression';
import { ForEach } from '../tokens/deferred';
import { expressionToken } from '../tokens/expression';
import { egressChecks } from './computed-target-checks';
import { DatabaseIngress, type DatabaseIngressRule } from './database-ingress';
import type { DatabaseTarget } from './database-target';
import { eachTarget } from './each-target';
import type { TargetGroupSettings } from './target-settings';

/** Who connects to the database, and what belongs to its rules. */
export interface DatabaseClient {
  /** Its security group. */
  readonly groupId: string;
  /** What the rule in the database's own security group says of it. */
  readonly description: string;
  readonly tags: { [key: string]: string };
  readonly quotas: RuleQuotas;
  /** The security group of the server that it connects to, where that is not the target's. */
  readonly databaseGroupId?: string;
}

/**
 * The path to a database, and no other: to the database's security group, which then admits the client, or to the
 * targets' addresses. Health checks take the same path as clients of the endpoint.
 *
 * @returns the rules, without which nothing connects.
 */
export function createDatabaseAccess(
  scope: Construct,
  { target, port }: Pick<TargetGroupSettings, 'target' | 'port'>,
  client: DatabaseClient,
): (VpcSecurityGroupEgressRule | VpcSecurityGroupIngressRule)[] {
  const { groupId, tags, quotas, databaseGroupId = target._options.securityGroupId } = client;
  const databasePort = { ipProtocol: 'tcp', fromPort: port, toPort: port, tags };
  if (databaseGroupId !== undefined) {
    const egress = new aws.VpcSecurityGroupEgressRule(scope, 'EgressToSecurityGroup', {
      securityGroupId: groupId,
      referencedSecurityGroupId: databaseGroupId,
      description: TO_DATABASE,
      ...databasePort,
    });
    if (!makesDatabaseIngress(target)) return [egress];
    const ingress = new aws.VpcSecurityGroupIngressRule(scope, 'DatabaseIngress', {
      securityGroupId: databaseGroupId,
      referencedSecurityGroupId: groupId,
      description: client.description,
      ...databasePort,
    });
    return [egress, ingress];
  }
  const blocks = target._cidrBlocks ?? target._ids ?? [];
  const egress = new aws.VpcSecurityGroupEgressRule(scope, 'Egress', {
    securityGroupId: groupId,
    cidrIpv4: expressionToken(`can(regex(":", each.value)) ? null : ${BLOCK}`),
    cidrIpv6: expressionToken(`can(regex(":", each.value)) ? ${BLOCK} : null`),
    description: TO_DATABASE,
    forEach: ForEach.deferred((context) => eachTarget(blocks, context), blocks),
    ...conditions(egressChecks(scope.node.path, target, quotas)),
    ...databasePort,
  });
  return [egress];
}

/** What the database's own security group must admit. */
export function databaseIngressOf(
  { target, port }: Pick<TargetGroupSettings, 'target' | 'port'>,
  groupId: string,
  securityGroupId = target._options.securityGroupId,
): DatabaseIngressRule {
  return {
    securityGroupId,
    sourceSecurityGroupId: groupId,
    ipProtocol: 'tcp',
    port,
    isCreated: securityGroupId !== undefined && makesDatabaseIngress(target),
  };
}

/** Whether the endpoint makes the rule by which the database's security group admits it. */
export function makesDatabaseIngress({ _options }: DatabaseTarget): boolean {
  return _options.databaseIngress !== DatabaseIngress.MANAGED_ELSEWHERE;
}

/** What the rules on the way to the database say. */
export const TO_DATABASE = 'The database behind the endpoint';

/**
 * What the rule in the database's own group says: which endpoints it is for, as whoever looks after the database has
 * nothing else to tell them by. Their paths may contain characters that descriptions may not.
 */
export function fromEndpoints(paths: readonly string[]): string {
  const names = [...new Set(paths)].sort().map((path) => path.replace(/[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/gu, '-'));
  const text = `Database endpoint${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
  if (text.length <= DESCRIPTION_LENGTH) return text;
  // The end of a path tells more than its beginning, which its endpoints have in common.
  const title = names.length === 1 ? 'Database endpoint ' : `${names.length} database endpoints, such as `;
  return title + names[0].slice(title.length - DESCRIPTION_LENGTH);
}

/** A target's address stands for itself only. */
const BLOCK = `(${asBlock('each.value')})`;
