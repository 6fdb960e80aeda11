import type { TLSSocket } from 'node:tls';
import { DatabaseEngine } from '../../../../lib/engine/database-engine';
import { authority, issue } from '../../support/certificates';
import { check, detailOf, statuses } from '../../support/checking';
import { type Behaviour, closeServers, serve } from '../../support/test-server';
import { acceptTls } from '../../support/tls-behaviour';

const { REDIS, RABBITMQ } = DatabaseEngine;

afterEach(closeServers);

const ca = authority();
const identity = issue({ commonName: 'localhost', names: ['localhost'], issuer: ca });

/** A server whose connections live as long as the test says. */
function server(whenSecure: (secure: TLSSocket, socket: Parameters<Behaviour>[0]) => void): Behaviour {
  return (socket) => {
    const secure = acceptTls(socket, { identity });
    secure.once('secure', () => whenSecure(secure, socket));
    secure.on('data', () => secure.write('+OK\r\n'));
  };
}

const polite: Behaviour = server((secure) => secure.on('end', () => secure.end()));

describe('a connection without traffic', () => {
  it('survives where the server still knows it', async () => {
    const { port } = await serve(polite);

    const report = await check(REDIS, port, { ca, idleSeconds: 0.2 });

    expect(statuses(report)).toMatchObject({ idle: 'ok' });
    expect(report.exitCode).toBe(0);
  });

  it('was forgotten where the next packet is answered with a reset', async () => {
    const { port } = await serve(server((secure, socket) => secure.on('end', () => socket.resetAndDestroy())));

    const report = await check(REDIS, port, { ca, idleSeconds: 0.2 });

    expect(statuses(report)).toMatchObject({ idle: 'failed' });
    expect(report.exitCode).toBe(1);
  });

  it('was forgotten where the next packet is not answered', async () => {
    const { port } = await serve(server(() => undefined));

    const report = await check(REDIS, port, { ca, idleSeconds: 0.2, timeoutSeconds: 0.5 });

    expect(detailOf(report, 'idle')).toBe('the server does not answer in time after 0 seconds of silence');
    expect(statuses(report)).toMatchObject({ idle: 'failed' });
  });

  test.each([
    [REDIS, 'failed'],
    [RABBITMQ, 'unknown'],
  ] as const)('that the server ends by itself is judged by its login deadline', async (engine, status) => {
    const { port } = await serve(server((secure) => setTimeout(() => secure.end(), 50).unref()));

    const report = await check(engine, port, { ca, idleSeconds: 10 });

    expect(statuses(report)).toMatchObject({ idle: status });
  });

  it('is not to be had of a server that never stops talking', async () => {
    const { port } = await serve(
      server((secure) => {
        const more = () => {
          while (!secure.destroyed && secure.write(Buffer.alloc(8192)));
        };
        secure.on('drain', more);
        more();
      }),
    );

    const report = await check(REDIS, port, { ca, idleSeconds: 10 });

    expect(statuses(report)).toMatchObject({ idle: 'unknown' });
  });

  it('is not to be had of a server that takes no further connection', async () => {
    let count = 0;
    const { port } = await serve((socket) => {
      // One to see whether it is there, three to look at it, the next to hold.
      if (++count > 4) socket.resetAndDestroy();
      else polite(socket);
    });

    const report = await check(REDIS, port, { ca, idleSeconds: 10 });

    expect(statuses(report)).toMatchObject({ tls: 'ok', idle: 'unknown' });
  });
});
