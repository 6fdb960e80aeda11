import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the API is to answer. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A function that has failed. */
export function failed(errorMessage: string): Answer {
  const body = { errorType: 'Error', errorMessage, trace: ['Error: secret-of-the-trace', '    at handler'] };
  return { headers: { 'X-Amz-Function-Error': 'Unhandled' }, body };
}

/** A call that AWS refuses. */
export function refused(status: number, type: string, message: string): Answer {
  return { status, headers: { 'x-amzn-errortype': type }, body: { Type: 'User', Message: message } };
}

/** The API of Lambda on loopback: what each function answers, and what was asked. */
export class FakeLambda {
  public readonly calls: { readonly name: string; readonly payload: unknown; readonly headers: IncomingHttpHeaders }[] =
    [];
  public readonly answers = new Map<string, Answer>();
  private server: Server | undefined;

  /** What the environment of the command must say. */
  public get environment(): Readonly<Record<string, string>> {
    if (this.server === undefined) throw new Error('start() comes first');
    const { port } = this.server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'the-secret-access-key',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    };
  }

  public async start(): Promise<void> {
    this.server = createServer(async (request, response) => {
      const name = decodeURIComponent(request.url?.split('/')[3] ?? '');
      this.calls.push({ name, payload: JSON.parse(await text(request)), headers: request.headers });
      const {
        status = 200,
        headers = {},
        body,
      } = this.answers.get(name) ?? refused(404, 'ResourceNotFoundException', `Function not found: ${name}`);
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
  }

  public stop(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}
