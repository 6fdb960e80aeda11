/**
 * The function's input. No invocation says which user, server or secret it is about: that is in the function's
 * configuration (`configuration.ts`), so whoever may invoke the function can ask for what is declared and nothing more.
 *
 * | invoked by | payload |
 * |---|---|
 * | `aws_lambda_invocation` of scope `CRUD`, whose input never changes | `{"task": "exist", "tf": {"action": "create", …}}` |
 * | `aws_lambda_invocation` of scope `CREATE_ONLY`, on each change of what is declared | `{"task": "converge", …}` |
 * | the command, to read what the login can really do | `{"task": "describe"}` |
 * | a schedule, to measure the same | `{"task": "describe", "metric": true}` |
 * | Secrets Manager, four times for each rotation | `{"SecretId": …, "ClientRequestToken": …, "Step": "createSecret"}` |
 *
 * Whatever else the payload of an apply carries is there to change when a new invocation is due, and is ignored here.
 */
export type Task =
  | { readonly kind: 'exist'; readonly action: Action }
  | { readonly kind: 'converge' }
  | { readonly kind: 'describe'; readonly isMeasured: boolean }
  | { readonly kind: 'rotate'; readonly secretArn: string; readonly token: string; readonly step: RotationStep };

export type Action = (typeof ACTIONS)[number];

export type RotationStep = (typeof STEPS)[number];

const ACTIONS = ['create', 'update', 'delete'] as const;

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/** Reads an invocation's payload; one that is none of the above is refused, because guessing would hide a mistake. */
export function readTask(payload: unknown): Task {
  const event = objectOf(payload);
  const action = objectOf(event['tf'])['action'];
  // Without an action nobody knows whether to make or to drop.
  if (event['task'] === 'exist') return { kind: 'exist', action: oneOf(ACTIONS, action, 'tf.action') };
  if (event['task'] === 'converge' && action !== 'delete') return { kind: 'converge' };
  if (event['task'] === 'describe') return { kind: 'describe', isMeasured: event['metric'] === true };
  if ('Step' in event && !('task' in event)) {
    return {
      kind: 'rotate',
      secretArn: textOf(event['SecretId'], 'SecretId'),
      token: textOf(event['ClientRequestToken'], 'ClientRequestToken'),
      step: oneOf(STEPS, event['Step'], 'Step'),
    };
  }
  throw new Error(
    'The event is neither an aws_lambda_invocation of a database user, nor describe, nor a step of a rotation',
  );
}

function objectOf(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${name} is not a text`);
  return value;
}

// The value itself is not repeated: it may be anything, and ends up in a log.
function oneOf<T extends string>(known: readonly T[], value: unknown, name: string): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new Error(`${name} is none of ${known.join(', ')}`);
  return found;
}
