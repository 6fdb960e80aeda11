import { addresses } from '../support/synthesis';
import { named, stackOf, statements } from './synthesized-sync';

describe('the role', () => {
  test('may change the target groups of the endpoints that it follows', () => {
    const tf = stackOf({ Orders: { target: named() }, Users: { target: named() }, Fixed: {} });
    const groups = addresses(tf, 'aws_lb_target_group').filter((group) => !group.includes('Fixed'));

    expect(statements(tf)[0]).toMatchObject({
      Action: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
      Resource: groups.map((group) => `${group}.arn`),
    });
    expect(statements(tf).map(({ Sid }) => Sid)).toEqual([
      'ChangeTargets',
      'SeeTargets',
      'WriteLogs',
      'KeepFailedEvents',
    ]);
  });
});
