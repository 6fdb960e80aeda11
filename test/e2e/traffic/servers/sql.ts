import { join } from 'node:path';
import type { Identity } from '../../../cli/support/certificates';
import { requireBinary } from '../../check/servers/binaries';
import type { GuardedProcess } from '../../harness/guarded-process';
import { folderFor, type Place, runProgram, serve } from './serve';

/** Who logs in, everywhere. */
export const USER = 'looker';
export const PASSWORD = 'sesame';

const RULES = 'host all all all scram-sha-256\n';

/** A PostgreSQL that takes connections with and without TLS, as managed ones do where nobody forbids it. */
export function startPostgresql(place: Place, identity: Identity): Promise<GuardedProcess> {
  const folder = folderFor('postgresql');
  const data = join(folder.path, 'data');
  const password = folder.write('password', PASSWORD);
  const options = ['--auth=scram-sha-256', `--pwfile=${password}`, '--no-sync', '--no-locale', '--encoding=UTF8'];
  runProgram(folder, requireBinary('initdb'), '-D', data, '-U', USER, ...options);
  const { certFile, keyFile } = folder.writeIdentity(identity);
  const settings = {
    listen_addresses: place.address,
    port: place.port,
    unix_socket_directories: '',
    hba_file: folder.write('hba.conf', RULES),
    fsync: 'off',
    max_connections: 300,
    ssl: 'on',
    ssl_cert_file: certFile,
    ssl_key_file: keyFile,
  };
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  return serve(folder, { place, program: requireBinary('postgres'), args });
}

export function startMariadb(place: Place, identity: Identity): Promise<GuardedProcess> {
  const folder = folderFor('mariadb');
  const data = join(folder.path, 'data');
  // Its files in /tmp are named after its process id, which is a small number in every namespace.
  const common = ['--no-defaults', `--datadir=${data}`, `--tmpdir=${folder.path}`];
  runProgram(
    folder,
    requireBinary('mariadb-install-db'),
    ...common,
    '--skip-test-db',
    '--auth-root-authentication-method=normal',
  );
  const { certFile, keyFile } = folder.writeIdentity(identity);
  const init = folder.write(
    'init.sql',
    `CREATE DATABASE orders;\nCREATE USER '${USER}'@'%' IDENTIFIED BY '${PASSWORD}';\nGRANT ALL ON orders.* TO '${USER}'@'%';\n`,
  );
  return serve(folder, {
    place,
    program: requireBinary('mariadbd'),
    args: [
      ...common,
      `--socket=${join(folder.path, 'socket')}`,
      ...[`--pid-file=${join(folder.path, 'pid')}`, `--bind-address=${place.address}`, `--port=${place.port}`],
      ...['--skip-log-bin', '--skip-name-resolve', `--init-file=${init}`],
      ...[`--ssl-cert=${certFile}`, `--ssl-key=${keyFile}`],
    ],
  });
}
