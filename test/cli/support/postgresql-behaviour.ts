import type { Duplex } from 'node:stream';
import type { Behaviour } from './test-server';
import { acceptTls, type ServerTls } from './tls-behaviour';

export interface PostgresqlServer {
  readonly tls?: ServerTls;
  /** The answer to a login without TLS, and to one with it. */
  readonly plain: Buffer;
  readonly encrypted?: Buffer;
  /** Sent together with the S that promises TLS. */
  readonly stuffing?: Buffer;
}

export const ASKS_FOR_PASSWORD = message('R', Buffer.from([0, 0, 0, 10, ...Buffer.from('SCRAM-SHA-256\0\0')]));
export const LETS_IN = message('R', Buffer.from([0, 0, 0, 0]));
export const NO_RULE = error('28000', 'no pg_hba.conf entry for host "1.2.3.4", user "x", database "x", no encryption');

export function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

export function error(sqlState: string, text: string, routine = 'ClientAuthentication'): Buffer {
  return message('E', Buffer.from(`SFATAL\0C${sqlState}\0M${text}\0R${routine}\0\0`));
}

/** PostgreSQL up to the login. */
export function postgresqlBehaviour({
  tls,
  plain,
  encrypted = ASKS_FOR_PASSWORD,
  stuffing,
}: PostgresqlServer): Behaviour {
  return (socket) => {
    socket.once('data', (request: Buffer) => {
      if (request.readUInt32BE(4) !== 80877103) return answer(socket, plain);
      if (!tls) {
        socket.write('N');
        return socket.once('data', () => answer(socket, plain));
      }
      socket.write(Buffer.concat([Buffer.from('S'), stuffing ?? Buffer.alloc(0)]));
      const secure = acceptTls(socket, tls);
      secure.once('data', () => answer(secure, encrypted));
      return secure.on('end', () => secure.end());
    });
  };
}

function answer(stream: Duplex, bytes: Buffer): void {
  stream.write(bytes);
  if (bytes[0] === 0x45) stream.end();
}
