import { join } from 'node:path';

/**
 * The archives with the functions' programs. They are made when the library is built, so that no bundler runs at
 * synthesis and every machine plans the same bytes. The path holds from `lib/` as well as from the bundle in `dist/`,
 * which is why this file is not in a folder.
 *
 * @internal
 */
export const CODE_FILES = { targetSync: archive('target-sync'), databaseUser: archive('database-user') } as const;

function archive(program: string): string {
  return join(__dirname, '..', 'dist', 'assets', `${program}.zip`);
}
