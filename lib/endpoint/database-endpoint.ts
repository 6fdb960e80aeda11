import type { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Construct } from 'constructs';
import type { AllowedSource } from '../allowlist/allowed-source';
import { assertPlaced } from '../allowlist/allowlist-plan';
import { AllowlistReview } from '../allowlist/allowlist-review';
import { attachCertificates, createCertificates } from '../certificate/certificates';
import { type ClientGuide, clientGuide } from '../clients/client-guide';
import { clientGuideMarkdown } from '../clients/client-guide-markdown';
import type { ClientGuideOptions } from '../clients/client-guide-options';
import { connectionUrl } from '../clients/connection-url';
import type { ConnectionUrlOptions } from '../clients/connection-url-options';
import type { UserStatements, UserStatementsOptions } from '../clients/user-statements/user-statements';
import { userStatements } from '../clients/user-statements/write-statements';
import { createAliasRecords, findZones } from '../dns/alias-records';
import { claimRecords, recordOwners } from '../dns/record-owners';
import { managedExpression } from '../engine/managed-name';
import { describeExposure, type Exposure } from '../exposure/exposure';
import { writeExposureAtSynthesis } from '../exposure/exposure-file';
import { EndpointLoadBalancer } from '../load-balancer/endpoint-load-balancer';
import { createListener } from '../load-balancer/listener';
import { describeProblem, EndpointError, type Problem } from '../rules/endpoint-error';
import { checkStruct } from '../rules/type-check';
import { followName, sharingProblems } from '../target-sync/follow';
import type { TargetSync } from '../target-sync/target-sync';
import { createDatabaseAccess, databaseIngressOf } from '../targets/database-access';
import { DatabaseIngress, type DatabaseIngressRule } from '../targets/database-ingress';
import { registerTargets } from '../targets/registration';
import { createTargetGroup } from '../targets/target-group';
import { providerSuffix, useProvider } from '../terraform/provider';
import { tagsOf } from '../terraform/tags';
import { warn } from '../terraform/warnings';
import { attributeOf } from '../tokens/expression';
import { expressionText, listText } from '../tokens/resolved-text';
import { secretIn } from '../tokens/secret';
import { isUnknown } from '../tokens/unresolved';
import type { DatabaseEndpointProps } from './database-endpoint-props';
import { createOutputs, type EndpointOutputsOptions } from './endpoint-outputs';
import { recordsOfEndpoint } from './endpoint-records';
import { endpointProblems, endpointWarnings } from './endpoint-rules';
import { endpointTypeProblems, userTypeProblems } from './endpoint-types';
import { type ResolvedEndpoint, resolveEndpoint } from './resolve-endpoint';
import { textFunctions } from './text-functions';

/**
 * A public or internal address for a database in a private subnet: a network load balancer with one listener, a
 * target group, and security groups that admit an allowlist and lead to the database alone.
 *
 * Everything that is wrong with the properties is reported at once, when the endpoint is created.
 */
export class DatabaseEndpoint extends Construct {
  /** The load balancer, with the security groups that admit the allowlist. */
  public readonly loadBalancer: EndpointLoadBalancer;
  /** The listener: TLS, or TCP on passthrough. */
  public readonly listener: LbListener;
  /** The target group. A service that registers targets by itself needs its `arn`. */
  public readonly targetGroup: LbTargetGroup;
  /** The function that keeps the target group in line with the database's name, where the target is one. */
  public readonly targetSync?: TargetSync;

  private readonly resolved: ResolvedEndpoint;
  private readonly expired: ReadonlySet<AllowedSource>;
  private outputPrefix?: string;

  /**
   * @param scope where the endpoint belongs.
   * @param id its name in that scope. The addresses of its resources derive from it.
   * @param props what it is made of.
   */
  public constructor(scope: Construct, id: string, props: DatabaseEndpointProps) {
    super(scope, id);
    this.refuse(endpointTypeProblems(props));
    useProvider(this, props.provider);
    this.resolved = resolveEndpoint(props);
    const { loadBalancer, listener, targets, certificates, tags: ownTags } = this.resolved;
    const { domain } = props;
    const review = this.review(props);

    const { allowlist, admitted } = review;
    const { maxBreadth: limits, quotas } = review.input;
    // The review itself is large, and nobody needs it any more.
    this.expired = new Set(allowlist.expired.map(({ source }) => source));
    const { groups } = assertPlaced(review.plan);
    const ingress = {
      ...{ allowlist, admitted, limits, quotas, groups },
      ...{ dualStack: loadBalancer.dualStack, port: listener.port },
    };
    const tags = tagsOf(this, ownTags);

    this.loadBalancer = EndpointLoadBalancer._ofEndpoint(this, loadBalancer, ingress);
    createDatabaseAccess(this, targets, this.loadBalancer.securityGroups[0], tags, quotas);
    this.targetGroup = createTargetGroup(this, targets, tags);
    const followed = followName(this, targets, this.targetGroup, ownTags);
    this.targetSync = followed?.sync;
    const registration = followed?.firstTargets ?? registerTargets(this, targets, this.targetGroup);
    const zones = findZones(this, domain);
    const arns = createCertificates(this, certificates.certificates, domain?.name, zones.publicZone, tags);
    const { loadBalancer: balancer, targetGroup } = this;
    const parts = { loadBalancer: balancer, targetGroup, registration, certificateArn: arns?.arn, tags };
    this.listener = createListener(this, listener, parts);
    if (arns) attachCertificates(this, this.listener, arns);
    createAliasRecords(this, domain, loadBalancer.dualStack, zones, balancer.resource);
    writeExposureAtSynthesis(this, () => this.describe(domain?.name ?? attributeOf(balancer.resource, 'dns_name')));
  }

  /** The name that clients connect to. */
  public get hostname(): string {
    return this.resolved.tls.domainName ?? this.loadBalancer.resource.dnsName;
  }

  /** The port that clients connect to. */
  public get port(): number {
    return this.resolved.listener.port;
  }

  /**
   * What the database's own security group must admit. The endpoint makes the rule where the target has a
   * `securityGroupId` and does not say `databaseIngress: DatabaseIngress.MANAGED_ELSEWHERE`; otherwise it is yours.
   */
  public get databaseIngress(): DatabaseIngressRule {
    return databaseIngressOf(this.resolved.targets, this.loadBalancer.securityGroups[0]);
  }

  /**
   * Who may reach the endpoint, as data. Synthesis writes it to `exposure.json` beside the stack's JSON as well, and the
   * places to `exposure-locations.json`.
   */
  public get exposure(): Exposure {
    return this.describe(this.hostname);
  }

  /**
   * How clients connect and verify whom they reach, as data for a README, an output or a web page. It never holds
   * a password. Names from the options are quoted for what they are written into.
   *
   * Throws an error where a text cannot be quoted, such as one with a line break; the plan fails where a token is one.
   *
   * @param options user, database, CA file and address; words in capitals stand for what is left out.
   */
  public clientGuide(options: ClientGuideOptions = {}): ClientGuide {
    this.refuse(checkStruct(options, 'ClientGuideOptions', 'clientGuide'));
    return this.guideFor(options, 'clientGuide');
  }

  /**
   * The client guide as Markdown, for a README, a wiki or an output.
   *
   * @param options user, database, CA file and address.
   */
  public clientGuideMarkdown(options: ClientGuideOptions = {}): string {
    return this.guidePage(this.clientGuide(options));
  }

  /**
   * The engine's own statements for a user that can read what is named and nothing else, for one integration. They hold
   * no password.
   *
   * Throws an error where the engine has no users, or where a name cannot be written into a statement safely.
   *
   * @param options name of the login, and what it may read.
   */
  public userStatements(options: UserStatementsOptions): UserStatements {
    this.refuse(userTypeProblems(options));
    const login = userStatements(this.resolved.tls.engine, options);
    if (!('statements' in login)) throw new EndpointError(this.node.path, login);
    return login;
  }

  /**
   * Writes Terraform outputs: `<prefix>_hostname`, `<prefix>_port`, `<prefix>_url` where the engine's clients know
   * one, and `<prefix>_client_guide`, the guide as Markdown. Where the database's security group is managed elsewhere,
   * `<prefix>_database_source_security_group_id` and `<prefix>_database_port` say what it must admit. None of them holds
   * a secret.
   *
   * Throws an error when called again. Synthesis fails where another output has one of the names.
   *
   * @param options what the names begin with, user and database.
   */
  public addOutputs(options: EndpointOutputsOptions = {}): void {
    this.refuse(checkStruct(options, 'EndpointOutputsOptions', 'addOutputs()'));
    const { prefix, user, database } = options;
    const { displayName } = this.resolved.tls.engine;
    const guide = this.guideFor({ user, database }, 'addOutputs()');
    const { url } = guide;
    const { sourceSecurityGroupId, port: databasePort } = this.databaseIngress;
    const isElsewhere = this.resolved.targets.target._options.databaseIngress === DatabaseIngress.MANAGED_ELSEWHERE;
    this.outputPrefix = createOutputs(this, prefix, {
      hostname: { value: this.hostname, description: `Host of ${displayName}` },
      port: { value: this.port, description: `Port of ${displayName}` },
      url: url === undefined ? undefined : { value: url, description: `URL of ${displayName}, without a password` },
      client_guide: {
        value: this.guidePage(guide),
        description: `How to connect to ${displayName}, in Markdown`,
      },
      database_source_security_group_id: isElsewhere
        ? { value: sourceSecurityGroupId, description: "What the database's security group must admit" }
        : undefined,
      database_port: isElsewhere
        ? { value: databasePort, description: "The port that the database's security group must open to it" }
        : undefined,
    });
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
    this.refuse(checkStruct(options, 'ConnectionUrlOptions', 'connectionUrl'));
    const url = connectionUrl({ ...this.connection(), ...options });
    if (typeof url !== 'string') throw new EndpointError(this.node.path, url);
    return url;
  }

  private guideFor(options: ClientGuideOptions, property: string): ClientGuide {
    const { idleTimeoutSeconds } = this.resolved.listener;
    const guide = clientGuide({ ...this.connection(), ...options, idleTimeoutSeconds }, property);
    if (!('clients' in guide)) throw new EndpointError(this.node.path, guide);
    return guide;
  }

  private guidePage(guide: ClientGuide): string {
    return clientGuideMarkdown(guide, this.resolved.tls.engine.displayName, textFunctions(this));
  }

  private refuse(problems: readonly Problem[]): void {
    if (problems.length > 0) throw new EndpointError(this.node.path, problems);
  }

  /** Refuses what is wrong, warns about the rest, and claims the endpoint's records. */
  private review(props: DatabaseEndpointProps): AllowlistReview {
    const { resolved } = this;
    const review = new AllowlistReview(
      resolved.allowlist,
      (text) => expressionText(this, text),
      (list) => secretIn(this, list),
    );
    const accounts = {
      ofEndpoint: providerSuffix(props.provider),
      ofZones: providerSuffix(props.domain?.provider ?? props.provider),
    };
    const wanted = recordsOfEndpoint(resolved, review.keyOf, accounts);
    const problems = endpointProblems(resolved, review, { wanted, ownerOf: recordOwners(this) });
    if (problems.length === 0) problems.push(...sharingProblems(this, resolved.targets));
    this.refuse(problems);
    warn(this, endpointWarnings(resolved, review).map(describeProblem));
    claimRecords(this, wanted);
    return review;
  }

  private describe(hostname: string): Exposure {
    const { allow } = this.resolved.allowlist;
    const { dualStack, internetFacing } = this.resolved.loadBalancer;
    return describeExposure({
      ...{ allow, dualStack, internetFacing, expired: this.expired, textOf: listText },
      endpoint: this.node.path,
      server: this.connection(hostname),
      hostnameOutput: this.outputPrefix && `${this.outputPrefix}_hostname`,
    });
  }

  /** What is known of the certificate that the database itself presents. */
  private databaseCertificate() {
    const { _certificateName: said, _name: followed, _authority: targetAuthority } = this.resolved.targets.target;
    const name = said ?? followed?.hostname;
    if (!isUnknown(name)) return { certificateName: said, targetAuthority };
    const expression = expressionText(this, String(name));
    // A managed database has the name that is followed in its certificate; of all others, nothing is known.
    const isOwn = said !== undefined || managedExpression(expression) !== undefined;
    return isOwn
      ? { certificateName: name, certificateNameExpression: expression, targetAuthority }
      : { targetAuthority };
  }

  private connection(hostname = this.hostname) {
    const { engine, tls } = this.resolved.tls;
    return {
      engine,
      hostname,
      port: this.port,
      tls: tls?._termination ? ('terminate' as const) : ('passthrough' as const),
      // Where TLS ends at the listener, no client sees the database's own certificate.
      ...(tls?._termination ? {} : this.databaseCertificate()),
      terraform: textFunctions(this),
    };
  }
}
