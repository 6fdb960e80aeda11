import { GuardedProcess } from './guarded-process';
import { requireTool } from './tools';

/** What a finished command left. */
export interface TerraformResult {
  readonly exitCode: number;
  readonly stdout: string;
}

/** A command that Terraform refused or failed, with everything it said. */
export class TerraformError extends Error {
  public constructor(
    command: string,
    public readonly exitCode: number | null,
    public readonly output: string,
  ) {
    super(`terraform ${command} ended with ${exitCode ?? 'a signal'}:\n${output}`);
    this.name = 'TerraformError';
  }
}

/** Runs terraform in one folder with one environment. */
export class Terraform {
  /** What its finished commands have said. */
  public output = '';

  public constructor(
    public readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  public start(...args: string[]): GuardedProcess {
    return new GuardedProcess(requireTool('terraform'), args, { folder: this.folder, environment: this.environment });
  }

  /** Runs a command that must succeed. */
  public async run(...args: string[]): Promise<TerraformResult> {
    return this.runExpecting([0], ...args);
  }

  /** Runs a command whose exit code is one of several good answers. */
  public async runExpecting(exitCodes: readonly number[], ...args: string[]): Promise<TerraformResult> {
    const process = this.start(...args);
    const exitCode = await process.ended;
    this.output += `${process.stdout}${process.stderr}`;
    if (exitCode === null || !exitCodes.includes(exitCode)) {
      throw new TerraformError(args.join(' '), exitCode, process.stdout + process.stderr);
    }
    return { exitCode, stdout: process.stdout };
  }
}
