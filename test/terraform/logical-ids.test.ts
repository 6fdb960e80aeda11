import { DatabaseEndpoint } from '../../lib';
import { validProps } from '../support/endpoint';
import { synthesize } from '../support/synthesis';

test('logical ids may be overridden, and everything refers to the new ones', () => {
  const domain = { name: 'a.db.example.com', zoneId: 'Z0', zoneName: 'db.example.com' };
  const tf = synthesize((stack) => {
    const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps({ domain }));
    endpoint.loadBalancer.resource.overrideLogicalId('lb');
    endpoint.targetGroup.overrideLogicalId('group');
    endpoint.listener.overrideLogicalId('listener');
    endpoint.loadBalancer.securityGroups[0].overrideLogicalId('sg');
  });

  expect(Object.keys(tf.resource?.aws_lb ?? {})).toEqual(['lb']);
  expect(Object.keys(tf.resource?.aws_lb_target_group ?? {})).toEqual(['group']);
  expect(Object.keys(tf.resource?.aws_lb_listener ?? {})).toEqual(['listener']);
  expect(Object.keys(tf.resource?.aws_security_group ?? {})).toEqual(['sg']);
  const { '//': _, ...written } = tf as { [key: string]: unknown };
  expect(JSON.stringify(written)).not.toMatch(/aws_(lb|lb_target_group|lb_listener|security_group)\.Orders/);
  expect(JSON.stringify(written)).toContain('${aws_lb.lb.dns_name}');
});
