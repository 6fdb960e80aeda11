import { AllowedSource } from '../allowlist/allowed-source';
import type { Problem } from '../rules/endpoint-error';
import { checkStruct, readable } from '../rules/type-check';
import { isUnresolved } from '../tokens/unresolved';
import { MOST_BYTES, type ReadFile, type ReadOptions, readAllowlistFiles } from './allowlist-reader';
import { sourcesOf } from './allowlist-sources';
import { readRegularFile } from './regular-file';

/** Reads an allowlist from disk, as code requests it: without a type checker, possibly with anything. */
export function readSources(path: string, options: ReadOptions): AllowedSource[] {
  const property = 'AllowlistFile.read(options)';
  const problems = [
    ...checkText(path, 'AllowlistFile.read(path)', PATH),
    ...checkOptions(options, 'AllowlistFileOptions', property),
  ];
  if (problems.length > 0) return [AllowedSource._mistakes(problems)];
  return sourcesOf(readAllowlistFiles(withSlashes(path), fromDisk, readingOf(options)));
}

/** The same for a text that is in memory. */
export function parseSources(text: string, options: ReadOptions & { readonly name: string }): AllowedSource[] {
  const property = 'AllowlistFile.parse(options)';
  const { name, lockText } = readable(options);
  const problems = [
    ...(typeof text === 'string' && text.trim() === '' ? [] : checkText(text, 'AllowlistFile.parse(text)', TEXT)),
    ...checkOptions(options, 'AllowlistTextOptions', property),
    ...checkText(name, `${property}.name`, PATH),
    ...(lockText === undefined ? [] : checkText(lockText, `${property}.lockText`, LOCK)),
  ];
  if (problems.length > 0) return [AllowedSource._mistakes(problems)];
  const path = withSlashes(options.name);
  // An include is read within folders, and never the text again.
  const readFile: ReadFile = (file, within) => (within === undefined ? text : fromDisk(file, within));
  return sourcesOf(
    readAllowlistFiles(path, readFile, { ...readingOf(options), isText: true, lockText: options.lockText }),
  );
}

function readingOf({ groups, includeFolder }: ReadOptions): ReadOptions {
  return { groups, includeFolder: includeFolder === undefined ? undefined : withSlashes(includeFolder) };
}

/** Reads one file. */
export const fromDisk: ReadFile = (path, within) => readRegularFile(path, MOST_BYTES, within);

/** Windows accepts both kinds of slashes, and locations in messages have one. */
export function withSlashes(path: string): string {
  return path.replace(/\\/g, '/');
}

const PATH = { what: 'the path of a file', remedy: 'Write the path of a file.' };
const TEXT = { what: 'the text of a file', remedy: 'Write the text of an allowlist file as it is at synthesis.' };
const LOCK = { what: 'the text of a lock file', remedy: 'Write what the lock file says, or leave lockText out.' };

function checkText(text: unknown, property: string, { what, remedy }: typeof PATH): Problem[] {
  if (typeof text !== 'string' || text === '')
    return [{ rule: 'FileUnreadable', property, reason: `is not ${what}`, remedy }];
  if (!isUnresolved(text)) return [];
  return [
    { rule: 'FileUnreadable', property, reason: 'is known after apply, but files are read at synthesis', remedy },
  ];
}

function checkOptions(options: unknown, struct: string, property: string): Problem[] {
  const problems = checkStruct(options, struct, property);
  if (problems.length > 0) return problems;
  const { groups } = readable(options as ReadOptions | undefined);
  if (groups === undefined || groups.length > 0) return problems;
  const remedy = 'List a group, or leave groups out to read the whole file.';
  return [{ rule: 'FileGroupMissing', property: `${property}.groups`, reason: 'lists no group', remedy }];
}
