import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledCommand } from '../support/bundled-command';
import { ABSENT, DECLARED } from './descriptions';
import { FakeLambda } from './fake-lambda';

const command = bundledCommand();
const lambda = new FakeLambda();
beforeAll(async () => {
  await lambda.start();
  lambda.answers.set('looker', { body: DECLARED }).set('tableau', { body: ABSENT });
});
afterAll(() => lambda.stop());

/** A profile of the test, and what it takes to find it. */
function profile(...lines: readonly string[]): NodeJS.ProcessEnv {
  const file = join(command.folder, 'config');
  writeFileSync(file, ['[profile ci]', ...lines, ''].join('\n'));
  const { AWS_ENDPOINT_URL, AWS_EC2_METADATA_DISABLED } = lambda.environment;
  return {
    AWS_ENDPOINT_URL,
    AWS_EC2_METADATA_DISABLED,
    AWS_CONFIG_FILE: file,
    AWS_PROFILE: 'ci',
    HOME: command.folder,
  };
}

describe('users, as it is shipped', () => {
  it('hands its exit code to the shell, and says nothing of the SDK or of Node.js', async () => {
    const drift = (...args: readonly string[]) => command.runWith(lambda.environment, 'users', 'drift', ...args);

    expect(await drift('looker')).toMatchObject({ exitCode: 0, err: '' });
    expect(await drift('looker', 'tableau')).toMatchObject({ exitCode: 1, err: '' });
    expect((await drift('gone')).exitCode).toBe(3);
    expect((await drift()).exitCode).toBe(2);
  });

  it('finds Region and credentials in a profile, those of a process among them', async () => {
    const script = join(command.folder, 'credentials.sh');
    writeFileSync(
      script,
      `#!/bin/sh\necho '{"Version":1,"AccessKeyId":"AKIDPROCESS","SecretAccessKey":"of-the-process"}'\n`,
    );
    chmodSync(script, 0o755);
    lambda.calls.length = 0;

    const outcome = await command.runWith(
      profile('region = eu-north-1', `credential_process = ${script}`),
      ...['users', 'describe', 'looker'],
    );

    expect(outcome).toMatchObject({ exitCode: 0, err: '' });
    expect(lambda.calls[0]?.headers['authorization']).toMatch(/Credential=AKIDPROCESS\/\d+\/eu-north-1\//);
  });

  it('does not repeat the command line of a process that failed, which may hold a password', async () => {
    const environment = profile('region = eu-north-1', 'credential_process = false --password hunter2hunter2');

    const { exitCode, out, err } = await command.runWith(environment, 'users', 'drift', 'looker');

    expect({ exitCode, out }).toEqual({ exitCode: 3, out: '' });
    expect(err).toMatch(/^error: looker: there are no AWS credentials: .*\n {2}-> /);
    expect(err).not.toContain('hunter2');
  });

  it('says that nobody answers', async () => {
    const environment = { ...lambda.environment, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };

    const { exitCode, err } = await command.runWith(environment, 'users', 'drift', 'looker');

    expect(exitCode).toBe(3);
    expect(err).toMatch(/^error: looker: Lambda does not answer: .*ECONNREFUSED.*\n {2}-> Check the network/);
  });

  it('names its exit codes in the help', async () => {
    const help = async (verb: string) => (await command.run('users', verb, '--help')).out;

    expect(await help('drift')).toMatch(
      /--region <region>[\s\S]*lambda:InvokeFunction[\s\S]*Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 /,
    );
    expect(await help('describe')).toMatch(
      /names or ARNs of the users' functions[\s\S]*Exit codes:\n {2}0 .*\n {2}2 .*\n {2}3 /,
    );
  });
});
