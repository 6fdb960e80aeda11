import type { TerraformProvider } from 'cdktf';
import type { PrivateLinkAccess } from './private-link-access';

/** How a load balancer is shared over PrivateLink. */
export interface PrivateLinkProps {
  /**
   * Whether the allowlists of the endpoints hold for clients that come over PrivateLink. There is no default, because
   * either answer changes what an allowlist means: see `PrivateLinkAccess`.
   */
  readonly access: PrivateLinkAccess;

  /**
   * ARNs of the accounts, users and roles that may make an interface endpoint to the service, such as
   * `arn:aws:iam::123456789012:root` for everybody in an account; `*` is everybody, and must then be accepted one by one.
   * ARNs with a path do not work. May be tokens. Somebody who is removed cannot make another interface endpoint; the ones
   * that exist stay until they are rejected.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#add-remove-permissions
   */
  readonly principals: string[];

  /**
   * Whether somebody of your account has to accept each interface endpoint before anything can come by it.
   *
   * @default true
   * @deciding
   */
  readonly acceptanceRequired?: boolean;

  /**
   * Regions in which consumers may have their interface endpoints; the Region of the load balancer is always among them.
   * AWS then refuses a custom idle timeout on any listener, so every endpoint of the load balancer that passes TCP through
   * needs `idleTimeoutSeconds: 350`. An empty list takes the other Regions away again. Tokens work.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html#endpoint-service-cross-region
   * @default only the Region of the load balancer
   */
  readonly supportedRegions?: string[];

  /**
   * A name that consumers can resolve to their interface endpoints, such as `orders.db.example.com`: one for each service.
   * It is verified by a TXT record in a public zone, so `zoneId` or `zoneName` is needed. For more names, consumers have
   * records of their own: `DatabaseEndpointConsumer` makes them. The provider cannot take the name off a service again.
   * May be a token.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
   * @default consumers have the names that AWS makes, and records of their own
   */
  readonly privateDnsName?: string;

  /**
   * Id of the public hosted zone for the record that verifies `privateDnsName`. May be a token.
   *
   * @default - found by `zoneName`
   */
  readonly zoneId?: string;

  /**
   * Name of that zone. Without `zoneId` the zone is looked up by it when Terraform plans.
   *
   * @default - the zone is named by its id
   */
  readonly zoneName?: string;

  /**
   * Provider for the record that verifies the name, where the zone belongs to another account or needs another role.
   *
   * @default the provider of the load balancer
   */
  readonly zoneProvider?: TerraformProvider;

  /**
   * Tags of the endpoint service.
   *
   * @default only `Name`, the construct's path
   */
  readonly tags?: { [key: string]: string };

  /**
   * Names of warnings about sharing over PrivateLink that have been read and accepted.
   *
   * @default every warning is shown at each synthesis
   */
  readonly acknowledge?: string[];
}

/** What `addOutputs` of an endpoint service writes. */
export interface PrivateLinkOutputsOptions {
  /**
   * What the names of the outputs begin with: letters, digits, `_` and `-`, not beginning with a digit or `-`.
   *
   * @default the path of the service in its stack, with `_` between the ids
   */
  readonly prefix?: string;
}
