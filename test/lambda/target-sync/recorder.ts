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
  public recoveries: string[] = [];
  public secondsUntilHealthy: number[] = [];
  public ailing: string[] = [];
  /** Each state of targets that was seen, once in a row. */
  public states: string[] = [];

  public saw: Report['saw'] = (observed) => {
    const states = observed.map(({ address, state }) => `${address} ${state}`).join(', ');
    if (this.states.at(-1) !== states) this.states.push(states);
  };
  public recovered: Report['recovered'] = (recoveries) => {
    this.recoveries.push(...recoveries.map(({ address }) => address));
    this.secondsUntilHealthy.push(...recoveries.map(({ seconds }) => seconds));
  };
  public waits: Report['waits'] = (delays) => {
    this.waited.push(...delays.map(({ target }) => target.address));
  };
  public failed: Report['failed'] = (failure) => {
    this.failures.push(String(failure));
  };
  public ended: Report['ended'] = (_, failures, ailing = []) => {
    this.atEnd = failures;
    this.ailing = ailing.map(({ kind }) => kind);
  };
  public flush: Report['flush'] = () => undefined;
}
