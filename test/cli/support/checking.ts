import type { CheckName, Status } from '../../../cli/check/finding/finding';
import { observe } from '../../../cli/check/observe';
import { type Report, reportOn } from '../../../cli/check/report';
import type { CheckRequest } from '../../../cli/check/request';
import type { DatabaseEngine } from '../../../lib/engine/database-engine';
import type { Identity } from './certificates';

/** Runs one check against a server on loopback that is known as localhost. */
export async function check(
  engine: DatabaseEngine,
  port: number,
  options: Partial<CheckRequest> & { readonly ca?: Identity } = {},
): Promise<Report> {
  const { ca, timeoutSeconds = 30, ...request } = options;
  return reportOn(
    await observe(
      {
        host: 'localhost',
        port,
        engine,
        serverName: 'localhost',
        authorities: ca && { file: 'ca.pem', pem: ca.certificate },
        timeoutSeconds,
        expect: 'open',
        ...request,
      },
      { resolve: async () => ['127.0.0.1'], now: () => new Date() },
    ),
  );
}

/** The statuses by check. */
export function statuses({ findings }: Report): Partial<Record<CheckName, Status>> {
  return Object.fromEntries(findings.map(({ check: name, status }) => [name, status]));
}

export function detailOf({ findings }: Report, name: CheckName): string | undefined {
  return findings.find((finding) => finding.check === name)?.detail;
}
