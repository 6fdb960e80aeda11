import { createServer } from 'node:net';
import { join } from 'node:path';
import { EmulatorAnswer } from './emulator-answer';
import { GuardedProcess } from './guarded-process';
import { requireTool } from './tools';

export interface EmulatorRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Record<string, string>;
  readonly body?: string | URLSearchParams;
}

/** AWS on a loopback port: one moto server, empty at its start, for one test file. */
export class Emulator {
  private constructor(
    /** What to give to clients as `AWS_ENDPOINT_URL`. */
    public readonly url: string,
    private readonly server: GuardedProcess,
  ) {}

  public static async start(): Promise<Emulator> {
    const port = await freePort();
    const server = new GuardedProcess(
      requireTool('emulator'),
      [join(__dirname, 'emulator.py'), '-H', '127.0.0.1', '-p', `${port}`],
      {
        environment: { ...process.env, MOTO_ACM_VALIDATION_WAIT: '0', PYTHONUNBUFFERED: '1' },
      },
    );
    await server.waitFor(/Running on/);
    const emulator = new Emulator(`http://127.0.0.1:${port}`, server);
    await emulator.configure();
    return emulator;
  }

  /** Forgets every resource. */
  public async reset(): Promise<void> {
    await this.fetch('/moto-api/reset', { method: 'POST' });
    await this.configure();
  }

  public async stop(): Promise<void> {
    await this.server.kill();
  }

  /**
   * Calls an action of a service with AWS's query protocol (EC2, ELB v2, RDS, IAM), outside of Terraform: to lay out
   * what a test presupposes, to change something behind Terraform's back, to see what is really there.
   */
  public async call(service: string, action: string, parameters: Record<string, string> = {}): Promise<EmulatorAnswer> {
    const body = new URLSearchParams({ Action: action, Version: VERSIONS[service] ?? '', ...parameters });
    return this.send(service, '/', { method: 'POST', body });
  }

  /** Sends any other request of the AWS API. The emulator reads the service from the signature and checks no more. */
  public async send(service: string, path: string, { headers = {}, ...request }: EmulatorRequest) {
    const scope = `Credential=test/20250101/us-east-1/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none`;
    return this.fetch(path, { ...request, headers: { ...headers, Authorization: authorization } });
  }

  /** Lets Lambda functions be created and invoked without Docker: an invocation echoes its payload, no code runs. */
  private async configure(): Promise<void> {
    const body = JSON.stringify({ lambda: { use_docker: false } });
    await this.fetch('/moto-api/config', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  }

  private async fetch(path: string, request: EmulatorRequest): Promise<EmulatorAnswer> {
    const response = await fetch(this.url + path, request);
    const text = await response.text();
    if (!response.ok) throw new Error(`${request.method} ${path} ${request.body ?? ''}: ${response.status} ${text}`);
    return new EmulatorAnswer(text);
  }
}

/** API versions of the services that speak the query protocol. */
const VERSIONS: Record<string, string> = {
  ec2: '2016-11-15',
  elasticloadbalancing: '2015-12-01',
  rds: '2014-10-31',
  iam: '2010-05-08',
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
