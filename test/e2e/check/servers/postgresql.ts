import { join } from 'node:path';
import type { Identity } from '../../../cli/support/certificates';
import { requireBinary } from './binaries';
import { type RealServer, runProgram, startServer } from './real-server';
import { ServerFolder } from './server-folder';

export interface PostgresqlOptions {
  readonly identity?: Identity;
  /** Lines of pg_hba.conf. */
  readonly rules: string;
  /** Speaks TLS 1.0 only. */
  readonly isOld?: boolean;
  /** Whose certificates clients may show. */
  readonly clientAuthority?: Identity;
  readonly maxConnections?: number;
  /** More settings of postgresql.conf. */
  readonly settings?: { readonly [name: string]: string };
}

/** One cluster that is started again and again, each time with other settings. */
export class Postgresql {
  private readonly folder = new ServerFolder('postgresql');
  private readonly data = join(this.folder.path, 'data');

  public constructor() {
    runProgram(this.folder, requireBinary('initdb'), '-D', this.data, '-U', 'admin', '--auth=reject', '--no-sync');
  }

  public start({
    identity,
    rules,
    isOld,
    clientAuthority,
    maxConnections,
    settings: more,
  }: PostgresqlOptions): Promise<RealServer> {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'off',
      hba_file: this.folder.write('hba.conf', `${rules}\n`),
      ...(identity ? this.tls(identity) : {}),
      ...(clientAuthority ? { ssl_ca_file: this.folder.write('clients.pem', clientAuthority.certificate) } : {}),
      ...(maxConnections
        ? { max_connections: `${maxConnections}`, superuser_reserved_connections: '0', max_wal_senders: '0' }
        : {}),
      ...(isOld
        ? { ssl_min_protocol_version: 'TLSv1', ssl_max_protocol_version: 'TLSv1', ssl_ciphers: 'DEFAULT@SECLEVEL=0' }
        : {}),
      ...more,
    };
    return startServer(this.folder, requireBinary('postgres'), {
      ready: /ready to accept connections/,
      signal: 'SIGINT',
      args: (port) => [
        '-D',
        this.data,
        '-p',
        `${port}`,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
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

  private tls(identity: Identity) {
    const { certFile, keyFile } = this.folder.writeIdentity(identity);
    return { ssl: 'on', ssl_cert_file: certFile, ssl_key_file: keyFile };
  }
}
