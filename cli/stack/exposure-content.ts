import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EXPOSURE_FILE as NAME, EXPOSURE_VERSION as VERSION } from '../../lib/exposure/exposure-format';
import { UsageError } from '../usage-error';
import { type JsonObject, objectOf, readJson } from './json-file';

/** Far more than any fleet needs. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What to do about a file that is not as this version of the library writes it. */
export const AGAIN = 'Synthesize again.';

/** Every `exposure.json` below a folder, in the order of their paths; there is at least one. */
export function exposureFilesBelow(folder: string): readonly string[] {
  const files = namesBelow(folder)
    .filter((file) => basename(file) === NAME)
    .sort()
    .map((file) => join(folder, file));
  if (files.length > 0) return files;
  throw new UsageError(`There is no ${NAME} below ${folder}. Synthesize first, and pass the output folder.`);
}

function namesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    throw new UsageError(`${folder} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

/** The stack that a file belongs to, which is the name of its folder. */
export function stackOf(file: string): string {
  return basename(dirname(file));
}

/** The object in a file of exposures or of their locations, or what is wrong with the file: full sentences. */
export function exposureContent(file: string): JsonObject | string {
  try {
    // A pipe would never end, nor would a device.
    const stats = statSync(file);
    if (!stats.isFile() || stats.size > MOST_BYTES) return `${file} is not a regular file, or is too large.`;
    const content = objectOf(readJson(file));
    const { version, endpoints } = content;
    if (version === VERSION && Array.isArray(endpoints)) return content;
    return typeof version === 'number' && version !== VERSION
      ? `${file} has version ${version}; this command supports version ${VERSION}. Run the command of the release that wrote it, or synthesize again with this one.`
      : `${file} is not what this version of the library writes. ${AGAIN}`;
  } catch (error) {
    return error instanceof UsageError ? error.message : `${file} cannot be read.`;
  }
}
