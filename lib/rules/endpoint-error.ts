import { locationText, type ProblemLocation } from './location';
import { printable } from './printable';

/** One mistake in what was written, found at synthesis. */
export interface EndpointProblem {
  /** Stable name of the broken rule, to search for and to match on. */
  readonly rule: string;

  /**
   * The property with the mistake, as written in code: `allow[3]`, `tls.certificate`. In a file, the path of its keys:
   * `groups[0].entries[3].cidr`; empty if the mistake concerns the file or the line as a whole.
   */
  readonly property: string;

  /**
   * Where the mistake is, if it was read from a file.
   *
   * @default the mistake is in code
   */
  readonly location?: ProblemLocation;

  /**
   * The offending value, where there is one.
   *
   * @default the mistake is not about one value
   */
  readonly value?: unknown;

  /** What is wrong with it. A clause that continues "<property> <value> ...". */
  readonly reason: string;

  /** What to write instead. A full sentence. */
  readonly remedy: string;
}

/** @internal */
export type Problem = EndpointProblem;

// jsii looks at the direct base of an exported class and does not support Error.
abstract class SynthesisError extends Error {}

/**
 * Everything that is wrong with one construct, reported at once.
 *
 * Not part of the jsii assembly, because jsii cannot carry subclasses of `Error`; callers from other languages
 * receive the message.
 *
 * @internal
 */
export class EndpointError extends SynthesisError {
  /** Every mistake that was found, in the order of the properties. */
  public readonly problems: readonly EndpointProblem[];
  /** Path of the construct that holds the mistakes. */
  public readonly constructPath: string;

  public constructor(constructPath: string, problems: readonly EndpointProblem[]) {
    super(problems.map((problem) => printable(`${constructPath}: ${describeProblem(problem)}`)).join('\n'));
    this.name = 'EndpointError';
    this.constructPath = constructPath;
    this.problems = problems;
  }

  /** Whether something that was caught is an `EndpointError`, also across two copies of this package. */
  public static isEndpointError(error: unknown): error is EndpointError {
    return error instanceof Error && error.name === 'EndpointError';
  }
}

/**
 * The sentence a user reads: location, property, value, reason, remedy, rule. Whatever the texts in it hold, it is one line that
 * no terminal and no CI system takes for anything else.
 *
 * @internal
 */
export function describeProblem({ location, property, value, reason, remedy, rule }: Problem): string {
  const prefix = location ? `${locationText(location)}: ` : '';
  const shown = [...(property === '' ? [] : [property]), ...(value === undefined ? [] : [quote(value)]), reason];
  return printable(`${prefix}${shown.join(' ')}. ${remedy} [${rule}]`);
}

const LONGEST_VALUE = 120;

function quote(value: unknown): string {
  const quoted = typeof value === 'string' ? `'${value}'` : undefined;
  const isPlain = quoted !== undefined && printable(quoted) === quoted;
  return printable(isPlain ? quoted : literal(value), LONGEST_VALUE);
}

/** The value as one would write it in code; functions, symbols and cycles have no JSON. */
function literal(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
