import type { TerraformProvider } from 'cdktf';
import type { AdminSecret } from './admin-secret';
import type { IDatabaseEndpoint } from './database-endpoint-interface';
import type { Grant } from './grant';
import type { UserAuth } from './user-auth';

/** Properties of a database user: a login of its own for one integration. */
export interface DatabaseUserProps extends IntegrationUserProps {
  /** The endpoint that the integration connects through. */
  readonly endpoint: IDatabaseEndpoint;
}

/** Properties of a database user whose endpoint is known. */
export interface IntegrationUserProps {
  /** The login that makes the user. It needs more privileges than it grants: docs/database-users.md says which. */
  readonly admin: AdminSecret;

  /** The database that holds what is granted, and that clients connect to. May be a token. */
  readonly database: string;

  /** What the user may do, and nothing else. At least one grant. */
  readonly grants: Grant[];

  /** Where the function runs that makes the user: it must reach the database, and Secrets Manager. */
  readonly network: UserNetwork;

  /**
   * Name of the login. Letters, digits, `_`, `.` and `-`, beginning with a letter; at most 56 for PostgreSQL, 25 for MySQL
   * and 73 for MariaDB, as `<name>_access` must fit too. It cannot be changed later: another name is another user. May be a
   * token.
   *
   * @default the id of the construct, or of the integration, in lower case with underscores: `LookerStudio` becomes
   * `looker_studio`
   */
  readonly userName?: string;

  /**
   * Whether tables that are made later are granted as those of today are, for grants of whole schemas.
   *
   * @default false
   */
  readonly futureTables?: boolean;

  /**
   * How many connections the login may have at once, 1 to 10000. Where rotation takes turns between two logins, each may
   * have as many.
   *
   * @default no limit but the server's
   */
  readonly connectionLimit?: number;

  /**
   * Seconds after which a statement of the login is cancelled, 1 to 2147483. PostgreSQL and MariaDB only.
   *
   * @default no limit but the server's
   */
  readonly statementTimeoutSeconds?: number;

  /**
   * When the password ends, as ISO 8601 in UTC: `2027-01-31T00:00:00Z`. PostgreSQL only, and not with IAM. May be a token.
   *
   * @default it does not end
   */
  readonly validUntil?: string;

  /**
   * Days after which the password is rotated, 1 to 1000. Clients must read the secret again when a login fails; the
   * password before works on until the next rotation.
   *
   * @default it is never rotated, which is warned about
   */
  readonly rotateEveryDays?: number;

  /**
   * Hours after which the function compares what the login can really do with what is declared, 1 to 168, and sends the
   * metrics `UserDifferences` and `UserDescribesFailed` (namespace `DatabaseEndpoint`, dimensions `service`, which is
   * `database-user`, and `user`, the construct's path). Set it where others administer the database too: an alarm on
   * `UserDifferences` above 0 then tells of a privilege that somebody granted by hand. AWS charges for two custom metrics,
   * in the hours in which they are sent.
   *
   * @see https://aws.amazon.com/cloudwatch/pricing/
   * @default it is compared only when `database-endpoint users drift` asks
   */
  readonly measureDriftEveryHours?: number;

  /**
   * How the login proves who it is.
   *
   * @default UserAuth.password()
   */
  readonly auth?: UserAuth;

  /**
   * Whether to take from everybody (`PUBLIC`) what it may do in the database and its schemas. Others may rely on it: read
   * first what the function reports.
   *
   * @default false, it is only reported
   */
  readonly revokePublic?: boolean;

  /**
   * Whether objects of the login go to the admin when the user is removed. PostgreSQL only. Removing is refused otherwise
   * as long as there are any.
   *
   * @default false
   * @deciding
   */
  readonly reassignOwnedObjects?: boolean;

  /**
   * How the secret is kept.
   *
   * @default a name that Terraform generates, the AWS managed key, no resource policy, 30 days until it is deleted for good
   */
  readonly secret?: UserSecretOptions;

  /**
   * The database server that the function connects to, as far as the endpoint does not tell.
   *
   * @default the name in the database's certificate or the name that the endpoint follows, and the target's port and
   * security group
   */
  readonly server?: DatabaseServer;

  /**
   * Days for which the function's logs are kept, one of the periods that CloudWatch Logs supports.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * ARN of a KMS key for the function's logs, dead-letter queue and environment. Its policy must let CloudWatch Logs of
   * the Region use it. The secret has a key of its own.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @default AWS owned keys
   */
  readonly kmsKeyArn?: string;

  /**
   * ARN of the permissions boundary of the function's role, if the organization requires one.
   *
   * @default none
   */
  readonly permissionsBoundaryArn?: string;

  /**
   * Tags of everything that belongs to the user, in addition to those of the endpoint. They take precedence.
   *
   * @default `Name`, the construct's path, and the tags of the endpoint
   */
  readonly tags?: { [key: string]: string };

  /**
   * Provider of everything that belongs to the user.
   *
   * @default that of the endpoint, in its stack; elsewhere the default provider of the stack
   */
  readonly provider?: TerraformProvider;

  /**
   * Names of warnings that have been read and accepted, such as `UserNeverRotates`. They are not shown again.
   *
   * @default every warning is shown at each synthesis
   */
  readonly acknowledge?: string[];
}

/** Where the function of a user runs. */
export interface UserNetwork {
  /**
   * Private subnets from which the database can be reached, with a route to a NAT gateway, or in a VPC with an interface
   * endpoint for `secretsmanager`. Tokens and a token list work.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
   */
  readonly subnetIds: string[];

  /**
   * Security groups of the function, instead of one that is created for it. They must allow egress to the database's port
   * and for HTTPS, and the database's security group must admit them.
   *
   * @default a group with egress for HTTPS and to the database, which the database's security group admits
   */
  readonly securityGroupIds?: string[];

  /**
   * The VPC of the subnets. May be a token.
   *
   * @default that of the endpoint
   */
  readonly vpcId?: string;
}

/** A database server as the function connects to it: not through the endpoint. */
export interface DatabaseServer {
  /**
   * Its DNS name, which its certificate carries and which resolves in the VPC; for PostgreSQL also an address that the
   * certificate carries. Needed for targets that are given by addresses, for readers and for RDS Proxy, where users are
   * made on the database behind it. May be a token.
   *
   * @default `certificateName` of the target, or the name that is followed
   */
  readonly host?: string;

  /**
   * The TCP port that it listens on.
   *
   * @default the port of the endpoint's targets
   */
  readonly port?: number;

  /**
   * The CA certificates in PEM that sign the server's, for a server with a CA of its own, and for RDS outside of the
   * commercial Regions. They also go into the secret, as clients need them too. All of the function's configuration takes
   * 4 KB, compressed: name the root that is in use, not a bundle. May be a token.
   *
   * @default for RDS and Aurora the CAs of Amazon that Lambda's runtime has; for others, the public CAs
   */
  readonly certificateAuthorities?: string;

  /**
   * Security group of the server, if it is not that of the endpoint's target. May be a token.
   *
   * @default the `securityGroupId` of the target; for RDS Proxy there is no default
   */
  readonly securityGroupId?: string;
}

/** How the secret of a user is kept. */
export interface UserSecretOptions {
  /**
   * Its name: letters, digits and `/_+=.@-`. Secrets Manager keeps a name until the secret is deleted for good, so a user
   * that is removed and made again cannot have it in the meantime. May be a token.
   *
   * @default a name that Terraform generates
   */
  readonly name?: string;

  /**
   * ARN of the KMS key that encrypts the secret. Whoever reads the secret must be allowed to decrypt with it: needed for
   * readers in other accounts.
   *
   * @default the AWS managed key `aws/secretsmanager`
   */
  readonly kmsKeyArn?: string;

  /**
   * The secret's resource policy in JSON. Secrets Manager refuses one that lets everybody in. May be a token.
   *
   * @default none: who may read the secret is up to the IAM policies of the account
   */
  readonly resourcePolicy?: string;

  /**
   * Days until a deleted secret is gone for good: 7 to 30, or 0 for at once.
   *
   * @default 30
   */
  readonly recoveryWindowDays?: number;
}
