import { TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import { CODE_FILES } from '../assets';
import { type CreatedFunction, createFunction } from '../function/function';
import { Deferred } from '../tokens/deferred';
import { expressionOf, expressionToken } from '../tokens/expression';
import { isUnresolved } from '../tokens/unresolved';
import { VARIABLES } from './contract';
import { declaredUser } from './declared-user';
import { permissions } from './permissions';
import type { UserSettings } from './user-settings';

/** The function of a user. */
export interface UserFunction extends CreatedFunction {
  /** Changes with everything that is declared, and with the program: an expression. */
  readonly digest: string;
}

/** Longer than the longest wait for a statement, and for others that change users of the same server. */
const TIMEOUT_SECONDS = 300;

/**
 * All variables of a function's environment take 4 KB at most; this leaves room for the short ones.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LONGEST_CONFIGURATION = 3900;

/**
 * The CAs of Amazon, those of RDS among them, which Lambda's runtimes of Node.js have had but not loaded since version 20.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
const AMAZON_AUTHORITIES = { NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem' };

/**
 * The function that makes, changes, rotates and removes the user.
 *
 * Its concurrency is not reserved: invocations for one server wait for each other in the database, and each reserved
 * one would be taken from the account's, of which 100 must stay unreserved.
 */
export function createUserFunction(
  scope: Construct,
  settings: UserSettings,
  secretArn: string | undefined,
  tags: { [key: string]: string },
): UserFunction {
  const { props, vpcId } = settings;
  const { network, logRetentionDays, kmsKeyArn, permissionsBoundaryArn } = props;
  const declared = new TerraformLocal(
    scope,
    'Declared',
    new Deferred((context) => `\${jsonencode(${expressionOf(declaredUser(scope, settings, secretArn), context)})}`),
  );
  const configuration = new TerraformLocal(
    scope,
    'Configuration',
    new Deferred((context) => `\${base64gzip(${expressionOf(declared.fqn, context)})}`),
  );
  const definition = {
    namePrefix: 'database-endpoint-user-',
    policyNamePrefix: 'database-user-',
    description: 'Makes, rotates and removes a login of a database behind an endpoint',
    securityGroupDescription: 'The function that makes a database user',
    apiDescription: 'Secrets Manager',
    codeFile: CODE_FILES.databaseUser,
    memoryMegabytes: 256,
    timeoutSeconds: TIMEOUT_SECONDS,
    variables: {
      [VARIABLES.user]: configuration.asString,
      ...(needsAmazonAuthorities(settings) ? AMAZON_AUTHORITIES : {}),
    },
    // Secrets Manager repeats a rotation that failed, all of its steps, and a schedule comes again: a late one by itself
    // would be of no use.
    events: { maximumAgeSeconds: TIMEOUT_SECONDS, retries: 0 },
    statements: () =>
      permissions({
        adminArn: props.admin._arn,
        adminKeyArn: props.admin._options.kmsKeyArn,
        ownArn: secretArn,
        ownKeyArn: props.secret?.kmsKeyArn,
        rotates: props.rotateEveryDays !== undefined,
      }),
    preconditions: [
      {
        condition: expressionToken(
          (context) => `length(${expressionOf(configuration.fqn, context)}) <= ${LONGEST_CONFIGURATION}`,
        ),
        errorMessage: `${scope.node.path}: what is declared of the user is too long for the 4 KB of a function's environment. Grant whole schemas instead of many tables, or write fewer certificates. [UserConfigurationTooLong]`,
      },
    ],
  };
  const created = createFunction(scope, {
    definition,
    settings: { ...network, vpcId, logRetentionDays, kmsKeyArn, permissionsBoundaryArn },
    tags,
  });
  const digest = expressionToken(
    (context) => `sha256("\${${expressionOf(declared.fqn, context)}} ${created.codeHash}")`,
  );
  return { ...created, digest };
}

/** Also where the server may be one of RDS for all that synthesis can see. They sign servers of RDS and nothing else. */
function needsAmazonAuthorities({ server }: UserSettings): boolean {
  if (server.certificateAuthorities !== undefined) return false;
  return server.authority === 'rds' || (server.authority === undefined && isUnresolved(server.host));
}
