import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Where to connect, and how. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** TLS with this version at most; without it, none. */
  readonly tls?: {
    readonly certificate: string;
    readonly serverName: string;
    readonly maxVersion: 'TLSv1.2' | 'TLSv1.3';
  };
}

const ANSWER_WITHIN_MS = 3000;

/** A connection to a server of the kit, which answers each line with its name. */
export class Connection {
  /** Fails where nothing answers within three seconds. */
  public static async open({ host, port, tls }: Address): Promise<Connection> {
    const socket = tls
      ? connectTls({
          host,
          port,
          servername: tls.serverName,
          ca: tls.certificate,
          minVersion: 'TLSv1.2',
          maxVersion: tls.maxVersion,
        })
      : connect({ host, port });
    const connection = new Connection(socket);
    await connection.ask().catch((error) => {
      socket.destroy();
      throw error;
    });
    return connection;
  }

  /** The name of the server that a new connection reaches; undefined where none answers. */
  public static async reached(address: Address): Promise<string | undefined> {
    try {
      const connection = await Connection.open(address);
      const name = await connection.ask();
      connection.close();
      return name;
    } catch {
      return undefined;
    }
  }

  private ended = false;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true).setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('close', () => {
      this.ended = true;
    });
  }

  /** Whether either side has ended it. */
  public get isClosed(): boolean {
    return this.ended;
  }

  public ask(): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => done(() => reject(new Error('no answer'))), ANSWER_WITHIN_MS);
      const answered = (text: string) => done(() => resolve(text.trim()));
      const closed = () => done(() => reject(new Error('closed')));
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.socket.off('data', answered).off('close', closed);
        settle();
      };
      if (this.ended) return done(() => reject(new Error('closed')));
      this.socket.on('data', answered).on('close', closed);
      this.socket.write('\n');
    });
  }

  public close(): void {
    this.socket.destroy();
  }
}
