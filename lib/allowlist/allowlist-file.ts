import { readFileSync } from 'node:fs';
import { AllowedSource } from './allowed-source';

/** Which part of an allowlist file to read. */
export interface AllowlistFileOptions {
  /**
   * Names of the groups of the file whose entries are wanted.
   *
   * @default every entry, in a group or not
   */
  readonly groups?: string[];
}

/**
 * Allowlists that are kept in files, in YAML or JSON, and reviewed in Git. The package has a JSON Schema for editors:
 * `schema/allowlist.schema.json`.
 */
export class AllowlistFile {
  /**
   * The sources of an allowlist file and of all files that it includes.
   *
   * Mistakes in the files are reported, with file, line and column, by the endpoint that is given the result.
   *
   * @param path path of the file; relative ones start in the working directory.
   * @param options which groups to read.
   */
  public static read(path: string, options: AllowlistFileOptions = {}): AllowedSource[] {
    // Most endpoints read no file, and the parser takes as long to load as an endpoint to make.
    const { readAllowlistFiles } = require('./allowlist-reader') as typeof import('./allowlist-reader');
    const { entries, problems } = readAllowlistFiles(path.replace(/\\/g, '/'), (file) => readFileSync(file, 'utf8'));
    const { groups } = options;
    // What could not be read may be the group.
    const missing =
      problems.length > 0 ? [] : (groups ?? []).filter((name) => !entries.some(({ section }) => section === name));
    const all = [
      ...problems,
      ...missing.map((name) => ({
        rule: 'FileGroupMissing',
        property: `${path}:`,
        value: name,
        reason: 'is not a group of the file',
        remedy: 'Write the name of a group that the file has.',
      })),
    ];
    if (all.length > 0) return [AllowedSource._mistakes(all)];
    return entries
      .filter(({ section }) => groups === undefined || (section !== undefined && groups.includes(section)))
      .map((entry) => AllowedSource._fromEntry(entry));
  }

  private constructor() {}
}
