import { runSimulation } from '@cloud-copilot/iam-simulate';

const ACCOUNT = '123456789012';

/** A call of the AWS API. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Whether what runs in the function calls, or Lambda on its behalf. */
  readonly isOfLambda?: boolean;
}

export const FUNCTION_ARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:database-endpoint-sync`;

/** As KMS writes it by itself: whatever the account's policies allow. Without it, those mean nothing. */
const KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};

/** What IAM says to a call by a role that has these statements and no others. */
export async function verdict(
  statements: readonly object[],
  { action, resource, isOfLambda = false }: Call,
): Promise<'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied' | 'error'> {
  const policy = { Version: '2012-10-17', Statement: statements };
  const answer = await runSimulation(
    {
      request: {
        action,
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/database-endpoint-sync/database-endpoint-sync`,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: isOfLambda ? {} : { 'lambda:SourceFunctionArn': FUNCTION_ARN },
      },
      identityPolicies: [{ name: 'target-sync', policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: action.startsWith('kms:') ? KEY_POLICY : undefined,
    },
    {},
  );
  return answer.resultType === 'error' ? 'error' : answer.overallResult;
}
