import type { TerraformProvider } from 'cdktf';

/** The name that clients connect to. */
export interface EndpointDomain {
  /**
   * A DNS name such as `orders.db.example.com`; may be a token. Without a zone, create its record yourself: a CNAME or
   * an alias for `loadBalancer.resource.dnsName`.
   */
  readonly name: string;

  /**
   * Id of the public hosted zone in which the endpoint creates alias records for the name (A, and AAAA with
   * `dualStack`), and the validation records of a certificate that ACM issues. May be a token. A name outside the zone
   * is refused: at synthesis if `zoneName` is set too, otherwise by Terraform, which looks up the zone.
   *
   * @default - found by `zoneName`; without both, no public records
   */
  readonly zoneId?: string;

  /**
   * Name of the public hosted zone, such as `db.example.com`. Without `zoneId`, Terraform looks up the zone by it at
   * plan time; with `zoneId`, it is only used to check the endpoint's name, and nothing is looked up. Both must then
   * mean the same zone, which is not validated: in a zone with another name, that name would be appended to the record.
   *
   * @default - the zone is given by its id, or there is none
   */
  readonly zoneName?: string;

  /**
   * Id of a private hosted zone in which the endpoint also creates alias records, for clients in the VPCs of that zone
   * (split horizon). May be a token.
   *
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
   * @default - found by `privateZoneName`; without both, no private records
   */
  readonly privateZoneId?: string;

  /**
   * Name of the private hosted zone, as `zoneName` is for the public one.
   *
   * @default - the private zone is named by its id, or there is none
   */
  readonly privateZoneName?: string;

  /**
   * Whether the alias records evaluate the health of the load balancer. Your own records that route between endpoints
   * (failover, weighted) and point at this name need it. The name itself always resolves: if no record is healthy,
   * Route 53 treats all as healthy.
   *
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
   * @default true
   */
  readonly evaluateTargetHealth?: boolean;

  /**
   * Provider for the records in the zones, including the validation records of issued certificates, if the zone belongs
   * to another account or needs another role.
   *
   * @default the provider of the endpoint
   */
  readonly provider?: TerraformProvider;
}
