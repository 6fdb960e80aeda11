import type { Typed } from '../guide/terminal';
import { PASSWORD } from './servers/sql';

/** What a person does with a client, and what shows that it worked. */
export interface Conversation {
  readonly typed: readonly Typed[];
  readonly shows: RegExp;
}

const psql: Conversation = {
  typed: [
    [/Password for user \w+: /, PASSWORD],
    [/=# /, "SELECT 'wor' || 'ks' AS it, inet_client_addr();"],
    [/\(1 row\)/, '\\q'],
  ],
  // The database sees a node of the load balancer, whose address AWS chooses in its subnet.
  shows: /works \| 10\.20\.\d\.250/,
};

const mariadb: Conversation = {
  typed: [
    [/Enter password: /, PASSWORD],
    [/MariaDB \[orders\]> /, "SELECT CONCAT('wor', 'ks');"],
    [/1 row in set/, 'exit'],
  ],
  shows: /works/,
};

const redis: Conversation = {
  typed: [
    [/Please input password: /, PASSWORD],
    [/:6379> /, "EVAL \"return 'wor'..'ks'\" 0"],
    [/works|not connected> |Error/, 'QUIT'],
  ],
  shows: /works/,
};

const sftp: Conversation = {
  typed: [
    [/sftp> /, 'pwd'],
    [/sftp> /, 'bye'],
  ],
  shows: /Remote working directory/,
};

const memcstat: Conversation = { typed: [], shows: /version: 1\./ };

const openssl: Conversation = {
  typed: [
    [/verify return:1[^v]*$/, 'version'],
    [/VERSION 1/, 'quit'],
  ],
  shows: /VERSION 1/,
};

const nothing: Conversation = { typed: [], shows: /^$/ };

/** By engine and client of the guide; behind stunnel, by engine alone. */
export const CONVERSATIONS: Readonly<Record<string, Readonly<Record<string, Conversation>>>> = {
  postgresql: { psql, stunnel: psql },
  'aurora-postgresql': { psql, 'psql (CA only)': psql },
  mariadb: { mariadb, stunnel: mariadb },
  redis: { stunnel: redis, 'redis-cli': redis },
  memcached: { stunnel: memcstat, openssl },
  influxdb: { curl: nothing },
  rabbitmq: { 'pika (Python)': { typed: [[/Password: /, PASSWORD]], shows: /^Password: \s*$/ } },
  'clickhouse-http': { curl: { typed: [], shows: /Ok\./ } },
  neptune: { curl: { typed: [], shows: /"status":"healthy"/ } },
  sftp: { sftp, stunnel: sftp },
};
