import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The archive with the function's code. It is made when the library is built, so that no bundler runs at synthesis
 * and every machine plans the same bytes. The path holds from `lib/` as well as from `dist/`.
 *
 * @internal
 */
export const CODE_FILE = join(__dirname, '..', '..', 'dist', 'assets', 'target-sync.zip');

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
