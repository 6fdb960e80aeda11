import { setTimeout } from 'node:timers/promises';
import { readTask } from '../../../lambda/database-user/event';
import { generatePassword } from '../../../lambda/database-user/password';
import { run } from '../../../lambda/database-user/run';
import { Secrecy } from '../../../lambda/database-user/secrecy';
import { readLogin } from '../../../lambda/database-user/secret-value';
import { createClient, type Secrets, secretsOf } from '../../../lambda/database-user/secrets';
import { connectTo, logInTo } from '../../../lambda/database-user/servers';
import { connectionAs } from '../../../lambda/database-user/try-login';
import type { Connection } from '../../../lambda/database-user/user-server';
import type { DeclaredUser } from '../../../lib/users/contract';
import { declared } from '../../lambda/database-user/postgresql/fixtures';
import { describeWithTools } from '../harness';
import { Emulator } from '../harness/emulator';
import { MariadbStage } from './mariadb-stage';
import { AUTHORITY, Stage } from './postgresql/stage';
import { ReconnectingClient } from './reconnecting-client';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

const ROTATIONS = 5;

describeWithTools(['emulator'], 'rotation on real servers, with secrets in the emulator', () => {
  let emulator: Emulator;
  let secrets: Secrets;
  beforeAll(async () => {
    emulator = await Emulator.start();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    secrets = secretsOf(createClient({ region: 'us-east-1', endpoint: emulator.url, credentials }));
  });
  afterAll(() => emulator.stop());

  const create = async (name: string, text?: string): Promise<string> => {
    const answer = await emulator.send('secretsmanager', '/', {
      method: 'POST',
      headers: { 'X-Amz-Target': 'secretsmanager.CreateSecret', 'Content-Type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ Name: name, SecretString: text }),
    });
    return JSON.parse(answer.text).ARN;
  };

  /** Applies, rotates and destroys while a client reconnects; nothing that is said may hold a password. */
  async function wholeLife(declaration: DeclaredUser, admin: Connection): Promise<void> {
    const { engine } = declaration;
    const user = {
      ...declaration,
      adminSecretArn: await create(
        `${engine}-admin`,
        JSON.stringify({ username: admin.user, password: admin.password }),
      ),
      secretArn: await create(engine),
    };
    const passwords = [admin.password];
    const said: string[] = [];
    let pending = '';
    const invoke = async (payload: object) => {
      const summary = await run(readTask(payload), {
        user,
        secrecy: new Secrecy(),
        // What Secrets Manager does before the first step; the emulator would do all of a rotation by itself.
        secrets: {
          ...secrets,
          describe: async (arn) => {
            const { stages } = await secrets.describe(arn);
            const own = stages.get(pending) ?? ['AWSPENDING'];
            return { rotates: true, stages: new Map([...stages, [pending, own]]) };
          },
        },
        connect: (connection) => connectTo(engine, connection),
        login: (connection) => logInTo(engine, connection),
        generatePassword: () => {
          const password = generatePassword();
          passwords.push(password);
          return password;
        },
        newToken: () => '',
        now: Date.now,
      });
      said.push(JSON.stringify(summary));
    };
    const current = async () => readLogin((await secrets.get(user.secretArn, { stage: 'AWSCURRENT' }))?.text ?? '');
    const isLetIn = async () => logInTo(engine, connectionAs(user, await current()));

    await invoke({ task: 'exist', tf: { action: 'create' } });
    await invoke({ task: 'converge' });
    const used = new Set<string>();
    const client = new ReconnectingClient({
      current,
      isLetIn: (login) => logInTo(engine, connectionAs(user, login)),
    });
    for (let i = 0; i < ROTATIONS; i += 1) {
      pending = `${i}0000000-0000-4000-8000-000000000000`;
      for (const Step of STEPS) await invoke({ SecretId: user.secretArn, ClientRequestToken: pending, Step });
      used.add((await current()).username);
      await setTimeout(150);
    }
    await client.stop();

    expect(client.tries).toBeGreaterThan(ROTATIONS);
    // The client held its secret until it was denied, which is at the second rotation after.
    expect(client.denials).toBeLessThanOrEqual(ROTATIONS);
    expect([...used].sort()).toEqual([user.userName, `${user.userName}_2`]);
    expect(await isLetIn()).toBe(true);
    await invoke({ task: 'converge' });
    await invoke({ task: 'exist', tf: { action: 'delete' } });
    expect(await isLetIn()).toBe(false);
    expect(passwords).toHaveLength(2 + ROTATIONS);
    for (const password of passwords) expect(said.filter((text) => text.includes(password))).toEqual([]);
  }

  test('PostgreSQL: two logins take turns, and a client that reconnects all the time is let in', async () => {
    const stage = await Stage.start();
    try {
      const user = await stage.shop({ certificateAuthorities: AUTHORITY.certificate });
      await wholeLife(user, stage.connection(user.database));
    } finally {
      await stage.stop();
    }
  });

  test('MariaDB: two logins take turns, and a client that reconnects all the time is let in', async () => {
    const stage = new MariadbStage();
    await stage.start();
    try {
      const admin = stage.connection();
      const user = declared({
        engine: 'mariadb',
        port: stage.port,
        database: admin.database,
        certificateAuthorities: admin.certificateAuthorities,
        grants: [{ schema: 'or_ders', privileges: ['SELECT'] }],
      });
      await wholeLife(user, admin);
    } finally {
      await stage.stop();
    }
  });
});
