import type { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { SharedAllowlist } from '../allowlist/allowlist-input';
import { assertPlaced } from '../allowlist/allowlist-plan';
import type { AllowlistReview } from '../allowlist/allowlist-review';
import type { IngressSettings } from '../allowlist/security-groups';
import { attachCertificates, createCertificates, type ListenerCertificate } from '../certificate/certificates';
import { certificateKeys } from '../certificate/placed-certificates';
import { type ClientGuide, clientGuide } from '../clients/client-guide';
import { clientGuideMarkdown } from '../clients/client-guide-markdown';
import type { ClientGuideOptions } from '../clients/client-guide-options';
import { connectionUrl } from '../clients/connection-url';
import type { ConnectionUrlOptions } from '../clients/connection-url-options';
import type { UserStatements, UserStatementsOptions } from '../clients/user-statements/user-statements';
import { userStatements } from '../clients/user-statements/write-statements';
import { createAliasRecords, findZones } from '../dns/alias-records';
import { claimRecords, recordOwners } from '../dns/record-owners';
import { describeExposure, type Exposure } from '../exposure/exposure';
import { writeExposureAtSynthesis } from '../exposure/exposure-file';
import { elasticIpsIn } from '../load-balancer/elastic-ip-count';
import type { IEndpointLoadBalancer } from '../load-balancer/endpoint-load-balancer-interface';
import type { EndpointLoadBalancerProps } from '../load-balancer/endpoint-load-balancer-props';
import { guardEpoch } from '../load-balancer/epoch-guard';
import { createListener } from '../load-balancer/listener';
import { OwnLoadBalancer } from '../load-balancer/own-load-balancer';
import type { SharedLoadBalancer } from '../load-balancer/shared-load-balancer';
import type { EndpointShare } from '../load-balancer/sharing-rules';
import { EndpointMonitoring } from '../monitoring/endpoint-monitoring';
import type { EndpointMonitoringProps } from '../monitoring/monitoring-props';
import { EndpointError, type Problem } from '../rules/endpoint-error';
import { checkStruct, readable } from '../rules/type-check';
import { endConnections, followName, sharingProblems } from '../target-sync/follow';
import type { TargetSync } from '../target-sync/target-sync';
import { createDatabaseAccess, databaseIngressOf, fromEndpoints } from '../targets/database-access';
import { DatabaseIngress, type DatabaseIngressRule } from '../targets/database-ingress';
import { DatabaseRole } from '../targets/followed-target';
import { registerTargets } from '../targets/registration';
import { activeGroup, createTargetGroups } from '../targets/target-group';
import { placesOf, targetCount } from '../targets/target-share';
import { createOutputs } from '../terraform/outputs';
import { providerSuffix, useProvider } from '../terraform/provider';
import { shownPath } from '../terraform/shown-path';
import { tagsOf } from '../terraform/tags';
import { attributeOf } from '../tokens/expression';
import { expressionText, listText } from '../tokens/resolved-text';
import type { DatabaseBehindEndpoint, IDatabaseEndpoint, UserOfEndpoint } from '../users/database-endpoint-interface';
import type { DatabaseEndpointProps } from './database-endpoint-props';
import { EndpointAccess } from './endpoint-access';
import { connectionOf, databaseBehind, type EndpointConnection } from './endpoint-connection';
import { addressesOutput, type EndpointOutputsOptions } from './endpoint-outputs';
import type { EndpointProps } from './endpoint-props';
import { recordsOfEndpoint } from './endpoint-records';
import { endpointProblems, endpointWarnings } from './endpoint-rules';
import { endpointTypeProblems, userTypeProblems } from './endpoint-types';
import { Integration } from './integration';
import type { IntegrationProps } from './integration-props';
import { integrationProblems } from './integration-types';
import { type ResolvedEndpoint, resolveEndpoint } from './resolve-endpoint';
import { textFunctions } from './text-functions';

/** A load balancer that an endpoint shares, and what the endpoint takes over of it. */
interface SharedPlace {
  readonly loadBalancer: IEndpointLoadBalancer & Construct;
  readonly shared: SharedLoadBalancer;
  readonly inherited: EndpointLoadBalancerProps;
  /** What the load balancer requires of allowlists. */
  readonly allowlist: SharedAllowlist;
}

/** Where endpoints belong that have no load balancer of their own, and their properties as they were written. */
const PLACES = new WeakMap<DatabaseEndpointProps, SharedPlace & { readonly props: EndpointProps }>();

/**
 * A public or internal address for a database in a private subnet: a network load balancer with one listener, a target
 * group, and security groups that admit an allowlist and allow egress only to the database.
 *
 * Everything that is wrong with the properties is reported at once, when the endpoint is created.
 */
export class DatabaseEndpoint extends Construct implements IDatabaseEndpoint {
  /**
   * An endpoint on a load balancer that others share.
   *
   * @internal
   */
  public static _on(place: SharedPlace, id: string, props: EndpointProps, scope?: Construct): DatabaseEndpoint {
    const all = { ...place.inherited, ...readable(props) } as DatabaseEndpointProps;
    PLACES.set(all, { ...place, props });
    // The name of the class here would make a bundler rename it.
    return new this(scope ?? place.loadBalancer, id, all);
  }

  /** The load balancer, with the security groups that admit the allowlist. */
  public readonly loadBalancer: IEndpointLoadBalancer;
  /** The listener: TLS, or TCP on passthrough. */
  public readonly listener: LbListener;
  /**
   * The target group that new connections go to. A service that registers targets by itself needs its `arn`. With
   * `sessions`, each epoch has another one of `targetGroups`.
   */
  public readonly targetGroup: LbTargetGroup;
  /** All target groups of the endpoint: one, or three with `sessions`. */
  public readonly targetGroups: LbTargetGroup[];
  /** The function that keeps the target group in sync with the database's DNS name, if the target is a name. */
  public readonly targetSync?: TargetSync;

  private readonly resolved: ResolvedEndpoint;
  private readonly access: EndpointAccess;
  private readonly users: UserOfEndpoint[] = [];
  /** The certificates of the listener, if it terminates TLS. */
  private readonly certificates: readonly ListenerCertificate[];
  /** The load balancer, where others share it. */
  private readonly sharedLoadBalancer?: Construct;
  private monitoring?: EndpointMonitoring;
  /** Has the security groups admit an allowlist that has grown. */
  private readonly readmit: (review: AllowlistReview) => void;
  private outputPrefix?: string;

  /**
   * @param scope where the endpoint belongs.
   * @param id its name in that scope. The addresses of its resources derive from it.
   * @param props what it is made of.
   */
  public constructor(scope: Construct, id: string, props: DatabaseEndpointProps) {
    super(scope, id);
    const placed = PLACES.get(props);
    this.refuse(placed ? endpointTypeProblems(placed.props, 'EndpointProps') : endpointTypeProblems(props));
    useProvider(this, props.provider);
    this.resolved = resolveEndpoint(props, placed?.allowlist);
    const { loadBalancer, listener, targets, certificates, tags: ownTags } = this.resolved;
    const { domain } = props;
    const place = placed && { ...placed, share: this.share() };
    const { allowlist, acknowledge } = this.resolved;
    this.access = new EndpointAccess(this, allowlist, acknowledge, () => place?.shared.sharingOf(this, listener.port));
    const review = this.review(props, place);
    const tags = tagsOf(this, ownTags);
    let ingressRules: () => readonly TerraformResource[];

    if (place) {
      const { shared, share } = place;
      this.loadBalancer = place.loadBalancer;
      this.sharedLoadBalancer = place.loadBalancer;
      shared.add(this, { review, targets, share, tags });
      ingressRules = () => shared.ingressRules(this);
      this.readmit = (grown) => shared.readmit(this, { review: grown, share, tags });
    } else {
      const own = this.createOwnLoadBalancer(review, tags);
      this.loadBalancer = own;
      ingressRules = () => own.ingressRules;
      this.readmit = (grown) => own.readmit(this.ingressOf(grown));
    }
    this.access.requireIntegrations();
    const targetGroups = createTargetGroups(this, targets, tags);
    this.targetGroup = activeGroup(targetGroups);
    this.targetGroups = targetGroups.map(({ resource }) => resource);
    const followed = followName(this, targets, targetGroups, ownTags);
    this.targetSync = followed?.sync;
    const registrations = followed ? [followed.firstTargets] : registerTargets(this, targets, targetGroups);
    const zones = findZones(this, domain);
    const arns = createCertificates(this, certificates.certificates, domain?.name, zones.publicZone, tags);
    this.certificates = arns?.all ?? [];
    const { _attributes: attributes } = this.loadBalancer;
    const parts = {
      loadBalancerArn: attributes.arn,
      ...{ targetGroups, registrations, certificateArn: arns?.arn, tags },
      sessions: targets.sessions && { epoch: targets.sessions.epoch, ingressRules },
    };
    this.listener = createListener(this, listener, parts);
    if (targets.sessions) guardEpoch(this, this.listener, targets.sessions.epoch);
    if (followed) endConnections(this, followed, targetGroups, this.listener);
    if (arns) attachCertificates(this, this.listener, arns);
    createAliasRecords(this, domain, loadBalancer.dualStack, zones, attributes);
    writeExposureAtSynthesis(this, () => this.describe(domain?.name ?? attributes.dnsNameText));
  }

  /** The name that clients connect to. */
  public get hostname(): string {
    return this.resolved.tls.domainName ?? this.loadBalancer.dnsName;
  }

  /** The port that clients connect to. */
  public get port(): number {
    return this.resolved.listener.port;
  }

  /**
   * What the database's own security group must admit. The endpoint creates the rule if the target has a
   * `securityGroupId`, unless `databaseIngress` is `DatabaseIngress.MANAGED_ELSEWHERE`; otherwise you create it.
   */
  public get databaseIngress(): DatabaseIngressRule {
    return databaseIngressOf(this.resolved.targets, this.loadBalancer.securityGroupIds[0]);
  }

  /**
   * Who may reach the endpoint, as data. Synthesis also writes it to `exposure.json` next to the stack's JSON, and the
   * locations to `exposure-locations.json`.
   */
  public get exposure(): Exposure {
    return this.describe(this.hostname);
  }

  /**
   * Gives one outside tool, partner or team access: from where it may connect, in addition to everything else that the
   * endpoint admits, and a login of its own in the database. The exposure says which source and which login are whose.
   *
   * Throws an error with everything that is wrong with it, also where its sources do not fit the endpoint together with
   * those that are there.
   *
   * @param id what it is called among the integrations of this endpoint, such as `Looker`: up to 64 letters, digits, spaces,
   * `_`, `.` and `-`, beginning with a letter.
   * @param props what it gets.
   */
  public addIntegration(id: string, props: IntegrationProps): Integration {
    this.refuse(integrationProblems(this, id, props));
    this.readmit(this.access.add(id, props.allow));
    return Integration._of(this, id, props.user);
  }

  /**
   * Alarms about everything of the endpoint that keeps clients from connecting, now or after the next failover, and a row
   * in the dashboard of the stack. Each alarm links to what to do about it.
   *
   * What AWS counts for a load balancer only is watched here if the endpoint has one of its own; one that is shared has a
   * `monitor()` too.
   *
   * Throws an error with everything that is wrong with it, and when called again.
   *
   * @param props whom the alarms tell, and what of them is other than by default.
   */
  public monitor(props: EndpointMonitoringProps): EndpointMonitoring {
    const { loadBalancer, resolved, sharedLoadBalancer } = this;
    const { targets, tls, listener } = resolved;
    this.monitoring = EndpointMonitoring._monitor(
      {
        endpoint: this,
        engine: tls.engine.displayName,
        hostname: tls.domainName ?? loadBalancer._attributes.dnsName,
        port: listener.port,
        loadBalancer: loadBalancer._attributes,
        sharedLoadBalancer: sharedLoadBalancer?.node.path,
        targetGroup: this.targetGroup,
        targetSync: this.targetSync,
        followsReaders: targets.target._name?.role === DatabaseRole.READER,
        tls: { terminates: listener.protocol === 'TLS', reencrypts: targets.protocol === 'TLS' },
        certificates: this.certificates,
        users: this.users,
        tags: resolved.tags,
        before: this.monitoring,
      },
      props,
    );
    return this.monitoring;
  }

  /**
   * How clients connect and verify the server, as data for a README, an output or a web page. It never contains a
   * password. Names from the options are quoted for the syntax around them. For a `DatabaseUser` with IAM it says how to get
   * a token.
   *
   * Throws an error if a text cannot be quoted, such as one with a line break; for a token, the plan fails.
   *
   * @param options user, database, CA file and address; placeholders in capitals replace what is left out.
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
   * The engine's own statements for a user for one integration that can read only what is named. They contain no
   * password.
   *
   * Throws an error if the engine has no users, or if a name cannot be written into a statement safely.
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
   * Adds Terraform outputs: `<prefix>_hostname`, `<prefix>_port`, `<prefix>_url` if the engine has a URL format, and
   * one, `<prefix>_addresses` where the load balancer has addresses that never change, and `<prefix>_client_guide`, the
   * guide as Markdown. Where the database's security group is managed elsewhere,
   * `<prefix>_database_source_security_group_id` and `<prefix>_database_port` say what it must admit. None of them
   * contains a secret.
   *
   * Throws an error when called again. Synthesis fails if another output has one of the names.
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
      addresses: addressesOutput(this.loadBalancer),
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
   * The endpoint as a URL in the engine's format, with the parameters that make clients verify the certificate. It
   * never contains a password.
   *
   * Throws an error if the engine has no URL format, or if an option cannot be part of one.
   *
   * @param options user, database and further parameters.
   */
  public connectionUrl(options: ConnectionUrlOptions = {}): string {
    this.refuse(checkStruct(options, 'ConnectionUrlOptions', 'connectionUrl'));
    const url = connectionUrl({ ...this.connection(), ...options });
    if (typeof url !== 'string') throw new EndpointError(this.node.path, url);
    return url;
  }

  /** @internal */
  public _addUser(user: UserOfEndpoint): void {
    this.users.push(user);
    this.monitoring?._watch(user);
  }

  /**
   * What users of the database need to know of it.
   *
   * @internal
   */
  public get _database(): DatabaseBehindEndpoint {
    return databaseBehind(this, this.resolved, this.connection());
  }

  private guideFor(options: ClientGuideOptions, property: string): ClientGuide {
    const { idleTimeoutSeconds } = this.resolved.listener;
    const { ipAddresses: addresses } = this.loadBalancer;
    const signed = this.users.flatMap(({ signedFor: server }) => server ?? []);
    const signedFor = signed.find(({ userName }) => userName === options.user);
    const guide = clientGuide({ ...this.connection(), addresses, ...options, idleTimeoutSeconds, signedFor }, property);
    if (!('clients' in guide)) throw new EndpointError(this.node.path, guide);
    return guide;
  }

  private guidePage(guide: ClientGuide): string {
    return clientGuideMarkdown(guide, this.resolved.tls.engine.displayName, textFunctions(this));
  }

  private refuse(problems: readonly Problem[]): void {
    if (problems.length > 0) throw new EndpointError(this.node.path, problems);
  }

  private createOwnLoadBalancer(review: AllowlistReview, tags: { [key: string]: string }): OwnLoadBalancer {
    const { loadBalancer: settings, targets } = this.resolved;
    const loadBalancer = new OwnLoadBalancer(this, settings, this.ingressOf(review));
    const { quotas } = review.input;
    createDatabaseAccess(this, targets, {
      groupId: attributeOf(loadBalancer.securityGroups[0], 'id'),
      description: fromEndpoints([shownPath(this)]),
      tags,
      quotas,
    });
    return loadBalancer;
  }

  private ingressOf({ allowlist, admitted, input, plan, needsSchedules }: AllowlistReview): IngressSettings {
    const { maxBreadth: limits, quotas, dualStack, endsOnItsDay, ruleTags } = input;
    const { groups } = assertPlaced(plan);
    const { port } = this.resolved.listener;
    return {
      ...{ allowlist, admitted, limits, quotas, groups, dualStack, port },
      ...{ endsOnItsDay, needsSchedules, ruleTags },
    };
  }

  /** What the endpoint takes up of a load balancer that it shares. */
  private share(): EndpointShare {
    const { targets, listener, certificates, tls } = this.resolved;
    const keyOf = (text: string) => expressionText(this, text);
    return {
      ...{ endpoint: this.node.path, port: listener.port },
      ...{ engine: tls.engine.name, hostname: tls.domainName },
      // A TLS listener has none, whatever is written.
      idleTimeoutSeconds: listener.protocol === 'TCP' ? listener.idleTimeoutSeconds : undefined,
      targets: targetCount(targets),
      certificates: certificateKeys(certificates.certificates, this.node.path, keyOf),
      leadsTo: placesOf(targets, keyOf),
    };
  }

  /** Refuses what is wrong, warns about the rest, and claims the endpoint's records. */
  private review(
    props: DatabaseEndpointProps,
    place: { readonly shared: SharedLoadBalancer; readonly share: EndpointShare } | undefined,
  ): AllowlistReview {
    const { resolved, access } = this;
    const review = access.review();
    const accounts = {
      ofEndpoint: providerSuffix(props.provider),
      ofZones: providerSuffix(props.domain?.provider ?? props.provider),
    };
    const wanted = recordsOfEndpoint(resolved, review.keyOf, accounts);
    const problems = endpointProblems(resolved, review, { wanted, ownerOf: recordOwners(this) });
    if (place) problems.push(...place.shared.problemsOf(this, place.share));
    if (problems.length === 0) problems.push(...sharingProblems(this, resolved.targets));
    this.refuse(problems);
    access.warn(endpointWarnings(resolved, review, elasticIpsIn(this)));
    access.accept(review);
    claimRecords(this, wanted);
    return review;
  }

  private describe(hostname: string): Exposure {
    const { maxBreadth } = this.resolved.allowlist;
    const { allow, expired } = this.access;
    const { dualStack, internetFacing } = this.resolved.loadBalancer;
    return describeExposure({
      allow,
      maxBreadth,
      acknowledged: this.resolved.acknowledge,
      dualStack,
      internetFacing,
      expired,
      users: this.users.map(({ construct, described }) => ({
        ...described(),
        integration: construct.node.scopes.find((scope) => scope instanceof Integration)?.node.id,
      })),
      textOf: listText,
      endpoint: this.node.path,
      privateLink: this.loadBalancer._privateLink,
      server: this.connection(hostname),
      hostnameOutput: this.outputPrefix && `${this.outputPrefix}_hostname`,
    });
  }

  private connection(hostname = this.hostname): EndpointConnection {
    return connectionOf(this, this.resolved, hostname);
  }
}
