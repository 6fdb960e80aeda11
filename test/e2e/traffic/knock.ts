import { connect } from 'node:net';

/** Connects from an address: refused where the connection ends before anything was said. */
export function knock(from: string, address: string, port: number): Promise<'admitted' | 'refused'> {
  return new Promise((resolve) => {
    const socket = connect({ localAddress: from, host: address, port });
    socket.once('data', () => {
      resolve('admitted');
      socket.destroy();
    });
    socket.once('error', () => undefined);
    socket.once('close', () => resolve('refused'));
  });
}

/** The same for many, some of them at a time. */
export async function knockAll(
  from: readonly string[],
  address: string,
  port: number,
): Promise<ReadonlyMap<string, 'admitted' | 'refused'>> {
  const answers = new Map<string, 'admitted' | 'refused'>();
  const left = [...from];
  const worker = async () => {
    for (let next = left.pop(); next; next = left.pop()) answers.set(next, await knock(next, address, port));
  };
  await Promise.all(Array.from({ length: 32 }, worker));
  return answers;
}
