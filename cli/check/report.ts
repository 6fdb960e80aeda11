import { ExitCode } from '../exit-code';
import type { Finding } from './finding/finding';
import { findings } from './finding/findings';
import type { Observation } from './observation';

/** What is known of one endpoint: what was seen, and how it is judged. */
export interface Report {
  readonly observation: Observation;
  readonly findings: readonly Finding[];
  readonly exitCode: ExitCode;
}

export function reportOn(observation: Observation): Report {
  const found = findings(observation);
  return { observation, findings: found, exitCode: exitCodeOf(found) };
}

/** The exit code of many reports: a failed check outweighs an endpoint that nobody reached. */
export function exitCodeOfAll(reports: readonly Report[]): ExitCode {
  const codes = reports.map(({ exitCode }) => exitCode);
  return [ExitCode.FAILED, ExitCode.UNREACHABLE].find((code) => codes.includes(code)) ?? ExitCode.OK;
}

function exitCodeOf(found: readonly Finding[]): ExitCode {
  const isUnreached = found.some(
    ({ check, status }) =>
      (check === 'reachable' && status === 'failed') || (check === 'blocked' && status === 'unknown'),
  );
  if (isUnreached) return ExitCode.UNREACHABLE;
  return found.some(({ status }) => status === 'failed') ? ExitCode.FAILED : ExitCode.OK;
}
