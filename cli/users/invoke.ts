import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DESCRIBE_EVENT } from '../../lib/users/contract';
import type { UserFunction } from './function-name';
import { FunctionFailure } from './problem';

/** Invokes a user's function and resolves with what it answered, as text. */
export type Invoke = (asked: UserFunction) => Promise<string>;

// It is about the SDK that is bundled here, which whoever runs the command cannot replace.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** A function of a user is stopped after five minutes. */
const TIMEOUT = 330_000;

export const invoke: Invoke = async ({ name, region }) => {
  const client = new LambdaClient({
    region,
    requestHandler: { connectionTimeout: 10_000, requestTimeout: TIMEOUT, throwOnRequestTimeout: true },
  });
  try {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(DESCRIBE_EVENT) }),
    );
    const answer = Payload?.transformToString() ?? '';
    if (FunctionError !== undefined) throw new FunctionFailure(messageIn(answer));
    return answer;
  } finally {
    client.destroy();
  }
};

/** What a failed function says of it: the rest is the trace of its stack. */
function messageIn(answer: string): string {
  try {
    const { errorMessage } = JSON.parse(answer);
    if (typeof errorMessage === 'string' && errorMessage !== '') return errorMessage;
  } catch {
    // Not JSON: nothing that can be told from a trace.
  }
  return 'it does not say why';
}
