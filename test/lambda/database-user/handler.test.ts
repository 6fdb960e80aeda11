import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from 'aws-lambda';
import { handler } from '../../../lambda/database-user/handler';
import { DESCRIBE_EVENT, DRIFT_METRIC_EVENT } from '../../../lib/users/contract';
import { ADMIN, ADMIN_ARN, USER } from './fixtures';

let server: Server;
let denies = true;
const written: string[] = [];
const asked: unknown[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    asked.push(JSON.parse(text).SecretId);
    response.writeHead(denies ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify(
        denies
          ? { __type: 'AccessDeniedException', message: 'not allowed' }
          : { VersionId: 'one', SecretString: JSON.stringify(ADMIN) },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    // Nobody listens there.
    DATABASE_USER: JSON.stringify({ ...USER, host: 'localhost', port: 1 }),
  });
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  }
});
afterAll(() => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

const context = { awsRequestId: '1' } as Context;
const create = { task: 'exist', tf: { action: 'create' } };

test('an event that nobody knows is refused before anything is asked', async () => {
  await expect(handler({}, context)).rejects.toThrow('The event is neither');

  expect(asked).toEqual([]);
});

test('a call that is denied fails with its code, under the name of the user', async () => {
  await expect(handler(create, context)).rejects.toThrow('prod/Looker: not allowed [AccessDeniedException]');

  expect(asked).toEqual([ADMIN_ARN]);
});

test('a server that cannot be reached fails without the password that was read for it', async () => {
  denies = false;

  const error = await handler(create, context).catch((caught) => caught);

  expect(error.message).toMatch(/^prod\/Looker: .*ECONNREFUSED/);
  expect(`${error.stack}${JSON.stringify(error)}${written.join('')}`).not.toContain(ADMIN.password);
});

test('a description on a schedule that fails is counted, and one that is asked for is not', async () => {
  const counted = () => written.filter((line) => line.includes('"UserDescribesFailed":1')).length;

  await expect(handler(DESCRIBE_EVENT, context)).rejects.toThrow('ECONNREFUSED');
  expect(counted()).toBe(0);

  await expect(handler(DRIFT_METRIC_EVENT, context)).rejects.toThrow('ECONNREFUSED');
  expect(counted()).toBe(1);
});
