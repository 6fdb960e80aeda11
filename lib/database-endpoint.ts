import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import { readAllowlist } from './allowlist/allowlist';
import { createSecurityGroups } from './allowlist/security-groups';
import type { DatabaseEndpointProps } from './database-endpoint-props';
import { describeProblem, EndpointError } from './endpoint-error';
import { type EndpointPlan, planEndpoint } from './endpoint-plan';
import { endpointProblems, endpointWarnings } from './endpoint-rules';
import { createListener } from './load-balancer/listener';
import { createLoadBalancer } from './load-balancer/network-load-balancer';
import { createDatabaseAccess } from './target/database-access';
import { registerTargets } from './target/registration';
import { createTargetGroup } from './target/target-group';
import { tagsOf } from './terraform/tags';

/**
 * A public or internal address for a database in a private subnet: a network load balancer with one listener, a
 * target group, and security groups that admit an allowlist and lead to the database alone.
 *
 * Everything that is wrong with the properties is reported at once, when the endpoint is created.
 */
export class DatabaseEndpoint extends Construct {
  /** The load balancer. Its `dnsName` is what a record of your own must point to. */
  public readonly loadBalancer: Lb;
  /** The listener: TLS, or TCP on passthrough. */
  public readonly listener: LbListener;
  /** The target group. A service that registers targets by itself needs its `arn`. */
  public readonly targetGroup: LbTargetGroup;
  /**
   * The security groups, in the order in which they are attached. The first one always exists, and is the one
   * that the database's own security group should admit.
   */
  public readonly securityGroups: SecurityGroup[];

  private readonly props: DatabaseEndpointProps;
  private readonly plan: EndpointPlan;

  /**
   * @param scope where the endpoint belongs.
   * @param id its name in that scope. The addresses of its resources derive from it.
   * @param props what it is made of.
   */
  public constructor(scope: Construct, id: string, props: DatabaseEndpointProps) {
    super(scope, id);
    const problems = endpointProblems(props);
    if (problems.length > 0) throw new EndpointError(this.node.path, problems);
    for (const warning of endpointWarnings(props)) Annotations.of(this).addWarning(describeProblem(warning));

    this.props = props;
    this.plan = planEndpoint(props);
    const { vpcId, target } = props;
    const dualStack = props.dualStack ?? false;
    const allowlist = readAllowlist(props.allow, dualStack ? [4, 6] : [4]);
    const port = this.plan.listenerPort;
    const tags = tagsOf(this, props.tags);

    this.securityGroups = createSecurityGroups(this, { vpcId, port, allowlist, dualStack, tags });
    createDatabaseAccess(this, target, this.plan, this.securityGroups[0], tags);
    this.loadBalancer = createLoadBalancer(this, props, this.securityGroups, tags);
    this.targetGroup = createTargetGroup(this, props, this.plan, tags);
    const registration = registerTargets(this, target, this.plan, this.targetGroup);
    const { loadBalancer, targetGroup } = this;
    this.listener = createListener(this, props, this.plan, { loadBalancer, targetGroup, registration, tags });
  }

  /** The name that clients connect to. */
  public get hostname(): string {
    return this.props.domain?.name ?? this.loadBalancer.dnsName;
  }

  /** The port that clients connect to. */
  public get port(): number {
    return this.plan.listenerPort;
  }
}
