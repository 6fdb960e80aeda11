import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** A port whose packets are dropped, as by a firewall. */
export interface BlackHole {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * A server that sleeps forever with a full queue of connections: Linux drops the packets of all further ones.
 */
const SLEEPER = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });`;

export async function blackHole(): Promise<BlackHole> {
  const worker = new Worker(SLEEPER, { eval: true });
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const fillers: Socket[] = [];
  // The queue holds one or two more than it was told to.
  for (let filler = 0; filler < 6; filler++) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    fillers.push(socket);
    await Promise.race([new Promise((resolve) => socket.once('connect', resolve)), pause(50)]);
  }
  return {
    port,
    close: async () => {
      for (const socket of fillers) socket.destroy();
      await worker.terminate();
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
