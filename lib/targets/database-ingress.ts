/** Who creates the rule in the database's own security group that admits the endpoint. */
export enum DatabaseIngress {
  /**
   * The endpoint does: one `aws_vpc_security_group_ingress_rule`. Use it if the group's other rules are resources of
   * that type too, or were created by hand.
   */
  CREATED = 'created',
  /**
   * Somebody else does: the stack that the group belongs to, as inline rules or as `aws_security_group_rule`.
   * `endpoint.databaseIngress` says what it must admit. Until it does, nothing can connect to the database.
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

  /** Whether the endpoint creates this rule. If it does not, somebody else must. */
  readonly isCreated: boolean;
}
