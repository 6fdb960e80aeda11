import { commandLine } from '../quoting/shell';
import { bracketed } from '../write-url';
import { caOption, type Recipes } from './client-connection';

/**
 * Engines that speak HTTPS, and any HTTP client; `path` is something they answer without changing anything.
 *
 * @see https://curl.se/docs/manpage.html#--connect-to
 * @internal
 */
export const httpsAt =
  (path: string): Recipes =>
  (connection) => {
    const { hostname, port, certificateName, nameDiffers, user } = connection;
    const host = bracketed(hostname);
    return [
      {
        client: 'curl',
        command: commandLine(
          [
            'curl',
            '--fail-with-body',
            ...caOption(connection, '--cacert'),
            // curl treats the next word as the value, whatever it begins with.
            ...(user === undefined ? [] : ['--user', user]),
            ...(nameDiffers ? ['--connect-to', `${certificateName}:${port}:${host}:${port}`] : []),
            `https://${nameDiffers ? certificateName : host}:${port}${path}`,
          ],
          connection.terraform,
        ),
        verifiesName: true,
        verifiesChain: true,
        note: 'Other HTTP clients verify both by default: never turn it off (-k, verify=False, rejectUnauthorized).',
      },
    ];
  };

/**
 * curl takes a user apart at a colon.
 *
 * @internal
 */
export const NO_COLON = '^[^:]*$';
