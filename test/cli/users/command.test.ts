import { command } from '../support/command';
import { ABSENT, DECLARED, DRIFTED } from './descriptions';
import { FakeLambda, failed, refused } from './fake-lambda';

const lambda = new FakeLambda();
const environment = { ...process.env };

beforeAll(() => lambda.start());
beforeEach(() => {
  Object.assign(process.env, lambda.environment);
  lambda.calls.length = 0;
  lambda.answers.clear();
  lambda.answers.set('looker', { body: DECLARED }).set('metabase', { body: DRIFTED }).set('tableau', { body: ABSENT });
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});
afterAll(() => lambda.stop());

describe('users describe', () => {
  test('prints what logins can really do', async () => {
    const { exitCode, out, err } = await command('users', 'describe', 'looker', 'metabase', 'tableau');

    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toBe(`prod/Looker: as declared
  login   looker: can log in, at most 3 connections, statements of at most 20 s, until 2030-01-01T00:00:00.000Z
  login   looker_2: can log in, any number of connections
  role    looker_access
  public  CONNECT, TEMPORARY on DATABASE "shop"
  granted to looker_access
    INSERT, SELECT  TABLE "sales"."orders"
    SELECT          TABLES to come of "app" in "sales"
    USAGE           SCHEMA "sales"
  remark  public-privilege          All users have this: CONNECT, TEMPORARY on DATABASE "shop".
prod/Metabase: 10 differences
  login   metabase: cannot log in, any number of connections, without membership of metabase_access, SUPERUSER, the role pg_monitor
  foreign 'metabase' was not made for prod/Metabase
  owns    view other.mine
  also in audit
  granted to metabase
    PROCESS, RELOAD  *.*, tables made later included
    SELECT           \`or\\_ders\`.*, tables made later included
    5 more are left out
  DIFFERS not-ours                  'metabase' was not made for prod/Metabase.
  DIFFERS role-missing              The role 'metabase_access', which holds the privileges, does not exist.
  DIFFERS attribute-beyond          'metabase' has beyond what is declared: SUPERUSER.
  DIFFERS 7 more are left out
prod/Tableau: 1 difference
  nothing: neither logins nor a role
  DIFFERS login-missing             The login 'tableau' does not exist.
`);
  });

  test('asks the function to describe, and nothing else, with the credentials and the Region of the environment', async () => {
    await command('users', 'describe', 'looker');

    expect(lambda.calls).toMatchObject([{ name: 'looker', payload: { task: 'describe' } }]);
    expect(lambda.calls[0]?.headers['authorization']).toMatch(/Credential=AKIDEXAMPLE\/\d+\/eu-central-1\/lambda\//);
    // The default of the API: it waits for the answer.
    expect(lambda.calls[0]?.headers['x-amz-invocation-type']).toBeUndefined();
  });

  test.each([
    ['--region', ['--region', 'us-gov-east-1', 'looker'], 'us-gov-east-1'],
    ['an ARN', ['arn:aws:lambda:ap-southeast-2:111122223333:function:looker'], 'ap-southeast-2'],
    [
      'an ARN, also beside --region',
      ['--region', 'us-east-1', 'arn:aws-cn:lambda:cn-north-1:111122223333:function:looker:live'],
      'cn-north-1',
    ],
  ])('the Region of %s is asked', async (_, args, region) => {
    await command('users', 'describe', ...args);

    expect(lambda.calls[0]?.headers['authorization']).toContain(`/${region}/lambda/`);
  });

  test('AWS_DEFAULT_REGION counts where AWS_REGION is missing', async () => {
    process.env['AWS_REGION'] = '';
    process.env['AWS_DEFAULT_REGION'] = 'eu-west-3';

    await command('users', 'describe', 'looker');

    expect(lambda.calls[0]?.headers['authorization']).toContain('/eu-west-3/lambda/');
  });

  test('fails only where a function could not be asked', async () => {
    const { exitCode, out, err } = await command('users', 'describe', 'gone', 'metabase');

    expect(exitCode).toBe(3);
    expect(out).toMatch(/^prod\/Metabase: 10 differences\n/);
    expect(err).toBe(
      'error: gone: there is no such function in eu-central-1: Function not found: gone\n' +
        '  -> Check the name, the Region and the account of the credentials.\n',
    );
  });
});

describe('users drift', () => {
  test('succeeds where all is as declared, whatever is remarked', async () => {
    expect(await command('users', 'drift', 'looker')).toEqual({
      exitCode: 0,
      out: `prod/Looker: as declared
  remark  public-privilege          All users have this: CONNECT, TEMPORARY on DATABASE "shop".
`,
      err: '',
    });
  });

  test('fails where a user differs, in the order of the command line', async () => {
    const { exitCode, out } = await command('users', 'drift', 'tableau', 'looker', 'metabase');

    expect(exitCode).toBe(1);
    expect(out).toMatch(
      /^prod\/Tableau: 1 difference\n {2}DIFFERS login-missing .*\nprod\/Looker: as declared\n.*\nprod\/Metabase: 10 differences\n/,
    );
  });

  test('a difference takes precedence over a function that could not be asked', async () => {
    expect((await command('users', 'drift', 'gone', 'tableau')).exitCode).toBe(1);
    expect((await command('users', 'drift', 'gone', 'looker')).exitCode).toBe(3);
  });

  test('in JSON, everything is in one document', async () => {
    const { exitCode, out, err } = await command('users', 'drift', '--json', 'tableau', 'gone');

    expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
    expect(JSON.parse(out)).toEqual({
      exitCode: 1,
      users: [
        { function: 'tableau', ...ABSENT },
        { function: 'gone', problem: expect.stringContaining('no such function'), remedy: expect.any(String) },
      ],
    });
  });

  test('in JSON, the facts are what the function answered', async () => {
    const { out } = await command('users', 'drift', '--json', 'looker', 'metabase');

    expect(JSON.parse(out).users).toEqual([
      { function: 'looker', ...DECLARED },
      { function: 'metabase', ...DRIFTED },
    ]);
  });
});

describe('what goes wrong is said in a sentence, without a trace', () => {
  const ask = async () => {
    const outcome = await command('users', 'drift', 'looker');
    expect(outcome.out).toBe('');
    expect(outcome.err).not.toMatch(/\n {4}at |secret-of-the-trace|the-secret-access-key|This is a bug/);
    return outcome;
  };

  test.each([
    [
      failed('prod/Looker: connect ECONNREFUSED [ECONNREFUSED]'),
      /^error: looker: the function failed: prod\/Looker: connect ECONNREFUSED .*\n {2}-> The function's log says more/,
    ],
    [failed('2026-01-01 Task timed out after 300.00 seconds'), /the function failed: .*Task timed out/],
    [
      failed('The event is neither an aws_lambda_invocation of a database user nor a step of a rotation'),
      /-> Is it the function of a DatabaseUser\? If it is, apply its stack/,
    ],
    [
      { headers: { 'X-Amz-Function-Error': 'Unhandled' }, body: 'not json' },
      /the function failed: it does not say why/,
    ],
    [
      refused(403, 'AccessDeniedException', 'User: arn:aws:iam::1:user/x is not authorized'),
      /these credentials may not invoke it: User: arn.* is not authorized\n {2}-> Allow lambda:InvokeFunction/,
    ],
    [
      refused(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
      /AWS does not accept the credentials: .*expired/,
    ],
    [
      refused(403, 'UnrecognizedClientException', 'The security token is invalid'),
      /AWS does not accept the credentials/,
    ],
    [refused(403, 'InvalidSignatureException', 'Signature expired'), /check the clock/],
    [refused(404, 'ResourceNotFoundException', 'Function not found'), /there is no such function in eu-central-1/],
    [refused(429, 'TooManyRequestsException', 'Rate Exceeded.'), /Lambda throttles it: Rate Exceeded/],
    [refused(502, 'KMSAccessDeniedException', 'no key'), /Lambda cannot run it: no key/],
    [refused(400, 'SomethingNewException', 'odd'), /Lambda could not be asked: SomethingNewException: odd/],
    [{ body: 'not json' }, /answered something that is not a description/],
    [{ body: { user: 'prod/Looker', changes: [] } }, /answered something that is not a description/],
    [{ body: { ...DECLARED, differences: [{ kind: 1, says: 'x' }] } }, /answered something that is not a description/],
    [
      { body: { ...DECLARED, facts: { ...DECLARED.facts, grants: 'all' } } },
      /answered something that is not a description/,
    ],
    [{ body: null }, /answered something that is not a description/],
  ])('%#', async (answer, said) => {
    lambda.answers.set('looker', answer);

    const { exitCode, err } = await ask();

    expect(exitCode).toBe(3);
    expect(err).toMatch(said);
    expect(err).toMatch(/^error: looker: .*\n {2}-> .*\n$/);
  });

  test('no credentials', async () => {
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];

    expect(await ask()).toMatchObject({ exitCode: 3, err: expect.stringContaining('there are no AWS credentials') });
  });

  test('no Region', async () => {
    delete process.env['AWS_REGION'];

    expect((await ask()).err).toMatch(/it is not known which Region it is in.*\n {2}-> Write --region/);
  });

  test.each([
    [['users', 'drift'], /missing required argument 'functions'/],
    [['users', 'drift', 'a function'], /'a function' is not the name of a function/],
    [['users', 'drift', ''], /'' is not the name of a function/],
    [
      ['users', 'drift', 'looker', '--region', 'Frankfurt'],
      /'Frankfurt' is not a Region\. Write one such as eu-central-1/,
    ],
    [['users', 'drop', 'looker'], /unknown command 'drop'/],
  ])('%p', async (args, said) => {
    const { exitCode, err } = await command(...args);

    expect(exitCode).toBe(2);
    expect(err).toMatch(said);
    expect(lambda.calls).toEqual([]);
  });
});

test('what a server says commands neither the terminal nor the CI system', async () => {
  const hostile = '\u001b[2J\u202e\r\n::error::x\n##[error]y';
  const facts = {
    ...DECLARED.facts,
    role: { name: hostile, beyond: [hostile] },
    logins: [{ name: hostile, canLogIn: true, lacks: [hostile], beyond: [hostile], validUntil: hostile }],
    grants: [{ to: hostile, on: hostile, privileges: [hostile], holdsFor: 'now' }],
    elsewhere: [hostile],
    owns: [hostile],
    foreign: [hostile],
    publicPrivileges: [hostile],
  };
  const finding = { kind: hostile, says: hostile };
  lambda.answers.set('looker', { body: { user: hostile, facts, differences: [finding], remarks: [finding] } });
  lambda.answers.set('metabase', failed(hostile));

  for (const args of [['describe'], ['drift'], ['describe', '--json']]) {
    const { out, err } = await command('users', ...args, 'looker', 'metabase');

    expect(out).toContain('\\u001b[2J');
    expect(`${out}${err}`).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\u2028\u2029]/u);
    expect(`${out}${err}`).not.toMatch(/##\w*\[|^\s*::/m);
  }
});
