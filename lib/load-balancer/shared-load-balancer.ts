import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { type TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { AllowlistReview } from '../allowlist/allowlist-review';
import { admitsPrivateAddresses } from '../allowlist/private-sources';
import { ingressRulesIn } from '../allowlist/security-groups';
import type { SharedPlanOptions, Sharing } from '../allowlist/shared-plan';
import { SharedSecurityGroups } from '../allowlist/shared-security-groups';
import type { ExpiryEnforcement } from '../expiry/expiry-enforcement';
import { createExpirySchedules } from '../expiry/expiry-schedules';
import type { Problem } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import { SharedDatabaseAccess } from '../targets/shared-database-access';
import type { TargetGroupSettings } from '../targets/target-settings';
import { LINKED_ENDPOINT_RULES, type LinkedEndpoint } from './private-link-rules';
import { type EndpointShare, SHARING_RULES } from './sharing-rules';

/** What endpoints share of a load balancer. */
export interface SharedLoadBalancerSettings {
  readonly vpcId: string;
  readonly dualStack: boolean;
  readonly crossZone: boolean;
  readonly certificatesPerLoadBalancer: number;
  readonly options: SharedPlanOptions;
  readonly expiry: ExpiryEnforcement;
  readonly tags: { [key: string]: string };
  /** The ids of security groups that exist already, in place of those that are made here. */
  readonly existingGroups?: readonly string[];
}

/** An endpoint that nothing is wrong with, as its load balancer sees it. */
export interface AddedEndpoint {
  readonly review: AllowlistReview;
  readonly targets: TargetGroupSettings;
  readonly share: EndpointShare;
  readonly tags: { [key: string]: string };
}

/** An endpoint service, as endpoints that are added later have to know it. */
export interface PrivateLinkShare {
  readonly path: string;
  readonly supportedRegions?: readonly string[];
  /** Told of each endpoint that is added. */
  readonly onAdded: (endpoint: LinkedEndpoint) => void;
}

/** What an endpoint has the load balancer do about TLS. */
export interface TlsOnLoadBalancer {
  readonly terminates: boolean;
  /** Whether it opens TLS to the database again. */
  readonly reencrypts: boolean;
}

/** The part of a load balancer that all of its endpoints decide together: who may come in, and where they lead. */
export class SharedLoadBalancer {
  public readonly groups: SharedSecurityGroups;
  private readonly access: SharedDatabaseAccess;
  private readonly shares: EndpointShare[] = [];
  private readonly linked: LinkedEndpoint[] = [];
  private readonly tls: TlsOnLoadBalancer[] = [];
  private toldOfTls?: (tls: TlsOnLoadBalancer) => void;
  private privateLink?: PrivateLinkShare;
  private deadLetters?: SqsQueue;

  public constructor(
    private readonly scope: Construct,
    private readonly settings: SharedLoadBalancerSettings,
  ) {
    const { vpcId, tags, dualStack, options, existingGroups: existing } = settings;
    this.groups = new SharedSecurityGroups(scope, { vpcId, tags, dualStack, options, existing });
    this.access = new SharedDatabaseAccess(scope, this.groups.firstId, tags);
  }

  /** What an endpoint that is to be added shares with those that are there. */
  public sharingOf(endpoint: Construct, port: number): Sharing {
    const { options, existingGroups } = this.settings;
    const { path } = endpoint.node;
    return {
      ...{ loadBalancer: this.scope.node.path, endpoint: path, port, options },
      others: this.groups.parts.filter((part) => part.endpoint !== path),
      hasExistingGroups: existingGroups !== undefined,
    };
  }

  /** The ports of the endpoints so far. */
  public get ports(): readonly number[] {
    return this.shares.map(({ port }) => port);
  }

  /** Whether TLS of an endpoint so far ends at the load balancer. */
  public get protocols(): readonly ('TCP' | 'TLS')[] {
    return this.shares.map(({ idleTimeoutSeconds }) => (idleTimeoutSeconds === undefined ? 'TLS' : 'TCP'));
  }

  /** The endpoints so far, as clients of PrivateLink find them. */
  public get linkedEndpoints(): readonly LinkedEndpoint[] {
    return this.linked;
  }

  /** Has endpoints that are added from now on be judged as endpoints of a service as well. */
  public shareOverPrivateLink(share: PrivateLinkShare): void {
    this.privateLink = share;
  }

  /** Tells of the TLS of each endpoint, those that are there first. */
  public tellOfTls(told: (tls: TlsOnLoadBalancer) => void): void {
    this.toldOfTls = told;
    this.tls.forEach(told);
  }

  /** What keeps an endpoint from being added, apart from its allowlist. */
  public problemsOf(endpoint: Construct, share: EndpointShare): Problem[] {
    return [...this.sharingProblems(endpoint, share), ...this.privateLinkProblems(share)];
  }

  /** Admits the clients of one more endpoint, and leads to its database. */
  public add(endpoint: Construct, { review, targets, share, tags }: AddedEndpoint): void {
    this.shares.push(share);
    const linked = linkedEndpoint(share, admitsPrivateAddresses(review.allowlist));
    this.linked.push(linked);
    this.privateLink?.onAdded(linked);
    const tls = { terminates: share.certificates.length > 0, reencrypts: targets.protocol === 'TLS' };
    this.tls.push(tls);
    this.toldOfTls?.(tls);
    this.admit(endpoint, review, tags);
    this.access.lead(endpoint, targets, this.settings.options.quotas);
  }

  /** Admits the clients of an endpoint that is there, whose allowlist has grown. */
  public readmit(endpoint: Construct, { review, share, tags }: Omit<AddedEndpoint, 'targets'>): void {
    const linked = linkedEndpoint(share, admitsPrivateAddresses(review.allowlist));
    this.linked[this.linked.findIndex(({ port }) => port === share.port)] = linked;
    this.admit(endpoint, review, tags);
  }

  /** The queue of revocations that failed, if any endpoint so far has an entry that expires. */
  public get expiryDeadLetterQueue(): SqsQueue | undefined {
    return this.deadLetters;
  }

  private admit(endpoint: Construct, review: AllowlistReview, endpointTags: { [key: string]: string }): void {
    const { groups, settings } = this;
    groups.admit(endpoint, review, endpointTags);
    if (!review.needsSchedules) return;
    const { expiry, tags, existingGroups } = settings;
    this.deadLetters ??= createExpirySchedules(this.scope, {
      ...{ options: expiry._options, tags },
      expiring: () => groups.expiring,
      groups: () => existingGroups ?? groups.groups,
    });
  }

  /** The rules that admit anybody to the load balancer, once every endpoint is there. */
  public ingressRules(endpoint: Construct): TerraformResource[] {
    return [...this.groups.rules, ...ingressRulesIn(endpoint)];
  }

  private privateLinkProblems(share: EndpointShare): Problem[] {
    if (this.privateLink === undefined) return [];
    const { path: service, supportedRegions } = this.privateLink;
    return applyRules(LINKED_ENDPOINT_RULES, { endpoint: linkedEndpoint(share, true), service, supportedRegions });
  }

  private sharingProblems(endpoint: Construct, share: EndpointShare): Problem[] {
    const { crossZone, certificatesPerLoadBalancer, options } = this.settings;
    return applyRules(SHARING_RULES, {
      ...{ share, certificatesPerLoadBalancer, crossZone },
      loadBalancer: this.scope.node.path,
      others: this.shares,
      stacks: { ofEndpoint: stackOf(endpoint), ofLoadBalancer: stackOf(this.scope) },
      rulesPerSecurityGroup: options.quotas.rulesPerSecurityGroup,
    });
  }
}

function linkedEndpoint(share: EndpointShare, admitsPrivate: boolean): LinkedEndpoint {
  const { endpoint, port, engine = '', hostname, idleTimeoutSeconds } = share;
  return { endpoint, port, engine, hostname, idleTimeoutSeconds, admitsPrivateAddresses: admitsPrivate };
}

function stackOf(construct: Construct): string {
  return TerraformStack.of(construct).node.path;
}
