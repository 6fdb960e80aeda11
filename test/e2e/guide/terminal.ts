import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATIENCE_MS } from '../../support/patience';

/** What somebody types once the terminal shows something. */
export type Typed = readonly [shown: RegExp, typed: string];

export interface TerminalOptions {
  /** Names and the addresses that they resolve to. */
  readonly hosts?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly typed?: readonly Typed[];
  /** What its environment holds besides. */
  readonly environment?: NodeJS.ProcessEnv;
  /** After how long the command is ended. */
  readonly timeoutSeconds?: number;
}

export interface TerminalOutcome {
  readonly exitCode: number | null;
  /** Everything that the terminal showed. */
  readonly screen: string;
}

/** Runs a command line in a shell on a terminal, as the reader of a guide does, and types what it asks for. */
export async function runInTerminal(command: string, options: TerminalOptions = {}): Promise<TerminalOutcome> {
  const { hosts = {}, timeoutSeconds = PATIENCE_MS / 1000 } = options;
  const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
  try {
    const line = withHosts(folder, hosts, 'script', '-qefc', command, '/dev/null');
    const cwd = options.folder ?? folder;
    const env = { ...environment(cwd), ...options.environment };
    const child = spawn('timeout', ['--kill-after=2', `${timeoutSeconds}`, ...line], { cwd, env });
    return await converse(child, options.typed ?? []);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * A command line that runs a program in a mount namespace with /etc/hosts of its own: the command under test stays as
 * it is, and so does the machine.
 */
export function withHosts(
  folder: string,
  hosts: Readonly<Record<string, string>>,
  ...command: readonly string[]
): readonly string[] {
  const file = join(folder, 'hosts');
  const lines = Object.entries({ localhost: '127.0.0.1', ...hosts }).map(([name, address]) => `${address} ${name}\n`);
  writeFileSync(file, lines.join(''));
  const flags = process.getuid?.() === 0 ? '-m' : '-rm';
  return ['unshare', flags, 'sh', '-c', 'mount --bind "$0" /etc/hosts && exec "$@"', file, ...command];
}

/** Reads what a terminal shows, types when something is waited for, and waits for the end. */
export function converse(child: ChildProcessWithoutNullStreams, typed: readonly Typed[]): Promise<TerminalOutcome> {
  return new Promise((resolve, reject) => {
    const left = [...typed];
    let screen = '';
    let read = 0;
    const look = (text: string) => {
      screen += text;
      for (;;) {
        const match = left[0]?.[0].exec(screen.slice(read));
        if (!match) return;
        read += match.index + match[0].length;
        child.stdin.write(`${left.shift()?.[1]}\n`);
      }
    };
    child.stdin.on('error', () => undefined);
    child.stdout.setEncoding('utf8').on('data', look);
    child.stderr.setEncoding('utf8').on('data', look);
    child.on('error', reject).on('close', (exitCode) => resolve({ exitCode, screen }));
  });
}

/** Nothing of the user's own settings. */
export function environment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: `${process.env['PATH']}:/usr/sbin`,
    HOME: folder,
    SHELL: '/bin/sh',
    TERM: 'dumb',
    PAGER: 'cat',
    LC_ALL: 'C.UTF-8',
  };
}
