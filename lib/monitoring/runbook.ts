/** What to do about each alarm: the page in the repository that package.json names. */
export const RUNBOOK_URL =
  'https://github.com/cdktf-database-endpoint/cdktf-database-endpoint/blob/main/docs/runbook.md';

/** The section of a runbook, which may be one of the user's own. */
export function runbookSection(runbookUrl: string | undefined, section: string): string {
  return `${runbookUrl ?? RUNBOOK_URL}#${section}`;
}
