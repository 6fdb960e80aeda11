import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Statement } from '../../lib/function/permissions';

const ACCOUNT = '123456789012';

/** A call of the AWS API. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Whether what runs in the function calls, or Lambda on its behalf. */
  readonly isOfLambda?: boolean;
  /** What a service says of what it has KMS encrypt or decrypt. */
  readonly encryptionContext?: { readonly [key: string]: string };
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
  { action, resource, isOfLambda = false, encryptionContext = {} }: Call,
): Promise<'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied' | 'error'> {
  const policy = { Version: '2012-10-17', Statement: JSON.parse(simulated(JSON.stringify(statements))) };
  const answer = await runSimulation(
    {
      request: {
        action,
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/database-endpoint-sync/database-endpoint-sync`,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: {
          ...(isOfLambda ? {} : { 'lambda:SourceFunctionArn': FUNCTION_ARN }),
          ...Object.fromEntries(
            Object.entries(encryptionContext).map(([key, value]) => [simulated(`kms:EncryptionContext:${key}`), value]),
          ),
        },
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

// The simulator knows keys with names of their own only behind a slash. A tag of the principal is compared in the same
// way, and no statement here has a condition on one.
function simulated(text: string): string {
  return text.replace(/kms:EncryptionContext:([\w:]+)/g, (_, name) => `aws:PrincipalTag/${name.replaceAll(':', '-')}`);
}

/** What is allowed though none of these calls needs it: statements by their ids, and actions behind those. */
export async function spareIn(statements: readonly Statement[], calls: readonly Call[]): Promise<string[]> {
  const isSpare = async (without: readonly Statement[]) => {
    const verdicts = await Promise.all(calls.map((call) => verdict(without, call)));
    return !verdicts.includes('ImplicitlyDenied');
  };
  const spare: string[] = [];
  for (const statement of statements.filter(({ Effect }) => Effect === 'Allow')) {
    const others = statements.filter((other) => other !== statement);
    if (await isSpare(others)) spare.push(statement.Sid);
    for (const action of statement.Action.length > 1 ? statement.Action : []) {
      const Action = statement.Action.filter((other) => other !== action);
      if (await isSpare([...others, { ...statement, Action }])) spare.push(`${statement.Sid} ${action}`);
    }
  }
  return spare;
}
