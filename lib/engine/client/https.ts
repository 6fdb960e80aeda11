import type { Dialect } from '../catalogue';
import { bracketed } from '../connection-url';
import { caOption, commandLine, type Recipes } from './client-connection';

/** What each engine answers without changing anything. */
const PROBE_PATHS: Partial<Record<Dialect, string>> = {
  elasticsearch: '/',
  opensearch: '/',
  couchdb: '/_up',
  influxdb: '/ping',
  'clickhouse-http': '/ping',
  neptune: '/status',
};

/**
 * Engines that speak HTTPS, and any HTTP client.
 *
 * @see https://curl.se/docs/manpage.html#--connect-to
 * @internal
 */
export const https: Recipes = (connection) => {
  const { engine, hostname, port, certificateName, nameDiffers, user } = connection;
  const path = (engine._dialect && PROBE_PATHS[engine._dialect]) ?? '/';
  const host = bracketed(hostname);
  return [
    {
      client: 'curl',
      command: commandLine(
        'curl',
        '--fail-with-body',
        ...caOption(connection, '--cacert'),
        ...(user === undefined ? [] : ['--user', user]),
        ...(nameDiffers ? ['--connect-to', `${certificateName}:${port}:${host}:${port}`] : []),
        `https://${nameDiffers ? certificateName : host}:${port}${path}`,
      ),
      verifiesName: true,
      verifiesChain: true,
      note: 'Other HTTP clients verify both by default: never turn it off (-k, verify=False, rejectUnauthorized).',
    },
  ];
};
