import { rmSync } from 'node:fs';

/** Removes every temporary folder of the run. */
export default function teardown(): void {
  rmSync(process.env['TMPDIR'] as string, { recursive: true, force: true });
}
