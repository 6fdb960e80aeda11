import { bracketed } from '../connection-url';
import { interval } from '../keepalive/client-keepalive';
import { type ClientConnection, caOption, commandLine } from './client-connection';
import type { ClientRecipe } from './client-recipe';

/**
 * stunnel wraps the whole connection of a client that cannot verify by itself, or that would negotiate TLS where the
 * listener wants it at once.
 *
 * @see https://www.stunnel.org/static/stunnel.html
 * @internal
 */
export function throughStunnel(connection: ClientConnection, clientCommand?: string): ClientRecipe {
  const { engine, hostname, port, certificateName, caFile, keepaliveSeconds } = connection;
  return {
    client: 'stunnel',
    command: `stunnel -fd 0 <<'END'
foreground = yes
pid =
socket = r:SO_KEEPALIVE=1
socket = r:TCP_KEEPIDLE=${keepaliveSeconds}
socket = r:TCP_KEEPINTVL=${interval(keepaliveSeconds)}
[${engine.name}]
client = yes
accept = 127.0.0.1:${port}
connect = ${bracketed(hostname)}:${port}
sni = ${certificateName}
checkHost = ${certificateName}
verifyChain = yes
CAfile = ${caFile}
END`,
    verifiesName: true,
    verifiesChain: true,
    note: `Then connect without TLS to 127.0.0.1, port ${port}${clientCommand ? `: \`${clientCommand}\`` : ''}.`,
  };
}

/**
 * A bare TLS connection, to look at the certificate or to speak the protocol by hand.
 *
 * @see https://docs.openssl.org/3.0/man1/openssl-s_client/
 * @internal
 */
export function openssl(connection: ClientConnection, note?: string): ClientRecipe {
  const { hostname, port, certificateName } = connection;
  return {
    client: 'openssl',
    command: commandLine(
      ...['openssl', 's_client', '-connect', `${bracketed(hostname)}:${port}`],
      ...['-servername', certificateName, '-verify_hostname', certificateName, '-verify_return_error'],
      ...caOption(connection, '-CAfile'),
      '-quiet',
    ),
    verifiesName: true,
    verifiesChain: true,
    note,
  };
}
