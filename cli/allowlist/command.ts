import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { ReadFile } from '../../lib/allowlist-file/allowlist-reader';
import { fromDisk } from '../../lib/allowlist-file/read-allowlist';
import { ExitCode } from '../exit-code';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';
import { type AllowlistReport, checkAllowlistFile, checkEachGroup } from './check-file';
import { type AllowlistOptions, addOptions, allowlistsOf, nameOf, propsOf, readingOf } from './options';
import { textOf } from './render';
import { registerUpdate } from './update/command';

/** Adds `allowlist check` and `allowlist update`. */
export function registerAllowlist(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: ExitCode) => void,
  readStdin = () => new Uint8Array(readFileSync(process.stdin.fd)),
): void {
  const allowlist = program.command('allowlist').description('Commands for allowlist files.');
  registerUpdate(allowlist, terminal, finish);
  const check = allowlist
    .command('check')
    .description('Checks allowlist files and their includes as an endpoint would at synthesis.')
    .argument('<files...>', 'YAML, JSON, CSV or text files, each a separate allowlist; - is standard input');
  addOptions(check)
    .addHelpText(
      'after',
      '\nExit codes: 0 every file is valid (there may be warnings), 1 at least one is not, 2 usage error.',
    )
    .action((named: string[], options: AllowlistOptions) => {
      const files = allowlistsOf(named);
      if (files.filter((file) => file === '-').length > 1)
        throw new UsageError('Standard input is one file. Write - once.');
      const reports = files.flatMap((file) => reportsOf(file, options, readStdin));
      const exitCode = reports.some(({ problems }) => problems.length > 0) ? ExitCode.FAILED : ExitCode.OK;
      terminal.out(options.json ? jsonOf(reports, exitCode) : reports.map(textOf).join('\n'));
      finish(exitCode);
    });
}

function reportsOf(file: string, options: AllowlistOptions, readStdin: () => Uint8Array): AllowlistReport[] {
  const name = nameOf(file, options);
  const stdin = file === '-' ? readStdin() : undefined;
  const readFile: ReadFile = (path, within) => (path === name && stdin ? stdin : fromDisk(path, within));
  if (options.eachGroup) return checkEachGroup(name, readFile, propsOf(options), readingOf(options));
  return [checkAllowlistFile(name, readFile, propsOf(options), readingOf(options))];
}

/** The report of one list, or all of them. */
function jsonOf(reports: readonly AllowlistReport[], exitCode: ExitCode): string {
  const [first] = reports;
  return `${JSON.stringify(reports.length === 1 ? first : { exitCode, reports }, undefined, 2)}\n`;
}
