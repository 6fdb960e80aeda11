import { encodedPolicy } from './encoded-policy';

test.each([
  ['a text', '{"Sid":"A"}', { Sid: 'A' }],
  ['an escape in a text', '{"Sid":"A\\"B"}', { Sid: 'A"B' }],
  ['a reference', '{"Resource":aws_sqs_queue.Queue-1.arn}', { Resource: 'aws_sqs_queue.Queue-1.arn' }],
  ['a reference in a list', '{"Resource":[local.a[0].arn,"*"]}', { Resource: ['local.a[0].arn', '*'] }],
  ['a call', '{"Resource":join(":",[local.a,local.b])}', { Resource: 'join(":",[local.a,local.b])' }],
  ['a template', '{"Resource":"${local.arn}:*"}', { Resource: '${local.arn}:*' }],
  [
    'a template with texts in it',
    '{"Resource":"arn:${split(":", local.arn)[1]}:logs","Effect":"Allow"}',
    { Resource: 'arn:${split(":", local.arn)[1]}:logs', Effect: 'Allow' },
  ],
  [
    'a condition that is a number',
    '{"Condition":{"NumericLessThan":{"a":60}}}',
    { Condition: { NumericLessThan: { a: 60 } } },
  ],
])('a policy with %s is read', (_, text, policy) => {
  expect(encodedPolicy(`\${jsonencode(${text})}`)).toEqual(policy);
});

test('what is not the encoding of a policy is refused', () => {
  expect(() => encodedPolicy('${local.policy}')).toThrow('is not the encoding of a policy');
});
