import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionsOf, driftOf, type ResourceChange, type ResourceValues, type ShownJson, valuesByAddress } from './plan';
import { scratchFolder } from './scratch';
import { type StackOptions, type StackSource, withoutGuards, writeStack } from './stack-configuration';
import { Terraform, TerraformError } from './terraform';

/** What a plan would do. */
export interface Plan {
  /** See `actionsOf`. Empty where Terraform says "No changes". */
  readonly actions: readonly string[];
  /** Of `plan -detailed-exitcode`: 0 without changes, 2 with. */
  readonly exitCode: number;
  readonly file: string;
}

/** Where a stack is planned and applied: a temporary folder with the stack and its state. */
export class Workspace {
  public readonly folder = scratchFolder('workspace');
  private readonly terraform: Terraform;
  private initialized = false;

  public constructor(
    source: StackSource,
    environment: NodeJS.ProcessEnv,
    private readonly options: StackOptions = {},
  ) {
    this.terraform = new Terraform(this.folder, environment);
    this.configure(source);
  }

  /** What Terraform has said so far. */
  public get output(): string {
    return this.terraform.output;
  }

  /** Puts another version of the stack in place of the present one; the state stays. */
  public configure(source: StackSource): void {
    writeStack(this.folder, source, this.options);
    this.initialized = false;
  }

  /** Sets the stack's input variables for all commands from now on. */
  public setVariables(values: Readonly<Record<string, unknown>>): void {
    writeFileSync(join(this.folder, 'terraform.tfvars.json'), JSON.stringify(values));
  }

  /** What `terraform validate` holds against the stack: nothing, where it is valid. */
  public async validate(): Promise<string[]> {
    const { stdout } = await (await this.ready()).runExpecting([0, 1], 'validate', '-json');
    const { diagnostics = [] } = JSON.parse(stdout) as { diagnostics?: { summary: string; detail: string }[] };
    return diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`);
  }

  /** @param flags such as `-refresh=false`, where the state holds what the emulator does not keep. */
  public async plan(...flags: string[]): Promise<Plan> {
    const file = join(this.folder, 'plan');
    const terraform = await this.ready();
    const { exitCode } = await terraform.runExpecting(
      [0, 2],
      'plan',
      '-detailed-exitcode',
      '-no-color',
      `-out=${file}`,
      ...flags,
    );
    // Without changes there is nothing to read, and reading costs half as much as planning.
    return { actions: exitCode === 0 ? [] : actionsOf(await this.show(file)), exitCode, file };
  }

  /** Every resource as it will be after the plan; what only AWS decides is not in it. */
  public async planned({ file }: Plan): Promise<ResourceValues> {
    return valuesByAddress((await this.show(file)).planned_values?.root_module?.resources);
  }

  /** What the plan would do, as Terraform writes it. */
  public async changes({ file }: Plan): Promise<readonly ResourceChange[]> {
    return (await this.show(file)).resource_changes ?? [];
  }

  /** What had changed outside of Terraform when the plan was made, attributes that AWS itself computes included. */
  public async drift({ file }: Plan): Promise<string[]> {
    return driftOf(await this.show(file));
  }

  /** Applies without asking. Many resources at once, because the provider's own waits after a call run side by side. */
  public async apply(): Promise<void> {
    await (await this.ready()).run(...APPLY);
  }

  /** Applies exactly what was planned. */
  public async applyPlan({ file }: Plan): Promise<void> {
    await (await this.ready()).run('apply', '-no-color', '-parallelism=60', file);
  }

  /**
   * Starts an apply and ends it as soon as its output matches. `SIGINT` is a cancelled pipeline: Terraform gives up
   * waiting and saves what it knows. `SIGKILL` is a lost machine: Terraform and its provider stop where they are.
   */
  public async interruptApply(when: RegExp, signal: 'SIGINT' | 'SIGKILL'): Promise<string> {
    const process = (await this.ready()).start(...APPLY);
    await process.waitFor(when);
    if (signal === 'SIGKILL') await process.kill();
    else process.signal(signal);
    const exitCode = await process.ended;
    if (exitCode === 0) throw new Error(`The apply had ended before ${signal} reached it:\n${process.stdout}`);
    return process.stdout + process.stderr;
  }

  /** Destroys everything, guarded or not. Tried again where it fails: the emulator loses races between many deletions. */
  public async destroy(attempts = 3): Promise<void> {
    const terraform = await this.ready();
    for (let attempt = 1; ; attempt++) {
      try {
        await withoutGuards(this.folder, () => {
          return terraform.run('destroy', '-auto-approve', '-no-color', '-parallelism=60');
        });
        return;
      } catch (error) {
        if (!(error instanceof TerraformError) || attempt >= attempts) throw error;
      }
    }
  }

  /** The addresses in the state. */
  public async stateList(): Promise<string[]> {
    const { stdout } = await (await this.ready()).run('state', 'list');
    return stdout.split('\n').filter(Boolean);
  }

  /** The attributes of every resource in the state, by its full address. */
  public async resources(): Promise<ResourceValues> {
    return valuesByAddress((await this.show()).values?.root_module?.resources);
  }

  public async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { stdout } = await (await this.ready()).run('output', '-json');
    const outputs = Object.entries(JSON.parse(stdout) as Record<string, { value: unknown }>);
    return Object.fromEntries(outputs.map(([name, { value }]) => [name, value]));
  }

  private async show(...file: string[]): Promise<ShownJson> {
    return JSON.parse((await (await this.ready()).run('show', '-json', ...file)).stdout);
  }

  /** Any other command, once the workspace is initialized. */
  public async ready(): Promise<Terraform> {
    if (!this.initialized) await this.init();
    return this.terraform;
  }

  public async init(): Promise<void> {
    await this.terraform.run('init', '-no-color', '-reconfigure');
    this.initialized = true;
  }
}

const APPLY = ['apply', '-auto-approve', '-no-color', '-parallelism=60'];
