import { TerraformVariable } from 'cdktf';
import { DatabaseEndpoint, DatabaseRole, DatabaseTarget } from '../../lib';
import { validProps } from '../support/endpoint';
import { resources, synthesize, type TerraformJson } from '../support/synthesis';
import { encoded, followed, named, proxy, rdsInstance, stackOf } from './synthesized-sync';

describe('events of RDS', () => {
  const pattern = (tf: TerraformJson) => {
    const rule = resources(tf, 'aws_cloudwatch_event_rule').find(({ event_pattern }) => event_pattern !== undefined);
    const { detail, ...rest } = encoded(rule?.event_pattern) as {
      detail: { $or: { SourceIdentifier?: string[]; EventID: string[] }[] };
    };
    return { ...rest, detail: detail.$or[0] };
  };

  test('of the followed databases start a run at once', () => {
    const cluster = DatabaseTarget.rdsCluster({
      identifier: 'main',
      endpoint: 'main.cluster-abc123.eu-central-1.rds.amazonaws.com',
      role: DatabaseRole.WRITER,
      securityGroupId: 'sg-0d',
    });
    const tf = stackOf({
      Users: { target: rdsInstance('users') },
      Main: { target: cluster },
      Other: { target: named() },
    });

    expect(pattern(tf)).toMatchObject({
      source: ['aws.rds'],
      'detail-type': expect.arrayContaining(['RDS DB Instance Event', 'RDS DB Cluster Event']),
      detail: { SourceIdentifier: ['main', 'rds:main', 'users', 'rds:users'] },
    });
    expect(pattern(tf).detail.EventID).toEqual(
      expect.arrayContaining(['RDS-EVENT-0013', 'RDS-EVENT-0049', 'RDS-EVENT-0071', 'RDS-EVENT-0073']),
    );
    expect(resources(tf, 'aws_lambda_permission')).toHaveLength(2);
    expect(resources(tf, 'aws_cloudwatch_event_target')).toHaveLength(2);
  });

  test('of a database are named once, however many endpoints lead to it', () => {
    const tf = stackOf({ A: { target: rdsInstance('orders') }, B: { target: rdsInstance('orders') } });

    expect(pattern(tf).detail.SourceIdentifier).toEqual(['orders', 'rds:orders']);
  });

  test('are not listened to where no target is an RDS database', () => {
    expect(resources(followed(), 'aws_cloudwatch_event_rule')).toHaveLength(1);
  });

  test('are not listened to for a proxy, which stays where it is when its database fails over', () => {
    expect(resources(stackOf({ Orders: { target: proxy() } }), 'aws_cloudwatch_event_rule')).toHaveLength(1);
  });

  test('of identifiers that are known after apply are listened to as well', () => {
    const tf = synthesize((stack) => {
      const identifier = new TerraformVariable(stack, 'id', { type: 'string' }).stringValue;
      const target = DatabaseTarget.rdsInstance({ identifier, address: 'db.example.com', securityGroupId: 'sg-0d' });
      new DatabaseEndpoint(stack, 'Orders', validProps({ target }));
    });

    expect(pattern(tf).detail.SourceIdentifier).toEqual(['var.id', 'rds:${var.id}']);
  });
});
