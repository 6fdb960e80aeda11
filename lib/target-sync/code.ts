import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { CODE_FILE } from '../assets';

/**
 * The code's SHA-256 as Lambda states it, in base64. Written into the plan as a literal: what Terraform would compute
 * is the same, but only on a machine that has the file.
 *
 * @internal
 */
export function codeHash(file = CODE_FILE): string {
  if (!existsSync(file)) {
    throw new Error(`${file} is missing: the library was not built. Run npm run build in its repository.`);
  }
  return createHash('sha256').update(readFileSync(file)).digest('base64');
}
