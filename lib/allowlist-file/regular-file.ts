import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import type { FileMistake } from './allowlist-file-rules';

/** Why a file is not opened. */
export class FileRefused extends Error {
  public constructor(public readonly mistake: FileMistake) {
    super(mistake.reason);
  }
}

/**
 * The bytes of a regular file. A pipe would make the synthesis wait, a device would never end.
 *
 * @param path path of the file.
 * @param most more bytes than that are refused.
 * @param within folders of which one must hold it once all symbolic links are followed.
 */
export function readRegularFile(path: string, most: number, within?: readonly string[]): Uint8Array {
  // The file that was checked is the one that is opened, even if a link is changed in between.
  const file = realpathSync(path);
  if (within !== undefined && !within.some((folder) => holds(realpathSync(folder), file)))
    throw new FileRefused(OUTSIDE);
  if (!statSync(file).isFile()) throw new FileRefused(NOT_REGULAR);
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(handle).isFile()) throw new FileRefused(NOT_REGULAR);
    return readUpTo(handle, most);
  } finally {
    closeSync(handle);
  }
}

/** Whether a folder holds a file, at any depth. Both are absolute. */
function holds(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function readUpTo(handle: number, most: number): Uint8Array {
  const { size } = fstatSync(handle);
  if (size > most) throw new FileRefused(TOO_LARGE);
  // Files on some file systems claim to be empty although they are not.
  const buffer = Buffer.allocUnsafe(Math.min(Math.max(size, 4096), most) + 1);
  const chunks: Buffer[] = [];
  for (let total = 0; ; ) {
    const read = readSync(handle, buffer, 0, buffer.length, null);
    total += read;
    if (total > most) throw new FileRefused(TOO_LARGE);
    if (read === 0) return Buffer.concat(chunks);
    chunks.push(Buffer.from(buffer.subarray(0, read)));
  }
}

/** Problem of a file that leaves the folder by its path or by a link. */
export const OUTSIDE: FileMistake = {
  rule: 'IncludeOutside',
  reason: 'is outside the folder of the first file',
  remedy:
    'Move it there, or set a folder that contains both: includeFolder in code, --include-folder on the command line.',
};

/** Problem of files that are too large together. */
export const TOO_LARGE: FileMistake = {
  rule: 'FileTooLarge',
  reason: 'exceeds the limit for an allowlist with all its files (16 MiB)',
  remedy: 'Remove what does not belong in an allowlist; list networks instead of addresses.',
};

const NOT_REGULAR: FileMistake = {
  rule: 'FileUnreadable',
  reason: 'is not a regular file',
  remedy: 'Write the path of a file; the command reads standard input as -.',
};

/** Problem of a file that could not be read. */
export function unreadable(error: unknown): FileMistake {
  if (error instanceof FileRefused) return error.mistake;
  const { code, message } = error as NodeJS.ErrnoException;
  return {
    rule: 'FileUnreadable',
    reason: code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? message})`,
    remedy: 'Check the path; an include is relative to the file that contains it.',
  };
}
