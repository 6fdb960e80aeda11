import type { UserDescription } from '../../lib/users/description';
import { ExitCode } from '../exit-code';

/** What a function answered. */
export interface UserReport {
  /** The function, as it was written. */
  readonly function: string;
  readonly description: UserDescription;
}

/** Why there is no answer. */
export interface Unanswered {
  readonly function: string;
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
}

export type Asked = UserReport | Unanswered;

export function isUnanswered(asked: Asked): asked is Unanswered {
  return 'problem' in asked;
}

/** How many there are, those included that were left out of the answer. */
export function differencesIn({ differences, leftOut }: UserDescription): number {
  return differences.length + (leftOut?.differences ?? 0);
}

/** A difference takes precedence over a function that could not be asked. */
export function exitCodeOf(asked: readonly Asked[], isDrift: boolean): ExitCode {
  if (isDrift && asked.some((each) => !isUnanswered(each) && differencesIn(each.description) > 0))
    return ExitCode.FAILED;
  return asked.some(isUnanswered) ? ExitCode.UNREACHABLE : ExitCode.OK;
}
