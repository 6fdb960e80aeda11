import { readTrigger } from '../../../lambda/target-sync/event';

test.each([
  [
    'the schedule of EventBridge',
    { version: '0', source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {}, resources: ['arn:rule'] },
    { kind: 'schedule' },
  ],
  [
    'an event of RDS',
    {
      source: 'aws.rds',
      'detail-type': 'RDS DB Cluster Event',
      detail: { EventID: 'RDS-EVENT-0071', SourceIdentifier: 'orders', SourceType: 'CLUSTER' },
    },
    { kind: 'database', identifier: 'orders', eventId: 'RDS-EVENT-0071' },
  ],
  [
    'an event of RDS whose database has a prefix',
    { source: 'aws.rds', detail: { EventID: 'RDS-EVENT-0049', SourceIdentifier: 'rds:orders' } },
    { kind: 'database', identifier: 'orders', eventId: 'RDS-EVENT-0049' },
  ],
  [
    'an event of a Blue/Green deployment',
    { source: 'aws.rds', detail: { EventID: 'RDS-EVENT-0251', SourceIdentifier: 'bgd-hdqs3ik6vrwgutsn' } },
    { kind: 'database', identifier: 'bgd-hdqs3ik6vrwgutsn', eventId: 'RDS-EVENT-0251' },
  ],
  ['an event of RDS without details', { source: 'aws.rds' }, { kind: 'database', identifier: '', eventId: '' }],
  ['an apply', { source: 'terraform' }, { kind: 'apply' }],
  [
    'an apply of some endpoints',
    { source: 'terraform', endpoints: ['prod/Orders'], because: { code: 'abc' } },
    { kind: 'apply', endpoints: ['prod/Orders'] },
  ],
  [
    'an apply that ends connections',
    { source: 'terraform', ends: ['prod/Orders'], because: { targetGroupArn: 'arn' } },
    { kind: 'end', endpoints: ['prod/Orders'] },
  ],
])('%s is understood', (_, payload, trigger) => {
  expect(readTrigger(payload)).toEqual(trigger);
});

test.each([
  ['nothing', undefined],
  ['a text', 'go'],
  ['an empty object', {}],
  ['another service', { source: 'aws.ec2' }],
  ['endpoints that are no list', { source: 'terraform', endpoints: 'prod/Orders' }],
  ['connections that are to end of no list', { source: 'terraform', ends: 'prod/Orders' }],
  ['endpoints that are no names', { source: 'terraform', endpoints: [1] }],
])('%s is refused', (_, payload) => {
  expect(() => readTrigger(payload)).toThrow();
});
