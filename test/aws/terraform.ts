import { spawn } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Runs Terraform in the folder of the kit's stack; what it says goes to `terraform.log` in the kit's folder. */
export class Terraform {
  private readonly log: number;
  private isInitialized = false;

  public constructor(
    private readonly stackFolder: string,
    private readonly logFolder: string,
  ) {
    this.log = openSync(join(logFolder, 'terraform.log'), 'a');
  }

  public async init(signal?: AbortSignal): Promise<void> {
    await this.run(['init', '-no-color', '-input=false'], signal);
    this.isInitialized = true;
  }

  public async apply(signal: AbortSignal): Promise<void> {
    await this.run(['apply', '-auto-approve', '-no-color', '-input=false', '-parallelism=30'], signal);
  }

  /** Has no signal: what was begun to be destroyed is destroyed. */
  public async destroy(): Promise<void> {
    // A run that is interrupted while it installs the provider has none to destroy with what an earlier run has left.
    if (!this.isInitialized) await this.init();
    await this.run(['destroy', '-auto-approve', '-no-color', '-input=false', '-parallelism=30']);
  }

  public async outputs(): Promise<Readonly<Record<string, string>>> {
    const outputs = JSON.parse(await this.run(['output', '-json'])) as Record<string, { value: string }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  private run(args: readonly string[], signal?: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      // A process group of its own: Ctrl-C must reach Terraform once, through us. At a second one it drops what it is
      // doing without saving what it has made.
      const child = spawn('terraform', args, {
        cwd: this.stackFolder,
        detached: true,
        stdio: ['ignore', 'pipe', this.log],
      });
      const interrupt = () => child.kill('SIGINT');
      signal?.addEventListener('abort', interrupt, { once: true });
      let output = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (args[0] !== 'output') writeSync(this.log, text);
      });
      child.once('error', reject);
      child.once('close', (code) => {
        signal?.removeEventListener('abort', interrupt);
        if (signal?.aborted) reject(signal.reason);
        else if (code === 0) resolve(output);
        else reject(new Error(`terraform ${args[0]} ended with ${code}: see ${join(this.logFolder, 'terraform.log')}`));
      });
    });
  }
}
