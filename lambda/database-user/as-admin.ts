import { adminConnection } from './admin';
import type { Surroundings } from './surroundings';
import type { UserServer } from './user-server';

/** Does something on the server as its admin, and leaves the server whatever comes of it. */
export async function asAdmin<T>(
  { user, secrets, secrecy, connect }: Surroundings,
  work: (server: UserServer) => Promise<T>,
): Promise<T> {
  const server = await connect(await adminConnection(user, secrets, secrecy));
  try {
    return await work(server);
  } finally {
    // What was done is done, and what failed is told already.
    await server.close().catch(() => undefined);
  }
}
