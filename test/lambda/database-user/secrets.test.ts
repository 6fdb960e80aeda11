import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, type Secrets, secretsOf } from '../../../lambda/database-user/secrets';
import { SECRET_ARN } from './fixtures';

let server: Server;
let secrets: Secrets;
let failure = '';
const asked: unknown[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    asked.push(JSON.parse(text));
    response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ __type: failure, message: 'no' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  secrets = secretsOf(
    createClient({
      region: 'eu-central-1',
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    }),
  );
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const VERSION = { token: 'token', text: 'text', stages: ['AWSPENDING'] } as const;

test('a token that has another text already is told, not overwritten', async () => {
  failure = 'ResourceExistsException';

  expect(await secrets.put(SECRET_ARN, VERSION)).toBe(false);

  expect(asked).toEqual([
    { SecretId: SECRET_ARN, ClientRequestToken: 'token', SecretString: 'text', VersionStages: ['AWSPENDING'] },
  ]);
});

test('a version that does not exist is none, and a call that is denied fails', async () => {
  failure = 'ResourceNotFoundException';
  expect(await secrets.get(SECRET_ARN, { stage: 'AWSCURRENT' })).toBeUndefined();

  failure = 'AccessDeniedException';
  await expect(secrets.get(SECRET_ARN, { stage: 'AWSCURRENT' })).rejects.toThrow('no');
  await expect(secrets.put(SECRET_ARN, VERSION)).rejects.toThrow('no');
  await expect(secrets.describe(SECRET_ARN)).rejects.toThrow('no');
  await expect(secrets.moveStage(SECRET_ARN, { stage: 'AWSCURRENT', to: 'token' })).rejects.toThrow('no');
  await expect(secrets.delete(SECRET_ARN, 7)).rejects.toThrow('no');
});
