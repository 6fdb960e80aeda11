import { ExitCode } from '../exit-code';
import type { CheckName, Finding } from './finding/finding';
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

/**
 * The exit code of many reports: a failed check outweighs something that is missing, and that an endpoint that nobody
 * reached.
 */
export function exitCodeOfAll(reports: readonly Report[], lacksSomething = false): ExitCode {
  const codes = [...reports.map(({ exitCode }) => exitCode), ...(lacksSomething ? [ExitCode.USAGE] : [])];
  return [ExitCode.FAILED, ExitCode.USAGE, ExitCode.UNREACHABLE].find((code) => codes.includes(code)) ?? ExitCode.OK;
}

/** Whether a finding makes the command fail, or tells that nothing was proven. */
export function decidesExitCode({ check, status }: Finding): boolean {
  return status === 'failed' || (status === 'unknown' && PROOFS.includes(check));
}

/** Without an answer to these, nothing is known of an endpoint. */
const PROOFS: readonly CheckName[] = ['blocked', 'tls'];

function exitCodeOf(found: readonly Finding[]): ExitCode {
  const telling = found.filter(decidesExitCode);
  if (telling.some(({ check, status }) => status === 'failed' && check !== 'reachable')) return ExitCode.FAILED;
  return telling.length > 0 ? ExitCode.UNREACHABLE : ExitCode.OK;
}
