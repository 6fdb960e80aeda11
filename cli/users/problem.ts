import { serverText } from '../server-text';
import type { UserFunction } from './function-name';
import type { Unanswered } from './user-report';

/** The function was invoked and failed, with this message. */
export class FunctionFailure extends Error {}

/** What the function answered is not a description. */
export class NotADescription extends Error {}

type Problem = Pick<Unanswered, 'problem' | 'remedy'>;

/** Longer than what AWS says of a denied call, with two ARNs in it. */
const LONGEST = 600;

/** Why a function could not be asked, in plain words. */
export function problemOf(error: unknown, asked: UserFunction): Problem {
  const { name, message } = factsOf(error);
  const said = serverText(message, LONGEST);
  if (error instanceof FunctionFailure) return { problem: `the function failed: ${said}`, remedy: remedyFor(message) };
  if (error instanceof NotADescription) {
    return {
      problem: 'the function answered something that is not a description of a user',
      remedy: 'Is it the function of a DatabaseUser (user.lambdaFunction), and not another one?',
    };
  }
  const known = PROBLEMS.find(({ matches }) => matches.test(name) || matches.test(message));
  if (known) return { problem: `${known.problem(asked)}: ${said}`, remedy: known.remedy };
  return { problem: `Lambda could not be asked: ${serverText(name, 100)}: ${said}`, remedy: 'Try again.' };
}

/** By the names of errors of the SDK and of Node.js, and where they have none that tells, by their texts. */
const PROBLEMS: readonly {
  readonly matches: RegExp;
  readonly problem: (asked: UserFunction) => string;
  readonly remedy: string;
}[] = [
  {
    matches: /^Region is missing/,
    problem: () => 'it is not known which Region it is in',
    remedy: 'Write --region, set AWS_REGION, or give the ARN of the function.',
  },
  {
    matches: /^(?:CredentialsProviderError|TokenProviderError)$/,
    problem: () => 'there are no AWS credentials',
    remedy: 'Sign in, set AWS_PROFILE, or give the job a role.',
  },
  {
    matches:
      /^(?:UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|ExpiredToken|IncompleteSignature|MissingAuthenticationToken|InvalidAccessKeyId)/,
    problem: () => 'AWS does not accept the credentials',
    remedy: 'Sign in again. If they are new, check the clock of this machine.',
  },
  {
    matches: /^AccessDenied/,
    problem: () => 'these credentials may not invoke it',
    remedy: 'Allow lambda:InvokeFunction on this function to whoever runs the command.',
  },
  {
    matches: /^ResourceNotFound/,
    problem: ({ region }) => `there is no such function${region === undefined ? '' : ` in ${region}`}`,
    remedy: 'Check the name, the Region and the account of the credentials.',
  },
  {
    matches: /^(?:TooManyRequests|Throttl|EC2Throttled|RequestLimitExceeded|SlowDown)/,
    problem: () => 'Lambda throttles it',
    remedy: 'Try again later; the concurrency of the account, or of the function, may be used up.',
  },
  {
    matches: /^(?:KMS|CodeArtifact|InvalidRuntime|ENILimit|SubnetIPAddressLimit|ResourceNotReady|ResourceConflict|EC2)/,
    problem: () => 'Lambda cannot run it',
    remedy: 'See what Lambda says of its state: aws lambda get-function --function-name …',
  },
  {
    matches: /^(?:TimeoutError|ENOTFOUND|EAI_AGAIN|ECONN\w+|EHOSTUNREACH|ENETUNREACH|EPIPE|ERR_TLS\w*|CERT_\w+)$/,
    problem: () => 'Lambda does not answer',
    remedy: 'Check the network, a proxy, and AWS_ENDPOINT_URL if it is set.',
  },
];

function remedyFor(message: string): string {
  if (/^The event is neither/.test(message)) {
    return 'Is it the function of a DatabaseUser? If it is, apply its stack with this version of the library first.';
  }
  return "The function's log says more (user.logGroup).";
}

/** Of errors that have both, the code of Node.js says more than the name. */
function factsOf(error: unknown): { readonly name: string; readonly message: string } {
  const { name, code, message, errors } = { ...Object(error), ...pick(error) };
  // Where a host has several addresses, the message is empty and each of them has one of its own.
  const texts = Array.isArray(errors) ? errors.map((each) => `${each?.message}`) : [message];
  const called = [code, name].find((each) => typeof each === 'string' && each !== '' && each !== 'Error');
  return { name: called ?? 'Error', message: texts.filter((each) => each).join('; ') || 'no message' };
}

/** What stands on the prototype of an error, or is not enumerable. */
function pick(error: unknown): { readonly name?: unknown; readonly message?: unknown } {
  return error instanceof Error ? { name: error.name, message: error.message } : {};
}
