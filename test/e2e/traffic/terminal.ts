import { spawn } from 'node:child_process';
import type { Host } from './host';

/** What somebody types once the terminal shows something, in this order. */
export type Typed = readonly [shown: RegExp, typed: string];

export interface Outcome {
  /** Null where somebody had to close the terminal. */
  readonly exitCode: number | null;
  readonly screen: string;
}

const GIVES_UP_AFTER_MS = 25_000;

/** Runs a command in a shell on a terminal of a host, as the reader of a guide does. */
export function runInTerminal(host: Host, command: string, typed: readonly Typed[] = []): Promise<Outcome> {
  const [program, ...args] = host.command('script', '-qefc', command, '/dev/null');
  const child = spawn(program, args, { cwd: host.folder, env: host.environment, detached: true });
  return new Promise((resolve, reject) => {
    let screen = '';
    let seen = 0;
    const rest = [...typed];
    const late = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), GIVES_UP_AFTER_MS);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
      for (let [next] = rest; next; [next] = rest) {
        const match = next[0].exec(screen.slice(seen));
        if (!match) break;
        seen += match.index + match[0].length;
        rest.shift();
        child.stdin.write(`${next[1]}\n`);
      }
    });
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(late);
      resolve({ exitCode, screen });
    });
  });
}
