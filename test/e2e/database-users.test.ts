import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AdminSecret,
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  DatabaseUser,
  type DatabaseUserProps,
  Grant,
  UserAuth,
} from 'cdktf-database-endpoint';
import { readConfiguration } from '../../lambda/database-user/configuration';
import { describeWithTools, planAndApply, runOnMocks, synthesize, useLab } from './harness';

const ADMIN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:admin-Ab12Cd';
const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:looker-Ab12Cd';
const MOCKS = { aws_secretsmanager_secret: { arn: SECRET, id: SECRET } };

function userOf(
  stack: TerraformStack,
  id: string,
  props: Partial<DatabaseUserProps>,
  engine = DatabaseEngine.POSTGRESQL,
) {
  const endpoint = new DatabaseEndpoint(stack, `${id}Endpoint`, {
    vpcId: 'vpc-0a',
    subnetIds: ['subnet-0a', 'subnet-0b'],
    engine,
    target: DatabaseTarget.ipAddresses(['10.20.0.5'], {
      certificateName: 'orders.abc.us-east-1.rds.amazonaws.com',
      securityGroupId: 'sg-0db',
    }),
    allow: [AllowedSource.cidr('203.0.113.7/32')],
  });
  return new DatabaseUser(stack, id, {
    endpoint,
    admin: AdminSecret.fromArn(ADMIN),
    database: 'shop',
    grants: [Grant.read({ schema: 'sales' })],
    network: { subnetIds: ['subnet-0e'] },
    ...props,
  });
}

const variable = (stack: TerraformStack, name: string, value: string) =>
  new TerraformVariable(stack, name, { type: 'string', default: value }).stringValue;

describeWithTools(['terraform', 'provider'], 'database users, on mocks', () => {
  const lab = useLab({ emulator: false });

  it('are made as the program reads them, and then need nothing more', async () => {
    const stack = synthesize('Users', (stack) => {
      const key = 'arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000002';
      const statement = { Effect: 'Deny', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' };
      const resourcePolicy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
      userOf(stack, 'Rotated', {
        rotateEveryDays: 30,
        kmsKeyArn: key,
        secret: { name: 'bi/looker', kmsKeyArn: key, resourcePolicy, recoveryWindowDays: 7 },
      });
      userOf(stack, 'Iam', { userName: 'iam', auth: UserAuth.iam() });
      const on = { schema: variable(stack, 'schema', 'sales'), tables: ['a', 'b"; drop'] };
      userOf(
        stack,
        'Own',
        { userName: 'own', grants: [Grant.readWrite(on)], server: { host: 'db.internal', port: 3307 } },
        DatabaseEngine.MARIADB,
      );
    });

    const { problems, planned, resources } = await runOnMocks(
      lab().workspace(stack),
      [...planAndApply(), { command: 'plan' }],
      MOCKS,
    );

    expect(problems).toEqual([]);
    expect(planned.at(-1)).toEqual([]);
    const declared = Object.entries(resources).flatMap(([address, { environment }]) => {
      if (!address.startsWith('aws_lambda_function.')) return [];
      const [{ variables }] = environment as [{ variables: { [name: string]: string } }];
      return [readConfiguration(variables)];
    });
    expect(declared).toMatchObject([
      { name: 'Users/Iam', auth: 'iam' },
      {
        name: 'Users/Own',
        engine: 'mariadb',
        host: 'db.internal',
        port: 3307,
        grants: [
          {
            schema: 'sales',
            tables: ['a', 'b"; drop'],
            privileges: ['DELETE', 'INSERT', 'SELECT', 'SHOW VIEW', 'UPDATE'],
          },
        ],
      },
      { name: 'Users/Rotated', auth: 'password', secretArn: SECRET, adminSecretArn: ADMIN },
    ]);
  });

  it('change what is declared by the one invocation, and never by the one that removes them', async () => {
    const stack = synthesize('Users', (stack) => {
      userOf(stack, 'Looker', { database: variable(stack, 'database', 'shop') });
    });

    const { problems, planned } = await runOnMocks(
      lab().workspace(stack),
      [...planAndApply(), { command: 'plan', variables: { database: 'other' } }],
      MOCKS,
    );

    expect(problems).toEqual([]);
    expect([...(planned.at(-1) ?? [])].sort()).toEqual([
      'update aws_lambda_function.Looker_Function: environment[0].variables.DATABASE_USER',
      // The provider itself replaces it, which a mock does not know.
      'update aws_lambda_invocation.Looker_Converge: input',
    ]);
  });

  it('keep their name: the login of the former one would be left behind', async () => {
    const stack = synthesize('Users', (stack) => {
      userOf(stack, 'Looker', { userName: variable(stack, 'name', 'looker') });
    });

    const { problems } = await runOnMocks(
      lab().workspace(stack),
      [...planAndApply(), { command: 'plan', variables: { name: 'other' } }],
      MOCKS,
    );

    expect(problems).toEqual([expect.stringMatching(/: Users\/Looker: userName .* \[UserNameChanged\]$/)]);
  });

  it('are refused where what is declared does not fit into the environment', async () => {
    // Names that do not compress.
    const tables = Array.from({ length: 600 }, (_, i) => (Math.sin(i + 1) * 1e16).toString(36).replace(/\W/g, ''));
    const stack = synthesize('Users', (stack) => {
      userOf(stack, 'Looker', { grants: [Grant.read({ schema: 'sales', tables: [...new Set(tables)] })] });
    });

    const { problems } = await runOnMocks(lab().workspace(stack), planAndApply(), MOCKS);

    expect(problems[0]).toMatch(/: Users\/Looker: .* too long .* \[UserConfigurationTooLong\]$/);
  });
});
