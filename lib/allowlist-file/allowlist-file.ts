import type { AllowedSource } from '../allowlist/allowed-source';

/** Which part of an allowlist file to read. */
export interface AllowlistFileOptions {
  /**
   * Names of the groups of the file whose entries are wanted. Set it where several endpoints share one file: a source
   * may then be listed once in each group.
   *
   * @default every entry, in a group or not
   */
  readonly groups?: string[];

  /**
   * A folder whose files may be included, at any depth, besides those below the folder of the file itself. Set it
   * where several files include what stands beside or above them.
   *
   * @default only files below the folder of the file may be included
   */
  readonly includeFolder?: string;
}

/**
 * Allowlists that are kept in files, in YAML, JSON, CSV or plain text, and reviewed in Git. The package has a JSON
 * Schema for editors: `schema/allowlist.schema.json`.
 */
export class AllowlistFile {
  /**
   * The sources of an allowlist file and of all files that it includes.
   *
   * The endpoint that gets the result reports the mistakes in the files, with file, line and column.
   *
   * @param path path of the file; relative ones start in the working directory.
   * @param options which groups to read.
   */
  public static read(path: string, options: AllowlistFileOptions = {}): AllowedSource[] {
    // Most endpoints read no file, and the parser takes as long to load as an endpoint to make.
    const { readSources } = require('./read-allowlist') as typeof import('./read-allowlist');
    return readSources(path, options);
  }

  private constructor() {}
}
