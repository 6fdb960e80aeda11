import type { DatabaseIngress } from './database-ingress';

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
   * **Where the group is an `aws_security_group` with inline `ingress` or `egress` blocks, or has rules of the kind
   * `aws_security_group_rule`**, in any stack, the next apply over there deletes this rule, and the database is cut off.
   * Say `databaseIngress: DatabaseIngress.MANAGED_ELSEWHERE` then, and write the rule where the others are.
   *
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule
   * @default egress leads to the targets' addresses, and the database's own rules are left alone
   */
  readonly securityGroupId?: string;

  /**
   * Who makes the ingress rule of `securityGroupId`. Set it to `DatabaseIngress.MANAGED_ELSEWHERE` where the group's
   * rules belong to another stack; `endpoint.databaseIngress` and `addOutputs()` then say what that stack must admit.
   *
   * @default DatabaseIngress.CREATED
   * @deciding
   */
  readonly databaseIngress?: DatabaseIngress;

  /**
   * The DNS name in the certificate that the database itself presents, where it is not the name clients connect
   * to: a managed database's own endpoint name, for example. Clients on passthrough verify against it.
   *
   * @default the database's certificate carries the name that clients connect to
   */
  readonly certificateName?: string;
}
