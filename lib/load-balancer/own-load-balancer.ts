import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import {
  createSecurityGroups,
  type IngressSettings,
  ingressRulesIn,
  recreateRules,
} from '../allowlist/security-groups';
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
  private readonly addresses?: FixedAddresses;
  private groups: SecurityGroup[];

  public constructor(
    endpoint: Construct,
    private readonly settings: LoadBalancerSettings,
    ingress: IngressSettings,
  ) {
    super(endpoint, 'Default');
    const tags = tagsOf(this, settings.tags);
    this.groups = createSecurityGroups(this, { ...ingress, vpcId: settings.vpcId, tags });
    if (settings.addresses) this.addresses = new FixedAddresses(this, settings, settings.addresses, tags);
    this.resource = createLoadBalancer(this, settings, this.groupIds(), tags, this.addresses);
    this.node.defaultChild = this.resource;
  }

  /** Admits an allowlist that has grown. */
  public readmit(ingress: IngressSettings): void {
    const { vpcId, tags } = this.settings;
    this.groups = recreateRules(this, { ...ingress, vpcId, tags: tagsOf(this, tags) });
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

  private groupIds(): string[] {
    return this.groups.map((group) => attributeOf(group, 'id'));
  }

  /** @internal */
  public get _attributes(): LoadBalancerAttributes {
    return attributesOf(this.resource);
  }
}
