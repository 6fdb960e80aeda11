import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from '../../usage-error';

/**
 * Writes a lock file as a whole or not at all: whoever reads it meanwhile, or after the machine was switched off, finds
 * the old text or the new one.
 *
 * @param text what it has to say; undefined if it has to go.
 */
export function writeLock(lock: string, text: string | undefined): void {
  // It would be replaced, and what it points to would stay as it is.
  if (lstatSync(lock, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new UsageError(
      `${lock} is a symbolic link. Replace it with the file, or update the allowlist that it is of.`,
    );
  const beside = `${lock}.${process.pid}.tmp`;
  try {
    if (text === undefined) {
      rmSync(lock);
      return;
    }
    const handle = openSync(beside, 'w', 0o644);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, lock);
  } catch (error) {
    rmSync(beside, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${lock} cannot be written: ${code}. It is as it was; make it and its folder writable.`);
  }
}
