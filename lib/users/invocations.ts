import type { LambdaInvocation } from '@cdktf/provider-aws/lib/lambda-invocation';
import type { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { expressionOf, expressionToken } from '../tokens/expression';
import type { UserInvocation } from './contract';
import type { UserFunction } from './user-function';

const EXIST: UserInvocation = { task: 'exist' };
const CONVERGE: UserInvocation = { task: 'converge' };

/**
 * What Terraform has the function do.
 *
 * Two invocations, because an update that fails under `lifecycle_scope = "CRUD"` is saved as done: the input of the one
 * that is invoked on destroy never changes, and the other is replaced, and so invoked, whenever something declared is.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_invocation
 * @param needs what must exist for as long as the function can be invoked.
 * @returns the invocation after which the user is as it is declared.
 */
export function createInvocations(
  scope: Construct,
  { lambdaFunction, digest }: UserFunction,
  needs: ITerraformDependable[],
): LambdaInvocation {
  const { functionName } = lambdaFunction;
  const exist = new aws.LambdaInvocation(scope, 'Exist', {
    functionName,
    lifecycleScope: 'CRUD',
    input: JSON.stringify(EXIST),
    dependsOn: needs,
  });
  return new aws.LambdaInvocation(scope, 'Converge', {
    functionName,
    lifecycleScope: 'CREATE_ONLY',
    input: expressionToken(
      (context) => `jsonencode(${expressionOf({ ...CONVERGE, because: { declared: digest } }, context)})`,
    ),
    dependsOn: [exist],
  });
}

/**
 * Rotates the password. The first rotation is due after the first period: what was just made is new.
 *
 * @param converged the invocation that has made the first password.
 */
export function rotate(
  scope: Construct,
  { lambdaFunction }: UserFunction,
  secret: SecretsmanagerSecret,
  everyDays: number,
  converged: LambdaInvocation,
): void {
  const permission = new aws.LambdaPermission(scope, 'RotationPermission', {
    statementId: 'Rotation',
    action: 'lambda:InvokeFunction',
    functionName: lambdaFunction.functionName,
    principal: 'secretsmanager.amazonaws.com',
    sourceArn: secret.arn,
  });
  new aws.SecretsmanagerSecretRotation(scope, 'Rotation', {
    secretId: secret.id,
    rotationLambdaArn: lambdaFunction.arn,
    rotateImmediately: false,
    rotationRules: { automaticallyAfterDays: everyDays },
    dependsOn: [permission, converged],
  });
}
