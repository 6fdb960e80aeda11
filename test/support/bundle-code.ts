import { CODE_FILES } from '../../lib/assets';
import { archiveFunction, PROGRAMS } from '../../scripts/bundle';

/** Bundles the programs as they are, not as they were at the last build, before any test synthesizes a stack with them. */
export default async function bundleCode(): Promise<void> {
  for (const program of Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[]) {
    await archiveFunction(program, CODE_FILES[program]);
  }
}
