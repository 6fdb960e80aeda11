import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Construct } from 'constructs';
import type { RuleQuotas } from '../placement/rule-quotas';
import { aws } from '../terraform/aws';
import { conditions } from '../terraform/precondition';
import { asBlock } from '../tokens/block-expression';
import { ForEach } from '../tokens/deferred';
import { attributeOf, expressionToken } from '../tokens/expression';
import { egressChecks } from './computed-target-checks';
import { DatabaseIngress, type DatabaseIngressRule } from './database-ingress';
import type { DatabaseTarget } from './database-target';
import { eachTarget } from './each-target';
import type { TargetGroupSettings } from './target-settings';

/**
 * The way from the endpoint to its database and no other: to the database's security group, which then admits the
 * endpoint, or to the targets' addresses. Health checks go the same way.
 */
export function createDatabaseAccess(
  scope: Construct,
  { target, port }: TargetGroupSettings,
  group: SecurityGroup,
  tags: { [key: string]: string },
  quotas: RuleQuotas,
): void {
  const groupId = attributeOf(group, 'id');
  const databasePort = { ipProtocol: 'tcp', fromPort: port, toPort: port, tags };
  const databaseGroupId = target._options.securityGroupId;
  if (databaseGroupId !== undefined) {
    new aws.VpcSecurityGroupEgressRule(scope, 'EgressToSecurityGroup', {
      securityGroupId: groupId,
      referencedSecurityGroupId: databaseGroupId,
      description: 'The database behind the endpoint',
      ...databasePort,
    });
    if (!makesDatabaseIngress(target)) return;
    new aws.VpcSecurityGroupIngressRule(scope, 'DatabaseIngress', {
      securityGroupId: databaseGroupId,
      referencedSecurityGroupId: groupId,
      description: 'The endpoint in front of the database',
      ...databasePort,
    });
    return;
  }
  new aws.VpcSecurityGroupEgressRule(scope, 'Egress', {
    securityGroupId: groupId,
    cidrIpv4: expressionToken(`can(regex(":", each.value)) ? null : ${BLOCK}`),
    cidrIpv6: expressionToken(`can(regex(":", each.value)) ? ${BLOCK} : null`),
    description: 'The database behind the endpoint',
    forEach: ForEach.deferred((context) => eachTarget(target._cidrBlocks ?? target._ids ?? [], context)),
    ...conditions(egressChecks(scope.node.path, target, quotas)),
    ...databasePort,
  });
}

/** What the database's own security group must admit. */
export function databaseIngressOf({ target, port }: TargetGroupSettings, group: SecurityGroup): DatabaseIngressRule {
  const { securityGroupId } = target._options;
  return {
    securityGroupId,
    sourceSecurityGroupId: group.id,
    ipProtocol: 'tcp',
    port,
    isCreated: securityGroupId !== undefined && makesDatabaseIngress(target),
  };
}

function makesDatabaseIngress({ _options }: DatabaseTarget): boolean {
  return _options.databaseIngress !== DatabaseIngress.MANAGED_ELSEWHERE;
}

/** A target's address stands for itself only. */
const BLOCK = `(${asBlock('each.value')})`;
