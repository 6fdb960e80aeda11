/** Who makes the rule by which the database's own security group admits the endpoint. */
export enum DatabaseIngress {
  /**
   * The endpoint does: one `aws_vpc_security_group_ingress_rule`. Right where the group's other rules are resources of
   * that kind too, or were made by hand.
   */
  CREATED = 'created',
  /**
   * Somebody else does: the stack that the group belongs to, as inline rules or as `aws_security_group_rule`.
   * `endpoint.databaseIngress` says what it must admit. Until it does, nothing reaches the database.
   */
  MANAGED_ELSEWHERE = 'managed-elsewhere',
}

/** What the database's own security group must admit: the endpoint, on the database's port. */
export interface DatabaseIngressRule {
  /**
   * The database's security group.
   *
   * @default the target does not name it
   */
  readonly securityGroupId?: string;

  /** Where the connections come from: the endpoint's first security group. A token. */
  readonly sourceSecurityGroupId: string;

  /** The IP protocol: `tcp`. */
  readonly ipProtocol: string;

  /** The database's port. */
  readonly port: number;

  /** Whether the endpoint makes this rule. Where it does not, somebody else must. */
  readonly isCreated: boolean;
}
