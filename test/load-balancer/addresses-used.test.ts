import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformOutput, TerraformStack, Testing } from 'cdktf';
import {
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointAddresses,
  EndpointError,
  EndpointLoadBalancer,
  type SharedLoadBalancerProps,
} from '../../lib';
import { EXISTING, elasticIps, PRIVATE } from '../support/addresses';
import { validProps } from '../support/endpoint';
import { onlyResource, resources, synthesize, synthesizeApp, warningsOf } from '../support/synthesis';

const MANAGED = 'orders.abc.eu-central-1.rds.amazonaws.com';

const sharedProps = (overrides: Partial<SharedLoadBalancerProps> = {}): SharedLoadBalancerProps => ({
  vpcId: 'vpc-0a1b2c3d',
  subnetIds: ['subnet-0a', 'subnet-0b'],
  ...overrides,
});

describe('addresses that are read back', () => {
  test('come in the order in which the subnets were written, as outputs too', () => {
    const tf = synthesize((stack) => {
      for (const [id, addresses] of Object.entries({ New: EndpointAddresses.elasticIps(), Old: EXISTING })) {
        const endpoint = new DatabaseEndpoint(
          stack,
          id,
          validProps({ addresses, subnetIds: ['subnet-0b', 'subnet-0a'] }),
        );
        endpoint.addOutputs();
      }
      new DatabaseEndpoint(stack, 'Inside', validProps({ addresses: PRIVATE, internetFacing: false })).addOutputs();
    });
    const [looked] = Object.keys(tf.data?.aws_eip ?? {});

    expect(tf.output?.New_addresses.value).toEqual(
      ['subnet-0b', 'subnet-0a'].map((id) => `\${aws_eip.${elasticIps(tf)}["${id}"].public_ip}`),
    );
    expect(tf.output?.Old_addresses.value).toEqual(
      ['subnet-0b', 'subnet-0a'].map((id) => `\${data.aws_eip.${looked}["${id}"].public_ip}`),
    );
    expect(tf.output?.Inside_addresses.value).toEqual(['10.0.1.10', '10.0.2.10']);
  });

  test('are none where AWS assigns them, and then there is no output', () => {
    const tf = synthesize((stack) => {
      const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps());
      endpoint.addOutputs();

      expect(endpoint.loadBalancer.ipAddresses).toEqual([]);
    });

    expect(Object.keys(tf.output ?? {})).not.toContain('Orders_addresses');
  });

  test('can be used in another stack', () => {
    let ipAddresses: string[] = [];
    const { firewall } = synthesizeApp({
      prod: (stack) => {
        const addresses = EndpointAddresses.elasticIps();
        ipAddresses = new DatabaseEndpoint(stack, 'Orders', validProps({ addresses })).loadBalancer.ipAddresses;
      },
      firewall: (stack) => {
        new TerraformOutput(stack, 'first', { value: ipAddresses[0] });
      },
    });

    expect(JSON.parse(firewall).output.first.value).toMatch(
      /^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+\}$/,
    );
  });
});

describe('a load balancer that endpoints share', () => {
  test('has the addresses for all of them, and writes them as outputs', () => {
    const tf = synthesize((stack) => {
      const loadBalancer = new EndpointLoadBalancer(
        stack,
        'Partners',
        sharedProps({ addresses: EndpointAddresses.elasticIps() }),
      );
      const { vpcId, subnetIds, ...props } = validProps({ target: DatabaseTarget.ipAddresses(['10.0.1.5']) });
      const endpoint = loadBalancer.addEndpoint('Orders', props);
      loadBalancer.addOutputs({ prefix: 'partners' });

      expect(endpoint.loadBalancer.ipAddresses).toHaveLength(2);
    });

    expect(resources(tf, 'aws_eip')).toHaveLength(1);
    expect(onlyResource(tf, 'aws_lb').subnet_mapping).toHaveLength(2);
    expect(Object.keys(tf.output ?? {}).sort()).toEqual(['partners_addresses', 'partners_hostname']);
    expect(tf.output?.partners_addresses.value).toEqual([
      expect.stringMatching(/^\$\{aws_eip\.\w+\["subnet-0a"\]\.public_ip\}$/),
      expect.stringMatching(/^\$\{aws_eip\.\w+\["subnet-0b"\]\.public_ip\}$/),
    ]);
  });

  test('writes only its hostname where AWS assigns addresses, also where it exists already', () => {
    const tf = synthesize((stack) => {
      new EndpointLoadBalancer(stack, 'Made', sharedProps()).addOutputs();
      EndpointLoadBalancer.fromAttributes(stack, 'Old', {
        arn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/partners/50dc6c495c0c9188',
        dnsName: 'partners.elb.eu-central-1.amazonaws.com',
        zoneId: 'Z0123456789ABC',
        vpcId: 'vpc-0a',
        subnetIds: ['subnet-0a', 'subnet-0b'],
        securityGroupIds: ['sg-0a'],
      }).addOutputs();
    });

    expect(Object.keys(tf.output ?? {}).sort()).toEqual(['Made_hostname', 'Old_hostname']);
    expect(tf.output?.Old_hostname.value).toBe('partners.elb.eu-central-1.amazonaws.com');
  });

  test('is refused with addresses that it cannot have', () => {
    const make = () =>
      new EndpointLoadBalancer(
        new TerraformStack(Testing.app(), 'prod'),
        'Partners',
        sharedProps({ addresses: PRIVATE }),
      );

    expect(make).toThrow(EndpointError);
    expect(make).toThrow(/prod\/Partners: addresses are private addresses.*\[PrivateIpsInternetFacing\]/);
  });

  test('is refused with addresses of the wrong type', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const addresses = EndpointAddresses.existing('eipalloc-0a' as never);

    expect(() => new EndpointLoadBalancer(stack, 'Partners', sharedProps({ addresses }))).toThrow(
      /prod\/Partners: addresses is not a list.*\[PropertyTypeInvalid\]/,
    );
  });
});

describe('the quota of Elastic IP addresses', () => {
  const quotaWarnings = (construct: EndpointLoadBalancer) =>
    warningsOf(construct).filter((warning) => warning.includes('[ElasticIpQuota]'));
  const subnetIds = ['subnet-0a', 'subnet-0b', 'subnet-0c'];
  const addresses = EndpointAddresses.elasticIps();

  test('is counted over all load balancers of a stack in the same account and Region', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const provider = new AwsProvider(stack, 'ireland', { alias: 'ireland' });
    const make = (id: string, props: Partial<SharedLoadBalancerProps> = {}) =>
      new EndpointLoadBalancer(stack, id, sharedProps({ subnetIds, addresses, ...props }));

    expect(quotaWarnings(make('First'))).toEqual([]);
    expect(quotaWarnings(make('Elsewhere', { provider }))).toEqual([]);
    expect(quotaWarnings(make('Without', { addresses: undefined }))).toEqual([]);
    expect(quotaWarnings(make('Second'))).toEqual([expect.stringContaining('makes 6 Elastic IP addresses')]);
    expect(quotaWarnings(make('Third', { acknowledge: ['ElasticIpQuota'] }))).toEqual([]);
  });
});

describe('the client guide', () => {
  const psql = (props: Partial<DatabaseEndpointProps>, options = {}) => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const target = DatabaseTarget.ipAddresses(['10.0.1.5'], { certificateName: MANAGED });
    const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps({ target, ...props }));
    return endpoint.clientGuide({ user: 'ann', database: 'shop', ...options });
  };
  const inside = { addresses: PRIVATE, internetFacing: false };

  test('has libpq verify a managed database at all of the addresses', () => {
    const { clients, notes } = psql(inside);

    expect(clients[0]).toMatchObject({
      client: 'psql',
      command: `psql 'postgresql://ann@${MANAGED}:5432,${MANAGED}:5432/shop?connect_timeout=10&hostaddr=10.0.1.10%2C10.0.2.10&sslmode=verify-full&sslrootcert=eu-central-1-bundle.pem'`,
      verifiesName: true,
      verifiesChain: true,
    });
    expect(clients[0].note).toMatch(/^10\.0\.1\.10, 10\.0\.2\.10 are the addresses of .*connect_timeout/);
    expect(notes.join()).not.toContain('ENDPOINT_ADDRESS');
  });

  test('names the only address where there is one', () => {
    const addresses = EndpointAddresses.privateIps([{ subnetId: 'subnet-0a', address: '10.0.1.10' }]);
    const { clients } = psql({ ...inside, addresses, subnetIds: ['subnet-0a'], allowSingleSubnet: true });

    expect(clients[0].command).toContain(`@${MANAGED}:5432/shop?hostaddr=10.0.1.10&sslmode`);
  });

  test('names the address that it is asked to name', () => {
    const { clients } = psql(inside, { address: '192.0.2.7' });

    expect(clients[0].command).toContain(`@${MANAGED}:5432/shop?hostaddr=192.0.2.7&sslmode`);
  });

  test('gives clients without such an option one address for their hosts file', () => {
    const { clients } = psql({ ...inside, engine: DatabaseEngine.MARIADB });

    expect(clients.map(({ note }) => note).join()).toContain(`"10.0.1.10 ${MANAGED}" in its hosts file`);
  });
});
