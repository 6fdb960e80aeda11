import type { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { IResolveContext } from 'cdktf';
import type { Construct } from 'constructs';
import type { RuleQuotas } from '../placement/rule-quotas';
import { aws } from '../terraform/aws';
import { conditions, type Precondition } from '../terraform/precondition';
import { shownPath } from '../terraform/shown-path';
import { ForEach } from '../tokens/deferred';
import { expressionToken, numberToken } from '../tokens/expression';
import { areDistinct, idsOnPorts, type OnPort, repeated } from '../tokens/list-expression';
import { resolvedText } from '../tokens/resolved-text';
import { isUnresolved } from '../tokens/unresolved';
import { narrowChecks } from './computed-target-checks';
import { fromEndpoints, makesDatabaseIngress, TO_DATABASE } from './database-access';
import { blocksOf, byPort, eachBlock, keyOf, sharedEgressChecks } from './shared-egress';
import type { TargetGroupSettings } from './target-settings';

/** Where the endpoints of a load balancer lead, as rules: two that lead to one place have one rule for it. */
export class SharedDatabaseAccess {
  private readonly toGroups: LeadingEndpoint[] = [];
  private readonly toBlocks: TargetGroupSettings[] = [];
  // Not looked for among the children, where endpoints have names of their own.
  private egressToGroups?: VpcSecurityGroupEgressRule;
  private egressToBlocks?: VpcSecurityGroupEgressRule;
  private databaseIngress?: VpcSecurityGroupIngressRule;

  /**
   * @param scope the load balancer.
   * @param groupId its security group that leads to the databases.
   * @param tags of the rules.
   */
  public constructor(
    private readonly scope: Construct,
    private readonly groupId: string,
    private readonly tags: { [key: string]: string },
  ) {}

  /** Lets the load balancer reach the targets of one more endpoint. */
  public lead(endpoint: Construct, settings: TargetGroupSettings, quotas: RuleQuotas): void {
    if (settings.target._options.securityGroupId !== undefined) this.leadToGroup(shownPath(endpoint), settings);
    else this.leadToBlocks(settings, quotas);
  }

  private leadToGroup(endpoint: string, settings: TargetGroupSettings): void {
    const { toGroups, scope, groupId, tags } = this;
    toGroups.push({ endpoint, ...settings });
    this.egressToGroups ??= new aws.VpcSecurityGroupEgressRule(scope, 'EgressToSecurityGroups', {
      securityGroupId: groupId,
      referencedSecurityGroupId: EACH_ID,
      description: TO_DATABASE,
      forEach: ForEach.deferred((context) => byPort(toGroups.map(databaseGroup), context)),
      ...DATABASE_PORT,
      tags,
    });
    this.egressToGroups.lifecycle = conditions(distinctGroups(shownPath(scope), toGroups.map(databaseGroup))).lifecycle;
    if (!makesDatabaseIngress(settings.target)) return;
    const admitting = () => toGroups.filter(({ target }) => makesDatabaseIngress(target));
    this.databaseIngress ??= new aws.VpcSecurityGroupIngressRule(scope, 'DatabaseIngress', {
      securityGroupId: EACH_ID,
      referencedSecurityGroupId: groupId,
      description: EACH_DESCRIPTION,
      forEach: ForEach.deferred((context) => endpointsByPort(admitting(), context)),
      ...DATABASE_PORT,
      tags,
    });
  }

  private leadToBlocks(settings: TargetGroupSettings, quotas: RuleQuotas): void {
    const { toBlocks, scope, groupId, tags } = this;
    toBlocks.push(settings);
    this.egressToBlocks ??= new aws.VpcSecurityGroupEgressRule(scope, 'Egress', {
      securityGroupId: groupId,
      cidrIpv4: expressionToken('can(regex(":", each.value.id)) ? null : each.value.id'),
      cidrIpv6: expressionToken('can(regex(":", each.value.id)) ? each.value.id : null'),
      description: TO_DATABASE,
      forEach: ForEach.deferred((context) => eachBlock(toBlocks, context)),
      ...DATABASE_PORT,
      tags,
    });
    // Endpoints that lead to the same blocks need one condition, whoever of them came first.
    const computed = toBlocks.filter((each) => isUnresolved(blocksOf(each)));
    const different = new Map(computed.map((each) => [resolvedText(scope, blocksOf(each)), each.target]));
    const targets = [...different].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target);
    const path = shownPath(scope);
    this.egressToBlocks.lifecycle = conditions([
      ...sharedEgressChecks(path, toBlocks, quotas),
      ...targets.flatMap((target) => narrowChecks(path, target)),
    ]).lifecycle;
  }
}

/** An endpoint and where it leads. */
interface LeadingEndpoint extends TargetGroupSettings {
  /** Its path. */
  readonly endpoint: string;
}

/** One rule for each database's group and port, which says what endpoints it is for. */
function endpointsByPort(all: readonly LeadingEndpoint[], context: IResolveContext): object {
  const endpoints = new Map<string, string[]>();
  for (const each of all) {
    const key = keyOf(databaseGroup(each), context);
    endpoints.set(key, [...(endpoints.get(key) ?? []), each.endpoint]);
  }
  return Object.fromEntries(
    Object.entries(byPort(all.map(databaseGroup), context)).map(([key, place]) => [
      key,
      { ...place, description: fromEndpoints(endpoints.get(key) ?? []) },
    ]),
  );
}

const EACH_ID = expressionToken('each.value.id');
const EACH_DESCRIPTION = expressionToken('each.value.description');
const EACH_PORT = numberToken('each.value.port');
const DATABASE_PORT = { ipProtocol: 'tcp', fromPort: EACH_PORT, toPort: EACH_PORT };

function databaseGroup({ target, port }: TargetGroupSettings): OnPort {
  return { id: target._options.securityGroupId ?? '', port };
}

/** EC2 refuses the second of two rules for one group, which different expressions may turn out to be. */
function distinctGroups(path: string, places: readonly OnPort[]): Precondition[] {
  if (places.length < 2 || !places.some(({ id, port }) => isUnresolved(id) || isUnresolved(port))) return [];
  const rules = (context: IResolveContext) => idsOnPorts(places, context);
  return [
    {
      condition: expressionToken((context) => areDistinct(rules(context))),
      errorMessage: `${path}: target.securityGroupId: two endpoints write one security group and port in different ways: ${expressionToken((context) => `join(", ", ${repeated(rules(context))})`)}. Write both in the same way. [TargetDuplicate]`,
    },
  ];
}
