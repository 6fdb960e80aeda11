import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Step } from '../../../lambda/target-sync/plan';
import { createClient, isThrottling, targetGroupOf } from '../../../lambda/target-sync/target-groups';

const ARN = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/dbep-1/0123456789abcdef';
const requests: Record<string, string>[] = [];
let respond: (parameters: Record<string, string>) => { status?: number; body: string } | 'silence';
let server: Server;

beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const parameters = Object.fromEntries(new URLSearchParams(text));
    requests.push(parameters);
    const answer = respond(parameters);
    if (answer !== 'silence') response.writeHead(answer.status ?? 200, { 'content-type': 'text/xml' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests.length = 0;
  respond = ({ Action }) => ({ body: `<${Action}Response><${Action}Result/></${Action}Response>` });
});

const group = (config = {}) => {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return targetGroupOf(createClient({ region: 'us-east-1', endpoint, ...config }), ARN);
};
const described = (...members: string[]) => ({
  body: `<DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions>${members
    .map((member) => `<member>${member}</member>`)
    .join('')}</TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>`,
});
const member = (id: string, health: string, zone = '') =>
  `<Target><Id>${id}</Id><Port>5432</Port>${zone}</Target><TargetHealth>${health}</TargetHealth>`;
function tuples(...groups: readonly (readonly [arn: string, weight: number])[]): string {
  const members = groups.map(
    ([arn, weight]) => `<member><TargetGroupArn>${arn}</TargetGroupArn><Weight>${weight}</Weight></member>`,
  );
  return `<ForwardConfig><TargetGroups>${members.join('')}</TargetGroups></ForwardConfig>`;
}
const error = (status: number, code: string) => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
});

test('targets are described with address, port, zone, state and its reason', async () => {
  respond = () =>
    described(
      member('10.0.0.1', '<State>healthy</State>', '<AvailabilityZone>us-east-1a</AvailabilityZone>'),
      member('10.9.0.1', '<State>initial</State>', '<AvailabilityZone>all</AvailabilityZone>'),
      member('10.0.0.2', '<State>draining</State><Reason>Target.DeregistrationInProgress</Reason>'),
      member('10.0.0.3', '<State>unhealthy</State><Reason>Target.FailedHealthChecks</Reason>'),
      member('10.0.0.4', '<State>unhealthy.draining</State>'),
      member('10.0.0.5', '<State>unused</State><Reason>Target.NotInUse</Reason>'),
      member('10.0.0.6', '<State>unused</State><Reason>Target.NotRegistered</Reason>'),
      member('10.0.0.7', '<State>of-tomorrow</State>'),
      member('2001:DB8:0:0::1', '<State>healthy</State>'),
    );

  // What is undefined is not there, as in JSON.
  expect(JSON.parse(JSON.stringify(await group().describe()))).toEqual([
    { address: '10.0.0.1', port: 5432, zone: 'us-east-1a', state: 'healthy' },
    { address: '10.9.0.1', port: 5432, zone: 'all', state: 'initial' },
    { address: '10.0.0.2', port: 5432, state: 'draining', reason: 'Target.DeregistrationInProgress' },
    { address: '10.0.0.3', port: 5432, state: 'unhealthy', reason: 'Target.FailedHealthChecks' },
    { address: '10.0.0.4', port: 5432, state: 'unhealthy.draining' },
    { address: '10.0.0.5', port: 5432, state: 'unused', reason: 'Target.NotInUse' },
    { address: '10.0.0.7', port: 5432, state: 'other' },
    { address: '2001:db8::1', port: 5432, state: 'healthy' },
  ]);
  expect(requests).toEqual([expect.objectContaining({ Action: 'DescribeTargetHealth', TargetGroupArn: ARN })]);
});

test.each([
  [
    'a load balancer',
    '<member>arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/dbep-1/1</member>',
    true,
  ],
  ['none', '', false],
])('a group is in use where %s leads to it', async (_, arns, isInUse) => {
  const groups = `<TargetGroups><member><LoadBalancerArns>${arns}</LoadBalancerArns></member></TargetGroups>`;
  respond = () => ({
    body: `<DescribeTargetGroupsResponse><DescribeTargetGroupsResult>${groups}</DescribeTargetGroupsResult></DescribeTargetGroupsResponse>`,
  });

  expect(await group().isInUse()).toBe(isInUse);
  expect(requests).toEqual([
    expect.objectContaining({ Action: 'DescribeTargetGroups', 'TargetGroupArns.member.1': ARN }),
  ]);
});

test.each([
  ['a listener forwards only to it', `<TargetGroupArn>${ARN}</TargetGroupArn>`, true],
  ['it has all of the weight', tuples([ARN, 1], ['arn:other', 0]), true],
  ['it has some of the weight', tuples([ARN, 1], ['arn:other', 9]), true],
  [
    'no weight is written',
    `<ForwardConfig><TargetGroups><member><TargetGroupArn>${ARN}</TargetGroupArn></member></TargetGroups></ForwardConfig>`,
    true,
  ],
  ['it has no weight', tuples([ARN, 0], ['arn:other', 1]), false],
  ['a listener forwards to others', tuples(['arn:other', 1]), false],
  ['a listener forwards to another one', '<TargetGroupArn>arn:other</TargetGroupArn>', false],
])('whether a group receives new connections where %s', async (_, action, receives) => {
  const answers: Record<string, string> = {
    DescribeTargetGroups:
      '<TargetGroups><member><LoadBalancerArns><member>arn:lb</member></LoadBalancerArns></member></TargetGroups>',
    DescribeListeners: `<Listeners><member><DefaultActions><member><Type>forward</Type>${action}</member></DefaultActions></member></Listeners>`,
  };
  respond = ({ Action }) => ({
    body: `<${Action}Response><${Action}Result>${answers[Action]}</${Action}Result></${Action}Response>`,
  });

  expect(await group().receives()).toBe(receives);
  expect(requests[1]).toMatchObject({ Action: 'DescribeListeners', LoadBalancerArn: 'arn:lb' });
});

test('a group of no load balancer receives no connections', async () => {
  expect(await group().receives()).toBe(false);
  expect(requests.map(({ Action }) => Action)).toEqual(['DescribeTargetGroups']);
});

test('an empty group has no targets', async () => {
  expect(await group().describe()).toEqual([]);
});

test('a target without a port is refused: nothing could be done about it', async () => {
  respond = () => described('<Target><Id>10.0.0.1</Id></Target>');

  await expect(group().describe()).rejects.toThrow('without its address or port');
});

test.each(['register', 'deregister'] as const)('%s passes address, port and zone', async (action) => {
  await group()[action]([
    { address: '10.0.0.1', port: 5432 },
    { address: '10.9.0.1', port: 5432, zone: 'all' },
  ]);

  expect(requests).toEqual([
    {
      Action: action === 'register' ? 'RegisterTargets' : 'DeregisterTargets',
      Version: '2015-12-01',
      TargetGroupArn: ARN,
      'Targets.member.1.Id': '10.0.0.1',
      'Targets.member.1.Port': '5432',
      'Targets.member.2.Id': '10.9.0.1',
      'Targets.member.2.Port': '5432',
      'Targets.member.2.AvailabilityZone': 'all',
    },
  ]);
});

test.each(['register', 'deregister'] as const)('%s takes more targets in several calls', async (action) => {
  const targets: Step['target'][] = Array.from({ length: 450 }, (_, i) => ({
    address: `10.0.${i >> 8}.${i & 255}`,
    port: 1,
  }));

  await group()[action](targets);

  const sent = requests.map((request) =>
    Object.keys(request)
      .filter((key) => key.endsWith('.Id'))
      .map((key) => request[key]),
  );
  expect(sent.map(({ length }) => length)).toEqual([200, 200, 50]);
  expect(sent.flat()).toEqual(targets.map(({ address }) => address));
});

test.each([
  ['throttled', 400, 'Throttling', true],
  ['throttled in the words of the documentation', 400, 'ThrottlingException', true],
  ['over the limit', 503, 'RequestLimitExceeded', true],
  ['denied', 403, 'AccessDenied', false],
  ['broken', 500, 'InternalFailure', false],
])('a call that is %s is thrown, after one attempt', async (_, status, code, throttling) => {
  respond = () => error(status, code);

  const failure = await group()
    .describe()
    .catch((thrown) => thrown);

  expect(failure.name).toBe(code);
  expect(isThrottling(failure)).toBe(throttling);
  expect(requests).toHaveLength(1);
});

test('a call without an answer is given up', async () => {
  respond = () => 'silence';

  await expect(
    group({ requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true } }).describe(),
  ).rejects.toThrow();
  expect(requests).toHaveLength(1);
});

test.each([[undefined], ['text'], [null]])('%p is no throttling', (thrown) => {
  expect(isThrottling(thrown)).toBe(false);
});

test('without credentials in the environment no call is made', async () => {
  const { AWS_ACCESS_KEY_ID, ...rest } = process.env;
  const before = process.env;
  process.env = rest;
  try {
    await expect(group().describe()).rejects.toThrow('no credentials');
  } finally {
    process.env = before;
  }
  expect(requests).toHaveLength(0);
});
