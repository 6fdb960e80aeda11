import { type TerraformStack, TerraformVariable } from 'cdktf';
import { DatabaseEndpoint, DatabaseRole, DatabaseTarget } from '../../lib';
import { validProps } from '../support/endpoint';
import { type Block, onlyResource, synthesize } from '../support/synthesis';
import { INVOCATION, rdsInstance, stackOf } from './synthesized-sync';

describe('the zones of the database', () => {
  const zoned = (stack: TerraformStack, dbSubnetGroupName: string) => {
    const target = DatabaseTarget.rdsCluster({
      identifier: 'main',
      endpoint: 'main.cluster-abc123.eu-central-1.rds.amazonaws.com',
      role: DatabaseRole.WRITER,
      dbSubnetGroupName,
      securityGroupId: 'sg-0d',
    });
    new DatabaseEndpoint(stack, 'Orders', validProps({ target, subnetIds: ['subnet-0b', 'subnet-0a'] }));
  };

  test.each([
    ['written out', () => 'main', 'main'],
    [
      'a token',
      (stack: TerraformStack) => new TerraformVariable(stack, 'group', { type: 'string' }).stringValue,
      '${var.group}',
    ],
  ])('are looked up by its subnet group, which is %s', (_, name, written) => {
    const tf = synthesize((stack) => zoned(stack, name(stack)));
    const { aws_db_subnet_group: groups, aws_subnets: subnets } = tf.data as Record<string, Record<string, Block>>;

    expect(Object.values(groups)).toEqual([expect.objectContaining({ name: written })]);
    expect(Object.values(subnets).map(({ filter }) => (filter as Block[])[0].values)).toEqual([
      expect.stringMatching(/^\$\{data\.aws_db_subnet_group\.Orders_DatabaseSubnetGroup_\w+\.subnet_ids\}$/),
      ['subnet-0a', 'subnet-0b'],
    ]);
    expect(onlyResource(tf, INVOCATION).lifecycle).toEqual({
      precondition: [
        expect.objectContaining({
          error_message: expect.stringMatching(/^prod\/Orders: .*\[DatabaseZoneUncovered\]$/),
        }),
      ],
    });
  });

  test('are not looked up where the group is not given', () => {
    const data = JSON.stringify(stackOf({ Orders: { target: rdsInstance('orders') } }).data);

    expect(data).not.toMatch(/aws_subnets|aws_availability_zones|aws_db_subnet_group/);
  });
});
