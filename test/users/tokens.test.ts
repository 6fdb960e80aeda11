import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AdminSecret,
  DatabaseEndpoint,
  DatabaseTarget,
  DatabaseUser,
  type DatabaseUserProps,
  Grant,
  UserAuth,
} from '../../lib';
import { validProps } from '../support/endpoint';
import { onlyResource, synthesize, synthesizeApp, type TerraformJson } from '../support/synthesis';
import { createUser, declaredIn, onRds, synthesizeUser, userProps } from './synthesized-user';

const text = (stack: TerraformStack, name = 'x') => new TerraformVariable(stack, name, { type: 'string' }).stringValue;
const number = (stack: TerraformStack) => new TerraformVariable(stack, 'x', { type: 'number' }).numberValue;
const list = (stack: TerraformStack) => new TerraformVariable(stack, 'x', { type: 'list(string)' }).listValue;
const boolean = (stack: TerraformStack) =>
  new TerraformVariable(stack, 'x', { type: 'bool' }).booleanValue as unknown as boolean;

type Make = (stack: TerraformStack) => Partial<DatabaseUserProps>;

const X = '<var.x>';

/** Properties that the program reads, and what Terraform is told where they are known after apply. */
const DECLARED: readonly [property: string, make: Make, declared: object][] = [
  ['database', (s) => ({ database: text(s) }), { database: X }],
  ['userName', (s) => ({ userName: text(s) }), { userName: X }],
  ['admin', (s) => ({ admin: AdminSecret.fromArn(text(s)) }), { adminSecretArn: X }],
  ['connectionLimit', (s) => ({ connectionLimit: number(s) }), { connectionLimit: X }],
  ['statementTimeoutSeconds', (s) => ({ statementTimeoutSeconds: number(s) }), { statementTimeoutSeconds: X }],
  ['validUntil', (s) => ({ validUntil: text(s) }), { validUntil: X }],
  ['futureTables', (s) => ({ futureTables: boolean(s) }), { futureTables: X }],
  ['revokePublic', (s) => ({ revokePublic: boolean(s) }), { revokePublic: X }],
  ['server.host', (s) => ({ server: { host: text(s) } }), { host: X }],
  ['server.port', (s) => ({ server: { port: number(s) } }), { port: X }],
  [
    'server.certificateAuthorities',
    (s) => ({ server: { certificateAuthorities: text(s) } }),
    { certificateAuthorities: X, endpoint: { certificateAuthorities: X } },
  ],
  ['grants: schema', (s) => ({ grants: [Grant.read({ schema: text(s) })] }), { grants: [{ schema: X }] }],
  [
    'grants: tables',
    (s) => ({ grants: [Grant.read({ schema: 'sales', tables: ['orders', text(s)] })] }),
    { grants: [{ tables: ['orders', X] }] },
  ],
  [
    'grants: tables as a list',
    (s) => ({ grants: [Grant.read({ schema: 'sales', tables: list(s) })] }),
    { grants: [{ tables: X }] },
  ],
  [
    'grants: privileges',
    (s) => ({ grants: [Grant.custom({ privileges: ['SELECT', text(s)], on: { schema: 'sales' } })] }),
    { grants: [{ privileges: ['SELECT', X] }] },
  ],
];

test.each(DECLARED)('%s may be known after apply', (_, make, declared) => {
  expect(declaredIn(synthesizeUser(make))).toMatchObject(declared);
});

const KEY_IN_POLICY = 'kms:EncryptionContext:SecretARN';

/** Properties of resources, and how these are written. */
const WRITTEN: readonly [property: string, make: Make, type: string, written: object][] = [
  [
    'rotateEveryDays',
    (s) => ({ rotateEveryDays: number(s) }),
    'aws_secretsmanager_secret_rotation',
    { rotation_rules: { automatically_after_days: '${var.x}' } },
  ],
  ['secret.name', (s) => ({ secret: { name: text(s) } }), 'aws_secretsmanager_secret', { name: '${var.x}' }],
  [
    'secret.kmsKeyArn',
    (s) => ({ secret: { kmsKeyArn: text(s) } }),
    'aws_secretsmanager_secret',
    { kms_key_id: '${var.x}' },
  ],
  [
    'secret.recoveryWindowDays',
    (s) => ({ secret: { recoveryWindowDays: number(s) } }),
    'aws_secretsmanager_secret',
    { recovery_window_in_days: '${var.x}' },
  ],
  [
    'secret.resourcePolicy',
    (s) => ({ secret: { resourcePolicy: text(s) } }),
    'aws_secretsmanager_secret_policy',
    { policy: '${var.x}' },
  ],
  [
    'network.vpcId',
    (s) => ({ network: { subnetIds: ['subnet-0e'], vpcId: text(s) } }),
    'aws_security_group',
    { vpc_id: '${var.x}' },
  ],
  [
    'network.subnetIds',
    (s) => ({ network: { subnetIds: list(s) } }),
    'aws_lambda_function',
    { vpc_config: { subnet_ids: '${var.x}' } },
  ],
  [
    'network.securityGroupIds',
    (s) => ({ network: { subnetIds: ['subnet-0e'], securityGroupIds: [text(s)] } }),
    'aws_lambda_function',
    { vpc_config: { security_group_ids: ['${var.x}'] } },
  ],
  [
    'server.securityGroupId',
    (s) => ({ server: { securityGroupId: text(s) } }),
    'aws_vpc_security_group_ingress_rule',
    { security_group_id: '${var.x}' },
  ],
  [
    'logRetentionDays',
    (s) => ({ logRetentionDays: number(s) }),
    'aws_cloudwatch_log_group',
    { retention_in_days: '${var.x}' },
  ],
  ['kmsKeyArn', (s) => ({ kmsKeyArn: text(s) }), 'aws_lambda_function', { kms_key_arn: '${var.x}' }],
  [
    'permissionsBoundaryArn',
    (s) => ({ permissionsBoundaryArn: text(s) }),
    'aws_iam_role',
    { permissions_boundary: '${var.x}' },
  ],
  ['tags', (s) => ({ tags: { team: text(s) } }), 'aws_sqs_queue', { tags: { team: '${var.x}' } }],
];

/** The user alone is looked at, since the function that follows the database's name has resources of the same types. */
function blockOf(tf: TerraformJson, type: string): object {
  const [block] = Object.entries(tf.resource?.[type] ?? {}).flatMap(([id, found]) =>
    id.startsWith('Looker_') ? [found] : [],
  );
  return block ?? {};
}

test.each(WRITTEN)('%s may be known after apply, as part of a resource', (_, make, type, written) => {
  expect(blockOf(synthesizeUser(make), type)).toMatchObject(written);
});

test('keys and secrets known after apply are part of the policy', () => {
  const { policy } = blockOf(
    synthesizeUser((stack) => ({
      admin: AdminSecret.fromArn(text(stack, 'admin'), { kmsKeyArn: text(stack, 'key') }),
    })),
    'aws_iam_role_policy',
  ) as { policy: string };

  expect(policy).toContain(
    '"Sid":"ReadAdmin","Effect":"Allow","Action":["secretsmanager:GetSecretValue"],"Resource":var.admin}',
  );
  expect(policy).toContain(
    `"Action":["kms:Decrypt"],"Resource":var.key,"Condition":{"StringEquals":{"${KEY_IN_POLICY}":var.admin}}`,
  );
});

test('a choice that decides which value there is must be known at synthesis', () => {
  expect(() => synthesizeUser((stack) => ({ reassignOwnedObjects: boolean(stack) }))).toThrow(
    'prod/Looker: reassignOwnedObjects is known after apply',
  );
});

test('what looks like a template is written as it is', () => {
  const tf = synthesizeUser({ database: 'shop${x}', grants: [Grant.read({ schema: '%{if}' })] });

  expect(JSON.stringify(tf)).toContain('\\"database\\":\\"shop$${x}\\"');
  expect(JSON.stringify(tf)).toContain('\\"schema\\":\\"%%{if}\\"');
});

test('the name of a server that Terraform computes may be that of RDS, for all that is known', () => {
  const tf = synthesize((stack) => {
    const target = DatabaseTarget.ipAddresses(['10.0.1.5']);
    const props = { auth: UserAuth.iam(), server: { host: text(stack) } };
    createUser(stack, props, validProps({ target }));
  });

  expect(onlyResource(tf, 'aws_lambda_function')).toMatchObject({
    environment: { variables: { NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem' } },
  });
});

test('a user in another stack than its endpoint refers to it through outputs', () => {
  let endpoint: DatabaseEndpoint | undefined;
  const { data = '', users = '' } = synthesizeApp({
    data: (stack) => {
      endpoint = new DatabaseEndpoint(stack, 'Orders', onRds());
    },
    users: (stack) => {
      new DatabaseUser(stack, 'Looker', userProps(endpoint as DatabaseEndpoint));
    },
  });

  expect(Object.keys(JSON.parse(data).output)).toEqual([
    expect.stringMatching(/^cross-stack-output-aws_lb\w*dns_name$/),
  ]);
  const hostname = /\\"hostname\\":data\.terraform_remote_state\.[\w-]+\.outputs\.cross-stack-output-aws_lb\w+dns_name/;
  expect(users).toMatch(hostname);
  expect(Object.keys(JSON.parse(users).resource)).not.toContain('aws_lb');
});
