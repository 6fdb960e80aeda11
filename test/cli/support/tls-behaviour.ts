import type { Duplex } from 'node:stream';
import { type SecureVersion, TLSSocket } from 'node:tls';
import type { Identity } from './certificates';
import type { Behaviour } from './test-server';

export interface ServerTls {
  readonly identity: Identity;
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  /** Whether clients are asked for a certificate, and must have one. */
  readonly clientCertificate?: 'asked' | 'demanded';
  /** CAs to send along. */
  readonly chain?: readonly Identity[];
}

/** Opens TLS as a server does, on any stream. */
export function acceptTls(
  stream: Duplex,
  { identity, chain = [], minVersion, maxVersion, clientCertificate }: ServerTls,
): TLSSocket {
  const isOld = minVersion === 'TLSv1' || minVersion === 'TLSv1.1';
  const socket = new TLSSocket(stream, {
    isServer: true,
    key: identity.key,
    cert: [identity, ...chain].map(({ certificate }) => certificate).join(''),
    minVersion,
    maxVersion,
    requestCert: clientCertificate !== undefined,
    rejectUnauthorized: clientCertificate === 'demanded',
    ...(isOld ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
  });
  return socket.on('error', () => undefined);
}

/** A server that clients greet with a ClientHello. It answers everything with the same words. */
export function tlsBehaviour(tls: ServerTls, answer = '+OK\r\n'): Behaviour {
  return (socket) => {
    const secure = acceptTls(socket, tls);
    secure.on('data', () => secure.write(answer));
    secure.on('end', () => secure.end());
  };
}

/** A server that takes TLS and plaintext on one port, as MongoDB can be told to. */
export function dualBehaviour(tls: ServerTls, plaintext: Behaviour): Behaviour {
  return (socket) => {
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      if (first[0] === 22) return tlsBehaviour(tls)(socket);
      plaintext(socket);
      return socket.resume();
    });
  };
}
