import { spawn } from 'node:child_process';
import { PATIENCE_MS } from '../../support/patience';
import { converse, type TerminalOutcome, type Typed } from '../guide/terminal';
import type { Host } from './host';

/**
 * Runs a command in a shell on a terminal of a host, as the reader of a guide does. The exit code is null where
 * somebody had to close the terminal.
 */
export async function runInTerminal(
  host: Host,
  command: string,
  typed: readonly Typed[] = [],
): Promise<TerminalOutcome> {
  const [program, ...args] = host.command('script', '-qefc', command, '/dev/null');
  const child = spawn(program, args, { cwd: host.folder, env: host.environment, detached: true });
  const late = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), PATIENCE_MS);
  return converse(child, typed).finally(() => clearTimeout(late));
}
