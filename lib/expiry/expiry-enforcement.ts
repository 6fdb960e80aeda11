/** What the schedules that end access belong to. */
export interface ExpirySchedulesOptions {
  /**
   * ARN of the managed policy that limits what the schedules' role may do at most: for accounts in which every role
   * must have one. May be a token.
   *
   * @default the role has no permissions boundary
   */
  readonly permissionsBoundaryArn?: string;

  /**
   * ARN of the KMS key for the queue of revocations that failed. May be a token. The key's policy has to let the account
   * give access by IAM policies, as it does by default.
   *
   * @default encrypted with keys that SQS manages
   */
  readonly kmsKeyArn?: string;
}

/** When access ends of which an allowlist says a last day. */
export class ExpiryEnforcement {
  /**
   * At the first instant after the last day, in UTC: a one-time schedule of EventBridge Scheduler revokes the rule in AWS,
   * whether anybody deploys or not. Connections that are open by then continue.
   *
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
   * @param options permissions boundary and key of what the schedules need.
   */
  public static onItsDay(options: ExpirySchedulesOptions = {}): ExpiryEnforcement {
    return new ExpiryEnforcement(true, options);
  }

  /** With the first apply of a configuration that was synthesized after the last day. Until somebody deploys, access remains. */
  public static atApply(): ExpiryEnforcement {
    return new ExpiryEnforcement(false, {});
  }

  /** @internal */
  public readonly _endsOnItsDay: boolean;
  /** @internal */
  public readonly _options: ExpirySchedulesOptions;

  private constructor(endsOnItsDay: boolean, options: ExpirySchedulesOptions) {
    this._endsOnItsDay = endsOnItsDay;
    this._options = options;
  }
}
