import type {
  NewVersion,
  SecretFacts,
  Secrets,
  SecretVersion,
  StageMove,
  VersionChoice,
} from '../../../lambda/database-user/secrets';

interface ModelVersion {
  text?: string;
  stages: string[];
}

/** Secrets Manager in memory, for one secret that a program changes and others that it reads. */
export class ModelSecrets implements Secrets {
  public readonly versions = new Map<string, ModelVersion>();
  public rotates = true;
  public deletedIn?: number;
  private readonly others = new Map<string, string>();

  public constructor(private readonly step: (call: string, told?: string) => Promise<void>) {}

  public with(arn: string, text: string): this {
    this.others.set(arn, text);
    return this;
  }

  /** What Secrets Manager does as a rotation starts; refused while another one is not finished. */
  public startRotation(token: string): void {
    const pending = this.holderOf('AWSPENDING');
    if (pending !== undefined && !this.versions.get(pending)?.stages.includes('AWSCURRENT')) {
      throw new Error('a previous rotation is not complete');
    }
    this.attach('AWSPENDING', token);
  }

  /** What an operator does who gives a rotation up. */
  public giveUp(): void {
    const pending = this.holderOf('AWSPENDING');
    if (pending !== undefined) this.detach('AWSPENDING', pending);
  }

  public current(): string | undefined {
    return this.textOf(this.holderOf('AWSCURRENT'));
  }

  public async get(arn: string, choice: VersionChoice): Promise<SecretVersion | undefined> {
    await this.step('secrets.get');
    const other = this.others.get(arn);
    if (other !== undefined) return { versionId: 'other', text: other };
    const versionId = 'stage' in choice ? this.holderOf(choice.stage) : choice.versionId;
    const text = this.textOf(versionId);
    return versionId === undefined || text === undefined ? undefined : { versionId, text };
  }

  public async describe(): Promise<SecretFacts> {
    await this.step('secrets.describe');
    return { rotates: this.rotates, stages: new Map([...this.versions].map(([id, { stages }]) => [id, [...stages]])) };
  }

  public async put(_: string, { token, text, stages }: NewVersion): Promise<boolean> {
    const had = this.textOf(token);
    if (had === undefined) {
      for (const stage of stages) this.attach(stage, token);
      this.versions.get(token)!.text = text;
    }
    await this.step(`secrets.put ${stages}`, text);
    return had === undefined || had === text;
  }

  public async moveStage(_: string, { stage, to, from }: StageMove): Promise<void> {
    if (this.holderOf(stage) !== from) throw new Error(`${stage} is not on that version`);
    this.attach(stage, to);
    await this.step(`secrets.moveStage ${stage}`);
  }

  public async delete(_: string, recoveryDays: number): Promise<void> {
    this.deletedIn = recoveryDays;
    await this.step('secrets.delete');
  }

  private holderOf(stage: string): string | undefined {
    return [...this.versions].find(([, { stages }]) => stages.includes(stage))?.[0];
  }

  private textOf(id: string | undefined): string | undefined {
    return id === undefined ? undefined : this.versions.get(id)?.text;
  }

  private attach(stage: string, id: string): void {
    const holder = this.holderOf(stage);
    if (holder !== undefined) this.detach(stage, holder);
    const version = this.versions.get(id) ?? { stages: [] };
    version.stages.push(stage);
    this.versions.set(id, version);
  }

  private detach(stage: string, id: string): void {
    const version = this.versions.get(id)!;
    version.stages = version.stages.filter((each) => each !== stage);
  }
}
