import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { Fn, type TerraformStack, TerraformVariable, Token } from 'cdktf';
import { AllowedSource } from '../../lib';
import { synthesizeEndpoint, validProps } from '../support/endpoint';

const allowing = (list: (stack: TerraformStack) => string[]) => () =>
  synthesizeEndpoint((stack) => validProps({ allow: [AllowedSource.cidrs(list(stack))] }));
const variable = (stack: TerraformStack, sensitive: boolean, name = 'offices') =>
  new TerraformVariable(stack, name, { type: 'list(string)', sensitive }).listValue;
const parameter = (stack: TerraformStack) => new DataAwsSsmParameter(stack, 'offices', { name: '/offices' });

test.each<[string, string, (stack: TerraformStack) => string[]]>([
  ['a sensitive variable', 'var.offices', (stack) => variable(stack, true)],
  ['a function of one', 'var.offices', (stack) => Fn.distinct(variable(stack, true))],
  ['a parameter', 'data.aws_ssm_parameter.offices.value', (stack) => Fn.split(',', parameter(stack).value)],
])('a list of %s is refused, as Terraform would, with the way to show it on purpose', (_, secret, list) => {
  expect(allowing(list)).toThrow(
    new RegExp(
      `^prod/Orders: allow\\[0\\] is a sensitive list, because of ${secret.replace(/\./g, '\\.')}\\. .*Fn\\.nonsensitive.*insecureValue\\. \\[ListSecret\\]$`,
    ),
  );
});

test.each<[string, (stack: TerraformStack) => string[]]>([
  ['a variable that is not sensitive', (stack) => variable(stack, false)],
  [
    'a variable beside one that is sensitive',
    (stack) => {
      variable(stack, true, 'offices-secret');
      return variable(stack, false);
    },
  ],
  ['a sensitive variable that is shown on purpose', (stack) => Token.asList(Fn.nonsensitive(variable(stack, true)))],
  ['a parameter that is no secret', (stack) => Fn.split(',', parameter(stack).insecureValue)],
])('a list of %s is accepted', (_, list) => {
  expect(allowing(list)).not.toThrow();
});

test('a single value of a sensitive variable is accepted: its rule is keyed by the expression', () => {
  expect(() =>
    synthesizeEndpoint((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'office', { type: 'string', sensitive: true });
      return validProps({ allow: [AllowedSource.cidr(stringValue)] });
    }),
  ).not.toThrow();
});
