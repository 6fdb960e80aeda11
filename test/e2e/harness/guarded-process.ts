import { type ChildProcess, spawn } from 'node:child_process';
import { PATIENCE_MS } from '../../support/patience';

/**
 * Runs a program as the leader of its own process group, next to a watcher that waits for the end of our pipe: when
 * this process ends, however it ends, the pipe closes and the watcher kills the whole group. Jest's sandbox has no
 * working `process.on('exit')`, and a killed Jest would run no handler anyway.
 */
const GUARD = 'exec 3<&0; (cat <&3; kill -KILL 0) >/dev/null 2>&1 & exec "$@" 3<&- </dev/null';

const running = new Set<GuardedProcess>();

export interface ProcessOptions {
  readonly folder?: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** A program that cannot outlive the test that started it. */
export class GuardedProcess {
  public stdout = '';
  public stderr = '';
  /** Resolves with the exit code, or `null` where a signal ended the program. */
  public readonly ended: Promise<number | null>;

  private readonly child: ChildProcess;
  private hasEnded = false;
  private readonly listeners = new Set<() => void>();

  public constructor(command: string, args: readonly string[], { folder, environment }: ProcessOptions) {
    this.child = spawn('sh', ['-c', GUARD, 'guard', command, ...args], {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: 'pipe',
    });
    this.child.stdin?.on('error', () => undefined); // the watcher may be gone before we close its pipe
    this.child.stdout?.setEncoding('utf8').on('data', (text) => this.heard('stdout', text));
    this.child.stderr?.setEncoding('utf8').on('data', (text) => this.heard('stderr', text));
    this.child.on('exit', () => this.child.stdin?.destroy());
    this.ended = new Promise((resolve, reject) => {
      this.child.on('error', reject);
      this.child.on('close', (exitCode) => {
        this.hasEnded = true;
        running.delete(this);
        for (const listener of this.listeners) listener();
        resolve(exitCode);
      });
    });
    running.add(this);
  }

  /** Waits until the output matches; refuses when the program ends or the time is over before that. */
  public waitFor(pattern: RegExp, timeoutMs = PATIENCE_MS): Promise<RegExpMatchArray> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.listeners.delete(look);
        settle();
      };
      const fail = (reason: string) =>
        finish(() =>
          reject(new Error(`${reason} before its output matched ${pattern}:\n${this.stdout}${this.stderr}`)),
        );
      const look = () => {
        const match = this.stdout.match(pattern) ?? this.stderr.match(pattern);
        if (match) finish(() => resolve(match));
        else if (this.hasEnded) fail('The program ended');
      };
      const timer = setTimeout(() => fail(`${timeoutMs} ms went by`), timeoutMs);
      this.listeners.add(look);
      look();
    });
  }

  /** Sends a signal to the program alone, as Ctrl-C in a pipeline's runner does. */
  public signal(signal: NodeJS.Signals): void {
    if (!this.hasEnded) this.child.kill(signal);
  }

  /** Kills the program and everything that it started, at once. */
  public async kill(): Promise<void> {
    this.child.stdin?.destroy();
    await this.ended;
  }

  /** Kills everything that tests of this file have started and that still runs. */
  public static async killAll(): Promise<void> {
    await Promise.all([...running].map((process) => process.kill()));
  }

  private heard(stream: 'stdout' | 'stderr', text: string): void {
    this[stream] += text;
    for (const listener of this.listeners) listener();
  }
}
