import {
  AdminSecret,
  DatabaseEngine,
  DatabaseIngress,
  DatabaseTarget,
  DatabaseUser,
  EndpointLoadBalancer,
  Grant,
  UserAuth,
} from '../../lib';
import { validProps } from '../support/endpoint';
import { addresses, onlyResource, resources, synthesize, type TerraformJson } from '../support/synthesis';
import { ADMIN_ARN, createUser, declaredIn, onRds, RDS_HOST, synthesizeUser, userProps } from './synthesized-user';

const SECRET = 'aws_secretsmanager_secret';
const POLICY = 'aws_secretsmanager_secret_policy';
const ROTATION = 'aws_secretsmanager_secret_rotation';
const INVOCATION = 'aws_lambda_invocation';
const FUNCTION = 'aws_lambda_function';
const GROUP = 'aws_security_group';
const EGRESS = 'aws_vpc_security_group_egress_rule';
const INGRESS = 'aws_vpc_security_group_ingress_rule';
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

/** Blocks of the user, by their ids without the hash. */
function ofUser(tf: TerraformJson, type: string): { readonly [id: string]: { readonly [name: string]: unknown } } {
  const blocks = Object.entries(tf.resource?.[type] ?? {}).filter(([id]) => id.startsWith('Looker_'));
  return Object.fromEntries(blocks.map(([id, block]) => [id.replace(/^Looker_(.*)_[0-9A-F]{8}$/, '$1'), block]));
}

const addressIn = (tf: TerraformJson, type: string, name = '') =>
  addresses(tf, type).filter((each) => each.includes(`Looker_${name}`))[0] ?? 'missing';

describe('what a user is declared with', () => {
  test('is in the environment of its function, as the program reads it', () => {
    const tf = synthesizeUser();

    expect(declaredIn(tf)).toEqual({
      name: 'prod/Looker',
      engine: 'postgres',
      host: RDS_HOST,
      port: 5432,
      database: 'shop',
      userName: 'looker',
      auth: 'password',
      grants: [{ schema: 'sales', privileges: ['SELECT'] }],
      futureTables: false,
      revokePublic: false,
      ownedObjects: 'refuse',
      adminSecretArn: ADMIN_ARN,
      secretArn: `<${addressIn(tf, SECRET)}.arn>`,
      endpoint: {
        hostname: `<${addresses(tf, 'aws_lb')[0]}.dns_name>`,
        port: 5432,
        sslmode: 'verify-ca',
        certificateAuthoritiesUrl: 'https://truststore.pki.rds.amazonaws.com/eu-central-1/eu-central-1-bundle.pem',
      },
    });
  });

  test('can be all there is', () => {
    const tf = synthesizeUser(
      {
        admin: AdminSecret.rdsManaged('arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1-Ab12Cd'),
        userName: 'bi.reader',
        grants: [
          Grant.custom({ privileges: ['TRUNCATE', 'SELECT'], on: { schema: 'stage' } }),
          Grant.readWrite({ schema: 'sales', tables: ['orders', 'customers'] }),
        ],
        futureTables: true,
        connectionLimit: 5,
        statementTimeoutSeconds: 300,
        validUntil: '2027-01-31T00:00:00Z',
        revokePublic: true,
        reassignOwnedObjects: true,
        server: { host: 'db.internal', port: 5433, certificateAuthorities: PEM, securityGroupId: 'sg-0e' },
      },
      onRds({ domain: { name: 'orders.db.example.com', zoneId: 'Z0123456789ABC' }, port: 6432 }),
    );

    expect(declaredIn(tf)).toMatchObject({
      host: 'db.internal',
      port: 5433,
      certificateAuthorities: PEM,
      userName: 'bi.reader',
      grants: [
        { schema: 'sales', tables: ['customers', 'orders'], privileges: ['DELETE', 'INSERT', 'SELECT', 'UPDATE'] },
        { schema: 'stage', privileges: ['SELECT', 'TRUNCATE'] },
      ],
      futureTables: true,
      connectionLimit: 5,
      statementTimeoutSeconds: 300,
      validUntil: '2027-01-31T00:00:00Z',
      revokePublic: true,
      ownedObjects: 'reassign-to-admin',
      adminSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1-Ab12Cd',
      endpoint: { hostname: 'orders.db.example.com', port: 6432, sslmode: 'verify-ca', certificateAuthorities: PEM },
    });
    expect(declaredIn(tf)['endpoint']).not.toHaveProperty('certificateAuthoritiesUrl');
  });

  test.each([
    ['Aurora PostgreSQL', DatabaseEngine.AURORA_POSTGRESQL, 'postgres', ['SELECT'], 5432],
    ['Aurora MySQL', DatabaseEngine.AURORA_MYSQL, 'mysql', ['SELECT', 'SHOW VIEW'], 3306],
    ['MariaDB', DatabaseEngine.MARIADB, 'mariadb', ['SELECT', 'SHOW VIEW'], 3306],
  ])('is in the words of %s', (_, engine, name, privileges, port) => {
    expect(declaredIn(synthesizeUser({}, onRds({ engine })))).toMatchObject({
      engine: name,
      port,
      grants: [{ schema: 'sales', privileges }],
    });
  });

  test('lets clients verify the name, where the certificate carries that of the endpoint', () => {
    const target = DatabaseTarget.ipAddresses(['10.0.1.5']);
    const tf = synthesizeUser({ server: { host: 'db.internal' } }, validProps({ target }));

    expect(declaredIn(tf)).toMatchObject({ endpoint: { sslmode: 'verify-full' } });
  });

  test('says no CA where clients need none, or where it is not known', () => {
    const endpoint = 'orders.proxy-abc123.eu-central-1.rds.amazonaws.com';
    const target = DatabaseTarget.rdsProxy({ endpoint, securityGroupId: 'sg-0a' });
    const behindProxy = synthesizeUser({ server: { host: RDS_HOST, securityGroupId: 'sg-0db' } }, onRds({ target }));
    const own = synthesizeUser({ server: { host: 'db.internal' } }, validProps());

    expect(declaredIn(behindProxy)).toMatchObject({ host: RDS_HOST, endpoint: { sslmode: 'verify-ca' } });
    for (const tf of [behindProxy, own]) {
      expect(declaredIn(tf)['endpoint']).not.toHaveProperty('certificateAuthoritiesUrl');
    }
  });

  test('is about the endpoint, also where it shares a load balancer with others', () => {
    const tf = synthesize((stack) => {
      const { engine, target, allow } = onRds();
      const shared = new EndpointLoadBalancer(stack, 'Shared', {
        vpcId: 'vpc-0b',
        subnetIds: ['subnet-0a', 'subnet-0b'],
      });
      new DatabaseUser(stack, 'Looker', userProps(shared.addEndpoint('Orders', { engine, target, allow, port: 6432 })));
    });

    expect(declaredIn(tf)).toMatchObject({
      host: RDS_HOST,
      port: 5432,
      endpoint: { hostname: `<${addresses(tf, 'aws_lb')[0]}.dns_name>`, port: 6432 },
    });
    expect(ofUser(tf, GROUP)['SecurityGroup']).toMatchObject({ vpc_id: 'vpc-0b' });
  });

  test('is the same in whatever order it is written', () => {
    const grants = [
      Grant.read({ schema: 'sales', tables: ['b', 'a'] }),
      Grant.custom({ privileges: ['SELECT', 'INSERT'], on: { schema: 'stage' } }),
    ];
    const turned = [
      Grant.custom({ privileges: ['INSERT', 'SELECT'], on: { schema: 'stage' } }),
      Grant.read({ schema: 'sales', tables: ['a', 'b'] }),
    ];

    expect(synthesizeUser({ grants: turned })).toEqual(synthesizeUser({ grants }));
  });
});

describe('the function of a user', () => {
  test.each([
    ['of RDS', {}, onRds(), '/var/runtime/ca-cert.pem'],
    ['of RDS, with certificates of its own choice', { certificateAuthorities: PEM }, onRds(), undefined],
    ['of its own', { host: 'db.internal' }, validProps(), undefined],
  ])('trusts for a server %s whom it must', (_, server, endpoint, file) => {
    expect(ofUser(synthesizeUser({ server }, endpoint), FUNCTION)['Function']?.environment).toEqual({
      variables: {
        DATABASE_USER: expect.stringMatching(/^\$\{local\.Looker_Configuration_\w+\}$/),
        ...(file && { NODE_EXTRA_CA_CERTS: file }),
      },
    });
  });

  test('is refused by Terraform where its configuration does not fit into the environment', () => {
    expect(ofUser(synthesizeUser(), FUNCTION)['Function']?.lifecycle).toEqual({
      precondition: [
        {
          condition: expect.stringMatching(/^\$\{length\(local\.Looker_Configuration_\w+\) <= 3900\}$/),
          error_message: expect.stringMatching(/^prod\/Looker: .* \[UserConfigurationTooLong\]$/),
        },
      ],
    });
  });

  test('reaches the database by its security group, which admits it', () => {
    const tf = synthesizeUser();
    const group = `\${${addressIn(tf, GROUP)}.id}`;
    const port = { ip_protocol: 'tcp', from_port: 5432, to_port: 5432, tags: { Name: 'prod/Looker' } };

    expect(ofUser(tf, EGRESS)).toMatchObject({
      EgressToSecurityGroup: { security_group_id: group, referenced_security_group_id: 'sg-0db', ...port },
      EgressHttps: { security_group_id: group, from_port: 443, to_port: 443 },
    });
    expect(ofUser(tf, INGRESS)).toEqual({
      DatabaseIngress: {
        security_group_id: 'sg-0db',
        referenced_security_group_id: group,
        description: 'The function that makes a database user',
        ...port,
      },
    });
    expect(ofUser(tf, FUNCTION)['Function']?.vpc_config).toEqual({
      subnet_ids: ['subnet-0e', 'subnet-0f'],
      security_group_ids: [group],
    });
  });

  test('has no rule in a group whose rules are managed elsewhere, and says what that must admit', () => {
    const target = DatabaseTarget.rdsInstance({
      identifier: 'orders',
      address: RDS_HOST,
      securityGroupId: 'sg-0db',
      databaseIngress: DatabaseIngress.MANAGED_ELSEWHERE,
    });
    let said: object | undefined;
    const tf = synthesize((stack) => {
      said = createUser(stack, {}, onRds({ target })).databaseIngress;
    });

    expect(ofUser(tf, INGRESS)).toEqual({});
    expect(said).toMatchObject({ securityGroupId: 'sg-0db', ipProtocol: 'tcp', port: 5432, isCreated: false });
  });

  test('reaches addresses where no security group is known, and another group where one is said', () => {
    const own = synthesizeUser({ server: { host: 'db.internal' } }, validProps());
    const other = synthesizeUser({ server: { host: 'db.internal', port: 5433, securityGroupId: 'sg-0e' } });

    expect(ofUser(own, EGRESS)['Egress']).toMatchObject({ for_each: { '10.0.1.5': '10.0.1.5' }, from_port: 5432 });
    expect(ofUser(other, INGRESS)['DatabaseIngress']).toMatchObject({ security_group_id: 'sg-0e', from_port: 5433 });
  });

  test('with security groups of the user has none of its own, and no rules', () => {
    const tf = synthesizeUser({ network: { subnetIds: ['subnet-0e'], securityGroupIds: ['sg-0f'], vpcId: 'vpc-0b' } });

    expect([ofUser(tf, GROUP), ofUser(tf, EGRESS), ofUser(tf, INGRESS)]).toEqual([{}, {}, {}]);
    expect(ofUser(tf, FUNCTION)['Function']?.vpc_config).toMatchObject({ security_group_ids: ['sg-0f'] });
  });

  test('takes the settings of any function', () => {
    const tf = synthesizeUser({
      network: { subnetIds: ['subnet-0e'], vpcId: 'vpc-0b' },
      logRetentionDays: 30,
      kmsKeyArn: KEY,
      permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/Boundary',
      tags: { team: 'bi' },
    });

    expect(ofUser(tf, GROUP)['SecurityGroup']).toMatchObject({
      vpc_id: 'vpc-0b',
      tags: { Name: 'prod/Looker', team: 'bi' },
    });
    expect(ofUser(tf, 'aws_cloudwatch_log_group')['LogGroup']).toMatchObject({
      retention_in_days: 30,
      kms_key_id: KEY,
    });
    expect(ofUser(tf, 'aws_iam_role')['Role']).toMatchObject({
      permissions_boundary: expect.stringMatching(/Boundary$/),
    });
    expect(ofUser(tf, FUNCTION)['Function']).toMatchObject({ kms_key_arn: KEY });
  });
});

describe('the invocations of a user', () => {
  test('are one whose input never changes, and one for each change of what is declared', () => {
    const tf = synthesizeUser();
    const { Exist, Converge } = ofUser(tf, INVOCATION);
    const code = ofUser(tf, FUNCTION)['Function']?.source_code_hash;

    expect(Exist).toEqual({
      function_name: `\${${addressIn(tf, FUNCTION)}.function_name}`,
      lifecycle_scope: 'CRUD',
      input: '{"task":"exist"}',
      depends_on: expect.anything(),
    });
    expect(Converge).toEqual({
      function_name: `\${${addressIn(tf, FUNCTION)}.function_name}`,
      lifecycle_scope: 'CREATE_ONLY',
      input: expect.stringMatching(
        /^\$\{jsonencode\(\{"task":"converge","because":\{"declared":sha256\("\$\{local\.Looker_Declared_\w+\} .+"\)\}\}\)\}$/,
      ),
      depends_on: [addressIn(tf, INVOCATION, 'Exist')],
    });
    expect(Converge?.input).toContain(` ${code}")`);
  });

  test('come after all that the function needs, and so does its deletion come before theirs', () => {
    const tf = synthesizeUser();

    expect(ofUser(tf, INVOCATION)['Exist']?.depends_on).toEqual([
      addressIn(tf, 'terraform_data'),
      addressIn(tf, EGRESS, 'EgressToSecurityGroup'),
      addressIn(tf, INGRESS),
    ]);
    expect(ofUser(tf, FUNCTION)['Function']?.depends_on).toEqual([
      addressIn(tf, 'aws_iam_role_policy'),
      addressIn(tf, EGRESS, 'EgressHttps'),
    ]);
    // By its environment, the function needs the secret.
    expect(JSON.stringify(tf)).toContain(`\\"secretArn\\":${addressIn(tf, SECRET)}.arn`);
  });

  test('are refused by Terraform under another name of the login', () => {
    expect(ofUser(synthesizeUser(), 'terraform_data')['UserName']).toEqual({
      input: { userName: 'looker' },
      lifecycle: {
        ignore_changes: ['input'],
        postcondition: [
          {
            condition: '${self.input.userName == "looker"}',
            error_message: expect.stringMatching(/^prod\/Looker: userName .* \[UserNameChanged\]$/),
          },
        ],
      },
    });
  });
});

describe('the secret of a user', () => {
  test('is without a version, so that no password is in a plan', () => {
    const tf = synthesizeUser();

    expect(ofUser(tf, SECRET)).toEqual({
      Secret: {
        name_prefix: 'database-endpoint-user-',
        description: 'A login of a database behind an endpoint',
        tags: { Name: 'prod/Looker' },
      },
    });
    expect(JSON.stringify(tf)).not.toMatch(/secret_version|random_password|secret_string/);
  });

  test('takes every setting', () => {
    const resourcePolicy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    const tf = synthesizeUser({
      secret: { name: 'bi/looker', kmsKeyArn: KEY, recoveryWindowDays: 0, resourcePolicy },
    });

    expect(onlyResource(tf, SECRET)).toMatchObject({ name: 'bi/looker', kms_key_id: KEY, recovery_window_in_days: 0 });
    expect(onlyResource(tf, SECRET)).not.toHaveProperty('name_prefix');
    expect(onlyResource(tf, POLICY)).toEqual({
      secret_arn: `\${${addressIn(tf, SECRET)}.arn}`,
      policy: resourcePolicy,
      block_public_policy: true,
    });
  });

  test('is rotated on request, by the function and after the first password', () => {
    const tf = synthesizeUser({ rotateEveryDays: 30 });

    expect(onlyResource(tf, ROTATION)).toEqual({
      secret_id: `\${${addressIn(tf, SECRET)}.id}`,
      rotation_lambda_arn: `\${${addressIn(tf, FUNCTION)}.arn}`,
      rotate_immediately: false,
      rotation_rules: { automatically_after_days: 30 },
      depends_on: [addressIn(tf, 'aws_lambda_permission'), addressIn(tf, INVOCATION, 'Converge')],
    });
    expect(ofUser(tf, 'aws_lambda_permission')).toEqual({
      RotationPermission: {
        statement_id: 'Rotation',
        action: 'lambda:InvokeFunction',
        function_name: `\${${addressIn(tf, FUNCTION)}.function_name}`,
        principal: 'secretsmanager.amazonaws.com',
        source_arn: `\${${addressIn(tf, SECRET)}.arn}`,
      },
    });
  });

  test('is rotated by nobody otherwise', () => {
    const tf = synthesizeUser();

    expect([...resources(tf, ROTATION), ...Object.values(ofUser(tf, 'aws_lambda_permission'))]).toEqual([]);
  });

  test('does not exist where IAM signs tokens', () => {
    let secretArn: string | undefined = 'some';
    const tf = synthesize((stack) => {
      ({ secretArn } = createUser(stack, { auth: UserAuth.iam() }));
    });

    expect(secretArn).toBeUndefined();
    expect([...resources(tf, SECRET), ...resources(tf, ROTATION), ...resources(tf, POLICY)]).toEqual([]);
    expect(declaredIn(tf)).toMatchObject({ auth: 'iam' });
    expect(declaredIn(tf)).not.toHaveProperty('secretArn');
  });
});
