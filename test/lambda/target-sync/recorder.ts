import type { Report } from '../../../lambda/target-sync/report';

/** Notes what a run reports. */
export class Recorder implements Report {
  public readonly done: string[] = [];
  public readonly seconds: number[] = [];
  public readonly failures: string[] = [];
  public badAnswers = 0;
  public waited: string[] = [];
  public atEnd: readonly string[] | undefined;

  public answered: Report['answered'] = (answers) => {
    this.badAnswers += [...answers.values()].filter(({ kind }) => kind !== 'addresses').length;
  };
  public acts: Report['acts'] = () => undefined;
  public changed: Report['changed'] = (changes, now) => {
    for (const { action, target, since } of changes) {
      this.done.push(`${action} ${target.address}`);
      this.seconds.push((now - since) / 1000);
    }
  };
  public waits: Report['waits'] = (delays) => {
    this.waited.push(...delays.map(({ target }) => target.address));
  };
  public failed: Report['failed'] = (failure) => {
    this.failures.push(String(failure));
  };
  public ended: Report['ended'] = (_, failures) => {
    this.atEnd = failures;
  };
  public flush: Report['flush'] = () => undefined;
}
