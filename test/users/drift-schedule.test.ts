import { TerraformVariable, Token } from 'cdktf';
import { readTask } from '../../lambda/database-user/event';
import { addresses, type TerraformJson } from '../support/synthesis';
import { synthesizeUser } from './synthesized-user';

const RULE = 'aws_cloudwatch_event_rule';
const TARGET = 'aws_cloudwatch_event_target';
const PERMISSION = 'aws_lambda_permission';

/** Blocks of the user: the function that follows the name of the database has schedules too. */
function ofUser(tf: TerraformJson, type: string): readonly { readonly [name: string]: unknown }[] {
  return Object.entries(tf.resource?.[type] ?? {}).flatMap(([id, block]) => (id.startsWith('Looker_') ? [block] : []));
}

function addressOf(tf: TerraformJson, type: string): string {
  return addresses(tf, type).find((address) => address.includes('.Looker_')) ?? 'missing';
}

test('drift is measured on request, after the first converge, by an event that the function reads', () => {
  const tf = synthesizeUser({ measureDriftEveryHours: 24 });
  const rule = addressOf(tf, RULE);
  const lambda = addressOf(tf, 'aws_lambda_function');

  expect(ofUser(tf, RULE)).toMatchObject([
    {
      name_prefix: 'database-endpoint-user-',
      description: 'Measures whether a database user is as it is declared',
      schedule_expression: 'rate(1440 minutes)',
      tags: { Name: 'prod/Looker' },
      depends_on: [expect.stringMatching(/^aws_lambda_invocation\.Looker_Converge_/)],
    },
  ]);
  expect(ofUser(tf, PERMISSION)).toEqual([
    {
      statement_id: 'DriftSchedule',
      action: 'lambda:InvokeFunction',
      function_name: `\${${lambda}.function_name}`,
      principal: 'events.amazonaws.com',
      source_arn: `\${${rule}.arn}`,
    },
  ]);
  const [{ input, ...target }] = ofUser(tf, TARGET);
  expect(target).toEqual({
    rule: `\${${rule}.name}`,
    target_id: 'database-user',
    arn: `\${${lambda}.arn}`,
    depends_on: [addressOf(tf, PERMISSION)],
  });
  expect(readTask(JSON.parse(`${input}`))).toEqual({ kind: 'describe', isMeasured: true });
});

test('an hour that is known after apply is written as minutes, which are always several', () => {
  const tf = synthesizeUser((stack) => ({
    measureDriftEveryHours: Token.asNumber(new TerraformVariable(stack, 'hours', { type: 'number' }).value),
  }));

  expect(ofUser(tf, RULE)[0]?.['schedule_expression']).toBe('${"rate(${var.hours * 60} minutes)"}');
});

test('it is measured by nobody otherwise', () => {
  const tf = synthesizeUser();

  expect([RULE, TARGET, PERMISSION].flatMap((type) => ofUser(tf, type))).toEqual([]);
});
