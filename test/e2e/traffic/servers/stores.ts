import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from '../../../cli/support/certificates';
import { requireBinary } from '../../check/servers/binaries';
import type { GuardedProcess } from '../../harness/guarded-process';
import { OWN_CA } from '../names';
import { folderFor, type Place, serve } from './serve';
import { PASSWORD, USER } from './sql';

export function startRedis(place: Place, identity?: Identity): Promise<GuardedProcess> {
  const folder = folderFor('redis');
  const tls = identity && folder.writeIdentity(identity);
  return serve(folder, {
    place,
    program: requireBinary('redis-server'),
    args: [
      ...['--bind', place.address, '--save', '', '--requirepass', PASSWORD],
      ...(tls ? ['--port', '0', '--tls-port', `${place.port}`] : ['--port', `${place.port}`]),
      ...(tls ? ['--tls-cert-file', tls.certFile, '--tls-key-file', tls.keyFile, '--tls-auth-clients', 'no'] : []),
      ...(tls ? ['--tls-ca-cert-file', folder.write('ca.pem', OWN_CA.certificate)] : []),
    ],
  });
}

export function startMemcached({ address, port }: Place, identity: Identity): Promise<GuardedProcess> {
  const folder = folderFor('memcached');
  const { certFile, keyFile } = folder.writeIdentity(identity);
  return serve(folder, {
    place: { address, port },
    program: requireBinary('memcached'),
    args: ['-l', address, '-p', `${port}`, '-Z', '-o', `ssl_chain_cert=${certFile},ssl_key=${keyFile}`],
  });
}

export function startInfluxdb({ address, port }: Place, identity: Identity): Promise<GuardedProcess> {
  const folder = folderFor('influxdb');
  const { certFile, keyFile } = folder.writeIdentity(identity);
  const config = folder.write(
    'influxdb.conf',
    `reporting-disabled = true
bind-address = "127.0.0.1:8088"
[meta]
  dir = "${join(folder.path, 'meta')}"
[data]
  dir = "${join(folder.path, 'data')}"
  wal-dir = "${join(folder.path, 'wal')}"
[http]
  bind-address = "${address}:${port}"
  https-enabled = true
  https-certificate = "${certFile}"
  https-private-key = "${keyFile}"
`,
  );
  return serve(folder, { place: { address, port }, program: requireBinary('influxd'), args: ['-config', config] });
}

export function startRabbitmq({ address, port }: Place, identity: Identity): Promise<GuardedProcess> {
  const folder = folderFor('rabbitmq');
  const { certFile, keyFile } = folder.writeIdentity(identity);
  const config = folder.write(
    'rabbitmq.conf',
    `listeners.tcp = none
listeners.ssl.default = ${address}:${port}
ssl_options.cacertfile = ${folder.write('ca.pem', OWN_CA.certificate)}
ssl_options.certfile = ${certFile}
ssl_options.keyfile = ${keyFile}
ssl_options.verify = verify_none
ssl_options.fail_if_no_peer_cert = false
default_user = ${USER}
default_pass = ${PASSWORD}
loopback_users = none
`,
  );
  return serve(folder, {
    place: { address, port },
    // The one on PATH of Debian insists on a user of its own.
    program: '/usr/lib/rabbitmq/bin/rabbitmq-server',
    args: [],
    environment: {
      RABBITMQ_NODENAME: 'rabbit@localhost',
      RABBITMQ_CONFIG_FILE: config,
      RABBITMQ_ADVANCED_CONFIG_FILE: join(folder.path, 'advanced.config'),
      RABBITMQ_MNESIA_BASE: join(folder.path, 'mnesia'),
      RABBITMQ_LOG_BASE: join(folder.path, 'log'),
      RABBITMQ_ENABLED_PLUGINS_FILE: folder.write('enabled_plugins', '[].\n'),
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1',
    },
  });
}

export function startClickhouse({ address, port }: Place, identity: Identity): Promise<GuardedProcess> {
  const folder = folderFor('clickhouse');
  const { certFile, keyFile } = folder.writeIdentity(identity);
  const users = folder.write('users.xml', readFileSync('/etc/clickhouse-server/users.xml', 'utf8'));
  const config = folder.write(
    'config.xml',
    `<yandex>
  <logger><level>warning</level><console>1</console></logger>
  <https_port>${port}</https_port>
  <listen_host>${address}</listen_host>
  <path>${join(folder.path, 'data')}/</path>
  <tmp_path>${join(folder.path, 'tmp')}/</tmp_path>
  <mark_cache_size>104857600</mark_cache_size>
  <users_config>${users}</users_config>
  <default_profile>default</default_profile>
  <default_database>default</default_database>
  <openSSL><server>
    <certificateFile>${certFile}</certificateFile>
    <privateKeyFile>${keyFile}</privateKeyFile>
    <verificationMode>none</verificationMode>
  </server></openSSL>
</yandex>`,
  );
  const program = requireBinary('clickhouse-server');
  return serve(folder, { place: { address, port }, program, args: [`--config-file=${config}`] });
}
