import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { SharedAllowlist } from '../allowlist/allowlist-input';
import { requirementsInCode } from '../allowlist/requirements';
import { claimRecords, recordOwners } from '../dns/record-owners';
import { RECORD_RULES } from '../dns/record-rules';
import type { ExposedPrivateLink } from '../exposure/exposure';
import { ADDING_RULES, type AddingInput } from '../load-balancer/adding-rules';
import { ADDRESS_RULES, ADDRESS_WARNINGS } from '../load-balancer/address-rules';
import { elasticIpsIn } from '../load-balancer/elastic-ip-count';
import type { IEndpointLoadBalancer } from '../load-balancer/endpoint-load-balancer-interface';
import type { EndpointLoadBalancerProps } from '../load-balancer/endpoint-load-balancer-props';
import { FixedAddresses } from '../load-balancer/fixed-addresses';
import type { EndpointLoadBalancerAttributes } from '../load-balancer/imported-load-balancer-attributes';
import { attributesFrom, attributesOf, type LoadBalancerAttributes } from '../load-balancer/load-balancer-attributes';
import type { LoadBalancerSettings } from '../load-balancer/load-balancer-settings';
import { createLoadBalancer } from '../load-balancer/network-load-balancer';
import type { PrivateLinkProps } from '../load-balancer/private-link-props';
import {
  type LinkedEndpoint,
  PRIVATE_LINK_RULES,
  PRIVATE_LINK_WARNINGS,
  type PrivateLinkInput,
} from '../load-balancer/private-link-rules';
import { PrivateLinkService } from '../load-balancer/private-link-service';
import { certificateQuota, resolveLoadBalancer } from '../load-balancer/resolve-load-balancer';
import { SharedLoadBalancer } from '../load-balancer/shared-load-balancer';
import type { SharedLoadBalancerProps } from '../load-balancer/shared-load-balancer-props';
import {
  LOAD_BALANCER_NOT_MADE,
  SHARED_LOAD_BALANCER_RULES,
  SHARED_LOAD_BALANCER_WARNINGS,
} from '../load-balancer/shared-load-balancer-rules';
import type { AccessLogs } from '../logs/access-logs';
import { LoadBalancerLogs } from '../logs/load-balancer-logs';
import { ACCESS_LOG_RULE, LOG_RULES } from '../logs/log-rules';
import { LoadBalancerMonitoring } from '../monitoring/load-balancer-monitoring';
import type { LoadBalancerMonitoringProps } from '../monitoring/monitoring-props';
import { resolveQuotas } from '../placement/rule-quotas';
import { describeProblem, EndpointError, type Problem } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import { checkStruct, readable } from '../rules/type-check';
import { createOutputs } from '../terraform/outputs';
import { providerSuffix, useProvider } from '../terraform/provider';
import { shownPath } from '../terraform/shown-path';
import { tagsOf } from '../terraform/tags';
import { warn } from '../terraform/warnings';
import { expressionText } from '../tokens/resolved-text';
import { isUnresolved, itemsOf } from '../tokens/unresolved';
import { DatabaseEndpoint } from './database-endpoint';
import { addressesOutput, type LoadBalancerOutputsOptions } from './endpoint-outputs';
import type { EndpointProps } from './endpoint-props';
import { loadBalancerNameOf } from './endpoint-records';
import {
  importedLoadBalancerTypeProblems,
  privateLinkTypeProblems,
  sharedLoadBalancerTypeProblems,
} from './endpoint-types';

/** The attributes of load balancers that exist already, by the properties that stand for them. */
const IMPORTED = new WeakMap<SharedLoadBalancerProps, EndpointLoadBalancerAttributes>();

/**
 * A network load balancer that endpoints share, each with a port and an allowlist of its own.
 *
 * Its security groups hold the rules of all endpoints: at the default quotas, 300 of each family together. Larger quotas,
 * a second load balancer and, for neighbouring ports with the same clients, `mergePorts` make room; prefix lists do not,
 * since EC2 counts their maximum number of entries.
 */
export class EndpointLoadBalancer extends Construct implements IEndpointLoadBalancer {
  /**
   * A network load balancer that exists already. Listeners, target groups and rules in its security groups are made for
   * it, and nothing about the load balancer itself is changed or checked.
   *
   * @param scope where the endpoints belong.
   * @param id its name in that scope.
   * @param attributes what endpoints need to know of it.
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: EndpointLoadBalancerAttributes,
  ): EndpointLoadBalancer {
    const props = readable(attributes) as EndpointLoadBalancerAttributes;
    IMPORTED.set(props, props);
    return importedLoadBalancer(scope, id, props);
  }

  /** The bucket that `AccessLogs.toNewBucket` made. */
  public readonly accessLogBucket?: S3Bucket;
  /** The log group that `FlowLogs.toNewLogGroup` made. */
  public readonly flowLogGroup?: CloudwatchLogGroup;

  private readonly shared: SharedLoadBalancer;
  private readonly made?: Lb;
  private readonly addresses?: FixedAddresses;
  private readonly imported?: EndpointLoadBalancerAttributes;
  /** What endpoints take over of it. */
  private readonly inherited: EndpointLoadBalancerProps;
  private readonly allowlist: SharedAllowlist;
  private readonly settings: LoadBalancerSettings;
  private privateLink?: PrivateLinkService;
  private monitoring?: LoadBalancerMonitoring;

  /**
   * @param scope where the load balancer belongs.
   * @param id its name in that scope. The addresses of its resources derive from it.
   * @param props what it is made of.
   */
  public constructor(scope: Construct, id: string, props: SharedLoadBalancerProps) {
    super(scope, id);
    this.imported = IMPORTED.get(props);
    const { imported } = this;
    this.refuse(imported ? importedLoadBalancerTypeProblems(imported) : sharedLoadBalancerTypeProblems(props));
    useProvider(this, props.provider);
    const settings = resolveLoadBalancer(props, props.tags);
    this.settings = settings;
    const written = resolveQuotas(props.quotas);
    const attached = imported && itemsOf(imported.securityGroupIds).length;
    // No group can be added to those that are attached, whatever the quota; that there is none is a mistake of its own.
    const quotas = attached ? { ...written, securityGroupsPerInterface: attached } : written;
    const securityGroupCount = props.securityGroupCount ?? quotas.securityGroupsPerInterface;
    const { acknowledge = [] } = props;
    const { require, ruleTags = true } = props.allowlist ?? {};
    this.allowlist = {
      requirements: requirementsInCode(require, shownPath(this)),
      ruleTags,
      tagged: { property: `tags of ${shownPath(this)}`, tags: props.tags ?? {} },
    };
    const input = { settings, quotas: written, securityGroupCount, acknowledge, imported, require };
    const textOf = (text: string) => expressionText(this, text);
    const addressing = { ...settings, textOf, otherElasticIps: elasticIpsIn(this) };
    this.refuse([
      ...applyRules(SHARED_LOAD_BALANCER_RULES, input),
      ...applyRules(ADDRESS_RULES, addressing),
      ...applyRules(LOG_RULES, settings),
      ...this.claimName(props),
    ]);
    const unacknowledged = SHARED_LOAD_BALANCER_WARNINGS.filter(({ name }) => !input.acknowledge.includes(name));
    const aboutAddresses = ADDRESS_WARNINGS.filter(({ name }) => !input.acknowledge.includes(name));
    const warnings = [...applyRules(unacknowledged, input), ...applyRules(aboutAddresses, addressing)];
    warn(this, warnings.map(describeProblem));

    this.inherited = { ...inheritedFrom(props), quotas: { ...props.quotas, ...quotas } };
    const { vpcId, dualStack, crossZone } = settings;
    const families = dualStack ? ([4, 6] as const) : ([4] as const);
    const tags = tagsOf(this, props.tags);
    this.shared = new SharedLoadBalancer(this, {
      ...{ vpcId, dualStack, crossZone, tags, expiry: settings.expiry, existingGroups: imported?.securityGroupIds },
      certificatesPerLoadBalancer: certificateQuota(props),
      options: {
        ...{ quotas, securityGroupCount },
        mergePorts: props.mergePorts ?? false,
        pathMtu: props.pathMtuDiscovery ? families : [],
      },
    });
    if (imported) return;
    const { addresses } = props;
    if (addresses) this.addresses = new FixedAddresses(this, settings, addresses, tags);
    const logs = new LoadBalancerLogs(this, settings, tags);
    const { shared } = this;
    this.made = createLoadBalancer(this, settings, shared.groups.ids, tags, this.addresses, logs.accessLogs);
    logs.logFlows(this.made, () => shared.ports);
    this.accessLogBucket = logs.bucket;
    this.flowLogGroup = logs.flowLogGroup;
    if (settings.accessLogs) this.expectTls(settings.accessLogs);
    this.node.defaultChild = this.made;
  }

  /** Its DNS name, to which records of your own must point. */
  public get dnsName(): string {
    return this.imported?.dnsName ?? this.resource.dnsName;
  }

  /**
   * The ids of its security groups so far, in the order in which they are attached. The first one always exists, and is
   * the one that the database's own security group should admit.
   */
  public get securityGroupIds(): string[] {
    return this.imported ? [...this.imported.securityGroupIds] : this.securityGroups.map(({ id }) => id);
  }

  /**
   * Its IPv4 addresses in the order of `subnetIds`, where `addresses` gives it some that never change; none where AWS
   * assigns them. Who writes subnets in the order of their zones has the addresses in that order.
   */
  public get ipAddresses(): string[] {
    return this.addresses?.ipAddresses ?? [];
  }

  /**
   * The load balancer itself.
   *
   * Throws an error where it comes from `fromAttributes`.
   */
  public get resource(): Lb {
    if (this.made) return this.made;
    throw new EndpointError(this.node.path, [
      {
        rule: LOAD_BALANCER_NOT_MADE.name,
        property: 'resource',
        reason: 'does not exist: the load balancer comes from fromAttributes',
        remedy: 'Use dnsName and securityGroupIds, or what was passed to fromAttributes.',
      },
    ]);
  }

  /** The queue of revocations that failed, if any endpoint so far has an entry that expires. */
  public get expiryDeadLetterQueue(): SqsQueue | undefined {
    return this.shared.expiryDeadLetterQueue;
  }

  /** The security groups themselves so far; none where the load balancer comes from `fromAttributes`. */
  public get securityGroups(): SecurityGroup[] {
    return this.shared.groups.groups;
  }

  /**
   * Writes Terraform outputs: `<prefix>_hostname`, and `<prefix>_addresses` where the load balancer has addresses that
   * never change, in the order of `subnetIds`.
   *
   * Throws an error when called again. Synthesis fails where another output has one of the names.
   *
   * @param options what the names begin with.
   */
  public addOutputs(options: LoadBalancerOutputsOptions = {}): void {
    this.refuse(checkStruct(options, 'LoadBalancerOutputsOptions', 'addOutputs()'));
    createOutputs(this, options.prefix, {
      hostname: { value: this.dnsName, description: 'Host of the load balancer' },
      addresses: addressesOutput(this),
    });
  }

  /**
   * Adds an endpoint: a listener on a port of its own, a target group, and its rules in the security groups of the load
   * balancer.
   *
   * Throws an error with everything that is wrong with it, also where it does not fit the load balancer together with the
   * endpoints that are there.
   *
   * @param id its name in its scope. The addresses of its resources derive from it.
   * @param props what the endpoint is made of.
   * @param scope where it belongs, in the stack of the load balancer; the load balancer itself if left out.
   */
  public addEndpoint(id: string, props: EndpointProps, scope?: Construct): DatabaseEndpoint {
    this.refuse(applyRules(ADDING_RULES, this.adding(id, scope ?? this)));
    return DatabaseEndpoint._on(
      { loadBalancer: this, shared: this.shared, inherited: this.inherited, allowlist: this.allowlist },
      id,
      props,
      scope,
    );
  }

  /**
   * Shares the load balancer over PrivateLink: consumers in other VPCs, accounts and Regions reach all of its endpoints by
   * an interface endpoint of their own, which `DatabaseEndpointConsumer` makes.
   *
   * `access` changes what allowlists mean. With `PrivateLinkAccess.allowlist()`, they hold for clients of PrivateLink by
   * the private addresses that these have in the consumer's network. With `PrivateLinkAccess.principals()`, they hold for
   * everybody else only.
   *
   * As long as it is shared, AWS does not delete the load balancer and does not take a subnet from it: see
   * docs/private-link.md.
   *
   * Throws an error with everything that is wrong with it.
   *
   * @param props with whom it is shared, and what their clients have to pass.
   */
  public shareOverPrivateLink(props: PrivateLinkProps): PrivateLinkService {
    this.refuse(privateLinkTypeProblems(props));
    const input = this.privateLinkInput(props, this.shared.linkedEndpoints);
    this.refuse(applyRules(PRIVATE_LINK_RULES, input).map(ofSharing));
    const { resource, shared } = this;
    const { dualStack } = this.settings;
    const endpoints = () => shared.linkedEndpoints;
    const service = PrivateLinkService._share(this, 'PrivateLink', { resource, dualStack, endpoints, props });
    this.privateLink = service;
    const warnOf = (about: PrivateLinkInput) => {
      const found = applyRules(PRIVATE_LINK_WARNINGS, about).map(ofSharing);
      warn(service, found.filter(({ rule }) => !about.acknowledge.includes(rule)).map(describeProblem));
    };
    warnOf(input);
    shared.shareOverPrivateLink({
      path: service.node.path,
      supportedRegions: props.supportedRegions,
      onAdded: (endpoint) => {
        const { loadBalancer, ...about } = this.privateLinkInput(props, [endpoint]);
        // What is to be said of the load balancer was said when it was shared.
        warnOf({ ...about, loadBalancer: { ...loadBalancer, deletionProtection: true } });
      },
    });
    return service;
  }

  /**
   * Alarms about what AWS counts for the load balancer as a whole, whichever of its endpoints it is about, and a row in the
   * dashboard of the stack. Each alarm links to what to do about it.
   *
   * Throws an error with everything that is wrong with it, and when called again.
   *
   * @param props whom the alarms tell, and what of them is other than by default.
   */
  public monitor(props: LoadBalancerMonitoringProps): LoadBalancerMonitoring {
    const { _attributes: attributes, shared, settings, monitoring: before } = this;
    const monitored = { loadBalancer: this, attributes, shared, tags: settings.tags, before };
    this.monitoring = LoadBalancerMonitoring._monitor(monitored, props);
    return this.monitoring;
  }

  /** @internal */
  public get _privateLink(): ExposedPrivateLink | undefined {
    return this.privateLink?._exposed;
  }

  /** @internal */
  public get _attributes(): LoadBalancerAttributes {
    const { imported } = this;
    return imported ? attributesFrom(imported) : attributesOf(this.resource);
  }

  private privateLinkInput(props: PrivateLinkProps, endpoints: readonly LinkedEndpoint[]): PrivateLinkInput {
    const { access, principals, acceptanceRequired = true, acknowledge = [], zoneProvider, ...rest } = props;
    const { subnetIds, deletionProtection } = this.settings;
    return {
      ...{ ...rest, principals, acceptanceRequired, acknowledge, endpoints },
      enforcesAllowlist: access._enforcesAllowlist,
      loadBalancer: { isImported: this.imported !== undefined, subnetIds, deletionProtection },
      sharedBy: this.privateLink?.node.path,
    };
  }

  /** Endpoints are added later, so whether one of them terminates TLS is known at synthesis only. */
  private expectTls(accessLogs: AccessLogs): void {
    this.node.addValidation({
      validate: () =>
        applyRules([ACCESS_LOG_RULE], { accessLogs, protocols: this.shared.protocols }).map(
          (problem) => new EndpointError(this.node.path, [problem]).message,
        ),
    });
  }

  private adding(id: unknown, scope: Construct): AddingInput {
    const isConstruct = Construct.isConstruct(scope);
    const isInStack = isConstruct && scope.node.scopes.some((each) => TerraformStack.isStack(each));
    const isLiteral = typeof id === 'string' && id !== '' && !isUnresolved(id);
    const taken = isConstruct && isLiteral ? scope.node.tryFindChild(id)?.node.path : undefined;
    return { id, scope: { isConstruct, isInStack, taken }, stack: TerraformStack.of(this).node.path };
  }

  private refuse(problems: readonly Problem[]): void {
    if (problems.length > 0) throw new EndpointError(this.node.path, problems);
  }

  /** Names of load balancers are unique in account and Region. */
  private claimName({ loadBalancerName, provider }: SharedLoadBalancerProps): Problem[] {
    if (loadBalancerName === undefined) return [];
    const wanted = [
      loadBalancerNameOf(loadBalancerName, providerSuffix(provider), (text) => expressionText(this, text)),
    ];
    const problems = applyRules(RECORD_RULES, { wanted, ownerOf: recordOwners(this) });
    if (problems.length === 0) claimRecords(this, wanted);
    return problems;
  }
}

// The name of the class within the class would make a bundler rename it, as messages of CDKTF would show.
function importedLoadBalancer(
  scope: Construct,
  id: string,
  props: EndpointLoadBalancerAttributes,
): EndpointLoadBalancer {
  return new EndpointLoadBalancer(scope, id, props);
}

/** What endpoints take over. The name is the load balancer's own, and so are tags and what was accepted about it. */
function inheritedFrom(props: SharedLoadBalancerProps): EndpointLoadBalancerProps {
  const { vpcId, subnetIds, internetFacing, dualStack, allowSingleSubnet, crossZone, deletionProtection } = props;
  const { pathMtuDiscovery, expiry, provider } = props;
  return {
    ...{ vpcId, subnetIds, internetFacing, dualStack, allowSingleSubnet, crossZone, deletionProtection },
    ...{ pathMtuDiscovery, expiry, provider },
  };
}

/** Findings about sharing name the method, whose properties they are about. */
function ofSharing<Found extends Problem>(problem: Found): Found {
  const method = 'shareOverPrivateLink()';
  return { ...problem, property: problem.property === '' ? method : `${method}.${problem.property}` };
}
