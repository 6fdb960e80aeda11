import { readTask } from '../../../../lambda/database-user/event';
import { run } from '../../../../lambda/database-user/run';
import { Secrecy } from '../../../../lambda/database-user/secrecy';
import { writeSecret } from '../../../../lambda/database-user/secret-value';
import { connectTo, logInTo } from '../../../../lambda/database-user/servers';
import { DESCRIBE_EVENT, type DeclaredUser } from '../../../../lib/users/contract';
import { command } from '../../../cli/support/command';
import { FakeLambda } from '../../../cli/users/fake-lambda';
import { ModelSecrets } from '../../../lambda/database-user/model-secrets';
import { describeWithBinaries } from '../../check/servers/describe-with-binaries';
import { AUTHORITY, MANAGER, PASSWORD, Stage } from './stage';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:looker';

describeWithBinaries(['postgres', 'initdb'], 'the command, of a user of a real PostgreSQL server', () => {
  const lambda = new FakeLambda();
  const environment = { ...process.env };
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
    await lambda.start();
    Object.assign(process.env, lambda.environment);
  });
  afterAll(async () => {
    for (const name of Object.keys(lambda.environment)) delete process.env[name];
    Object.assign(process.env, environment);
    lambda.stop();
    await stage?.stop();
  });

  /** Asks as Lambda does: the program answers, and nothing of the test stands between it and the command. */
  async function users(verb: string, user: DeclaredUser) {
    const secrets = new ModelSecrets(async () => undefined)
      .with(user.adminSecretArn, JSON.stringify({ username: MANAGER, password: PASSWORD }))
      .with(SECRET_ARN, writeSecret(user, { username: user.userName, password: PASSWORD }));
    const answer = await run(readTask(DESCRIBE_EVENT), {
      user,
      secrets,
      secrecy: new Secrecy(),
      connect: (connection) => connectTo('postgres', connection),
      login: (connection) => logInTo('postgres', connection),
      generatePassword: () => 'unused',
      newToken: () => 'unused',
      now: Date.now,
    });
    lambda.answers.set('looker', { body: answer });
    return command('users', verb, 'looker');
  }

  test('prints what there is, and fails once somebody has changed it', async () => {
    const user = await stage.shop({
      secretArn: SECRET_ARN,
      certificateAuthorities: AUTHORITY.certificate,
      connectionLimit: 3,
    });
    await stage.converge(user);
    await stage.setPassword(user);
    const me = user.userName;

    expect(await users('drift', user)).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^test\/Looker: as declared\n {2}remark {2}public-privilege .*CONNECT, TEMPORARY on /),
      err: '',
    });
    const described = await users('describe', user);
    expect(described.out).toContain(`  login   ${me}: can log in, at most 3 connections\n`);
    expect(described.out).toMatch(/^ {4}SELECT {3,}TABLE "sales"."orders"$/m);
    expect(JSON.stringify(described)).not.toContain(PASSWORD);

    await stage.admin(user.database, `ALTER ROLE ${me} SUPERUSER PASSWORD 'another'`);

    const { exitCode, out } = await users('drift', user);
    expect(exitCode).toBe(1);
    expect(out).toContain(`test/Looker: 2 differences
  DIFFERS cannot-log-in             The server denies '${me}' with the password that the secret says.
  DIFFERS attribute-beyond          '${me}' has beyond what is declared: SUPERUSER.
`);
  });
});
