import type { DatabaseEndpointProps } from '../../lib';
import { DatabaseTarget, EndpointTls } from '../../lib';
import { CERTIFICATE_ARN, synthesizeEndpoint, terminatingProps, validProps } from '../support/endpoint';
import { addresses, onlyResource } from '../support/synthesis';

function listener(props: DatabaseEndpointProps) {
  return onlyResource(synthesizeEndpoint(props), 'aws_lb_listener');
}

test('the listener leads from the load balancer to the target group', () => {
  const tf = synthesizeEndpoint(validProps());

  expect(onlyResource(tf, 'aws_lb_listener')).toMatchObject({
    load_balancer_arn: `\${${addresses(tf, 'aws_lb')[0]}.arn}`,
    default_action: [{ type: 'forward', target_group_arn: `\${${addresses(tf, 'aws_lb_target_group')[0]}.arn}` }],
  });
});

test('a listener that terminates speaks TLS with the certificate and a policy', () => {
  expect(listener(terminatingProps())).toMatchObject({
    protocol: 'TLS',
    port: 6379,
    certificate_arn: CERTIFICATE_ARN,
    ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  });
});

test('a listener that terminates has no idle timeout, which AWS fixes and the provider drops', () => {
  expect(listener(terminatingProps())).not.toHaveProperty('tcp_idle_timeout_seconds');
});

test.each([
  ['left out', undefined],
  ['passthrough', EndpointTls.passthrough()],
])('a listener with tls %s speaks TCP without certificate or policy', (_, tls) => {
  const resource = listener(validProps({ tls }));

  expect(resource).toMatchObject({ protocol: 'TCP', port: 5432 });
  expect(resource).not.toHaveProperty('certificate_arn');
  expect(resource).not.toHaveProperty('ssl_policy');
});

test('a TCP listener keeps silent connections for an hour', () => {
  expect(listener(validProps()).tcp_idle_timeout_seconds).toBe(3600);
});

test.each([60, 350, 6000])(
  'a TCP listener keeps silent connections for %i seconds where that was asked for',
  (seconds) => {
    expect(listener(validProps({ idleTimeoutSeconds: seconds })).tcp_idle_timeout_seconds).toBe(seconds);
  },
);

test.each([1, 443, 65535])('clients and security groups agree on port %i where it was asked for', (port) => {
  const tf = synthesizeEndpoint(validProps({ port }));

  expect(onlyResource(tf, 'aws_lb_listener').port).toBe(port);
  expect(onlyResource(tf, 'aws_vpc_security_group_ingress_rule')).toMatchObject({ from_port: port, to_port: port });
  expect(onlyResource(tf, 'aws_lb_target_group').port).toBe(5432);
});

test('the listener waits for the targets, so that a new target group is not empty when traffic arrives', () => {
  const tf = synthesizeEndpoint(validProps());

  expect(onlyResource(tf, 'aws_lb_listener').depends_on).toEqual(addresses(tf, 'aws_lb_target_group_attachment'));
});

test('the listener waits for nothing where something else registers the targets', () => {
  const target = DatabaseTarget.selfRegistering({ securityGroupId: 'sg-0d' });

  expect(listener(validProps({ target }))).not.toHaveProperty('depends_on');
});
