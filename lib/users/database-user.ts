import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { describeProblem, EndpointError, type Problem } from '../rules/endpoint-error';
import { createDatabaseAccess, databaseIngressOf } from '../targets/database-access';
import type { DatabaseIngressRule } from '../targets/database-ingress';
import { useProvider } from '../terraform/provider';
import { tagsOf } from '../terraform/tags';
import { warn } from '../terraform/warnings';
import { expressionText } from '../tokens/resolved-text';
import type { DatabaseUserProps } from './database-user-props';
import { userProblems, userWarnings } from './database-user-rules';
import { databaseUserTypeProblems } from './database-user-types';
import { measureDrift } from './drift-schedule';
import { exposedUser } from './exposed-user';
import { createInvocations, rotate } from './invocations';
import { createUserFunction, type UserFunction } from './user-function';
import { guardUserName } from './user-name-guard';
import { claimUserNames } from './user-names';
import { createSecret } from './user-secret';
import { resolveUser, type UserSettings } from './user-settings';

/** What the rule in the database's own security group says of the function. */
const FROM_FUNCTION = 'The function that makes a database user';

/**
 * A login of its own for one integration: with the least privileges, a secret of its own, and a rotation of its own.
 *
 * A function inside of the VPC makes the login, because nothing else reaches the database. It generates the password, which
 * is in the secret and nowhere else: not in Terraform's state, plan or logs. Destroying removes the login.
 *
 * Everything that is wrong with the properties is reported at once, when the construct is created.
 */
export class DatabaseUser extends Construct {
  /** Name of the login. Where rotation takes turns between two logins, the secret says which one is current. */
  public readonly userName: string;
  /** The secret, where there is a password. Its values are the function's: Terraform has none of them. */
  public readonly secret?: SecretsmanagerSecret;
  /** ARN of the secret, where there is a password. */
  public readonly secretArn?: string;
  /** The function that makes, rotates and removes the login. */
  public readonly lambdaFunction: LambdaFunction;
  /** The function's role. */
  public readonly role: IamRole;
  /** Where the function logs what it changes. No password is ever in it. */
  public readonly logGroup: CloudwatchLogGroup;
  /** Steps of rotations, and measurements of drift, that failed. */
  public readonly deadLetterQueue: SqsQueue;
  /** The group that was created for the function, if none was given. */
  public readonly securityGroup?: SecurityGroup;
  /**
   * What the database's own security group must admit so that the function reaches it, if a group was created for the
   * function. It is created if the target has a `securityGroupId`, unless its `databaseIngress` is
   * `DatabaseIngress.MANAGED_ELSEWHERE`; otherwise you create it.
   */
  public readonly databaseIngress?: DatabaseIngressRule;

  /** @internal */
  public readonly _settings: UserSettings;

  /**
   * @param scope where the user belongs.
   * @param id its name in that scope. The addresses of its resources derive from it.
   * @param props what it may do, and where.
   */
  public constructor(scope: Construct, id: string, props: DatabaseUserProps) {
    super(scope, id);
    this.refuse(databaseUserTypeProblems(props));
    const settings = resolveUser(id, props, (text) => expressionText(this, text));
    const { database, auth, userName = '' } = settings;
    this.refuseOrWarn(settings);
    const isBesideEndpoint = TerraformStack.of(props.endpoint) === TerraformStack.of(this);
    useProvider(this, props.provider ?? (isBesideEndpoint ? database.provider : undefined));
    const tags = tagsOf(this, { ...database.tags, ...props.tags });

    this._settings = settings;
    this.userName = userName;
    const guard = guardUserName(this, userName);
    if (auth === 'password') this.secret = createSecret(this, settings, tags);
    this.secretArn = this.secret?.arn;
    const created = createUserFunction(this, settings, this.secretArn, tags);
    this.lambdaFunction = created.lambdaFunction;
    this.role = created.role;
    this.logGroup = created.logGroup;
    this.deadLetterQueue = created.deadLetterQueue;
    this.securityGroup = created.securityGroup;
    this.databaseIngress = this.ingress(settings);
    const converged = createInvocations(this, created, [guard, ...this.access(settings, created, tags)]);
    if (this.secret && props.rotateEveryDays !== undefined) {
      rotate(this, created, this.secret, props.rotateEveryDays, converged);
    }
    const { host = '', port } = settings.server;
    const signedFor = auth === 'iam' ? { userName, host, port } : undefined;
    const { measureDriftEveryHours: hours } = props;
    props.endpoint._addUser({
      ...{ construct: this, signedFor, lambdaFunction: created.lambdaFunction, measureDriftEveryHours: hours },
      described: () => exposedUser(this, settings),
    });
    if (hours !== undefined) measureDrift(this, created.lambdaFunction, hours, converged, tags);
  }

  private access({ database, server }: UserSettings, { securityGroup }: UserFunction, tags: { [key: string]: string }) {
    if (securityGroup === undefined) return [];
    const { target, quotas } = database;
    return createDatabaseAccess(
      this,
      { target, port: server.port },
      {
        groupId: securityGroup.id,
        description: FROM_FUNCTION,
        databaseGroupId: server.securityGroupId,
        tags,
        quotas,
      },
    );
  }

  private ingress({ database: { target }, server }: UserSettings): DatabaseIngressRule | undefined {
    if (this.securityGroup === undefined) return undefined;
    return databaseIngressOf({ target, port: server.port }, this.securityGroup.id, server.securityGroupId);
  }

  private refuse(problems: readonly Problem[]): void {
    if (problems.length > 0) throw new EndpointError(this.node.path, problems);
  }

  private refuseOrWarn(settings: UserSettings): void {
    this.refuse([...userProblems(settings), ...claimUserNames(this, settings)]);
    warn(this, userWarnings(settings).map(describeProblem));
  }
}
