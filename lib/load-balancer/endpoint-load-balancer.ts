import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { createSecurityGroups, type IngressSettings } from '../allowlist/security-groups';
import { tagsOf } from '../terraform/tags';
import type { LoadBalancerSettings } from './load-balancer-settings';
import { createLoadBalancer } from './network-load-balancer';

/**
 * A network load balancer and its security groups. An endpoint makes one of its own.
 *
 * Its id below the endpoint is `Default`, which CDKTF leaves out of the addresses of resources.
 */
export class EndpointLoadBalancer extends Construct {
  /** @internal */
  public static _ofEndpoint(
    endpoint: Construct,
    settings: LoadBalancerSettings,
    ingress: IngressSettings,
  ): EndpointLoadBalancer {
    return new EndpointLoadBalancer(endpoint, 'Default', settings, ingress);
  }

  /** The load balancer itself. Its `dnsName` is what a record of your own must point to. */
  public readonly resource: Lb;
  /**
   * The security groups, in the order in which they are attached. The first one always exists, and is the one
   * that the database's own security group should admit.
   */
  public readonly securityGroups: SecurityGroup[];

  private constructor(scope: Construct, id: string, settings: LoadBalancerSettings, ingress: IngressSettings) {
    super(scope, id);
    const tags = tagsOf(this, settings.tags);
    this.securityGroups = createSecurityGroups(this, { ...ingress, vpcId: settings.vpcId, tags });
    this.resource = createLoadBalancer(this, settings, this.securityGroups, tags);
    this.node.defaultChild = this.resource;
  }
}
