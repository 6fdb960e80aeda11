import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Annotations, Fn } from 'cdktf';
import { Construct } from 'constructs';
import { fitting } from './allowlist/allowlist-plan';
import { AllowlistReview } from './allowlist/allowlist-review';
import { createSecurityGroups } from './allowlist/security-groups';
import type { DatabaseEndpointProps } from './database-endpoint-props';
import { describeProblem, EndpointError } from './endpoint-error';
import { type EndpointPlan, planEndpoint } from './endpoint-plan';
import { endpointProblems, endpointWarnings } from './endpoint-rules';
import { buildClientGuide, type ClientGuide } from './engine/client-guide';
import { connectionUrl } from './engine/connection-url';
import { describeExposure, type Exposure } from './exposure';
import { createListener } from './load-balancer/listener';
import { createLoadBalancer } from './load-balancer/network-load-balancer';
import { createDatabaseAccess } from './target/database-access';
import { registerTargets } from './target/registration';
import { createTargetGroup } from './target/target-group';
import { followName, sharingProblems } from './target-sync/follow';
import type { TargetSync } from './target-sync/target-sync';
import { writeExposureAtSynthesis } from './terraform/exposure-file';
import { resolvedText } from './terraform/resolved-text';
import { tagsOf } from './terraform/tags';
import { isUnknown } from './unknown';

/** What a connection URL says besides host and port. All values may be tokens. */
export interface ConnectionUrlOptions {
  /**
   * Who logs in. There is no property for a password: URLs end up in outputs, state, logs and shell histories.
   *
   * @default the URL names no user
   */
  readonly user?: string;

  /**
   * Database to open: for RabbitMQ the virtual host, for Oracle the service, for Redis the number.
   *
   * @default the URL names no database
   */
  readonly database?: string;

  /**
   * Further parameters of the driver. Those that would carry a password are refused.
   *
   * @default only those that make the client verify the certificate
   */
  readonly parameters?: { [key: string]: string };
}

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
  /** The function that keeps the target group in line with the database's name, where the target is one. */
  public readonly targetSync?: TargetSync;

  private readonly props: DatabaseEndpointProps;
  private readonly plan: EndpointPlan;
  private readonly review: AllowlistReview;

  /**
   * @param scope where the endpoint belongs.
   * @param id its name in that scope. The addresses of its resources derive from it.
   * @param props what it is made of.
   */
  public constructor(scope: Construct, id: string, props: DatabaseEndpointProps) {
    super(scope, id);
    const review = new AllowlistReview(props, (text) => (isUnknown(text) ? resolvedText(this, text) : text));
    const problems = endpointProblems(props, review);
    if (problems.length === 0) problems.push(...sharingProblems(this, props));
    if (problems.length > 0) throw new EndpointError(this.node.path, problems);
    for (const warning of endpointWarnings(props, review)) Annotations.of(this).addWarning(describeProblem(warning));

    this.props = props;
    this.review = review;
    this.plan = planEndpoint(props);
    const { vpcId, target } = props;
    const dualStack = props.dualStack ?? false;
    const { allowlist } = review;
    const { groups } = fitting(review.plan);
    const port = this.plan.listenerPort;
    const tags = tagsOf(this, props.tags);

    this.securityGroups = createSecurityGroups(this, { vpcId, port, allowlist, groups, dualStack, tags });
    createDatabaseAccess(this, target, this.plan, this.securityGroups[0], tags);
    this.loadBalancer = createLoadBalancer(this, props, this.securityGroups, tags);
    this.targetGroup = createTargetGroup(this, props, this.plan, tags);
    const followed = followName(this, props, this.plan, this.targetGroup);
    this.targetSync = followed?.sync;
    const registration = followed?.firstTargets ?? registerTargets(this, target, this.plan, this.targetGroup);
    const { loadBalancer, targetGroup } = this;
    this.listener = createListener(this, props, this.plan, { loadBalancer, targetGroup, registration, tags });
    writeExposureAtSynthesis(this);
  }

  /** The name that clients connect to. */
  public get hostname(): string {
    return this.props.domain?.name ?? this.loadBalancer.dnsName;
  }

  /** The port that clients connect to. */
  public get port(): number {
    return this.plan.listenerPort;
  }

  /**
   * Who may reach the endpoint, as data. Synthesis writes it to `exposure.json` beside the stack's JSON as well.
   */
  public get exposure(): Exposure {
    const expired = new Set(this.review.allowlist.expired.map(({ source }) => source));
    return describeExposure(this.node.path, this.hostname, this.props, this.plan, expired);
  }

  /**
   * How clients connect and verify whom they reach, as data for a README, an output or a web page. It never holds
   * a password.
   */
  public get clientGuide(): ClientGuide {
    return buildClientGuide({ ...this.connection, idleTimeoutSeconds: this.plan.idleTimeoutSeconds });
  }

  /**
   * The endpoint as a URL in the form that the engine's clients take, with the parameters that make them verify
   * the certificate. It never contains a password.
   *
   * Throws an error where the engine's clients know no URL, or where an option cannot stand in one.
   *
   * @param options user, database and further parameters.
   */
  public connectionUrl(options: ConnectionUrlOptions = {}): string {
    const url = connectionUrl({ ...this.connection, ...options });
    if (typeof url !== 'string') throw new EndpointError(this.node.path, url);
    return url;
  }

  private get connection() {
    const { engine, target, tls } = this.props;
    return {
      engine,
      hostname: this.hostname,
      port: this.port,
      tls: tls?._termination ? ('terminate' as const) : ('passthrough' as const),
      // Where TLS ends at the listener, no client sees the database's own certificate.
      certificateName: tls?._termination ? undefined : target._certificateName,
      encode: (text: string) => (isUnknown(text) ? Fn.urlencode(text) : encodeURIComponent(text)),
    };
  }
}
