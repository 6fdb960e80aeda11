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
  ['an event of RDS without details', { source: 'aws.rds' }, { kind: 'database', identifier: '', eventId: '' }],
  ['an apply that creates', { tf: { action: 'create', prev_input: null } }, { kind: 'apply' }],
  [
    'an apply that updates some endpoints',
    { endpoints: ['prod/Orders'], revision: 'abc', tf: { action: 'update', prev_input: {} } },
    { kind: 'apply', endpoints: ['prod/Orders'] },
  ],
  ['a destroy', { endpoints: ['prod/Orders'], tf: { action: 'delete' } }, { kind: 'delete' }],
])('%s is understood', (_, payload, trigger) => {
  expect(readTrigger(payload)).toEqual(trigger);
});

test.each([
  ['nothing', undefined],
  ['a text', 'go'],
  ['an empty object', {}],
  ['another service', { source: 'aws.ec2' }],
  ['an unknown action of Terraform', { tf: { action: 'read' } }],
  ['a tf without action', { tf: {} }],
  ['endpoints that are no list', { endpoints: 'prod/Orders', tf: { action: 'create' } }],
  ['endpoints that are no names', { endpoints: [1], tf: { action: 'create' } }],
])('%s is refused', (_, payload) => {
  expect(() => readTrigger(payload)).toThrow();
});
