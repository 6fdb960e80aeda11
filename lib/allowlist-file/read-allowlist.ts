import type { Problem } from '../rules/endpoint-error';
import { checkStruct } from '../rules/type-check';
import { isUnknown } from '../tokens/unresolved';
import {
  type AllowlistContent,
  MOST_BYTES,
  type ReadFile,
  type ReadOptions,
  readAllowlistFiles,
} from './allowlist-reader';
import { readRegularFile } from './regular-file';

/** Reads an allowlist from the disk, as code asks for it: without a type checker, with anything. */
export function readAllowlist(path: string, options: ReadOptions): Pick<AllowlistContent, 'entries' | 'problems'> {
  const problems = [...checkPath(path), ...checkOptions(options)];
  if (problems.length > 0) return { entries: [], problems };
  const { groups, includeFolder } = options;
  return readAllowlistFiles(withSlashes(path), fromDisk, {
    groups,
    includeFolder: includeFolder === undefined ? undefined : withSlashes(includeFolder),
  });
}

/** Reads one file. */
export const fromDisk: ReadFile = (path, within) => readRegularFile(path, MOST_BYTES, within);

/** Windows takes both kinds of slashes, and places in messages have one. */
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
      reason: isText ? 'is known to Terraform only, and files are read at synthesis' : 'is not the path of a file',
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
