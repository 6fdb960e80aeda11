/** How Elastic IP addresses are kept that the load balancer allocates. */
export interface ElasticIpsOptions {
  /**
   * Whether Terraform may release the addresses, which cannot be recovered. To remove the load balancer or a subnet of it,
   * first apply with `true`, then remove it.
   *
   * @default false, Terraform refuses any plan that releases one
   * @deciding
   */
  readonly allowRelease?: boolean;
}

/** An Elastic IP address that exists already, for one subnet of a load balancer. */
export interface SubnetElasticIp {
  /** One of the load balancer's `subnetIds`. May be a token. */
  readonly subnetId: string;

  /** Allocation id of the address, such as `eipalloc-0123456789abcdef0`. May be a token. */
  readonly allocationId: string;
}

/** A private IPv4 address for one subnet of a load balancer. */
export interface SubnetPrivateIp {
  /** One of the load balancer's `subnetIds`. May be a token. */
  readonly subnetId: string;

  /** A free address of the subnet, apart from the first four and the last one, which AWS reserves. May be a token. */
  readonly address: string;
}

/**
 * Where the addresses come from.
 *
 * @internal
 */
export type AddressAssignment =
  | { readonly kind: 'elasticIps'; readonly options?: ElasticIpsOptions }
  | { readonly kind: 'existing'; readonly entries: readonly SubnetElasticIp[] }
  | { readonly kind: 'privateIps'; readonly entries: readonly SubnetPrivateIp[] };

/**
 * IPv4 addresses of a load balancer that never change, one for each subnet: for firewalls that admit addresses and no
 * names.
 *
 * AWS takes them when a load balancer is made. Later on, subnets can be added with an address for each, and nothing else
 * can be changed without another load balancer.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#availability-zones
 */
export class EndpointAddresses {
  /**
   * An Elastic IP address for each subnet, allocated for the load balancer. An account has 5 in each Region, until AWS
   * raises that quota.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-eips
   * @param options whether the addresses may be released.
   */
  public static elasticIps(options?: ElasticIpsOptions): EndpointAddresses {
    return new EndpointAddresses({ kind: 'elasticIps', options });
  }

  /**
   * Elastic IP addresses that exist already and are not in use, one for each subnet.
   *
   * @param addresses the allocation for each subnet.
   */
  public static existing(addresses: SubnetElasticIp[]): EndpointAddresses {
    return new EndpointAddresses({ kind: 'existing', entries: addresses });
  }

  /**
   * Private addresses of an internal load balancer, one for each subnet.
   *
   * @param addresses the address in each subnet.
   */
  public static privateIps(addresses: SubnetPrivateIp[]): EndpointAddresses {
    return new EndpointAddresses({ kind: 'privateIps', entries: addresses });
  }

  /** @internal */
  public readonly _assignment: AddressAssignment;

  private constructor(assignment: AddressAssignment) {
    this._assignment = assignment;
  }
}
