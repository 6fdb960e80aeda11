import { join } from 'node:path';
import type { Identity } from '../../../cli/support/certificates';
import { requireBinary } from './binaries';
import { type RealServer, runProgram, startServer } from './real-server';
import { ServerFolder } from './server-folder';

export interface MariadbOptions {
  readonly identity?: Identity;
  readonly requireTls?: boolean;
  /** Speaks TLS 1.0 only. */
  readonly isOld?: boolean;
}

/** One data folder that is served again and again, each time with other settings. */
export class Mariadb {
  private readonly folder = new ServerFolder('mariadb');
  private readonly data = join(this.folder.path, 'data');

  public constructor() {
    const program = requireBinary('mariadb-install-db');
    runProgram(
      this.folder,
      program,
      '--no-defaults',
      `--datadir=${this.data}`,
      '--skip-test-db',
      '--auth-root-authentication-method=normal',
    );
  }

  public start({ identity, requireTls, isOld }: MariadbOptions): Promise<RealServer> {
    return startServer(this.folder, requireBinary('mariadbd'), {
      ready: /ready for connections/,
      args: (port) => [
        '--no-defaults',
        `--datadir=${this.data}`,
        // A server that starts removes what others have in the folder of temporary files that they share.
        `--tmpdir=${this.data}`,
        `--socket=${join(this.folder.path, 'socket')}`,
        `--pid-file=${join(this.folder.path, 'pid')}`,
        '--bind-address=127.0.0.1',
        `--port=${port}`,
        '--skip-log-bin',
        // Nobody needs the data once the tests are over.
        '--debug-no-sync',
        ...(identity ? this.tls(identity) : ['--skip-ssl']),
        ...(requireTls ? ['--require-secure-transport=ON'] : []),
        ...(isOld ? ['--tls-version=TLSv1.0', '--ssl-cipher=DEFAULT@SECLEVEL=0'] : []),
      ],
    });
  }

  /** Puts another certificate where the server has its own. */
  public replaceIdentity(identity: Identity): void {
    this.folder.writeIdentity(identity);
  }

  public remove(): void {
    this.folder.remove();
  }

  private tls(identity: Identity): readonly string[] {
    const { certFile, keyFile } = this.folder.writeIdentity(identity);
    return [`--ssl-cert=${certFile}`, `--ssl-key=${keyFile}`];
  }
}
