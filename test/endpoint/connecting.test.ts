import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { DatabaseEndpoint, DatabaseEngine, DatabaseTarget, EndpointError, EndpointTls } from '../../lib';
import { terminatingProps, validProps } from '../support/endpoint';

const stack = () => new TerraformStack(Testing.app(), 'prod');
const DOMAIN = { domain: { name: 'orders.db.example.com' } };

describe('the connection URL of an endpoint', () => {
  test('verifies the certificate and holds no password', () => {
    const endpoint = new DatabaseEndpoint(stack(), 'Orders', { ...validProps(), ...DOMAIN });

    expect(endpoint.connectionUrl({ user: 'looker', database: 'orders' })).toBe(
      'postgresql://looker@orders.db.example.com:5432/orders?sslmode=verify-full',
    );
  });

  test('encodes what is written and lets Terraform encode what only it knows', () => {
    const scope = stack();
    const user = new TerraformVariable(scope, 'user', { type: 'string' });
    const endpoint = new DatabaseEndpoint(scope, 'Orders', { ...validProps(), ...DOMAIN });

    const url = endpoint.connectionUrl({ user: user.stringValue, database: 'a/b' });

    expect(url).toContain('/a%2Fb?');
    expect(url).toMatch(/^postgresql:\/\/\$\{TfToken\[/);
  });

  test('leads to the load balancer where there is no domain', () => {
    const scope = stack();
    const endpoint = new DatabaseEndpoint(scope, 'Orders', validProps());

    new TerraformOutput(scope, 'url', { value: endpoint.connectionUrl() });

    expect(JSON.parse(Testing.synth(scope)).output.url.value).toMatch(
      /^postgresql:\/\/\$\{aws_lb\.Orders_LoadBalancer_\w+\.dns_name\}:5432\?sslmode=verify-full$/,
    );
  });

  test('is refused with the path of the endpoint where it would carry a password', () => {
    const endpoint = new DatabaseEndpoint(stack(), 'Orders', { ...validProps(), ...DOMAIN });

    const url = () => endpoint.connectionUrl({ parameters: { password: 'hunter2' } });

    expect(url).toThrow(EndpointError);
    expect(url).toThrow(/^prod\/Orders: (?!.*hunter2)/);
  });

  test('is refused for engines whose clients know none', () => {
    const endpoint = new DatabaseEndpoint(stack(), 'Cache', {
      ...terminatingProps(),
      ...DOMAIN,
      engine: DatabaseEngine.MEMCACHED,
    });

    expect(() => endpoint.connectionUrl()).toThrow(/^prod\/Cache: .*hostname/);
  });
});

describe('the client guide of an endpoint', () => {
  test('names where to connect and verifies chain and name first', () => {
    const clientGuide = new DatabaseEndpoint(stack(), 'Orders', { ...validProps(), ...DOMAIN }).clientGuide();

    expect(clientGuide).toMatchObject({
      engine: 'postgresql',
      hostname: 'orders.db.example.com',
      port: 5432,
      serverName: 'orders.db.example.com',
    });
    expect(clientGuide.clients[0]).toMatchObject({ client: 'psql', verifiesChain: true, verifiesName: true });
    expect(clientGuide.clients[0].command).toContain('verify-full');
    expect(clientGuide.notes.join(' ')).toContain('3600 seconds');
  });

  test("has clients verify the database's own name where its certificate carries that", () => {
    const target = DatabaseTarget.ipAddresses(['10.0.1.5'], {
      securityGroupId: 'sg-0a',
      certificateName: 'orders.abc.eu-central-1.rds.amazonaws.com',
    });

    const clientGuide = new DatabaseEndpoint(stack(), 'Orders', { ...validProps(), ...DOMAIN, target }).clientGuide();

    expect(clientGuide.serverName).toBe('orders.abc.eu-central-1.rds.amazonaws.com');
    expect(clientGuide.clients[0].command).toMatch(/@orders\.abc\S*[?&]hostaddr=ENDPOINT_ADDRESS&sslmode=verify-full/);
  });

  test('tells of the 350 seconds where the listener terminates TLS', () => {
    const clientGuide = new DatabaseEndpoint(stack(), 'Cache', { ...terminatingProps(), ...DOMAIN }).clientGuide();

    expect(clientGuide.notes.join(' ')).toContain('350 seconds');
  });
});

describe('a text that no quoting can keep in its place', () => {
  const guideOf = (engine: DatabaseEngine, options: object) => {
    const tls = EndpointTls.passthrough();
    return () =>
      new DatabaseEndpoint(stack(), 'Orders', { ...validProps(), ...DOMAIN, engine, tls }).clientGuide(options);
  };

  test.each<[rule: string, engine: DatabaseEngine, property: string, value: string]>([
    ['GuideTextInvalid', DatabaseEngine.POSTGRESQL, 'user', 'a\nb'],
    ['GuideTextInvalid', DatabaseEngine.REDIS, 'user', 'a\u0000b'],
    ['GuideTextInvalid', DatabaseEngine.MYSQL, 'database', 'a\u202eb'],
    ['GuideTextInvalid', DatabaseEngine.MYSQL, 'database', 'a\ud800'],
    ['GuideTextInvalid', DatabaseEngine.CLICKHOUSE, 'caFile', 'a\nEND\ntouch PWNED'],
    ['GuideUserInvalid', DatabaseEngine.ORACLE, 'user', 'ann/secret'],
    ['GuideUserInvalid', DatabaseEngine.ORACLE, 'user', '-S'],
    ['GuideUserInvalid', DatabaseEngine.SFTP, 'user', '-oProxyCommand=touch PWNED'],
    ['GuideUserInvalid', DatabaseEngine.SFTP, 'user', 'host:x'],
    ['GuideUserInvalid', DatabaseEngine.OPENSEARCH, 'user', 'ann:secret'],
    ['GuideUserInvalid', DatabaseEngine.SQL_SERVER, 'user', '-C'],
    ['GuideDatabaseInvalid', DatabaseEngine.SQL_SERVER, 'database', '-C'],
    ['GuideDatabaseInvalid', DatabaseEngine.ORACLE, 'database', 'x))(ADDRESS=(HOST=evil)'],
    ['GuideFileInvalid', DatabaseEngine.REDIS, 'caFile', '-ca.pem'],
    ['GuideFileInvalid', DatabaseEngine.REDIS, 'caFile', ' ca.pem'],
    ['GuideFileInvalid', DatabaseEngine.REDIS, 'caFile', ''],
    ['GuideAddressInvalid', DatabaseEngine.POSTGRESQL, 'address', "203.0.113.7'; touch PWNED"],
  ])('is refused by %s', (rule, engine, property, value) => {
    const refused = guideOf(engine, { [property]: value });

    expect(refused).toThrow(EndpointError);
    expect(refused).toThrow(new RegExp(`^prod/Orders: clientGuide\\.${property} .* \\[${rule}\\]$`, 's'));
  });

  test('is refused by addOutputs as well', () => {
    const endpoint = new DatabaseEndpoint(stack(), 'Orders', { ...validProps(), ...DOMAIN });

    expect(() => endpoint.addOutputs({ database: 'a\nb' })).toThrow(
      /addOutputs\(\)\.database .*\[GuideTextInvalid\]$/s,
    );
  });

  test.each([
    [DatabaseEngine.MYSQL, { user: '-x', database: '--ssl-mode=DISABLED' }],
    [DatabaseEngine.ORACLE, { user: 'BI_LOOKER', database: 'orders.example.com' }],
    [DatabaseEngine.SFTP, { user: 'ann.b@corp' }],
    [DatabaseEngine.REDIS, { caFile: './my roots/-ca.pem', address: '2001:db8::1' }],
    [DatabaseEngine.MONGODB, { user: "o'brien", database: 'Größe' }],
  ])('is none of these: $displayName %j', (engine, options) => {
    expect(guideOf(engine, options)).not.toThrow();
  });

  test('of the CA file is one word of the command that downloads it', () => {
    const target = DatabaseTarget.rdsInstance({
      identifier: 'orders',
      address: 'orders.abc.eu-central-1.rds.amazonaws.com',
      securityGroupId: 'sg-0a',
    });
    const endpoint = new DatabaseEndpoint(stack(), 'Orders', { ...validProps(), ...DOMAIN, target });

    expect(endpoint.clientGuideMarkdown({ caFile: 'x; touch PWNED' })).toContain(
      "curl --fail --output 'x; touch PWNED' https://truststore.pki.rds.amazonaws.com/",
    );
  });
});
