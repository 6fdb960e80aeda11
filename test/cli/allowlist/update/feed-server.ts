import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { authority, type Identity, issue } from '../../support/certificates';

/** What a server answers at one path. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTPS server of a vendor, with a CA of its own. */
export class FeedServer {
  public static async start(identity?: Identity): Promise<FeedServer> {
    const ca = authority();
    const { certificate, key } = identity ?? issue({ commonName: 'localhost', names: ['localhost'], issuer: ca });
    const server = new FeedServer(createServer({ cert: certificate, key }), ca.certificate);
    await new Promise<void>((resolve) => server.server.listen(0, 'localhost', resolve));
    return server;
  }

  /** What was asked for. */
  public readonly requests: IncomingMessage[] = [];
  private readonly answers = new Map<string, Answer>();

  private constructor(
    private readonly server: Server,
    public readonly ca: string,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.requests.push(request);
      const answer = this.answers.get(request.url ?? '') ?? status(404);
      answer(request, response);
    });
    // Clients that hang up in the middle are what the tests are about.
    server.on('tlsClientError', () => undefined);
  }

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  public url(path: string): string {
    return `https://localhost:${this.port}${path}`;
  }

  public answer(path: string, answer: Answer): string {
    this.answers.set(path, answer);
    return this.url(path);
  }

  public async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

/** Answers with a content. */
export function content(body: string | Uint8Array, headers: Record<string, string> = {}): Answer {
  const bytes = Buffer.from(body as string);
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': String(bytes.length), ...headers });
    response.end(bytes);
  };
}

export function json(value: unknown, headers: Record<string, string> = {}): Answer {
  return content(JSON.stringify(value), { 'content-type': 'application/json', ...headers });
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(code, headers);
    response.end('nothing here');
  };
}

export function redirect(location: string, code = 302): Answer {
  return status(code, { location });
}

/** Sends the same again and again, as long as somebody reads. */
export function endless(chunk: Uint8Array, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    const more = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };
}
