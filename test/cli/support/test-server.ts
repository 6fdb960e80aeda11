import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What a server does with one connection. */
export type Behaviour = (socket: Socket) => void;

/** A server on loopback that ends with its test, and everything that is connected to it. */
export class TestServer {
  public static async start(behave: Behaviour): Promise<TestServer> {
    const server = new TestServer(behave);
    await new Promise<void>((resolve) => server.listener.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** Everything that clients have sent, before any TLS. */
  public heard = Buffer.alloc(0);
  public connections = 0;

  private readonly sockets = new Set<Socket>();
  private readonly listener = createServer({ allowHalfOpen: true });

  private constructor(behave: Behaviour) {
    this.listener.on('connection', (socket) => {
      this.connections++;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined);
      behave(socket);
    });
  }

  public get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  public close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.listener.close(() => resolve()));
  }
}

const running: TestServer[] = [];

/** Starts a server that `closeServers` ends. */
export async function serve(behave: Behaviour): Promise<TestServer> {
  const server = await TestServer.start(behave);
  running.push(server);
  return server;
}

export async function closeServers(): Promise<void> {
  await Promise.all(running.splice(0).map((server) => server.close()));
}

/** A port on loopback where nobody listens. */
export async function freePort(): Promise<number> {
  const server = await TestServer.start(() => undefined);
  const { port } = server;
  await server.close();
  return port;
}
