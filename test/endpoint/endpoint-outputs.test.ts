import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointError,
  type EndpointOutputsOptions,
} from '../../lib';
import { terminatingProps, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { synthesize } from '../support/synthesis';

const DOMAIN = { domain: { name: 'orders.db.example.com' } };

function outputsOf(build: (stack: TerraformStack) => void) {
  return synthesize(build).output ?? {};
}

const added = (options?: EndpointOutputsOptions) =>
  outputsOf((stack) => new DatabaseEndpoint(stack, 'Orders', validProps(DOMAIN)).addOutputs(options));

describe('the outputs of an endpoint', () => {
  test('have names that are predictable, and hold no secret', () => {
    const outputs = added({ user: 'looker', database: 'shop' });

    expect(Object.keys(outputs).sort()).toEqual([
      'Orders_client_guide',
      'Orders_hostname',
      'Orders_port',
      'Orders_url',
    ]);
    expect(outputs).toMatchObject({
      Orders_hostname: { value: 'orders.db.example.com', description: 'Host of PostgreSQL' },
      Orders_port: { value: 5432 },
      Orders_url: { value: 'postgresql://looker@orders.db.example.com:5432/shop?sslmode=verify-full' },
      Orders_client_guide: { value: expect.stringContaining('CREATE ROLE "looker"') },
    });
    expect(Object.values(outputs).some(({ sensitive }) => sensitive)).toBe(false);
  });

  test('resolve what is known after apply', () => {
    const outputs = outputsOf((stack) => {
      const port = new TerraformVariable(stack, 'port', { type: 'number' }).numberValue;
      new DatabaseEndpoint(stack, 'Orders', validProps({ port })).addOutputs();
    });

    expect(outputs.Orders_hostname.value).toMatch(/^\$\{aws_lb\.Orders_LoadBalancer_\w+\.dns_name\}$/);
    expect(outputs.Orders_port.value).toBe('${var.port}');
    expect(JSON.stringify(outputs)).not.toContain('TfToken');
    expect(outputs.Orders_client_guide.value).toMatch(/Host: `\$\{aws_lb\.\w+\.dns_name\}`, port \$\{var\.port\}/);
  });

  test('leave out a URL that clients do not know', () => {
    const outputs = outputsOf((stack) =>
      new DatabaseEndpoint(
        stack,
        'Cache',
        terminatingProps({ ...DOMAIN, engine: DatabaseEngine.MEMCACHED }),
      ).addOutputs(),
    );

    expect(Object.keys(outputs).sort()).toEqual(['Cache_client_guide', 'Cache_hostname', 'Cache_port']);
  });

  test('are told apart by the path of the endpoint, made of what Terraform takes in names', () => {
    const outputs = outputsOf((stack) => {
      new DatabaseEndpoint(new Construct(stack, 'Team.A'), 'Orders', validProps(DOMAIN)).addOutputs();
      new DatabaseEndpoint(stack, '1st', validProps(DOMAIN)).addOutputs();
    });

    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(['Team_A_Orders_hostname', '_1st_hostname']));
  });

  test('may begin as one likes', () => {
    expect(Object.keys(added({ prefix: 'shop-db' }))).toContain('shop-db_hostname');
  });

  test.each(['', '1a', '-a', 'a b', 'a.b', '${var.x}'])('may not begin with %j', (prefix) => {
    expect(() => added({ prefix })).toThrow(/^prod\/Orders: addOutputs\(\)\.prefix .*\[OutputPrefixInvalid\]$/);
  });

  test('are written once', () => {
    expect(() =>
      outputsOf((stack) => {
        const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps(DOMAIN));
        endpoint.addOutputs();
        endpoint.addOutputs({ prefix: 'x' });
      }),
    ).toThrow(/^prod\/Orders: addOutputs\(\) has been called already\. .*\[OutputsAddedTwice\]$/);
  });

  test.each<[what: string, build: (stack: TerraformStack) => void]>([
    [
      'of another endpoint',
      (stack) => {
        new DatabaseEndpoint(stack, 'A', validProps(DOMAIN)).addOutputs({ prefix: 'x' });
        new DatabaseEndpoint(stack, 'B', validProps(DOMAIN)).addOutputs({ prefix: 'x' });
      },
    ],
    [
      'that comes before',
      (stack) => {
        new TerraformOutput(stack, 'x_port', { value: 1, staticId: true });
        new DatabaseEndpoint(stack, 'A', validProps(DOMAIN)).addOutputs({ prefix: 'x' });
      },
    ],
    [
      'that comes later',
      (stack) => {
        new DatabaseEndpoint(stack, 'A', validProps(DOMAIN)).addOutputs({ prefix: 'x' });
        new TerraformOutput(stack, 'x_port', { value: 1 });
      },
    ],
  ])('never hide an output %s', (_, build) => {
    expect(() => outputsOf(build)).toThrow(/the output x_\w+ has the same name as .*\[OutputNameTaken\]/);
  });

  test('are named in the exposure, so that a check can find the hostname', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    new AwsProvider(stack, 'aws', {});
    const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps());

    expect(endpoint.exposure.checks[0].hostnameOutput).toBeUndefined();
    endpoint.addOutputs();
    expect(endpoint.exposure.checks[0].hostnameOutput).toBe('Orders_hostname');
  });
});

describe('the guide of an endpoint', () => {
  const of = (certificateName?: string) => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const target = DatabaseTarget.ipAddresses(['10.0.1.5'], { certificateName });
    return new DatabaseEndpoint(stack, 'Orders', validProps({ ...DOMAIN, target }));
  };

  test('takes names in place of the words in capitals', () => {
    const options = { user: 'looker', database: 'shop', caFile: '/etc/rds.pem', address: '192.0.2.7' };

    expect(of('orders.abc.eu-central-1.rds.amazonaws.com').clientGuide(options).clients[0].command).toBe(
      "psql 'postgresql://looker@orders.abc.eu-central-1.rds.amazonaws.com:5432/shop?hostaddr=192.0.2.7&sslmode=verify-full&sslrootcert=%2Fetc%2Frds.pem'",
    );
  });

  test('finds the CA of a database that is known after apply', () => {
    const { certificateAuthority, certificateReload } = of(expression('aws_db_instance.orders.address')).clientGuide();

    expect(certificateAuthority.file).toBe('global-bundle.pem');
    expect(certificateReload).toBeUndefined();
  });

  test('says 350 seconds where the listener terminates TLS, and what was asked for elsewhere', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');

    expect(new DatabaseEndpoint(stack, 'A', terminatingProps(DOMAIN)).clientGuide().idleTimeoutSeconds).toBe(350);
    expect(new DatabaseEndpoint(stack, 'B', validProps({ idleTimeoutSeconds: 90 })).clientGuide()).toMatchObject({
      idleTimeoutSeconds: 90,
      keepalive: expect.arrayContaining([expect.objectContaining({ afterSeconds: 45 })]),
    });
  });

  test('ends with a login', () => {
    expect(of().clientGuide().userStatements?.statements[0]).toBe('CREATE ROLE "USER" LOGIN CONNECTION LIMIT 10;');
    expect(of().clientGuideMarkdown()).toMatch(/DROP ROLE "USER";\n```\n$/);
  });
});

describe('the login statements of an endpoint', () => {
  const endpoint = () => new DatabaseEndpoint(new TerraformStack(Testing.app(), 'prod'), 'Orders', validProps(DOMAIN));

  test('are those of its engine', () => {
    expect(endpoint().userStatements({ user: 'looker', database: 'shop', canRead: ['orders'] }).statements).toContain(
      'GRANT SELECT ON TABLE "public"."orders" TO "looker";',
    );
  });

  test('are refused with the path of the endpoint and the name of the rule', () => {
    const refused = () => endpoint().userStatements({ user: 'admin', canRead: [] });

    expect(refused).toThrow(EndpointError);
    expect(refused).toThrow(
      /^prod\/Orders: userStatements\.user 'admin' .*\[UserNameReserved\]\nprod\/Orders: .*\[UserReadMissing\]$/,
    );
  });
});
