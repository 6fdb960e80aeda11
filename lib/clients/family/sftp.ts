import type { ClientFamily } from '../client-family';
import type { Keepalives } from '../keepalive/client-keepalive';
import { commandLine } from '../quoting/shell';
import type { Recipes } from '../recipes/client-connection';

/**
 * SSH has no certificates of a CA by default: the client knows the key of the host.
 *
 * @see https://man.openbsd.org/ssh_config#StrictHostKeyChecking
 */
const recipes: Recipes = ({ hostname, port, user = 'USER', certificateName, nameDiffers, terraform }) => [
  {
    client: 'sftp',
    command: commandLine(
      [
        ...['sftp', '-P', port, '-o', 'StrictHostKeyChecking=yes'],
        ...(nameDiffers ? ['-o', `HostKeyAlias=${certificateName}`] : []),
        `${user}@${hostname}`,
      ],
      terraform,
    ),
    verifiesName: true,
    verifiesChain: false,
    note: "known_hosts must contain the server's key: get it from whoever runs the server, not from the first connection.",
  },
];

/**
 * OpenSSH.
 *
 * @see https://man.openbsd.org/ssh_config#ServerAliveInterval
 */
const keepalives: Keepalives = ({ seconds }) => [
  {
    client: 'sftp',
    setting: `-o ServerAliveInterval=${seconds}`,
    afterSeconds: seconds,
    note: 'Add it to the command, before the host.',
  },
];

/** Users are those of the machine. */
export const SFTP_FAMILY = {
  sftp: {
    url: { database: 'nowhere', user: true, parameters: 'by scheme' },
    urlParameters: [],
    recipes,
    keepalives,
    users: undefined,
    userPattern: '^\\w[\\w.@+-]*$',
    databasePattern: undefined,
    urlNote: undefined,
    certificateReload: undefined,
    tlsSettings: undefined,
    clientCertificateSettings: undefined,
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
