import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';

/** A function that follows the names of databases: a `TargetSync`. */
export interface ITargetSync {
  /** The function. */
  readonly lambdaFunction: LambdaFunction;

  /**
   * Whether the function is attached to its VPC, so that it reaches private DNS servers.
   *
   * @internal
   */
  readonly _isAttached: boolean;

  /**
   * Whether its security groups are made by the library, with a rule for each DNS server.
   *
   * @internal
   */
  readonly _makesSecurityGroup: boolean;

  /**
   * The tags that it has of its own.
   *
   * @internal
   */
  readonly _tags: { readonly [key: string]: string };
}
