import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The programs of the servers, and the package of Debian that brings each. */
const PACKAGES = {
  postgres: 'postgresql',
  initdb: 'postgresql',
  mariadbd: 'mariadb-server',
  'mariadb-install-db': 'mariadb-server',
  'redis-server': 'redis-server',
  nginx: 'nginx-light',
  sshd: 'openssh-server',
  'ssh-keygen': 'openssh-client',
  openssl: 'openssl',
  psql: 'postgresql-client',
  pgbench: 'postgresql-contrib',
  mariadb: 'mariadb-client',
  'redis-cli': 'redis-tools',
  memcached: 'memcached',
  memcstat: 'libmemcached-tools',
  influxd: 'influxdb',
  'rabbitmq-server': 'rabbitmq-server',
  'clickhouse-server': 'clickhouse-server',
  stunnel: 'stunnel4',
  curl: 'curl',
  sftp: 'openssh-client',
  ip: 'iproute2',
  rabbitmqctl: 'rabbitmq-server',
  pika: 'python3-pika',
  chromium: 'chromium',
  influx: 'influxdb-client',
  unshare: 'util-linux',
  script: 'bsdutils',
} as const;

export type Binary = keyof typeof PACKAGES;

/** A library of Debian's Python, which other Pythons of the machine do not see. */
const PIKA = '/usr/lib/python3/dist-packages/pika/__init__.py';

/** The path of a program, or a line that says how to get it. */
export function findBinary(name: Binary): { readonly path?: string; readonly text: string } {
  if (name === 'pika') return asFound(existsSync(PIKA) ? PIKA : undefined, name);
  if (name === 'unshare' && !canUnshare()) {
    return { text: 'no right to make a mount namespace: run as root, with CAP_SYS_ADMIN where it is in a container' };
  }
  const path = folders()
    .map((folder) => join(folder, name))
    .find(isExecutable);
  return asFound(path, name);
}

function asFound(path: string | undefined, name: Binary): { readonly path?: string; readonly text: string } {
  return { path, text: path ?? `no ${name}: apt-get install ${PACKAGES[name]}` };
}

/** Tests give a command its own /etc/hosts in a namespace. */
function canUnshare(): boolean {
  return spawnSync('unshare', [process.getuid?.() === 0 ? '-m' : '-rm', 'true']).status === 0;
}

export function requireBinary(name: Binary): string {
  const { path, text } = findBinary(name);
  if (!path) throw new Error(text);
  return path;
}

/** Debian keeps servers where users do not look. */
function folders(): readonly string[] {
  return [
    ...versionsOf('/usr/lib/postgresql'),
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
  ];
}

function versionsOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(folder, version, 'bin'));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
