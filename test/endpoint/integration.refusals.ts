import type { TerraformStack } from 'cdktf';
import { AllowedSource, DatabaseEndpoint, type IntegrationProps } from '../../lib';
import { validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import type { ExpectedProblem } from '../support/mistake';

/** One row of the table of what integrations are refused with. */
export interface IntegrationMistake {
  readonly rule: string;
  /** Continues "is found where ...". */
  readonly where: string;
  readonly make: (stack: TerraformStack) => void;
  readonly problem: ExpectedProblem;
}

/** Makes `prod/Orders`. */
export function orders(stack: TerraformStack, overrides: Partial<Parameters<typeof validProps>[0]> = {}) {
  return new DatabaseEndpoint(stack, 'Orders', validProps(overrides));
}

const client = (block = '203.0.113.7/32') => ({ allow: [AllowedSource.cidr(block)] });

function row(rule: string, where: string, id: unknown, props: unknown, problem: ExpectedProblem): IntegrationMistake {
  return {
    ...{ rule, where, problem },
    make: (stack) => {
      orders(stack).addIntegration(id as string, props as IntegrationProps);
    },
  };
}

const ID = 'addIntegration().id';

export const INTEGRATION_MISTAKES: readonly IntegrationMistake[] = [
  row('IntegrationIdInvalid', 'the id is missing', undefined, client(), {
    ...{ property: ID, reason: /not a string/, remedy: /'Looker'/ },
  }),
  row('IntegrationIdInvalid', 'the id is a token', expression('var.name'), client(), {
    ...{ property: ID, reason: /known after apply/, remedy: /literal/ },
  }),
  row('IntegrationIdInvalid', 'the id is no text that descriptions of EC2 accept', 'Löoker', client(), {
    ...{ property: ID, value: 'Löoker', reason: /not a valid id/, remedy: /letters, digits/ },
  }),
  row('IntegrationIdInvalid', 'a resource of the endpoint has the id', 'Listener', client(), {
    ...{ property: ID, value: 'Listener', reason: /taken by prod\/Orders\/Listener/, remedy: /another/ },
  }),
  row(
    'IntegrationEmpty',
    'nobody may connect',
    'Looker',
    { allow: [] },
    {
      ...{ property: "addIntegration('Looker').allow", value: [], reason: /is empty/, remedy: /AllowedSource.cidr/ },
    },
  ),
  row(
    'PropertyMissing',
    'plain JavaScript leaves out the list',
    'Looker',
    {},
    {
      ...{ property: "addIntegration('Looker').allow", reason: /is missing/, remedy: /allow/ },
    },
  ),
  row(
    'PropertyUnknown',
    'plain JavaScript misspells a property',
    'Looker',
    { ...client(), users: {} },
    {
      ...{ property: "addIntegration('Looker').users", reason: /does not exist/, remedy: /allow, user/ },
    },
  ),
  row(
    'PropertyTypeInvalid',
    'plain JavaScript passes another type',
    'Looker',
    { allow: ['203.0.113.7/32'] },
    {
      ...{
        property: "addIntegration('Looker').allow[0]",
        value: '203.0.113.7/32',
        reason: /AllowedSource/,
        remedy: /made/,
      },
    },
  ),
  row('CidrHasHostBits', 'a block of it is wrong', 'Looker', client('203.0.113.7/24'), {
    ...{
      property: "addIntegration('Looker').allow[0]",
      value: '203.0.113.7/24',
      reason: /host bits/,
      remedy: /203.0.113.0/,
    },
  }),
  row(
    'DescriptionInvalid',
    'a field of it is wrong',
    'Looker',
    {
      allow: [AllowedSource.cidr('203.0.113.7/32', { description: 'Löoker' })],
    },
    {
      ...{ property: "addIntegration('Looker').allow[0].description", value: 'Löoker', reason: /./, remedy: /./ },
    },
  ),
  row(
    'CidrDuplicate',
    'it has a block twice',
    'Looker',
    {
      allow: [AllowedSource.cidr('203.0.113.7/32'), AllowedSource.cidr('203.0.113.7/32')],
    },
    {
      ...{
        property: "addIntegration('Looker').allow[1]",
        value: '203.0.113.7/32',
        reason: /repeats addIntegration\('Looker'\)\.allow\[0\]/,
        remedy: /once/,
      },
    },
  ),
  row('Ipv6NeedsDualStack', 'it brings IPv6 to an endpoint without', 'Looker', client('2001:db9::/32'), {
    ...{ property: "addIntegration('Looker').allow[0]", value: '2001:db9::/32', reason: /IPv6/, remedy: /dualStack/ },
  }),
];
