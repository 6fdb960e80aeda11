import { GuardedProcess } from './guarded-process';
import { requireTool } from './tools';

/**
 * One long-running AWS provider that all Terraform runs of a test file attach to; it saves each run the start and the
 * checksum of a binary of 700 MB. It reads its endpoint and credentials from its own environment, not from
 * Terraform's, and holds one configuration at a time: stacks with provider aliases need their own provider.
 */
export class ProviderProcess {
  private constructor(
    /** What to give to Terraform as `TF_REATTACH_PROVIDERS`. */
    public readonly reattach: string,
    private readonly process: GuardedProcess,
  ) {}

  public static async start(environment: NodeJS.ProcessEnv): Promise<ProviderProcess> {
    // Its log goes to stderr, whole requests of it, which nobody reads.
    const command = ['-c', 'exec "$0" -debug 2>/dev/null', requireTool('provider')];
    const process = new GuardedProcess('sh', command, { environment });
    const [, reattach = ''] = await process.waitFor(/TF_REATTACH_PROVIDERS='(.*)'/);
    return new ProviderProcess(reattach, process);
  }

  public async stop(): Promise<void> {
    await this.process.kill();
  }
}
