import type {
  Connection,
  Converged,
  Description,
  Removed,
  UserServer,
} from '../../../lambda/database-user/user-server';
import type { DeclaredUser } from '../../../lib/users/contract';

interface ModelLogin {
  /** The one in use first; an old one after it. Empty: nobody can log in. */
  passwords: readonly string[];
}

/** A server in memory, as one of the two kinds that there are. Each call is one step that is done whole. */
export class ModelServer {
  public readonly logins = new Map<string, ModelLogin>();
  public readonly calls: string[] = [];
  public sessions = 0;
  public described: Description | undefined;

  public constructor(
    private readonly kind: 'dual-password' | 'two-logins',
    private readonly step: (call: string, told?: string) => Promise<void>,
    private readonly admin: { readonly username: string; readonly password: string },
  ) {}

  public lets({ username, password }: { readonly username: string; readonly password: string }): boolean {
    return this.logins.get(username)?.passwords.includes(password) ?? false;
  }

  public async login({ user, password }: Connection): Promise<boolean> {
    await this.step('server.login', password);
    return this.lets({ username: user, password });
  }

  public async connect({ user, password }: Connection): Promise<UserServer> {
    await this.step('server.connect', password);
    if (user !== this.admin.username || password !== this.admin.password) throw new Error('access denied');
    this.sessions += 1;
    return {
      converge: async (user) => {
        const result = this.converge(user);
        await this.step('server.converge');
        return result;
      },
      rotation: async () => this.kind,
      setPassword: async (_, login, password, { keepOld }) => {
        this.setPassword(login, password, keepOld);
        await this.step(`server.setPassword ${login}`, password);
      },
      discardOldPassword: async (login) => {
        const found = this.logins.get(login);
        if (found) found.passwords = found.passwords.slice(0, 1);
        await this.step('server.discardOldPassword');
      },
      remove: async () => {
        const result = this.remove();
        await this.step('server.remove');
        return result;
      },
      describe: async () => {
        await this.step('server.describe');
        return this.described;
      },
      close: async () => {
        this.sessions -= 1;
      },
    };
  }

  private converge({ userName }: DeclaredUser): Converged {
    if (this.logins.has(userName)) return { changes: [], publicPrivileges: [] };
    this.logins.set(userName, { passwords: [] });
    return { changes: [`login ${userName} made`], publicPrivileges: [] };
  }

  private setPassword(login: string, password: string, keepOld: boolean): void {
    if (keepOld && this.kind === 'two-logins') throw new Error('a login has one password here');
    const { passwords } = this.logins.get(login) ?? { passwords: [] };
    if (keepOld && passwords[0] === password) return;
    this.logins.set(login, { passwords: keepOld ? [password, ...passwords.slice(0, 1)] : [password] });
  }

  private remove(): Removed {
    const changes = [...this.logins.keys()].map((name) => `login ${name} dropped`);
    this.logins.clear();
    return { changes };
  }
}
