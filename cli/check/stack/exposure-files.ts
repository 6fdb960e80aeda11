import { AGAIN, exposureContent, exposureFilesBelow, stackOf } from '../../stack/exposure-content';
import { listOf, objectOf } from '../../stack/json-file';
import { readCheck, type WrittenCheck } from './written-check';

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
  const files = exposureFilesBelow(folder);
  const checks: WrittenCheck[] = [];
  const problems: string[] = [];
  for (const file of files) readFile(file, checks, problems);
  return { checks, problems, stacks: [...new Set(files.map(stackOf))] };
}

function readFile(file: string, checks: WrittenCheck[], problems: string[]): void {
  const content = exposureContent(file);
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
