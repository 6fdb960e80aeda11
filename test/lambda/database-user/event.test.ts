import { readTask } from '../../../lambda/database-user/event';
import { DESCRIBE_EVENT, DRIFT_METRIC_EVENT } from '../../../lib/users/contract';
import { SECRET_ARN } from './fixtures';

test.each(['create', 'update', 'delete'])('Terraform asks to %s', (action) => {
  expect(readTask({ task: 'exist', tf: { action, prev_input: null } })).toEqual({ kind: 'exist', action });
});

test('Terraform asks to converge, with whatever changes when it is due', () => {
  expect(readTask({ task: 'converge', digest: 'abc' })).toEqual({ kind: 'converge' });
});

test('the command and a schedule ask what the login can really do', () => {
  expect(readTask(DESCRIBE_EVENT)).toEqual({ kind: 'describe', isMeasured: false });
  expect(readTask(DRIFT_METRIC_EVENT)).toEqual({ kind: 'describe', isMeasured: true });
});

test.each(['createSecret', 'setSecret', 'testSecret', 'finishSecret'])('Secrets Manager asks for %s', (Step) => {
  expect(readTask({ SecretId: SECRET_ARN, ClientRequestToken: 'token', Step })).toEqual({
    kind: 'rotate',
    secretArn: SECRET_ARN,
    token: 'token',
    step: Step,
  });
});

test.each([
  ['nothing', undefined, 'The event is neither'],
  ['an empty object', {}, 'The event is neither'],
  ['another task', { task: 'drop' }, 'The event is neither'],
  ['a schedule', { source: 'aws.events' }, 'The event is neither'],
  ['exist without an action', { task: 'exist' }, 'tf.action is none of create, update, delete'],
  ['exist with another action', { task: 'exist', tf: { action: 'read' } }, 'tf.action is none of'],
  ['converge on destroy', { task: 'converge', tf: { action: 'delete' } }, 'The event is neither'],
  ['a task and a step at once', { task: 'drop', Step: 'setSecret' }, 'The event is neither'],
  ['another step', { SecretId: SECRET_ARN, ClientRequestToken: 'a', Step: 'dropSecret' }, 'Step is none of'],
  ['a step without a secret', { ClientRequestToken: 'a', Step: 'setSecret' }, 'SecretId is not a text'],
  ['a step without a token', { SecretId: SECRET_ARN, Step: 'setSecret' }, 'ClientRequestToken is not a text'],
])('%s is refused', (_, payload, reason) => {
  expect(() => readTask(payload)).toThrow(reason);
});
