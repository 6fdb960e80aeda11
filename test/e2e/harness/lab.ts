import { Emulator } from './emulator';
import { pipelineEnvironment } from './environment';
import { GuardedProcess } from './guarded-process';
import { ProviderProcess } from './provider-process';
import type { StackOptions, StackSource } from './stack-configuration';
import { Workspace } from './workspace';

export interface LabOptions {
  /** Whether the tests call AWS. Without an emulator, stacks are validated, planned from nothing, or run on mocks. */
  readonly emulator: boolean;
  /** Starts what stands between Terraform and the emulator; given the emulator, returns the URL to call instead. */
  readonly front?: (emulator: Emulator) => Promise<string>;
}

export interface WorkspaceOptions extends StackOptions {
  /** Lets Terraform start a provider of its own in every run, as a pipeline does; slower. */
  readonly ownProvider?: boolean;
}

/** What one test file works with: an emulator, a running provider, and workspaces that use both. */
export class Lab {
  private constructor(
    private readonly provider: ProviderProcess,
    private readonly running?: Emulator,
    private readonly endpoint?: string,
  ) {}

  public static async start({ emulator: wanted, front }: LabOptions): Promise<Lab> {
    const emulator = wanted ? await Emulator.start() : undefined;
    const endpoint = emulator && front ? await front(emulator) : emulator?.url;
    const provider = await ProviderProcess.start(pipelineEnvironment({ endpoint }));
    return new Lab(provider, emulator, endpoint);
  }

  public get emulator(): Emulator {
    if (!this.running) throw new Error('This lab has no emulator: ask for one with useLab({ emulator: true })');
    return this.running;
  }

  public workspace(source: StackSource, { ownProvider = false, ...options }: WorkspaceOptions = {}): Workspace {
    return new Workspace(source, this.environment({ ownProvider }), options);
  }

  /** For programs that start Terraform themselves: the cdktf CLI, pipeline scripts. */
  public environment({ ownProvider = false }: Pick<WorkspaceOptions, 'ownProvider'> = {}): NodeJS.ProcessEnv {
    return pipelineEnvironment({
      endpoint: this.endpoint,
      reattach: ownProvider ? undefined : this.provider.reattach,
    });
  }
}

/** Starts a lab before the tests of the present `describe` and stops all that they have started after them. */
export function useLab(options: LabOptions): () => Lab {
  let lab: Lab | undefined;
  beforeAll(async () => {
    lab = await Lab.start(options);
  });
  afterAll(() => GuardedProcess.killAll());
  return () => {
    if (!lab) throw new Error('The lab runs only inside of tests and hooks');
    return lab;
  };
}
