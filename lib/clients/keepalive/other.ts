import { interval, type Keepalives } from './client-keepalive';

/**
 * Clients of Redis and Valkey.
 *
 * @see https://github.com/redis/redis/blob/7.0/src/redis-cli.c (REDIS_CLI_KEEPALIVE_INTERVAL)
 * @see https://redis.readthedocs.io/en/stable/connections.html
 * @see https://github.com/redis/node-redis/blob/master/docs/client-configuration.md
 * @see https://redis.github.io/lettuce/advanced-usage/#socket-options
 * @internal
 */
const redisLike =
  (client: string): Keepalives =>
  ({ seconds }) => [
    { client, afterSeconds: 15, note: 'It speaks every 15 seconds by itself.' },
    {
      client: 'redis-py',
      setting: `socket_keepalive=True, socket_keepalive_options={socket.TCP_KEEPIDLE: ${seconds}, socket.TCP_KEEPINTVL: ${interval(seconds)}}`,
      afterSeconds: seconds,
      note: 'Both are arguments of Redis().',
    },
    {
      client: 'node-redis',
      setting: `pingInterval: ${seconds * 1000}`,
      afterSeconds: seconds,
      note: 'It is a property of the configuration of the client, in milliseconds.',
    },
    {
      client: 'Lettuce',
      setting: `SocketOptions.builder().keepAlive(KeepAliveOptions.builder().enable().idle(Duration.ofSeconds(${seconds})).interval(Duration.ofSeconds(${interval(seconds)})).build()).build()`,
      afterSeconds: seconds,
      note: 'Hand it to ClientOptions; it needs a native transport of Netty, or Java 11.',
    },
  ];

/** @internal */
export const redis = redisLike('redis-cli');

/** @internal */
export const valkey = redisLike('valkey-cli');

/**
 * Clients of Memcached.
 *
 * @see https://pymemcache.readthedocs.io/en/latest/apidoc/pymemcache.client.base.html
 * @see http://docs.libmemcached.org/libmemcached_configuration.html
 * @internal
 */
export const memcached: Keepalives = ({ seconds }) => [
  {
    client: 'pymemcache',
    setting: `socket_keepalive=KeepaliveOpts(idle=${seconds}, intvl=${interval(seconds)}, cnt=4)`,
    afterSeconds: seconds,
    note: 'It is an argument of Client().',
  },
  {
    client: 'libmemcached',
    setting: `--TCP-KEEPALIVE --TCP-KEEPIDLE=${seconds}`,
    afterSeconds: seconds,
    note: 'Add it to the configuration string.',
  },
];

/**
 * Clients of MongoDB and DocumentDB. Drivers turn keepalive on by themselves and speak after 120 seconds, or 300 in
 * some versions.
 *
 * @see https://www.mongodb.com/docs/manual/reference/connection-string-options/#mongodb-urioption-urioption.maxIdleTimeMS
 * @see https://jira.mongodb.org/browse/NODE-5190
 * @internal
 */
export const mongodb: Keepalives = ({ seconds }) => [
  {
    client: 'mongosh and the drivers of MongoDB',
    setting: `maxIdleTimeMS=${seconds * 1000}`,
    note: 'Add it to the parameters of the URL: the pool then opens a new connection instead of using one that may be forgotten. Drivers turn TCP keepalive on by themselves and speak after 120 to 300 seconds.',
  },
];

/**
 * curl, and clients of HTTP that keep connections in a pool.
 *
 * @see https://curl.se/docs/manpage.html#--keepalive-time
 * @internal
 */
export const https: Keepalives = ({ seconds }) => [
  {
    client: 'curl',
    setting: `--keepalive-time ${seconds}`,
    afterSeconds: seconds,
    note: 'It speaks every 60 seconds by itself.',
  },
  {
    client: 'HTTP clients with a pool',
    note: `Let the pool close connections that have been idle for ${seconds} seconds, or let them send TCP keepalives.`,
  },
];

/**
 * Clients of Elasticsearch and OpenSearch.
 *
 * @see https://www.elastic.co/docs/reference/elasticsearch/clients/java/transport/rest5-client
 * @internal
 */
export const search: Keepalives = (input) => [
  ...https(input),
  {
    client: 'Java REST client (Apache HttpClient)',
    setting: `setKeepAliveStrategy((response, context) -> ${input.seconds * 1000})`,
    note: 'Call it on the builder of the HTTP client: connections are then not used again after that many milliseconds.',
  },
];

/**
 * Clients of Neptune; Gremlin keeps WebSockets open.
 *
 * @see https://tinkerpop.apache.org/docs/current/reference/#gremlin-java-configuration
 * @internal
 */
export const neptune: Keepalives = (input) => [
  ...https(input),
  {
    client: 'Gremlin Java driver',
    setting: `keepAliveInterval(${input.seconds * 1000})`,
    afterSeconds: input.seconds,
    note: 'Call it on the builder of the cluster.',
  },
];

/**
 * Clients of RabbitMQ. Both sides send a heartbeat twice in the time that they agree on, and RabbitMQ proposes 60
 * seconds.
 *
 * @see https://www.rabbitmq.com/docs/heartbeats
 * @internal
 */
export const rabbitmq: Keepalives = ({ seconds }) => [
  {
    client: 'pika, Shovel and Federation plugins',
    setting: `heartbeat=${seconds}`,
    afterSeconds: Math.ceil(seconds / 2),
    note: "It is an argument of pika.ConnectionParameters(), and a parameter of the plugins' URIs. A BlockingConnection of pika sends heartbeats only while it processes events.",
  },
];

/**
 * OpenSSH.
 *
 * @see https://man.openbsd.org/ssh_config#ServerAliveInterval
 * @internal
 */
export const sftp: Keepalives = ({ seconds }) => [
  {
    client: 'sftp',
    setting: `-o ServerAliveInterval=${seconds}`,
    afterSeconds: seconds,
    note: 'Add it to the command, before the host.',
  },
];
