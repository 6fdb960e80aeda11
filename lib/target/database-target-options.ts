/** What every kind of target may say of itself. */
export interface DatabaseTargetOptions {
  /**
   * TCP port that the database listens on.
   *
   * @default the engine's TLS port where TLS reaches the database (passthrough or re-encryption), its plain port otherwise
   */
  readonly port?: number;

  /**
   * Security group of the database. The endpoint's egress then leads to this group alone, and the group gets one
   * ingress rule: the database's port, from the endpoint. May be a token.
   *
   * @default egress leads to the targets' addresses, and the database's own rules are left alone
   */
  readonly securityGroupId?: string;

  /**
   * The DNS name in the certificate that the database itself presents, where it is not the name clients connect
   * to: a managed database's own endpoint name, for example. Clients on passthrough verify against it.
   *
   * @default the database's certificate carries the name that clients connect to
   */
  readonly certificateName?: string;
}
