import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { GuardedProcess } from '../harness/guarded-process';

/** A machine somewhere on the internet: a network namespace with one address, and everything else behind its cable. */
export class Host {
  private static count = 0;

  public readonly environment: NodeJS.ProcessEnv;

  public constructor(
    public readonly address: string,
    /** Where its user works. */
    public readonly folder: string,
  ) {
    this.environment = {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: folder,
      LC_ALL: 'C.UTF-8',
      TERM: 'dumb',
      PAGER: 'cat',
    };
    const [name, cable] = [this.name, `cable${Host.count++}`];
    ip('netns', 'add', name);
    ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
    ip('link', 'set', cable, 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
    ip('-n', name, 'link', 'set', 'eth0', 'up');
    ip('-n', name, 'address', 'add', `${address}/32`, 'dev', 'eth0');
    ip('-n', name, 'route', 'add', 'default', 'dev', 'eth0', 'src', address);
    // Every other address is local here, which this one must not be.
    ip('route', 'add', `${address}/32`, 'dev', cable, 'table', 'local');
  }

  /** A command line that runs on this host. */
  public command(...command: readonly string[]): readonly [string, ...string[]] {
    return ['ip', 'netns', 'exec', this.name, ...command];
  }

  /** Starts a shell command that goes on until the test ends it. */
  public start(command: string): GuardedProcess {
    const [program, ...args] = this.command('sh', '-c', command);
    return new GuardedProcess(program, args, { folder: this.folder, environment: this.environment });
  }

  public path(file: string): string {
    return join(this.folder, file);
  }

  private get name(): string {
    return `host-${this.address}`;
  }
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
