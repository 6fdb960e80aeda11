import type { Behaviour } from './test-server';
import { acceptTls, type ServerTls } from './tls-behaviour';

export interface MysqlServer {
  readonly tls?: ServerTls;
  /** The answer to a login without TLS. */
  readonly plain?: Buffer;
}

const CLIENT_SSL = 0x0800;

export const ACCESS_DENIED = error(2, 1045, "Access denied for user 'x'@'127.0.0.1' (using password: NO)");
export const TLS_DEMANDED = error(2, 3159, 'Connections using insecure transport are prohibited');
export const LETS_IN = packet(2, Buffer.from([0, 0, 0, 2, 0, 0, 0]));
export const SWITCHES = packet(2, Buffer.from('\xfecaching_sha2_password\x0012345678901234567890\0', 'latin1'));

export function packet(sequence: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head.writeUInt8(sequence, 3);
  return Buffer.concat([head, body]);
}

export function error(sequence: number, code: number, text: string, state = '#28000'): Buffer {
  return packet(sequence, Buffer.concat([Buffer.from([0xff, code & 0xff, code >> 8]), Buffer.from(`${state}${text}`)]));
}

export function greeting(offersTls: boolean, version = '10.11.18-MariaDB'): Buffer {
  const capabilities = Buffer.alloc(2);
  capabilities.writeUInt16LE(0xf7fe & ~CLIENT_SSL & 0xffff);
  if (offersTls) capabilities.writeUInt16LE(0xf7fe | CLIENT_SSL);
  return packet(
    0,
    Buffer.concat([
      Buffer.from([10]),
      Buffer.from(`${version}\0`),
      Buffer.from([1, 0, 0, 0]),
      Buffer.from('12345678\0'),
      capabilities,
      Buffer.from([45, 2, 0, 0xff, 0x81, 21]),
      Buffer.alloc(10),
      Buffer.from('123456789012\0mysql_native_password\0'),
    ]),
  );
}

/** MySQL up to the login. */
export function mysqlBehaviour({ tls, plain = ACCESS_DENIED }: MysqlServer): Behaviour {
  return (socket) => {
    socket.write(greeting(tls !== undefined));
    socket.once('data', (request: Buffer) => {
      const wantsTls = (request.readUInt32LE(4) & CLIENT_SSL) !== 0;
      if (!tls || !wantsTls) return socket.end(plain);
      // The ClientHello may come in the same breath.
      socket.pause();
      socket.unshift(request.subarray(4 + request.readUIntLE(0, 3)));
      const secure = acceptTls(socket, tls);
      return secure.on('end', () => secure.end());
    });
  };
}
