import { AllowedSource } from '../allowlist/allowed-source';
import type { Problem } from '../rules/endpoint-error';
import { checkStruct } from '../rules/type-check';
import { isUnknown } from '../tokens/unresolved';
import { MOST_BYTES, type ReadFile, type ReadOptions, readAllowlistFiles } from './allowlist-reader';
import { sourcesOf } from './allowlist-sources';
import { readRegularFile } from './regular-file';

/** Reads an allowlist from the disk, as code asks for it: without a type checker, with anything. */
export function readSources(path: string, options: ReadOptions): AllowedSource[] {
  const problems = [...checkPath(path), ...checkOptions(options)];
  if (problems.length > 0) return [AllowedSource._mistakes(problems)];
  const { groups, includeFolder } = options;
  const content = readAllowlistFiles(withSlashes(path), fromDisk, {
    groups,
    includeFolder: includeFolder === undefined ? undefined : withSlashes(includeFolder),
  });
  return sourcesOf(content);
}

/** Reads one file. */
export const fromDisk: ReadFile = (path, within) => readRegularFile(path, MOST_BYTES, within);

/** Windows accepts both kinds of slashes, and locations in messages have one. */
export function withSlashes(path: string): string {
  return path.replace(/\\/g, '/');
}

const PATH = 'AllowlistFile.read(path)';

function checkPath(path: unknown): Problem[] {
  if (typeof path === 'string' && path !== '' && !isUnknown(path)) return [];
  const isText = typeof path === 'string' && path !== '';
  return [
    {
      rule: 'FileUnreadable',
      property: PATH,
      reason: isText ? 'is known after apply, and files are read at synthesis' : 'is not the path of a file',
      remedy: 'Write the path of a file.',
    },
  ];
}

function checkOptions(options: unknown): Problem[] {
  const property = 'AllowlistFile.read(options)';
  const problems = checkStruct(options, 'AllowlistFileOptions', property);
  if (problems.length > 0) return problems;
  const { groups } = options as ReadOptions;
  if (groups === undefined || groups.length > 0) return problems;
  const remedy = 'Name a group, or leave groups out to read all of the file.';
  return [{ rule: 'FileGroupMissing', property: `${property}.groups`, reason: 'asks for no group', remedy }];
}
