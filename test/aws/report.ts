import type { Row } from './measurements/measurement';

/** The table of a run. */
export function markdown(region: string, rows: readonly Row[], interrupted: boolean): string {
  return [
    `# Measured in ${region} on ${new Date().toISOString().slice(0, 10)}`,
    '',
    ...(interrupted ? ['The run was interrupted; what it had not measured yet is missing.', ''] : []),
    '| question | documented | measured |',
    '|---|---|---|',
    ...rows.map(({ question, documented, measured }) => `| ${question} | ${documented} | ${measured} |`),
    '',
  ].join('\n');
}
