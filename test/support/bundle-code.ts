import { CODE_FILE } from '../../lib/assets';
import { archiveTargetSync } from '../../scripts/bundle';

/** Bundles the program as it is, not as it was at the last build, before any test synthesizes a stack with it. */
export default async function bundleCode(): Promise<void> {
  await archiveTargetSync(CODE_FILE);
}
