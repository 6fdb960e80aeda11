/**
 * The function's input. No invocation says where traffic goes: that is in the function's configuration
 * (`configuration.ts`), so whoever may invoke the function can ask it to look again and nothing more.
 *
 * | invoked by | payload | what it does |
 * |---|---|---|
 * | EventBridge schedule, every minute | as EventBridge sends it: `{"source": "aws.events", …}` | follows every endpoint until the minute is nearly over |
 * | EventBridge rule for RDS | as EventBridge sends it: `{"source": "aws.rds", "detail": {"SourceIdentifier": …, "EventID": …}}` | the same, at once, for the endpoints of that database, or for all where none names it: a Blue/Green deployment, a proxy |
 * | `aws_lambda_invocation`, during an apply | `{"source": "terraform", "endpoints": ["prod/Orders"]}` | returns when the targets are registered, raises if they cannot be |
 * | another one, after the listener has moved | `{"source": "terraform", "ends": ["prod/Orders"]}` | empties the target group that the listener has left, and returns when it is empty |
 *
 * `endpoints` is optional and means all of them; whatever else the payload of an apply carries is there to change
 * when a new invocation is due, and is ignored here.
 */
export type Trigger =
  | { readonly kind: 'schedule' }
  | { readonly kind: 'database'; readonly identifier: string; readonly eventId: string }
  | { readonly kind: 'apply'; readonly endpoints?: readonly string[] }
  | { readonly kind: 'end'; readonly endpoints: readonly string[] };

/** Reads an invocation's payload; one that is none of the above is refused, because guessing would hide a mistake. */
export function readTrigger(payload: unknown): Trigger {
  const event = objectOf(payload);
  if (event['source'] === 'terraform' && event['ends'] !== undefined) {
    return { kind: 'end', endpoints: namesOf(event['ends'], 'ends') };
  }
  if (event['source'] === 'terraform') return readApply(event['endpoints']);
  if (event['source'] === 'aws.events') return { kind: 'schedule' };
  if (event['source'] === 'aws.rds') {
    const detail = objectOf(event['detail']);
    // AWS's examples have the prefix, and its events do not.
    const identifier = textOf(detail['SourceIdentifier']).replace(/^rds:/, '');
    return { kind: 'database', identifier, eventId: textOf(detail['EventID']) };
  }
  throw new Error('The event is not an EventBridge schedule, an RDS event or an aws_lambda_invocation');
}

function readApply(endpoints: unknown): Trigger {
  if (endpoints === undefined) return { kind: 'apply' };
  return { kind: 'apply', endpoints: namesOf(endpoints, 'endpoints') };
}

function namesOf(names: unknown, property: string): readonly string[] {
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string')) {
    throw new Error(`${property} is not a list of names`);
  }
  return names;
}

function objectOf(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
