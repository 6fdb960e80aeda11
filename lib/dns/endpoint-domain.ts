import type { TerraformProvider } from 'cdktf';

/** The name that clients connect to. */
export interface EndpointDomain {
  /**
   * A DNS name such as `orders.db.example.com`; may be a token. Without a zone, its record is yours: point it at
   * `loadBalancer.resource.dnsName`, as a CNAME or an alias.
   */
  readonly name: string;

  /**
   * Id of the public hosted zone in which the endpoint makes alias records for the name (A, and AAAA with `dualStack`),
   * and the validation records of a certificate that ACM issues. May be a token. A name outside the zone is refused:
   * at synthesis where `zoneName` is there too, otherwise by Terraform, which looks the zone up.
   *
   * @default - found by `zoneName`; without both, no public records
   */
  readonly zoneId?: string;

  /**
   * Name of the public hosted zone, such as `db.example.com`. Without `zoneId` the zone is looked up by it when
   * Terraform plans; with `zoneId` it serves to check the name of the endpoint, and nothing is looked up. Both must then
   * be of one zone, this is not validated: in a zone of another name the record would carry that name as well.
   *
   * @default - the zone is named by its id, or there is none
   */
  readonly zoneName?: string;

  /**
   * Id of a private hosted zone in which the endpoint makes alias records as well, for clients in the VPCs of that zone
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
   * Whether the alias records take over the health of the load balancer. Records of your own that route between
   * endpoints (failover, weighted) and point at this name need it. The name itself is answered in any case: where no
   * record is healthy, Route 53 treats all as healthy.
   *
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
   * @default true
   */
  readonly evaluateTargetHealth?: boolean;

  /**
   * Provider for the records of the zones, the validation records of issued certificates included, where the zone belongs
   * to another account or needs another role.
   *
   * @default the provider of the endpoint
   */
  readonly provider?: TerraformProvider;
}
