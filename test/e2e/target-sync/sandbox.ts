import { GuardedProcess } from '../harness/guarded-process';

/** What the Lambda service does with a function: one process, which invocations reach one after the other. */
const SERVER = `
const { createServer } = require('node:http');
const { handler } = require(process.argv[1]);
const server = createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  const { event, remainingMs } = JSON.parse(text);
  const end = Date.now() + remainingMs;
  const context = { awsRequestId: 'test', functionName: 'target-sync', getRemainingTimeInMillis: () => end - Date.now() };
  const answer = await handler(event, context).then((result) => ({ result }), (error) => ({ error: error.message }));
  response.end(JSON.stringify({ answer, rss: process.memoryUsage.rss() }));
});
server.listen(0, '127.0.0.1', () => console.log('listening on ' + server.address().port));
`;

export interface Answer {
  readonly result?: unknown;
  /** The message that the caller gets: Terraform, or the dead-letter queue. */
  readonly error?: string;
}

/** A process that holds the bundled function, as Lambda would start it. */
export class Sandbox {
  /** Its memory after the last invocation. */
  public megabytes = 0;

  private constructor(
    private readonly process: GuardedProcess,
    private readonly url: string,
  ) {}

  public static async start(bundle: string, environment: Record<string, string>): Promise<Sandbox> {
    const settings = {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_LAMBDA_FUNCTION_NAME: 'target-sync',
      NODE_NO_WARNINGS: '1',
      ...environment,
    };
    const child = new GuardedProcess(process.execPath, ['-e', SERVER, bundle], { environment: settings });
    const [, port] = await child.waitFor(/listening on (\d+)/, 20_000);
    return new Sandbox(child, `http://127.0.0.1:${port}`);
  }

  public async invoke(event: unknown, remainingMs = 80_000): Promise<Answer> {
    const response = await fetch(this.url, { method: 'POST', body: JSON.stringify({ event, remainingMs }) });
    const { answer, rss } = (await response.json()) as { answer: Answer; rss: number };
    this.megabytes = rss / 2 ** 20;
    return answer;
  }

  /** Kills the process in the middle of what it does. */
  public async kill(): Promise<void> {
    await this.process.kill();
  }

  /** What CloudWatch would add up: each metric's values, for one endpoint. */
  public metrics(endpoint: string): Record<string, number[]> {
    const values: Record<string, number[]> = {};
    for (const line of this.lines().filter((line) => line['_aws'] && line['endpoint'] === endpoint)) {
      for (const [name, value] of Object.entries(line)) {
        if (/^[A-Z]/.test(name)) values[name] = [...(values[name] ?? []), ...[value].flat().map(Number)];
      }
    }
    return values;
  }

  public logs(endpoint: string): Record<string, unknown>[] {
    return this.lines().filter((line) => !line['_aws'] && line['endpoint'] === endpoint);
  }

  private lines(): Record<string, unknown>[] {
    const text = `${this.process.stdout}\n${this.process.stderr}`;
    return text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  }
}
