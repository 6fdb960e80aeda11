import { TerraformStack, Testing } from 'cdktf';
import { DatabaseEndpoint, DatabaseUser, EndpointError, Grant } from '../../lib';
import { ALL_RULES } from '../../lib/endpoint/endpoint-rules';
import { DATABASE_USER_WARNINGS } from '../../lib/users/database-user-rules';
import { warningsOf } from '../support/synthesis';
import { USER_REFUSALS, USER_WARNINGS, type UserMistake } from './database-user.refusals';
import { createUser, onRds, userProps } from './synthesized-user';

const make = ({ props, endpoint }: Pick<UserMistake, 'props' | 'endpoint'>) =>
  createUser(new TerraformStack(Testing.app(), 'prod'), props, endpoint);

function refusalOf(mistake: Pick<UserMistake, 'props' | 'endpoint'>): EndpointError {
  try {
    make(mistake);
  } catch (error) {
    if (EndpointError.isEndpointError(error)) return error;
    throw error;
  }
  throw new Error('it is accepted');
}

const rows = (mistakes: readonly UserMistake[]) => mistakes.map((row) => [row.rule, row.where, row] as const);

test.each(rows(USER_REFUSALS))('a DatabaseUser is refused with %s where %s', (rule, _, row) => {
  const { property, value, reason, remedy } = row.problem;

  const { problems, message } = refusalOf(row);

  expect(problems.map((problem) => ({ value: undefined, ...problem }))).toEqual([
    { rule, property, value, reason: expect.stringMatching(reason), remedy: expect.stringMatching(remedy) },
  ]);
  expect(message).toMatch(new RegExp(`^prod/Looker: .*\\[${rule}\\]$`));
});

test.each(rows(USER_WARNINGS))('a DatabaseUser warns with %s where %s, until that is acknowledged', (rule, _, row) => {
  const acknowledge = DATABASE_USER_WARNINGS.map(({ name }) => name).filter((name) => name !== rule);
  const [warning, ...others] = warningsOf(make({ ...row, props: { ...row.props, acknowledge } }));

  expect(others).toEqual([]);
  expect(warning).toMatch(new RegExp(`^${row.problem.property} .*\\[${rule}\\]$`));
  expect(warning).toMatch(row.problem.reason);
  expect(warning).toMatch(row.problem.remedy);
  expect(warningsOf(make({ ...row, props: { ...row.props, acknowledge: [...acknowledge, rule] } }))).toEqual([]);
});

test('every rule about a DatabaseUser has a row', () => {
  const names = (rules: readonly { readonly name: string }[]) => [...new Set(rules.map(({ name }) => name))].sort();
  const elsewhere = ['UserNameUnderivable', 'UserNameTaken'];

  expect([...new Set([...USER_REFUSALS.map(({ rule }) => rule), ...elsewhere])].sort()).toEqual(
    names(ALL_RULES.databaseUsers),
  );
  expect(USER_WARNINGS.map(({ rule }) => rule).sort()).toEqual(names(DATABASE_USER_WARNINGS));
});

test('everything that is wrong is said at once', () => {
  const { problems } = refusalOf({ props: { userName: 'root', grants: [], connectionLimit: 0 } });

  expect(problems).toMatchObject([
    { rule: 'UserNameReserved' },
    { rule: 'UserConnectionLimitInvalid' },
    { rule: 'GrantsMissing' },
  ]);
});

describe('the name of a login', () => {
  const named = (id: string, userName?: string) => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    return new DatabaseUser(stack, id, userProps(new DatabaseEndpoint(stack, 'Orders', onRds()), { userName }))
      .userName;
  };

  test.each([
    ['Looker', 'looker'],
    ['LookerStudio', 'looker_studio'],
    ['BIReports', 'bi_reports'],
    ['dbt-prod', 'dbt_prod'],
    ['Metabase Cloud 2', 'metabase_cloud_2'],
  ])('of %s is %s', (id, name) => {
    expect(named(id)).toBe(name);
  });

  test('is what is written, if anything is', () => {
    expect(named('Looker', 'bi.reader')).toBe('bi.reader');
  });

  test.each(['2024', 'Привет'])('cannot be made of %s, which is said', (id) => {
    expect(() => named(id)).toThrow(`prod/${id}: userName is missing, and the construct's id yields no name`);
    expect(() => named(id)).toThrow('[UserNameUnderivable]');
  });
});

describe('two users of one stack', () => {
  const two = (first: string, second: string, host?: string) => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const endpoint = new DatabaseEndpoint(stack, 'Orders', onRds());
    new DatabaseUser(stack, 'First', userProps(endpoint, { userName: first }));
    return new DatabaseUser(stack, 'Second', userProps(endpoint, { userName: second, server: { host } }));
  };

  test.each([
    ['looker', 'looker'],
    ['looker', 'looker_2'],
    ['looker_access', 'looker'],
  ])('cannot be %s and %s on one server', (first, second) => {
    expect(() => two(first, second)).toThrow(`prod/Second: userName '${second}' belongs to prod/First on this server`);
    expect(() => two(first, second)).toThrow('[UserNameTaken]');
  });

  test('can have one name on two servers, and two names on one', () => {
    expect(two('looker', 'looker', 'users.abc123.eu-central-1.rds.amazonaws.com').userName).toBe('looker');
    expect(two('looker', 'metabase').userName).toBe('metabase');
  });
});

test.each<[string, object, string]>([
  ['no admin', { admin: undefined }, "admin is missing. Set the user's admin. [PropertyMissing]"],
  ['an ARN in place of the admin', { admin: 'arn:aws:x' }, "admin 'arn:aws:x' is not made by AdminSecret."],
  ['grants in words', { grants: ['SELECT'] }, "grants[0] 'SELECT' is not made by Grant."],
  ['a grant on nothing', { grants: [Grant.read(undefined as never)] }, 'grants[0] is missing.'],
  ['a grant without a schema', { grants: [Grant.read({} as never)] }, "grants[0].schema is missing. Set the user's"],
  ['no privileges', { grants: [Grant.custom({ on: { schema: 'a' } } as never)] }, 'grants[0].privileges is missing.'],
  ['no subnets', { network: {} }, 'network.subnetIds is missing.'],
  ['a text for a number', { connectionLimit: '5' }, "connectionLimit '5' is not a number."],
  ['a setting that does not exist', { password: 'x' }, 'password does not exist.'],
  [
    'an endpoint that is none',
    { endpoint: {} },
    'endpoint is not made by new DatabaseEndpoint(...) or addEndpoint(...).',
  ],
])('a caller without a type checker is told of %s', (_, props, message) => {
  expect(() => make({ props })).toThrow(`prod/Looker: ${message}`);
});
