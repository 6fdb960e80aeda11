import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { Identity } from '../../../cli/support/certificates';
import { requireBinary } from '../../check/servers/binaries';
import type { GuardedProcess } from '../../harness/guarded-process';
import { folderFor, type Place, runProgram, serve } from './serve';

/** In place of Neptune: a web server that answers who asks for its own name, or for none, and nobody else. */
export function startNeptuneStandIn({ address, port }: Place, identity: Identity): Promise<GuardedProcess> {
  const folder = folderFor('nginx');
  const { certFile, keyFile } = folder.writeIdentity(identity);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder.path, name)};`,
  );
  const config = folder.write(
    'nginx.conf',
    `daemon off;
pid ${join(folder.path, 'pid')};
error_log stderr;
events {}
http {
  server_names_hash_bucket_size 128;
  access_log off;
  ${temporary.join('\n  ')}
  server {
    listen ${address}:${port} ssl default_server;
    server_name ${identity.commonName};
    ssl_certificate ${certFile};
    ssl_certificate_key ${keyFile};
    return 200 '{"status":"healthy"}';
  }
  server {
    listen ${address}:${port} ssl;
    server_name ~.;
    ssl_reject_handshake on;
    return 200 '{"status":"healthy"}';
  }
}`,
  );
  const args = ['-p', folder.path, '-e', 'stderr', '-c', config];
  return serve(folder, { place: { address, port }, program: requireBinary('nginx'), args });
}

export interface SftpServer {
  /** As `known_hosts` wants it, after the name. */
  readonly hostKey: string;
  /** The private key that its user logs in with. */
  readonly userKey: string;
  readonly user: string;
}

export async function startSftp({ address, port }: Place): Promise<SftpServer> {
  const folder = folderFor('sshd');
  const [hostKey, userKey] = ['host-key', 'user-key'].map((name) => join(folder.path, name));
  for (const file of [hostKey, userKey]) {
    runProgram(folder, requireBinary('ssh-keygen'), '-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', file);
  }
  const config = folder.write(
    'sshd_config',
    `HostKey ${hostKey}
ListenAddress ${address}
AuthorizedKeysFile ${userKey}.pub
StrictModes no
PidFile none
UsePAM no
Subsystem sftp internal-sftp
ForceCommand internal-sftp
`,
  );
  const args = ['-D', '-e', '-f', config, '-p', `${port}`];
  await serve(folder, { place: { address, port }, program: requireBinary('sshd'), args, needsRights: true });
  const read = (file: string) => readFileSync(file, 'utf8').trimEnd();
  return { hostKey: read(`${hostKey}.pub`), userKey: `${read(userKey)}\n`, user: 'root' };
}

/** Says hello at once and sends back what it hears. */
export async function startEcho({ address, port }: Place): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('hello\n');
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return server;
}
