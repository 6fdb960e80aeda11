/** How a login proves who it is. */
export class UserAuth {
  /** With a password, which the function generates, keeps in a secret and rotates. */
  public static password(): UserAuth {
    return new UserAuth('password');
  }

  /**
   * With a token that IAM signs for 15 minutes: there is no password and no secret. Only RDS and Aurora support it, where
   * IAM database authentication is enabled. Clients need `rds-db:connect`, and sign for the database's own name and port.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
   */
  public static iam(): UserAuth {
    return new UserAuth('iam');
  }

  /** @internal */
  public readonly _method: 'password' | 'iam';

  private constructor(method: UserAuth['_method']) {
    this._method = method;
  }
}
