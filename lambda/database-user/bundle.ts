import { join } from 'node:path';
import { bundleFunction } from '../bundle-function';

/** Bundles database-user. */
export function bundleDatabaseUser(file: string): ReturnType<typeof bundleFunction> {
  return bundleFunction(join(__dirname, 'handler.ts'), file);
}
