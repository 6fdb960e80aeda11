import { type RotationStep, readTask } from '../../../lambda/database-user/event';
import { generatePassword } from '../../../lambda/database-user/password';
import { run } from '../../../lambda/database-user/run';
import { Secrecy } from '../../../lambda/database-user/secrecy';
import { readLogin } from '../../../lambda/database-user/secret-value';
import type { DeclaredUser } from '../../../lib/users/contract';
import { ADMIN, ADMIN_ARN, SECRET_ARN, USER } from './fixtures';
import { ModelSecrets } from './model-secrets';
import { ModelServer } from './model-server';

export type Kind = 'dual-password' | 'two-logins';

export const STEPS: readonly RotationStep[] = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

/** A server, Secrets Manager, and a program that may be stopped after each of its calls. */
export class World {
  public readonly secrets = new ModelSecrets((call, told) => this.after(call, told)).with(
    ADMIN_ARN,
    JSON.stringify(ADMIN),
  );
  public readonly server: ModelServer;
  public readonly passwords: string[] = [ADMIN.password];
  /** Everything that the program answered or threw. */
  public readonly said: string[] = [];
  public readonly calls: string[] = [];
  /** Moments in which clients who ask for the current secret were not let in. */
  public readonly lockedOut: string[] = [];
  public user: DeclaredUser = USER;
  public now = 0;
  /** How many calls from here on the program is stopped; never if missing. */
  public crashAfter?: number;
  /** What happens between two calls of the program. */
  public pause: () => Promise<void> = async () => undefined;
  private tokens = 0;

  public constructor(public readonly kind: Kind) {
    this.server = new ModelServer(kind, (call, told) => this.after(call, told), ADMIN);
  }

  public async invoke(payload: object): Promise<unknown> {
    try {
      const summary = await run(readTask(payload), {
        user: this.user,
        secrets: this.secrets,
        secrecy: new Secrecy(),
        connect: (connection) => this.server.connect(connection),
        login: (connection) => this.server.login(connection),
        generatePassword: () => {
          const password = generatePassword();
          this.passwords.push(password);
          return password;
        },
        newToken: () => `anew-${this.tokens++}`,
        now: () => this.now,
      });
      this.said.push(JSON.stringify(summary));
      return summary;
    } catch (error) {
      this.said.push(String((error as Error).stack), JSON.stringify(error), String((error as Error).cause));
      throw error;
    }
  }

  public create(): Promise<unknown> {
    return this.invoke({ task: 'exist', tf: { action: 'create' } });
  }

  public converge(): Promise<unknown> {
    return this.invoke({ task: 'converge' });
  }

  public describe(): Promise<unknown> {
    return this.invoke({ task: 'describe' });
  }

  public step(token: string, step: RotationStep): Promise<unknown> {
    return this.invoke({ SecretId: SECRET_ARN, ClientRequestToken: token, Step: step });
  }

  public async rotate(token: string): Promise<void> {
    this.secrets.startRotation(token);
    for (const step of STEPS) await this.step(token, step);
  }

  /** What a run leaves, without the passwords, which are never the same. */
  public get state(): unknown {
    const current = this.secrets.current();
    return {
      logins: [...this.server.logins].map(([name, { passwords }]) => [name, passwords.length]).sort(),
      current: current && { ...JSON.parse(current), password: '', url: '' },
      letsIn: current && this.server.lets(readLogin(current)),
      sessions: this.server.sessions,
    };
  }

  private async after(call: string, told = ''): Promise<void> {
    this.calls.push(call);
    const current = this.secrets.current();
    if (current !== undefined && !this.server.lets(readLogin(current))) this.lockedOut.push(call);
    if (this.crashAfter !== undefined && this.crashAfter-- === 0) {
      this.crashAfter = undefined;
      // The worst that a driver can throw: all that it was told, everywhere.
      const message = `stopped: ${told} ${encodeURIComponent(told)} ${told.slice(0, 15)}`;
      throw Object.assign(new Error(message, { cause: told }), { code: 'STOP', sql: told });
    }
    await this.pause();
  }
}
