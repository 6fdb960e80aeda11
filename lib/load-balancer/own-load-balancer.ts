import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { ExpiringRules } from '../allowlist/rule-ends';
import {
  createSecurityGroups,
  type IngressSettings,
  ingressRulesIn,
  recreateRules,
} from '../allowlist/security-groups';
import { createExpirySchedules } from '../expiry/expiry-schedules';
import { LoadBalancerLogs } from '../logs/load-balancer-logs';
import { tagsOf } from '../terraform/tags';
import { attributeOf } from '../tokens/expression';
import type { IEndpointLoadBalancer } from './endpoint-load-balancer-interface';
import { FixedAddresses } from './fixed-addresses';
import { attributesOf, type LoadBalancerAttributes } from './load-balancer-attributes';
import type { LoadBalancerSettings } from './load-balancer-settings';
import { createLoadBalancer } from './network-load-balancer';

/**
 * The load balancer that an endpoint has to itself, and its security groups.
 *
 * Its id below the endpoint is `Default`, which CDKTF leaves out of the addresses of resources.
 *
 * @internal
 */
export class OwnLoadBalancer extends Construct implements IEndpointLoadBalancer {
  public readonly resource: Lb;
  public readonly accessLogBucket?: S3Bucket;
  public readonly flowLogGroup?: CloudwatchLogGroup;
  private readonly addresses?: FixedAddresses;
  private groups: SecurityGroup[] = [];
  /** Rules that end on a day. */
  private readonly expiring = new Map<string, ExpiringRules>();
  private deadLetters?: SqsQueue;

  public constructor(
    endpoint: Construct,
    private readonly settings: LoadBalancerSettings,
    ingress: IngressSettings,
  ) {
    super(endpoint, 'Default');
    const tags = tagsOf(this, settings.tags);
    this.admit(createSecurityGroups, ingress);
    if (settings.addresses) this.addresses = new FixedAddresses(this, settings, settings.addresses, tags);
    const logs = new LoadBalancerLogs(this, settings, tags);
    this.resource = createLoadBalancer(this, settings, this.groupIds(), tags, this.addresses, logs.accessLogs);
    logs.logFlows(this.resource, () => [ingress.port]);
    this.accessLogBucket = logs.bucket;
    this.flowLogGroup = logs.flowLogGroup;
    this.node.defaultChild = this.resource;
  }

  /** Admits an allowlist that has grown. */
  public readmit(ingress: IngressSettings): void {
    this.expiring.clear();
    this.admit(recreateRules, ingress);
    this.resource.securityGroups = this.groupIds();
  }

  /** The rules that admit the allowlist, as it is by then. */
  public get ingressRules(): TerraformResource[] {
    return ingressRulesIn(this);
  }

  public get securityGroups(): SecurityGroup[] {
    return [...this.groups];
  }

  public get dnsName(): string {
    return this.resource.dnsName;
  }

  public get securityGroupIds(): string[] {
    return this.groups.map(({ id }) => id);
  }

  public get ipAddresses(): string[] {
    return this.addresses?.ipAddresses ?? [];
  }

  /** The queue of revocations that failed. */
  public get expiryDeadLetterQueue(): SqsQueue | undefined {
    return this.deadLetters;
  }

  private admit(make: typeof createSecurityGroups, ingress: IngressSettings): void {
    const { vpcId, expiry } = this.settings;
    const tags = tagsOf(this, this.settings.tags);
    const onExpiring = (id: string, rules: ExpiringRules) => this.expiring.set(id, rules);
    this.groups = make(this, { ...ingress, vpcId, tags, onExpiring });
    if (!ingress.needsSchedules) return;
    this.deadLetters ??= createExpirySchedules(this, {
      ...{ options: expiry._options, tags },
      expiring: () => this.expiring,
      groups: () => this.groups,
    });
  }

  private groupIds(): string[] {
    return this.groups.map((group) => attributeOf(group, 'id'));
  }

  /** @internal */
  public get _attributes(): LoadBalancerAttributes {
    return attributesOf(this.resource);
  }
}
