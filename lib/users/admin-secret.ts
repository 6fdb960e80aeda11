/** What the function must know of the admin's secret besides its ARN. */
export interface AdminSecretOptions {
  /**
   * ARN of the KMS key that encrypts the secret. The function's role may then decrypt this secret with it; the key's
   * policy must allow the account's IAM policies to do so, as it does by default.
   *
   * @default the AWS managed key `aws/secretsmanager`, which needs no permission
   */
  readonly kmsKeyArn?: string;
}

/**
 * The login that makes the user: a secret of Secrets Manager with the keys `username` and `password`. It is read by the
 * function at each use, and never by Terraform.
 */
export class AdminSecret {
  /**
   * A secret in JSON with the keys `username` and `password`.
   *
   * @param arn its whole ARN, with the six characters that Secrets Manager appends; may be a token.
   * @param options the key that encrypts it.
   */
  public static fromArn(arn: string, options: AdminSecretOptions = {}): AdminSecret {
    return new AdminSecret('arn', arn, options);
  }

  /**
   * The secret that RDS makes and rotates every seven days for `manage_master_user_password`.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
   * @param arn `master_user_secret[0].secret_arn` of the instance or cluster; may be a token.
   * @param options the key that encrypts it, if it is one of your own.
   */
  public static rdsManaged(arn: string, options: AdminSecretOptions = {}): AdminSecret {
    return new AdminSecret('rdsManaged', arn, options);
  }

  /** @internal */
  public readonly _kind: 'arn' | 'rdsManaged';
  /** @internal */
  public readonly _arn: string;
  /** @internal */
  public readonly _options: AdminSecretOptions;

  private constructor(kind: AdminSecret['_kind'], arn: string, options: AdminSecretOptions) {
    this._kind = kind;
    this._arn = arn;
    this._options = options;
  }
}
