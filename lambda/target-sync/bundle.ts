import { join } from 'node:path';
import { bundleFunction } from '../bundle-function';

/** Bundles target-sync. */
export function bundleTargetSync(file: string): ReturnType<typeof bundleFunction> {
  return bundleFunction(join(__dirname, 'handler.ts'), file);
}
