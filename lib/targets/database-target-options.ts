import type { DatabaseIngress } from './database-ingress';

/** Options that every kind of target has. */
export interface DatabaseTargetOptions {
  /**
   * TCP port that the database listens on.
   *
   * @default the engine's TLS port if TLS reaches the database (passthrough or re-encryption), its plain port otherwise
   */
  readonly port?: number;

  /**
   * Security group of the database. The endpoint's egress is then allowed only to this group, and the group gets one
   * ingress rule: the database's port, from the endpoint. May be a token.
   *
   * **If the group is an `aws_security_group` with inline `ingress` or `egress` blocks, or has
   * `aws_security_group_rule` resources**, in any stack, the next apply there deletes this rule and cuts the database
   * off. In that case set `databaseIngress: DatabaseIngress.MANAGED_ELSEWHERE` and write the rule next to the others.
   *
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule
   * @default egress is allowed to the targets' addresses, and the database's own rules are not changed
   */
  readonly securityGroupId?: string;

  /**
   * Who creates the ingress rule in `securityGroupId`. Set it to `DatabaseIngress.MANAGED_ELSEWHERE` if the group's
   * rules belong to another stack; `endpoint.databaseIngress` and `addOutputs()` then say what that stack must admit.
   *
   * @default DatabaseIngress.CREATED
   * @deciding
   */
  readonly databaseIngress?: DatabaseIngress;

  /**
   * The DNS name in the database's own certificate, if it is not the name that clients connect to: for example a
   * managed database's endpoint name. Clients on passthrough verify against it.
   *
   * @default the database's certificate covers the name that clients connect to
   */
  readonly certificateName?: string;
}
