import { join } from 'node:path';
import { authority, type Identity } from '../../../cli/support/certificates';
import { freePort } from '../../../cli/support/test-server';
import { requireBinary } from './binaries';
import { type RealServer, runProgram, startServer } from './real-server';
import { ServerFolder } from './server-folder';

/** Whether Redis wants a certificate of its clients; its own default is that it does. */
export type RedisClients = 'no' | 'optional' | 'default';

/** Servers that need nothing but a file or two. */
export async function startRedis(
  identity?: Identity,
  address = '127.0.0.1',
  clients: RedisClients = 'no',
): Promise<SmallServer> {
  return inFolder('redis', (folder) => {
    const tls = identity && folder.writeIdentity(identity);
    const ca = folder.write('ca.pem', authority().certificate);
    return startServer(folder, requireBinary('redis-server'), {
      address,
      args: (port) => [
        ...['--bind', address, '--save', '', '--requirepass', 'sesame'],
        ...(tls
          ? ['--port', '0', '--tls-port', `${port}`, '--tls-cert-file', tls.certFile, '--tls-key-file', tls.keyFile]
          : ['--port', `${port}`]),
        ...(tls ? ['--tls-ca-cert-file', ca] : []),
        ...(tls && clients !== 'default' ? ['--tls-auth-clients', clients] : []),
      ],
    });
  });
}

/** An HTTPS server, as OpenSearch and others are. */
export async function startNginx(identity: Identity, clients: 'off' | 'optional' | 'on' = 'off'): Promise<RealServer> {
  return inFolder('nginx', (folder) => {
    const { certFile, keyFile } = folder.writeIdentity(identity);
    return startServer(folder, requireBinary('nginx'), {
      args: (port) => {
        const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
          (name) => `${name}_temp_path ${join(folder.path, name)};`,
        );
        const config = `
        daemon off;
        pid ${join(folder.path, 'pid')};
        error_log stderr;
        events {}
        http {
          access_log off;
          ${temporary.join('\n')}
          server {
            listen 127.0.0.1:${port} ssl;
            ssl_certificate ${certFile};
            ssl_certificate_key ${keyFile};
            ssl_protocols TLSv1.2 TLSv1.3;
            ${clients === 'off' ? '' : `ssl_verify_client ${clients}; ssl_client_certificate ${certFile};`}
            return 200 '{}';
          }
        }`;
        return ['-p', folder.path, '-e', 'stderr', '-c', folder.write('nginx.conf', config)];
      },
    });
  });
}

/** TLS and nothing behind it, in the versions that the flags say. */
export async function startOpenssl(identity: Identity, ...flags: readonly string[]): Promise<RealServer> {
  return inFolder('openssl', (folder) => {
    const { certFile, keyFile } = folder.writeIdentity(identity);
    return startServer(folder, requireBinary('openssl'), {
      args: (port) => [
        ...['s_server', '-accept', `127.0.0.1:${port}`, '-cert', certFile, '-key', keyFile, '-quiet'],
        ...(flags.includes('-www') ? [] : ['-rev']),
        ...flags,
      ],
    });
  });
}

export async function startSshd(): Promise<RealServer> {
  return inFolder('sshd', (folder) => {
    const hostKey = join(folder.path, 'host-key');
    runProgram(folder, requireBinary('ssh-keygen'), '-q', '-t', 'ed25519', '-N', '', '-f', hostKey);
    const config = folder.write(
      'sshd_config',
      `HostKey ${hostKey}\nListenAddress 127.0.0.1\nPidFile none\nUsePAM no\n`,
    );
    return startServer(folder, requireBinary('sshd'), { args: (port) => ['-D', '-e', '-f', config, '-p', `${port}`] });
  });
}

/** A server whose files can be replaced. */
export interface SmallServer extends RealServer {
  readonly replaceIdentity: (identity: Identity) => ReturnType<ServerFolder['writeIdentity']>;
}

async function inFolder(name: string, start: (folder: ServerFolder) => Promise<RealServer>): Promise<SmallServer> {
  const folder = new ServerFolder(name);
  const { port, stop } = await start(folder);
  return {
    port,
    replaceIdentity: (identity) => folder.writeIdentity(identity),
    stop: async () => {
      await stop();
      folder.remove();
    },
  };
}

/** InfluxDB over HTTPS, which wants a login. */
export async function startInfluxdb(identity: Identity): Promise<RealServer> {
  return inFolder('influxdb', async (folder) => {
    const { certFile, keyFile } = folder.writeIdentity(identity);
    const innerPort = await freePort();
    return startServer(folder, requireBinary('influxd'), {
      args: (port) => {
        const config = `
          reporting-disabled = true
          bind-address = "127.0.0.1:${innerPort}"
          [meta]
            dir = "${join(folder.path, 'meta')}"
          [data]
            dir = "${join(folder.path, 'data')}"
            wal-dir = "${join(folder.path, 'wal')}"
          [http]
            bind-address = "127.0.0.1:${port}"
            auth-enabled = true
            https-enabled = true
            https-certificate = "${certFile}"
            https-private-key = "${keyFile}"`;
        return ['-config', folder.write('influxdb.conf', config)];
      },
    });
  });
}
