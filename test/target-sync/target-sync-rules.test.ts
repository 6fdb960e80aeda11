import { TerraformStack, Testing } from 'cdktf';
import { EndpointError, TargetSync, type TargetSyncProps } from '../../lib';
import { TARGET_SYNC_RULES, TARGET_SYNC_WARNINGS } from '../../lib/target-sync/target-sync-rules';
import { warningsOf } from '../support/synthesis';
import { SYNC_REFUSALS, SYNC_WARNINGS, type SyncMistake } from './target-sync.refusals';

const make = (props: object) =>
  new TargetSync(new TerraformStack(Testing.app(), 'prod'), 'Sync', { vpcId: 'vpc-0a', ...props } as TargetSyncProps);

function problemsOf(props: object): unknown[] {
  try {
    make(props);
    return [];
  } catch (error) {
    if (EndpointError.isEndpointError(error)) return [...error.problems];
    throw error;
  }
}

const rows = (mistakes: readonly SyncMistake[]) => mistakes.map((row) => [row.rule, row.where, row] as const);

test.each(rows(SYNC_REFUSALS))('a TargetSync is refused with %s where %s', (rule, _, { props, problem }) => {
  expect(problemsOf(props)).toEqual([
    {
      rule,
      property: problem.property,
      value: problem.value,
      reason: expect.stringMatching(problem.reason),
      remedy: expect.stringMatching(problem.remedy),
    },
  ]);
  expect(() => make(props)).toThrow(new RegExp(`^prod/Sync: .*\\[${rule}\\]$`));
});

test.each(rows(SYNC_WARNINGS))('a TargetSync warns with %s where %s, until that is acknowledged', (rule, _, row) => {
  const [warning, ...others] = warningsOf(make(row.props));

  expect(others).toEqual([]);
  expect(warning).toMatch(new RegExp(`^${row.problem.property} .*\\[${rule}\\]$`));
  expect(warning).toMatch(row.problem.reason);
  expect(warning).toMatch(row.problem.remedy);
  expect(warningsOf(make({ ...row.props, acknowledge: [rule] }))).toEqual([]);
});

test('every rule about a TargetSync has a row', () => {
  const names = (rules: readonly { readonly name: string }[]) => [...new Set(rules.map(({ name }) => name))].sort();

  expect([...new Set(SYNC_REFUSALS.map(({ rule }) => rule))].sort()).toEqual(names(TARGET_SYNC_RULES));
  expect(SYNC_WARNINGS.map(({ rule }) => rule)).toEqual(names(TARGET_SYNC_WARNINGS));
});

test.each<[string, object, string]>([
  [
    'no VPC',
    { vpcId: undefined },
    'vpcId is missing. Give the TargetSync the vpcId of its endpoints. [PropertyMissing]',
  ],
  [
    'a text for a number',
    { runSeconds: '25' },
    "runSeconds '25' is not a number. Write a value that is a number. [PropertyTypeInvalid]",
  ],
  ['a setting that does not exist', { dedicated: true }, 'dedicated does not exist.'],
  ['a provider that is none', { provider: {} }, 'provider is not made by new AwsProvider(...).'],
])('a caller without a type checker is told of %s', (_, props, message) => {
  expect(() => make(props)).toThrow(`prod/Sync: ${message}`);
});
