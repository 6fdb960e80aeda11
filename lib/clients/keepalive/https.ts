import type { Keepalives } from './client-keepalive';

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
    note: 'It sends every 60 seconds by default.',
  },
  {
    client: 'HTTP clients with a pool',
    note: `Let the pool close connections that have been idle for ${seconds} seconds, or let them send TCP keepalives.`,
  },
];
