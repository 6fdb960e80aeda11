import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from '../../../cli/support/certificates';

/** Whom servers run as where the tests run as root, which most of them refuse. Linux calls it "nobody". */
const NOBODY = 65534;

/** A folder that belongs to the user that servers run as. */
export class ServerFolder {
  public readonly path: string;

  public constructor(name: string) {
    // Not in the scratch folder of the run, into which only its owner can look.
    this.path = mkdtempSync(join(tmpdir(), `database-endpoint-${name}-`));
    this.give(this.path);
  }

  public write(name: string, content: string): string {
    const file = join(this.path, name);
    writeFileSync(file, content);
    chmodSync(file, 0o600);
    this.give(file);
    return file;
  }

  /** Writes certificate and key, and returns their files. */
  public writeIdentity({ certificate, key }: Identity): { readonly certFile: string; readonly keyFile: string } {
    return { certFile: this.write('server.pem', certificate), keyFile: this.write('server.key', key) };
  }

  public remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private give(path: string): void {
    if (isRoot()) chownSync(path, NOBODY, NOBODY);
  }
}

/** A command line that runs as a user without rights. */
export function withoutRights(command: string, ...args: readonly string[]): readonly [string, readonly string[]] {
  if (!isRoot()) return [command, args];
  return ['setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', command, ...args]];
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
