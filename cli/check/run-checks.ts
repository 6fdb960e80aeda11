import { observe, type Surroundings } from './observe';
import type { Progress } from './progress';
import { type Report, reportOn } from './report';
import type { CheckRequest } from './request';

/** Endpoints often share a load balancer or a database: a few at a time look like clients, not like an attack. */
const AT_ONCE = 4;

/** Runs a list of checks and reports on them in the same order. */
export async function runChecks(
  requests: readonly CheckRequest[],
  surroundings: Surroundings,
  progress?: Pick<Progress, 'begin' | 'end'>,
): Promise<readonly Report[]> {
  const reports: Report[] = [];
  const waiting = requests.entries();
  const work = async () => {
    for (const [index, request] of waiting) {
      progress?.begin(request);
      reports[index] = reportOn(await observe(request, surroundings));
      progress?.end(request);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return reports;
}
