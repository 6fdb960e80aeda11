import { formatAddress } from '../address';
import type { Finding } from '../finding/finding';
import type { Report } from '../report';

/** One report for people: a line for each check, the remedy beside what is not well. */
export function renderText({ observation: { request }, findings }: Report): string {
  const { host, port, engine, serverName } = request;
  const asked = serverName === host ? '' : `, as ${serverName}`;
  return [
    `${formatAddress(host, port)} (${engine.displayName}${asked})`,
    ...findings.flatMap(lines),
    '',
    summary(findings),
    '',
  ].join('\n');
}

function lines({ check, status, detail, remedy }: Finding): readonly string[] {
  const line = `  ${LABELS[status].padEnd(8)}${check.padEnd(13)}${detail}`;
  return remedy && status !== 'ok' ? [line, `${' '.repeat(23)}-> ${remedy}`] : [line];
}

export const LABELS = { ok: 'ok', warning: 'warning', failed: 'FAILED', unknown: 'unknown' } as const;

function summary(findings: readonly Finding[]): string {
  const failed = findings.filter(({ status }) => status === 'failed').length;
  const unknown = findings.filter(({ status }) => status === 'unknown').length;
  const rest = unknown > 0 ? `; ${unknown} cannot be determined from outside` : '';
  return failed === 0 ? `No check failed${rest}.` : `${failed} of ${findings.length} checks failed${rest}.`;
}
