import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from 'aws-lambda';
import { handler } from '../../../lambda/target-sync/handler';
import { CONFIGURATION, NAME } from './fixtures';
import { LoopbackDns } from './loopback-dns';

let elb: Server;
let dns: LoopbackDns;
const calls: (string | null)[] = [];

beforeAll(async () => {
  dns = await LoopbackDns.start();
  elb = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    calls.push(new URLSearchParams(text).get('TargetGroupArn'));
    response.end('<DescribeTargetHealthResponse><DescribeTargetHealthResult/></DescribeTargetHealthResponse>');
  });
  await new Promise<void>((resolve) => elb.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(elb.address() as AddressInfo).port}`,
  });
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockReturnValue(true);
});
afterAll(async () => {
  jest.restoreAllMocks();
  elb.closeAllConnections();
  elb.close();
  await dns.stop();
});

const context = { awsRequestId: '1', getRemainingTimeInMillis: () => 15_500 } as Context;

test('an event that nobody knows is refused', async () => {
  await expect(handler({}, context)).rejects.toThrow('The event is not an EventBridge');
});

test('a broken configuration fails the run', async () => {
  process.env['TARGET_SYNC_ENDPOINTS'] = '[]';

  await expect(handler({ source: 'aws.events' }, context)).rejects.toThrow('it lists no endpoints');
});

test('a run asks the DNS servers and the API about what is configured, and fails with what they say', async () => {
  process.env['TARGET_SYNC_ENDPOINTS'] = JSON.stringify([{ ...CONFIGURATION, dnsServers: [dns.address] }]);

  await expect(handler({ source: 'aws.events' }, context)).rejects.toThrow(`prod/Orders: ${NAME}: NXDOMAIN`);

  expect(new Set(calls)).toEqual(new Set([CONFIGURATION.targetGroupArn]));
  expect(dns.questions).toBeGreaterThan(0);
});
