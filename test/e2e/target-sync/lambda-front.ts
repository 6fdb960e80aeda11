import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { CODE_FILE } from '../../../lib/assets';
import type { Emulator } from '../harness';
import { scratchFolder } from '../harness/scratch';
import { type Answer, Sandbox } from './sandbox';

interface FunctionConfiguration {
  readonly CodeSha256: string;
  readonly Handler: string;
  readonly Environment: { readonly Variables: Record<string, string> };
}

/** A call of the load balancing API. */
interface ElbCall {
  readonly action: string;
  readonly parameters: URLSearchParams;
  /** Whether a function called; else it was Terraform. */
  readonly isOfFunction: boolean;
}

/** What the emulator forgets of a function. */
type Forgotten = Readonly<Record<'DeadLetterConfig' | 'LoggingConfig', unknown>>;

/**
 * Stands in front of the emulator and runs what that only pretends to run: a Lambda function that is invoked through
 * it gets the code that was deployed and the environment that Terraform wrote. It also remembers what the emulator
 * forgets of functions. Everything else is passed on.
 */
export class LambdaFront {
  /** What was asked of Elastic Load Balancing, by whomever, in order. */
  public readonly elbCalls: ElbCall[] = [];
  private readonly forgotten = new Map<string, Forgotten>();
  private readonly sandboxes = new Map<string, Promise<Sandbox>>();
  private readonly bundle = join(scratchFolder('target-sync'), 'index.js');
  private readonly codeHash: string;
  private readonly server: Server;

  private constructor(private readonly emulator: Emulator) {
    const archive = readFileSync(CODE_FILE);
    this.codeHash = createHash('sha256').update(archive).digest('base64');
    writeFileSync(this.bundle, unzipSync(archive)['index.js']);
    this.server = createServer((incoming, response) => {
      this.handle(incoming, response).catch((error) => {
        response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ Message: `${error}` }));
      });
    });
  }

  public static async start(emulator: Emulator): Promise<LambdaFront> {
    const front = new LambdaFront(emulator);
    await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Invokes a function as the service would. */
  public async invoke(name: string, event: unknown): Promise<Answer> {
    const { text } = await this.emulator.send('lambda', `/2015-03-31/functions/${name}/configuration`, {
      method: 'GET',
    });
    const configuration: FunctionConfiguration = JSON.parse(text);
    expect(configuration).toMatchObject({ CodeSha256: this.codeHash, Handler: 'index.handler' });
    const variables = configuration.Environment.Variables;
    // A function that is updated gets new processes.
    const key = JSON.stringify([name, variables]);
    const sandbox =
      this.sandboxes.get(key) ??
      Sandbox.start(this.bundle, { ...variables, AWS_ENDPOINT_URL: this.url, AWS_LAMBDA_FUNCTION_NAME: name });
    this.sandboxes.set(key, sandbox);
    return (await sandbox).invoke(event);
  }

  private async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const [, invoked] = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(incoming.url ?? '') ?? [];
    if (invoked !== undefined) return this.answer(response, await this.invoke(invoked, JSON.parse(body.toString())));
    if (/\/elasticloadbalancing\//.test(incoming.headers.authorization ?? '')) {
      const parameters = new URLSearchParams(body.toString());
      const isOfFunction = /aws-sdk-js/.test(incoming.headers['user-agent'] ?? '');
      this.elbCalls.push({ action: parameters.get('Action') ?? '', parameters, isOfFunction });
    }
    const [, path] = /^\/2015-03-31\/functions\/?([^?]*)/.exec(incoming.url ?? '') ?? [];
    if (path !== undefined) this.remember(incoming.method, path, body);
    const { method, headers } = incoming;
    const forwarded = request(`${this.emulator.url}${incoming.url}`, { method, headers }, (answer) => {
      this.passOn(answer, response, method === 'GET' ? path : undefined).catch(() => response.destroy());
    });
    forwarded.on('error', () => response.destroy());
    forwarded.end(body);
  }

  private remember(method: string | undefined, path: string, body: Buffer): void {
    const isCreation = method === 'POST' && path === '';
    if (!isCreation && !(method === 'PUT' && path.endsWith('/configuration'))) return;
    const { FunctionName = path.replace('/configuration', ''), ...said } = JSON.parse(body.toString());
    const { DeadLetterConfig, LoggingConfig } = { ...this.forgotten.get(FunctionName), ...said };
    this.forgotten.set(FunctionName, { DeadLetterConfig, LoggingConfig });
  }

  private async passOn(answer: IncomingMessage, response: ServerResponse, read: string | undefined): Promise<void> {
    const own = this.forgotten.get(read ?? '');
    if (own === undefined || answer.statusCode !== 200) {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
      return;
    }
    let text = '';
    for await (const chunk of answer) text += chunk;
    const { Configuration, ...rest } = JSON.parse(text);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...rest, Configuration: { ...Configuration, ...own } }));
  }

  private answer(response: ServerResponse, { result, error }: Answer): void {
    const headers = { 'content-type': 'application/json', ...(error ? { 'x-amz-function-error': 'Unhandled' } : {}) };
    response.writeHead(200, headers).end(JSON.stringify(error ? { errorType: 'Error', errorMessage: error } : result));
  }
}
