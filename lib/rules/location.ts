/** Where something is in a file. */
export interface ProblemLocation {
  /** Path of the file, with forward slashes. */
  readonly file: string;

  /**
   * The line, counted from 1.
   *
   * @default only the file is known, as of an entry made by code whose `origin` has no line
   */
  readonly line?: number;

  /**
   * The column, counted from 1.
   *
   * @default only the line is known, or the file
   */
  readonly column?: number;
}

/**
 * A location in a file that was read.
 *
 * @internal
 */
export type FileLocation = Required<ProblemLocation>;

/**
 * A location in the form of which most terminals and editors make a link.
 *
 * @internal
 */
export function locationText({ file, line, column }: ProblemLocation): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
