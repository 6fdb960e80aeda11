import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bundleCode from './bundle-code';

/** Bundles the program, and gives all temporary folders of the run, of which CDKTF makes hundreds, one to lie in. */
export default async function setup(): Promise<void> {
  await bundleCode();
  process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'database-endpoint-tests-'));
}
