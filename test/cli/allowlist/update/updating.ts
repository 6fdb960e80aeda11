import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { registerUpdate } from '../../../../cli/allowlist/update/command';
import { fetchFeed } from '../../../../cli/allowlist/update/fetch-feed';
import type { ExitCode } from '../../../../cli/exit-code';
import { FeedServer } from './feed-server';

export const TODAY = '2026-11-27';

/** A folder with allowlist files, and the server of a vendor. */
export class Updating {
  public server!: FeedServer;
  /** The day on which the command runs. */
  public today = TODAY;
  /** How long a list may take: whoever waits for it sets less. */
  public timeoutMs = 60_000;
  public mostBytes = 1024 * 1024;
  private folder = '';

  /** Each test that follows has its own. */
  public static each(): Updating {
    const updating = new Updating();
    beforeEach(async () => {
      updating.folder = mkdtempSync(join(tmpdir(), 'feeds-'));
      updating.today = TODAY;
      updating.timeoutMs = 60_000;
      updating.mostBytes = 1024 * 1024;
      updating.server = await FeedServer.start();
    });
    afterEach(async () => {
      await updating.server.stop();
      rmSync(updating.folder, { recursive: true });
    });
    return updating;
  }

  public path(name: string): string {
    return join(this.folder, name);
  }

  public write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  public read(name = 'allowlist.yaml.lock.json'): string | undefined {
    return existsSync(this.path(name)) ? readFileSync(this.path(name), 'utf8') : undefined;
  }

  /** The blocks of the only feed of a lock file. */
  public blocks(name?: string): string[] {
    return JSON.parse(this.read(name)!).feeds[0].blocks;
  }

  /** The names of all files of the folder. */
  public files(): string[] {
    return readdirSync(this.folder).sort();
  }

  /** Writes `allowlist.yaml` with one feed of the server. */
  public feed(path: string, more = 'format: text'): void {
    const feed = `{ url: '${this.server.url(path)}', ${more}, owner: data, description: Vendor }`;
    this.write('allowlist.yaml', `entries:\n  - feed: ${feed}\n`);
  }

  /** Runs `allowlist update` on the file; what it prints names neither the folder nor the port. */
  public async run(...options: string[]): Promise<{ exitCode: ExitCode; out: string }> {
    return this.runOn(['allowlist.yaml'], ...options);
  }

  public async runOn(files: readonly string[], ...options: string[]): Promise<{ exitCode: ExitCode; out: string }> {
    let out = '';
    let exitCode = -1;
    const write = (text: string) => {
      out += text;
    };
    const program = new Command().exitOverride().configureOutput({ writeOut: write, writeErr: write });
    const finish = (code: ExitCode) => {
      exitCode = code;
    };
    const { server, timeoutMs, mostBytes } = this;
    registerUpdate(program, { out: write, err: write }, finish, {
      fetchFeed: (url) => fetchFeed(url, { timeoutMs, mostBytes }, server.ca),
      now: () => new Date(`${this.today}T12:00:00Z`),
    });
    await program.parseAsync(['update', ...files.map((file) => this.path(file)), ...options], { from: 'user' });
    return { exitCode, out: out.replaceAll(`${this.folder}/`, '').replaceAll(`:${server.port}`, '') };
  }
}
