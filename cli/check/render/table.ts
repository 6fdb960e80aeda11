import { inColumns } from '../../columns';
import { formatAddress } from '../address';
import { CHECK_NAMES, type CheckName } from '../finding/finding';
import { decidesExitCode, type Report } from '../report';
import { LABELS } from './text';

/** Many reports for people: a row for each endpoint, a column for each check, then what is to be done. */
export function renderTable(reports: readonly Report[]): string {
  const checks = CHECK_NAMES.filter((check) => reports.some((report) => statusOf(report, check) !== '-'));
  const isLabelled = reports.some(({ observation }) => observation.request.label !== undefined);
  const rows = [
    [...(isLabelled ? ['name'] : []), 'endpoint', 'engine', ...checks],
    ...reports.map((report) => [
      ...(isLabelled ? [report.observation.request.label ?? '-'] : []),
      addressOf(report),
      report.observation.request.engine.name,
      ...checks.map((check) => statusOf(report, check)),
    ]),
  ];
  return [...inColumns(rows), ...remedies(reports), ''].join('\n');
}

function statusOf({ findings }: Report, check: CheckName): string {
  const finding = findings.find((candidate) => candidate.check === check);
  return finding ? LABELS[finding.status] : '-';
}

function remedies(reports: readonly Report[]): readonly string[] {
  return reports.flatMap((report) => {
    const telling = report.findings.filter(decidesExitCode);
    if (telling.length === 0) return [];
    return [
      '',
      [report.observation.request.label, addressOf(report)].filter((text) => text !== undefined).join(', '),
      ...telling.flatMap(({ check, detail, remedy }) => [`  ${check}: ${detail}`, `    -> ${remedy}`]),
    ];
  });
}

function addressOf({ observation: { request } }: Report): string {
  return formatAddress(request.host, request.port);
}
