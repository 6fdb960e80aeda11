import { interval } from '../keepalive/client-keepalive';
import { codeSpan } from '../quoting/markdown';
import { commandLine, hereDocument } from '../quoting/shell';
import { bracketed } from '../write-url';
import { type ClientConnection, caOption } from './client-connection';
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
    // Its configuration has no quotes: a value goes to the end of its line.
    command: hereDocument(
      'stunnel -fd 0',
      `foreground = yes
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
CAfile = ${caFile}`,
    ),
    verifiesName: true,
    verifiesChain: true,
    note: `Then connect without TLS to 127.0.0.1, port ${port}${clientCommand ? `: ${codeSpan(clientCommand)}` : ''}.`,
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
      [
        ...['openssl', 's_client', '-connect', `${bracketed(hostname)}:${port}`],
        ...['-servername', certificateName, '-verify_hostname', certificateName, '-verify_return_error'],
        ...caOption(connection, '-CAfile'),
        '-quiet',
      ],
      connection.terraform,
    ),
    verifiesName: true,
    verifiesChain: true,
    note,
  };
}
