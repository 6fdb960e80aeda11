import { type DatabaseEndpointProps, DatabaseEngine, DatabaseTarget, EndpointTls } from '../../lib';
import { endpoint, synthesizeEndpoint, terminatingProps, validProps } from '../support/endpoint';
import { onlyResource, warningsOf } from '../support/synthesis';

const RDS_NAME = 'orders.abc123.eu-central-1.rds.amazonaws.com';
const instance = (options = {}) =>
  DatabaseTarget.rdsInstance({ identifier: 'orders', address: RDS_NAME, securityGroupId: 'sg-0d', ...options });
const named = (name: string) => DatabaseTarget.hostname(name, { securityGroupId: 'sg-0d' });

/** How clients are told to connect, as text. */
const guide = (props: DatabaseEndpointProps) => JSON.stringify(endpoint(props).clientGuide);
const domain = { name: 'db.example.com' };

describe('the name in the certificate', () => {
  test('of an RDS database is its own name', () => {
    const orders = endpoint(validProps({ target: instance() }));

    expect(JSON.stringify(orders.clientGuide)).toContain(RDS_NAME);
    expect(warningsOf(orders).filter((warning) => warning.includes('NameNotVerifiable'))).toEqual([]);
  });

  test.each([
    'sessions.abc123.use1.cache.amazonaws.com',
    'docs.cluster-abc123.eu-central-1.docdb.amazonaws.com',
    'dwh.abc123.eu-central-1.redshift.amazonaws.com',
    'orders.abc123.rds.cn-north-1.amazonaws.com.cn',
  ])('of %s is that name', (name) => {
    expect(guide(validProps({ target: named(name), domain }))).toContain(name);
  });

  test.each(['ec2-203-0-113-25.eu-central-1.compute.amazonaws.com', 'db.corp.internal'])(
    'of %s may be the one that clients connect to',
    (name) => {
      const engine = DatabaseEngine.MONGODB;
      const text = guide(validProps({ target: named(name), domain, engine, tls: EndpointTls.passthrough() }));

      expect(text).toContain('db.example.com');
      expect(text).not.toContain(name);
    },
  );

  test('may be said to be another', () => {
    const text = guide(validProps({ target: instance({ certificateName: 'orders.example.com' }) }));

    expect(text).toContain('orders.example.com');
    expect(text).not.toContain(RDS_NAME);
  });

  test("is the listener's where that terminates TLS", () => {
    const target = named('sessions.abc123.use1.cache.amazonaws.com');

    expect(guide(terminatingProps({ target, domain }))).not.toContain('amazonaws.com');
  });

  test("cannot be verified where the listener terminates TLS under the load balancer's own name", () => {
    const cache = endpoint(terminatingProps({ target: named('sessions.abc123.use1.cache.amazonaws.com') }));

    expect(warningsOf(cache).filter((warning) => warning.includes('NameNotVerifiable'))).toHaveLength(1);
  });
});

test('egress leads to the security group of the database', () => {
  const tf = synthesizeEndpoint(validProps({ target: instance() }));

  expect(onlyResource(tf, 'aws_vpc_security_group_egress_rule')).toMatchObject({
    referenced_security_group_id: 'sg-0d',
    from_port: 5432,
  });
});

test('egress leads to the blocks that the database may be in', () => {
  const target = DatabaseTarget.hostname('db.example.com', { cidrBlocks: ['10.0.2.0/24', '10.0.1.0/24'] });
  const tf = synthesizeEndpoint(validProps({ target }));

  expect(onlyResource(tf, 'aws_vpc_security_group_egress_rule').for_each).toEqual({
    '10.0.1.0/24': '10.0.1.0/24',
    '10.0.2.0/24': '10.0.2.0/24',
  });
});

test('a target group for IPv6 names takes IPv6 addresses', () => {
  const target = DatabaseTarget.hostname('db.example.com', { securityGroupId: 'sg-0d', ipv6: true });

  expect(
    onlyResource(synthesizeEndpoint(validProps({ target, dualStack: true })), 'aws_lb_target_group'),
  ).toMatchObject({ ip_address_type: 'ipv6', target_type: 'ip' });
});
