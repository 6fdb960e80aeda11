import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes an empty temporary folder. All of them lie in one that the end of the run removes, unless `E2E_KEEP` is set.
 */
export function scratchFolder(name: string): string {
  return mkdtempSync(join(process.env['E2E_SCRATCH'] ?? tmpdir(), `${name}-`));
}
