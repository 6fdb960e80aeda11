import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeTools, findTools } from './tools';

/** Looks for the tools once and says what it found, before any test file starts. */
export default function setup(): void {
  process.env['E2E_SCRATCH'] = mkdtempSync(join(tmpdir(), 'database-endpoint-e2e-'));
  process.stderr.write(`${describeTools(findTools())}\n`);
}
