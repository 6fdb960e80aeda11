import { type DatabaseEndpointProps, DatabaseEngine, DatabaseTarget, TargetType } from '../../lib';
import { synthesizeEndpoint, terminatingProps, validProps } from '../support/endpoint';
import { onlyResource } from '../support/synthesis';

function targetGroup(props: DatabaseEndpointProps) {
  return onlyResource(synthesizeEndpoint(props), 'aws_lb_target_group');
}

test('targets are checked by a TCP connection, where the provider would send HTTP requests', () => {
  expect(targetGroup(validProps()).health_check).toEqual({
    enabled: true,
    protocol: 'TCP',
    port: 'traffic-port',
    interval: 5,
    timeout: 5,
    healthy_threshold: 2,
    unhealthy_threshold: 2,
  });
});

test('targets behind a TLS target group are checked by a TCP connection as well', () => {
  expect(targetGroup(terminatingProps())).toMatchObject({ protocol: 'TLS', health_check: { protocol: 'TCP' } });
});

test.each([
  ['intervalSeconds', 'interval', [5, 300]],
  ['timeoutSeconds', 'timeout', [2, 120]],
  ['healthyThreshold', 'healthy_threshold', [2, 10]],
  ['unhealthyThreshold', 'unhealthy_threshold', [2, 10]],
])('the health check takes %s from its least to its greatest value', (property, attribute, values) => {
  for (const value of values) {
    const healthCheck = { intervalSeconds: 300, timeoutSeconds: 5, [property]: value };

    expect(targetGroup(validProps({ healthCheck })).health_check).toMatchObject({ [attribute]: value });
  }
});

test.each([
  { engine: DatabaseEngine.MYSQL, seconds: 30 },
  { engine: DatabaseEngine.MARIADB, seconds: 30 },
  { engine: DatabaseEngine.AURORA_MYSQL, seconds: 30 },
  { engine: DatabaseEngine.POSTGRESQL, seconds: 5 },
])(
  '$engine.displayName is checked every $seconds seconds: some servers count each check as a failed login',
  ({ engine, seconds }) => {
    expect(targetGroup(validProps({ engine })).health_check).toMatchObject({ interval: seconds });
  },
);

test.each([
  [undefined, 'false'],
  [false, 'false'],
  [true, 'true'],
])(
  'whether client addresses are preserved (%s) is always written, as the default of AWS depends on the kind of target',
  (preserveClientIp, written) => {
    expect(targetGroup(validProps({ preserveClientIp })).preserve_client_ip).toBe(written);
  },
);

test('client addresses are not preserved for instances either, where AWS would do so by default', () => {
  const target = DatabaseTarget.instances(['i-0a'], { securityGroupId: 'sg-0d' });

  expect(targetGroup(validProps({ target })).preserve_client_ip).toBe('false');
});

test('the database gets the bytes of the client alone, for no managed one reads the proxy protocol', () => {
  expect(targetGroup(validProps()).proxy_protocol_v2).toBe(false);
});

test('connections to a target that was removed or is unhealthy are cut, so that no client writes to a demoted database', () => {
  expect(targetGroup(validProps())).toMatchObject({
    connection_termination: true,
    deregistration_delay: '10',
    target_health_state: [{ enable_unhealthy_connection_termination: true }],
  });
});

test.each([0, 3600])('a removed target keeps its connections for %i seconds where that was asked for', (seconds) => {
  expect(targetGroup(validProps({ deregistrationDelaySeconds: seconds })).deregistration_delay).toBe(String(seconds));
});

test('it can be replaced while the listener still points at it', () => {
  const { lifecycle, name, name_prefix } = targetGroup(validProps());

  expect(lifecycle).toMatchObject({ create_before_destroy: true });
  expect(name).toBeUndefined();
  expect(name_prefix).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,5}$/);
});

test('targets outside the VPC make another group, as registered targets cannot change their zone', () => {
  const [inside, outside] = [false, true].map((outsideVpc) =>
    targetGroup(validProps({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], { outsideVpc }) })),
  );

  expect(outside.name_prefix).not.toBe(inside.name_prefix);
  expect(String(outside.name_prefix).length).toBeLessThanOrEqual(6);
});

test.each([
  ['addresses', DatabaseTarget.ipAddresses(['10.0.1.5']), 'ip'],
  ['instances', DatabaseTarget.instances(['i-0a'], { securityGroupId: 'sg-0d' }), 'instance'],
  ['whatever a service registers', DatabaseTarget.selfRegistering({ securityGroupId: 'sg-0d' }), 'ip'],
  [
    'instances that a service registers',
    DatabaseTarget.selfRegistering({ securityGroupId: 'sg-0d', targetType: TargetType.INSTANCE }),
    'instance',
  ],
])('it holds %s', (_, target, type) => {
  expect(targetGroup(validProps({ target }))).toMatchObject({ target_type: type, vpc_id: 'vpc-0a1b2c3d' });
});

test('it holds IPv6 addresses where the targets have such', () => {
  const target = DatabaseTarget.ipAddresses(['2600:1f18::5']);

  expect(targetGroup(validProps({ target, dualStack: true })).ip_address_type).toBe('ipv6');
  expect(targetGroup(validProps({ dualStack: true }))).not.toHaveProperty('ip_address_type', 'ipv6');
});

test('a port of the target is used for traffic and checks', () => {
  const target = DatabaseTarget.ipAddresses(['10.0.1.5'], { port: 6432 });
  const tf = synthesizeEndpoint(validProps({ target }));

  expect(onlyResource(tf, 'aws_lb_target_group')).toMatchObject({ port: 6432, health_check: { port: 'traffic-port' } });
  expect(onlyResource(tf, 'aws_lb_target_group_attachment').port).toBe(6432);
  expect(onlyResource(tf, 'aws_vpc_security_group_egress_rule')).toMatchObject({ from_port: 6432, to_port: 6432 });
  expect(onlyResource(tf, 'aws_lb_listener').port).toBe(5432);
});
