import { commandLine } from '../quoting/shell';
import type { Recipes } from './client-connection';

/**
 * SSH has no certificates of a CA by default: the client knows the key of the host.
 *
 * @see https://man.openbsd.org/ssh_config#StrictHostKeyChecking
 * @internal
 */
export const sftp: Recipes = ({ hostname, port, user = 'USER', certificateName, nameDiffers, terraform }) => [
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
    note: 'known_hosts must hold the key of the server: get it from whoever runs it, not from the first connection.',
  },
];
