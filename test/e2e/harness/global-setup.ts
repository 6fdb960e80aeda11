import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bundleCode from '../../support/bundle-code';
import { describeTools, findTools } from './tools';

/** Looks for the tools once and says what it found, before any test file starts. */
export default async function setup(): Promise<void> {
  await bundleCode();
  process.env['E2E_SCRATCH'] = mkdtempSync(join(tmpdir(), 'database-endpoint-e2e-'));
  process.stderr.write(`${describeTools(findTools())}\n`);
}
