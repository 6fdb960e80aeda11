import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EXPOSURE_FILE as NAME, EXPOSURE_VERSION as VERSION } from '../../../lib/exposure/exposure-format';
import { UsageError } from '../../usage-error';
import { listOf, objectOf, readJson } from './json-file';
import { readCheck, type WrittenCheck } from './written-check';

/** Far more than any fleet needs. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What a folder holds: the checks that can be read, and what cannot. */
export interface ExposureFiles {
  readonly checks: readonly WrittenCheck[];
  /** The stacks that have a file, whether it can be read or not. */
  readonly stacks: readonly string[];
  /** Full sentences. */
  readonly problems: readonly string[];
}

/** Reads every `exposure.json` below a folder, in the order of their paths. */
export function readExposureFiles(folder: string): ExposureFiles {
  const files = filesBelow(folder);
  if (files.length === 0) {
    throw new UsageError(`There is no ${NAME} below ${folder}. Synthesize first, and write the folder that it fills.`);
  }
  const checks: WrittenCheck[] = [];
  const problems: string[] = [];
  for (const file of files) readFile(file, checks, problems);
  return { checks, problems, stacks: [...new Set(files.map(stackOf))] };
}

function stackOf(file: string): string {
  return basename(dirname(file));
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => basename(file) === NAME)
      .sort()
      .map((file) => join(folder, file));
  } catch (error) {
    throw new UsageError(`${folder} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

function readFile(file: string, checks: WrittenCheck[], problems: string[]): void {
  const content = contentOf(file);
  if (typeof content === 'string') {
    problems.push(content);
    return;
  }
  const stack = stackOf(file);
  for (const each of listOf(content['endpoints'])) {
    const { endpoint, checks: written } = objectOf(each);
    if (!Array.isArray(written)) problems.push(`${file} is not what this version of the library writes. ${AGAIN}`);
    for (const check of listOf(written)) {
      const read = readCheck(objectOf(check), stack, endpoint);
      if (typeof read === 'string') problems.push(`${file}: ${read}. ${AGAIN}`);
      else checks.push(read);
    }
  }
}

const AGAIN = 'Synthesize again.';

/** The object in a file, or what is wrong with the file. */
function contentOf(file: string): ReturnType<typeof objectOf> | string {
  try {
    // A pipe would never end, nor would a device.
    const stats = statSync(file);
    if (!stats.isFile() || stats.size > MOST_BYTES) return `${file} is not a file of a size that can be read.`;
    const content = objectOf(readJson(file));
    const { version, endpoints } = content;
    if (version === VERSION && Array.isArray(endpoints)) return content;
    return typeof version === 'number' && version !== VERSION
      ? `${file} has version ${version}; this command knows version ${VERSION}.`
      : `${file} is not what this version of the library writes. ${AGAIN}`;
  } catch (error) {
    return error instanceof UsageError ? error.message : `${file} cannot be read.`;
  }
}
