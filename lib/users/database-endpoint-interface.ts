import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { SignedFor } from '../clients/client-guide';
import type { TextFunctions } from '../clients/quoting/text-functions';
import type { DatabaseEngine } from '../engine/database-engine';
import type { TlsMode } from '../engine/tls-mode';
import type { ExposedUser } from '../exposure/exposure';
import type { RuleQuotas } from '../placement/rule-quotas';
import type { DatabaseTarget } from '../targets/database-target';

/** An endpoint, as users of its database need it: a `DatabaseEndpoint`. */
export interface IDatabaseEndpoint extends IConstruct {
  /** The name that clients connect to. */
  readonly hostname: string;

  /** The port that clients connect to. */
  readonly port: number;

  /** @internal */
  readonly _database: DatabaseBehindEndpoint;

  /**
   * Has the exposure of the endpoint say that there is a login, its guide how to log in, and its alarms watch it.
   *
   * @internal
   */
  _addUser(user: UserOfEndpoint): void;
}

/**
 * A login, as its endpoint needs to know it.
 *
 * @internal
 */
export interface UserOfEndpoint {
  readonly construct: IConstruct;
  readonly described: () => ExposedUser;
  /** The server that tokens are signed for, if it logs in with IAM. */
  readonly signedFor?: SignedFor;
  readonly lambdaFunction: LambdaFunction;
  /** Undefined where nobody measures it. May be a token. */
  readonly measureDriftEveryHours?: number;
}

/**
 * What an endpoint tells about the database behind it. Texts may be tokens.
 *
 * @internal
 */
export interface DatabaseBehindEndpoint {
  readonly engine: DatabaseEngine;
  readonly target: DatabaseTarget;
  /** The port that the database listens on. */
  readonly port: number;
  readonly vpcId: string;
  readonly quotas: RuleQuotas;
  /** What clients see of TLS. */
  readonly tls: TlsMode;
  /** The name in the certificate that clients are shown, where it is known to be another than the endpoint's. */
  readonly certificateName?: string;
  /** Where clients download the CA of the certificate that they are shown, if it is known that they must. */
  readonly certificateAuthoritiesUrl?: string;
  readonly tags: { readonly [key: string]: string };
  readonly provider?: TerraformProvider;
  readonly terraform: TextFunctions;
}
