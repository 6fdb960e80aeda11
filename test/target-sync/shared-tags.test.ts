import { TerraformVariable } from 'cdktf';
import { DatabaseEndpoint, DatabaseTarget } from '../../lib';
import { followedBy, validProps } from '../support/endpoint';
import { synthesize, type TerraformJson } from '../support/synthesis';
import { taggable } from '../support/taggable';
import { followed, named, stackOf } from './synthesized-sync';

const NAME = 'prod/TargetSync-vpc-0a1b2c3d';
const instance = DatabaseTarget.rdsInstance({
  identifier: 'orders',
  address: 'orders.abc123.eu-central-1.rds.amazonaws.com',
  securityGroupId: 'sg-0d',
  dnsServers: ['10.0.0.2'],
});

/** The tags of everything that belongs to the function, which must be the same everywhere. */
function tagsOfFunction(tf: TerraformJson): unknown {
  const all = taggable(tf).filter(([address]) => /\.(TargetSync|Sync_)/.test(address));
  expect(all.length).toBeGreaterThan(4);
  for (const [address, tags] of all) expect([address, tags]).toEqual([address, all[0][1]]);
  return all[0][1];
}

test('all that belongs to a function has the tags of its endpoint', () => {
  const target = followedBy(instance, { subnetIds: ['subnet-0e'] });
  const tf = stackOf({ Orders: { target, tags: { team: 'data' } } });

  expect(taggable(tf).map(([address]) => address.split('.')[0])).toEqual(
    expect.arrayContaining([
      'aws_cloudwatch_event_rule',
      'aws_cloudwatch_log_group',
      'aws_iam_role',
      'aws_lambda_function',
      'aws_security_group',
      'aws_sqs_queue',
      'aws_vpc_security_group_egress_rule',
    ]),
  );
  expect(tagsOfFunction(tf)).toEqual({ Name: 'prod/Sync', team: 'data' });
});

test('a function of yours has the tags of its endpoints, whatever those of others are', () => {
  const tf = stackOf({
    Orders: { target: followedBy(named(), {}), tags: { team: 'data' } },
    Users: { target: named(), tags: { team: 'web' } },
  });

  const own = taggable(tf).filter(([address]) => address.includes('.Sync_'));
  for (const [address, tags] of own) {
    expect([address, tags]).toEqual([address, { Name: 'prod/Sync', team: 'data' }]);
  }
  expect(own.length).toBeGreaterThan(4);
});

test('a shared function has the tags on which all of its endpoints agree', () => {
  const tf = stackOf({
    Orders: { target: named(), tags: { team: 'data', stage: 'prod', product: 'orders' } },
    Users: { target: named(), tags: { stage: 'prod', team: 'web' } },
    Fixed: { tags: { stage: 'test' } },
  });

  expect(tagsOfFunction(tf)).toEqual({ Name: NAME, stage: 'prod' });
});

test('an endpoint without tags shares none', () => {
  const tf = stackOf({ Orders: { target: named(), tags: { team: 'data' } }, Users: { target: named() } });

  expect(tagsOfFunction(tf)).toEqual({ Name: NAME });
});

test('a tag of the function itself wins over those of its endpoints', () => {
  const target = followedBy(named(), { tags: { team: 'platform', Name: 'sync' } });

  expect(tagsOfFunction(stackOf({ Orders: { target, tags: { team: 'data', stage: 'prod' } } }))).toEqual({
    Name: 'sync',
    team: 'platform',
    stage: 'prod',
  });
});

test('the order of endpoints and of their tags does not show', () => {
  const orders = { target: named(), tags: { a: 'x', b: 'y', c: '1' } };
  const users = { target: named(), tags: { c: '2', b: 'y', a: 'x' } };

  const text = (tf: TerraformJson) => JSON.stringify(tagsOfFunction(tf));

  expect(text(stackOf({ Orders: orders, Users: users }))).toBe(text(stackOf({ Users: users, Orders: orders })));
  expect(tagsOfFunction(stackOf({ Orders: orders, Users: users }))).toEqual({ Name: NAME, a: 'x', b: 'y' });
});

test('values that are one token are the same, and those of two are not', () => {
  const tf = synthesize((stack) => {
    const [team, owner] = ['team', 'owner'].map((id) => new TerraformVariable(stack, id, { type: 'string' }));
    for (const id of ['Orders', 'Users']) {
      const tags = { team: team.stringValue, by: id === 'Orders' ? owner.stringValue : team.stringValue };
      new DatabaseEndpoint(stack, id, validProps({ target: named(), tags }));
    }
  });

  expect(tagsOfFunction(tf)).toEqual({ Name: NAME, team: '${var.team}' });
});

test('the tags of the caller are not modified', () => {
  const tags = { team: 'data' };

  followed({}, { tags });

  expect(tags).toEqual({ team: 'data' });
});
