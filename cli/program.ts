import { Command, CommanderError } from 'commander';
import { printable, printableLines } from '../lib/rules/printable';
import { version } from '../package.json';
import { registerAllowlist } from './allowlist/command';
import { registerCheck } from './check/command';
import { ExitCode } from './exit-code';
import { registerExplain } from './explain/command';
import { registerExposure } from './exposure/command';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';
import { registerUsers } from './users/command';

/** Adds one verb. Its action hands the exit code to `finish`. */
export type Register = (program: Command, terminal: Terminal, finish: (exitCode: ExitCode) => void) => void;

const VERBS: readonly Register[] = [registerCheck, registerAllowlist, registerExposure, registerUsers, registerExplain];

/** Runs one command line and resolves with its exit code; it never rejects. */
export async function run(args: readonly string[], rawTerminal: Terminal): Promise<ExitCode> {
  const terminal = safe(rawTerminal);
  let exitCode = ExitCode.OK;
  const program = new Command('database-endpoint')
    .description('Checks exposed database endpoints, allowlist files and database users, and shows who may reach what.')
    .version(version)
    // An option after a verb is that verb's: several have one of the same name.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  for (const register of VERBS) {
    register(program, terminal, (code) => {
      exitCode = code;
    });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, terminal);
  }
}

/**
 * Every line is made safe once more on its way out: no verb can forget it, and what is at the beginning of a line is
 * known only here.
 */
function safe({ out, err, progress }: Terminal): Terminal {
  return {
    out: (text) => out(printableLines(text)),
    err: (text) => err(printableLines(text)),
    progress: progress && ((line) => progress(printable(line))),
  };
}

function report(error: unknown, { err }: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.OK : ExitCode.USAGE; // it has written
  if (error instanceof UsageError) {
    err(`error: ${error.message}\n`);
    return ExitCode.USAGE;
  }
  err(`This is a bug in database-endpoint: ${error instanceof Error ? error.stack : error}\n`);
  return ExitCode.BUG;
}
