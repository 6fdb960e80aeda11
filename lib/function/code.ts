import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/**
 * The code's SHA-256 as Lambda states it, in base64. Written into the plan as a literal: Terraform would compute the
 * same value, but only on a machine that has the file.
 */
export function codeHash(file: string): string {
  if (!existsSync(file)) {
    throw new Error(`${file} is missing: the library was not built. Run npm run build in its repository.`);
  }
  return createHash('sha256').update(readFileSync(file)).digest('base64');
}
