import { rmSync } from 'node:fs';

/** Removes every temporary folder of the run. */
export default function teardown(): void {
  const scratch = process.env['E2E_SCRATCH'];
  if (!scratch) return;
  if (process.env['E2E_KEEP']) process.stderr.write(`kept ${scratch}\n`);
  else rmSync(scratch, { recursive: true, force: true });
}
