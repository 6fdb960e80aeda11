import type { AllowedSource } from '../allowlist/allowed-source';

/** Which part of an allowlist file to read. */
export interface AllowlistFileOptions {
  /**
   * Names of the groups to read. Set it if several endpoints share one file: a source may then be listed once in each
   * group.
   *
   * @default every entry, in a group or not
   */
  readonly groups?: string[];

  /**
   * A folder whose files may be included, at any depth, besides those below the folder of the file itself. Set it if
   * files include others that are next to or above them.
   *
   * @default only files below the folder of the file may be included; a text includes none
   */
  readonly includeFolder?: string;
}

/** What a text is that is read as an allowlist file, and which part of it to read. */
export interface AllowlistTextOptions extends AllowlistFileOptions {
  /**
   * Path of the file that the text comes from, or its address: messages and the exposure name it. Its extension decides
   * how the text is read, and includes start in its folder.
   */
  readonly name: string;

  /**
   * What the lock file of the text says, as `database-endpoint allowlist update` has written it. Set it if the text names
   * published lists (`feed`): of a text it is not known where its lock file stands.
   *
   * @default the text may name no published lists
   */
  readonly lockText?: string;
}

/**
 * Allowlists in YAML, JSON, CSV or plain-text files, reviewed in Git. The package has a JSON Schema for editors:
 * `schema/allowlist.schema.json`.
 *
 * A file may name published lists, such as the addresses of a vendor (`feed`). They are read from the lock file beside it,
 * which `database-endpoint allowlist update` writes: synthesis never asks the network.
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

  /**
   * The sources of a text that is an allowlist file already in memory, such as one that a program has fetched or made. It
   * is checked as `read` checks a file.
   *
   * A text includes no files unless `includeFolder` says from where: where it comes from is not known, and it must not
   * decide what is read from disk.
   *
   * @param text what the file says.
   * @param options the name of the file, and which groups to read.
   */
  public static parse(text: string, options: AllowlistTextOptions): AllowedSource[] {
    const { parseSources } = require('./read-allowlist') as typeof import('./read-allowlist');
    return parseSources(text, options);
  }

  private constructor() {}
}
