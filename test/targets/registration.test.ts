import { DatabaseTarget } from '../../lib';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { addresses, onlyResource, resources } from '../support/synthesis';

const TYPE = 'aws_lb_target_group_attachment';

function registration(target: DatabaseTarget, dualStack = false) {
  return onlyResource(synthesizeEndpoint(validProps({ target, dualStack })), TYPE);
}

test('each address is registered under its own key in the target group', () => {
  const tf = synthesizeEndpoint(validProps({ target: DatabaseTarget.ipAddresses(['10.0.2.5', '10.0.1.5']) }));

  expect(onlyResource(tf, TYPE)).toMatchObject({
    for_each: { '10.0.1.5': '10.0.1.5', '10.0.2.5': '10.0.2.5' },
    target_id: '${each.value}',
    target_group_arn: `\${${addresses(tf, 'aws_lb_target_group')[0]}.arn}`,
    port: 5432,
  });
});

test('each instance is registered under its own key', () => {
  const target = DatabaseTarget.instances(['i-0b', 'i-0a'], { securityGroupId: 'sg-0d' });

  expect(registration(target).for_each).toEqual({ 'i-0a': 'i-0a', 'i-0b': 'i-0b' });
});

test('addresses outside the VPC are registered for all Availability Zones', () => {
  expect(registration(DatabaseTarget.ipAddresses(['10.0.1.5'], { outsideVpc: true })).availability_zone).toBe('all');
});

test('addresses inside the VPC are registered for their own Availability Zone', () => {
  expect(registration(DatabaseTarget.ipAddresses(['10.0.1.5']))).not.toHaveProperty('availability_zone');
});

test('IPv6 addresses are registered in the spelling that AWS answers with', () => {
  const target = DatabaseTarget.ipAddresses(['2600:1F18:0:0::05']);

  expect(registration(target, true).for_each).toEqual({ '2600:1f18::5': '2600:1f18::5' });
});

test('Terraform registers nothing where something else does, for two owners would fight', () => {
  const target = DatabaseTarget.selfRegistering({ securityGroupId: 'sg-0d' });
  const tf = synthesizeEndpoint(validProps({ target }));

  expect(resources(tf, TYPE)).toEqual([]);
  expect(resources(tf, 'aws_lb_target_group')).toHaveLength(1);
});
