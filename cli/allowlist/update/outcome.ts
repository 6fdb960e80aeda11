import { ExitCode } from '../../exit-code';
import type { UpdateReport } from './update-allowlist';

/** What a run tells the shell: what is wrong comes before what could not be found out. */
export function exitCodeOf(reports: readonly UpdateReport[], isCheck: boolean): ExitCode {
  const locks = reports.flatMap((report) => report.locks);
  const failures = locks.flatMap(({ feeds }) => feeds.flatMap(({ failure }) => failure ?? []));
  if (reports.some(({ problems }) => problems.length > 0)) return ExitCode.FAILED;
  if (failures.some(({ kind }) => kind !== 'unreachable')) return ExitCode.FAILED;
  if (isCheck && locks.some(({ isOutdated }) => isOutdated)) return ExitCode.FAILED;
  return failures.length > 0 ? ExitCode.UNREACHABLE : ExitCode.OK;
}
