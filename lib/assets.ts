import { join } from 'node:path';

/**
 * The archive with the target-sync function. It is made when the library is built, so that no bundler runs at
 * synthesis and every machine plans the same bytes. The path holds from `lib/` as well as from the bundle in `dist/`,
 * which is why this file is not in a folder.
 *
 * @internal
 */
export const CODE_FILE = join(__dirname, '..', 'dist', 'assets', 'target-sync.zip');
