import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Grant } from 'cdktf-database-endpoint';
import { logInTo } from '../../../../lambda/database-user/servers';
import { authority } from '../../../cli/support/certificates';
import { spareIn, verdict } from '../../../support/iam-simulator';
import { requireBinary } from '../../check/servers/binaries';
import { describeWithBinaries } from '../../check/servers/describe-with-binaries';
import { describeWithTools, scratchFolder } from '../../harness';
import { ADMIN_PASSWORD, CA } from '../mariadb-stage';
import { ALL, OTHER, OTHER_TABLE, REFUSALS, WRITE as WRITE_INVOICES } from '../mariadb-statements';
import { AUTHORITY, MANAGER, type Outcome, outcomesFor, PASSWORD } from '../postgresql/stage';
import {
  makeNewTables,
  READ,
  READ_NEW,
  REFUSAL,
  STATEMENTS,
  type Tried,
  tried,
  WRITE,
  withOtherOwner,
} from '../postgresql/statements';
import { ReconnectingClient } from '../reconnecting-client';
import { type UserId, useDeployment } from './deployment';
import { passwordsIn, placesWith } from './password-search';

const ROTATIONS = 5;

const CONVERGE = { task: 'converge' };
const DELETE = { task: 'exist', tf: { action: 'delete', prev_input: { task: 'exist' } } };

// The steps build on each other: the waits of the AWS provider make the first apply a matter of minutes.
const tests = () => {
  const deployment = useDeployment({ grants: [Grant.read({ schema: 'sales', tables: ['orders'] })] });

  /** What a login of PostgreSQL may do of all that can be tried. */
  const mayDo = async (id: UserId): Promise<string[]> => {
    const { allowed, refusals } = tried(await outcomesOf(id, Object.values(STATEMENTS)));
    for (const refusal of refusals) expect(refusal).toMatch(REFUSAL);
    return allowed;
  };
  const outcomesOf = async (id: UserId, statements: readonly string[]): Promise<Outcome[]> => {
    const { postgresql, shop } = deployment();
    if (id !== 'Signed') {
      const { username, password } = await deployment().secret(id);
      return outcomesFor(await postgresql.login(username, shop.database, password), ...statements);
    }
    // No server here verifies tokens that IAM signs.
    const session = await postgresql.login('admin', shop.database);
    await session.query('SET SESSION AUTHORIZATION signed; SET ROLE signed_access');
    return outcomesFor(session, ...statements);
  };
  const inOrder = (names: readonly Tried[]) => Object.keys(STATEMENTS).filter((name) => names.includes(name as Tried));

  const isLetIn = async (id: 'Looker' | 'Billing', { username, password }: { username: string; password: string }) => {
    const { postgresql, mariadb, shop } = deployment();
    return id === 'Looker'
      ? logInTo('postgres', postgresql.connection(shop.database, username, password))
      : logInTo('mariadb', mariadb.connection({ user: username, password }));
  };

  /** What PostgreSQL keeps about a user, and not about the others; the order of privileges in a list says nothing. */
  const stateOf = async (userName: string): Promise<string[]> => {
    const { postgresql, shop } = deployment();
    const lines = (await postgresql.state({ ...shop, userName })) as { line: string }[];
    const isOfOther = (part: string) => /^(looker|etl|signed)_access=/.test(part) && !part.startsWith(userName);
    return lines.map(({ line }) => {
      const parts = line.split(/[{},]/).filter((part) => !isOfOther(part));
      return parts.sort().join();
    });
  };

  let other: string;
  beforeAll(async () => {
    const { postgresql, shop } = deployment();
    other = await withOtherOwner(postgresql, shop);
    await deployment().apply();
    await makeNewTables(postgresql, shop, other);
  });

  it('need nothing more when the apply is over, and have secrets that say how to connect', async () => {
    expect(await deployment().plan('after the apply')).toMatchObject({ actions: [], exitCode: 0 });
    // Rotations are tried as soon as they are set up.
    expect(deployment().front.rotation.failures).toEqual([]);

    const { postgresql, mariadb, shop } = deployment();
    const hostOf = async (endpoint: string) =>
      (await deployment().resource(`${endpoint}_LoadBalancer`, 'aws_lb'))['dns_name'];
    const { password, url, ...looker } = await deployment().secret('Looker');
    expect(looker).toEqual({
      engine: 'postgres',
      host: await hostOf('Orders'),
      port: postgresql.port,
      username: 'looker',
      dbname: shop.database,
      sslmode: 'verify-ca',
      ca_url: expect.stringMatching(/^https:\/\/truststore\.pki\.rds\.amazonaws\.com\/.*\.pem$/),
    });
    expect(url).toContain(`looker:${encodeURIComponent(password)}@${looker.host}:${looker.port}/`);
    expect(await deployment().secret('Billing')).toMatchObject({
      engine: 'mariadb',
      host: await hostOf('Invoices'),
      port: mariadb.port,
      username: 'billing',
      dbname: 'or_ders',
      ca: CA.certificate,
    });
  });

  it.each([
    ['Looker', 'PostgreSQL with the CAs of Amazon', AUTHORITY],
    ['Looker', 'a server of another CA, which is refused', authority('Another CA')],
  ] as const)('log in with the URL of the secret of %s: %s', async (id, _, { certificate }) => {
    const { url } = await deployment().secret(id);
    const certificates = join(scratchFolder('psql'), 'ca.pem');
    writeFileSync(certificates, certificate);
    // The name of the load balancer leads here.
    const env = { PATH: process.env['PATH'], PGHOSTADDR: '127.0.0.1', PGSSLROOTCERT: certificates };
    const args = [url, '-XAtc', 'SELECT session_user, current_user'];

    const { stdout, stderr } = spawnSync(requireBinary('psql'), args, { env, encoding: 'utf8' });

    if (certificate === AUTHORITY.certificate)
      expect({ stdout, stderr }).toEqual({ stdout: 'looker|looker_access\n', stderr: '' });
    else expect(stderr).toContain('certificate verify failed');
  });

  it.each<[UserId, string, readonly Tried[]]>([
    ['Looker', 'reading of one table', ['read a table', 'read a sequence']],
    ['Etl', 'reading in the future too, and what is named', [...READ, ...READ_NEW, 'truncate']],
    ['Signed', 'reading', READ],
  ])('%s does what is granted and nothing else: %s', async (id, _, allowed) => {
    expect(await mayDo(id)).toEqual(inOrder(allowed));
  });

  it('Billing does what is granted and nothing else: reading and writing of one table, reading of a database', async () => {
    const { username, password } = await deployment().secret('Billing');

    const results = await deployment().mariadb.attempt(username, password, ...ALL);

    expect(ALL.filter((_, i) => results[i] === 'done')).toEqual([WRITE_INVOICES, OTHER_TABLE, OTHER]);
    expect(results.filter((result) => result !== 'done' && !REFUSALS.includes(result as number))).toEqual([]);
  });

  it('Signed uses IAM, and has no password', async () => {
    const { postgresql } = deployment();
    const roles = await postgresql.admin(
      'postgres',
      `SELECT pg_has_role('signed', 'rds_iam', 'member') AS iam, rolpassword FROM pg_authid WHERE rolname = 'signed'`,
    );

    expect(roles).toEqual([{ iam: true, rolpassword: null }]);
    expect(await deployment().resource('Signed_Secret', 'aws_secretsmanager_secret')).toBeUndefined();
  });

  it('rotate while clients reconnect all the time, which are let in with what the secret says', async () => {
    const ids = ['Looker', 'Billing'] as const;
    const clients = await Promise.all(
      ids.map(async (id) => {
        const arn = await deployment().secretArn(id);
        const current = () => deployment().read(arn);
        return {
          id,
          arn,
          current,
          client: new ReconnectingClient({ current, isLetIn: (login) => isLetIn(id, login) }),
        };
      }),
    );
    const used = new Set<string>();
    for (let i = 0; i < ROTATIONS; i += 1) {
      for (const failure of await Promise.all(clients.map(({ arn }) => deployment().rotate(arn)))) {
        expect(failure).toEqual([]);
      }
      for (const { current } of clients) used.add((await current()).username);
    }

    for (const { client } of clients) {
      await client.stop();
      expect(client.tries).toBeGreaterThan(ROTATIONS);
    }
    expect([...used].sort()).toEqual(['billing', 'billing_2', 'looker', 'looker_2']);
    expect(await mayDo('Looker')).toEqual(['read a table', 'read a sequence']);
    expect(await deployment().plan('after rotations')).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('have functions that call what their policies allow, and policies with nothing else', async () => {
    const secretArn = await deployment().secretArn('Looker');
    const name = await deployment().functionName('Looker');
    const { policy } = await deployment().resource('Looker_Policy', 'aws_iam_role_policy');
    const statements = JSON.parse(policy).Statement;
    const calls = deployment()
      .front.calls.filter(({ functionName }) => functionName === name)
      .map(({ service, action, request }) => ({
        action: `${service}:${action}`,
        resource: JSON.parse(request).SecretId as string,
      }));

    const verdicts = await Promise.all(calls.map((call) => verdict(statements, call)));

    expect(new Set(verdicts)).toEqual(new Set(['Allowed']));
    expect(new Set(calls.map(({ resource }) => resource))).toContain(secretArn);
    const ofSecrets = statements.filter(({ Action }: { Action: string[] }) => /^secretsmanager/.test(Action[0]));
    expect(await spareIn(ofSecrets, calls)).toEqual([]);
  });

  it('survive that they are applied, rotated and removed at once', async () => {
    const { front, postgresql, shop } = deployment();
    const arn = await deployment().secretArn('Looker');
    const [name, ...others] = await Promise.all((['Looker', 'Etl', 'Signed'] as const).map(deployment().functionName));
    const before = await stateOf('looker');
    // All of them have something to do to the same row of the catalogue.
    const revoked = 'REVOKE USAGE ON SCHEMA sales FROM looker_access, etl_access, signed_access';
    await postgresql.as(MANAGER, shop.database, revoked);
    const converges = () => [name, name, ...others].map((each) => front.invoke(each, CONVERGE));

    const [failures, ...answers] = await Promise.all([deployment().rotate(arn), ...converges()]);

    expect(failures).toEqual([]);
    expect(answers.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(await stateOf('looker')).toEqual(before);
    expect(await isLetIn('Looker', await deployment().read(arn))).toBe(true);

    const results = await Promise.all([front.invoke(name, DELETE), ...converges(), deployment().rotate(arn)]);

    expect(results[0]).not.toHaveProperty('error');
    expect(await front.invoke(name, CONVERGE)).toHaveProperty('result');
    expect(await isLetIn('Looker', await deployment().read(arn))).toBe(true);
    expect(await deployment().rotate(arn)).toEqual([]);
    expect(await stateOf('looker')).toEqual(before);
    expect(await isLetIn('Looker', await deployment().read(arn))).toBe(true);
  });

  const CHANGED = [Grant.readWrite({ schema: 'sales' })];

  it('change with one invocation', async () => {
    deployment().configure({ grants: CHANGED, futureTables: true });
    const plan = await deployment().plan('before the change');

    expect(plan.actions).toEqual([
      'replace(destroy-before-create) aws_lambda_invocation.Looker_Converge: input',
      'update aws_lambda_function.Looker_Function: environment[0].variables.DATABASE_USER',
    ]);
    await deployment().applyTraced('after the change');

    expect(await mayDo('Looker')).toEqual(inOrder([...READ, ...WRITE, ...READ_NEW, 'insert into a new table']));
    expect(await deployment().plan('long after the change')).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('fail the apply with the reason where something cannot be granted, and go on with the next', async () => {
    const { postgresql, shop } = deployment();
    const before = await stateOf('looker');
    const grants = [...CHANGED, Grant.custom({ privileges: ['TRUNCATE'], on: { schema: 'sales', tables: ['gone'] } })];
    deployment().configure({ grants, futureTables: true });
    const failing = await deployment().plan('before the failure');

    await expect(deployment().applyPlan(failing, 'after the failure')).rejects.toThrow(
      /prod\/Looker: Schema 'sales' has no 'gone'/,
    );
    expect(await stateOf('looker')).toEqual(before);

    await postgresql.as(MANAGER, shop.database, 'CREATE TABLE sales.gone (id int)');
    const plan = await deployment().plan('before the repair');
    expect(plan.actions).toEqual(['create aws_lambda_invocation.Looker_Converge']);
    await deployment().applyPlan(plan, 'after the repair');

    expect(await outcomesOf('Looker', ['TRUNCATE sales.gone', 'TRUNCATE sales.orders'])).toEqual([
      [],
      expect.stringMatching(REFUSAL),
    ]);
  });

  it('are not destroyed as long as they own something, and then leave nothing', async () => {
    const { workspace, lab, postgresql, mariadb, shop } = deployment();
    expect(await outcomesOf('Etl', ['CREATE TABLE back.mine (id int)'])).toEqual([[]]);

    await expect(workspace.destroy(1)).rejects.toThrow(/prod\/Etl: 'etl' owns table back\.mine\. Drop them/);

    expect(await outcomesOf('Etl', ['SELECT id FROM back.mine'])).toEqual([[]]);
    await postgresql.admin(shop.database, 'DROP TABLE back.mine');
    await workspace.destroy();

    const names = ['looker', 'etl', 'signed'];
    for (const name of names) {
      expect((await stateOf(name)).filter((line) => new RegExp(`\\b${name}(_access|_2)?\\b`).test(line))).toEqual([]);
    }
    expect(JSON.stringify(await mariadb.accounts())).not.toContain('billing');
    const { emulator } = lab;
    const ask = async (service: string, target: string) => {
      const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
      return JSON.parse((await emulator.send(service, '/', { method: 'POST', headers, body: '{}' })).text);
    };
    const functions = await emulator.send('lambda', '/2015-03-31/functions/', { method: 'GET' });
    expect(JSON.parse(functions.text).Functions).toEqual([]);
    expect((await emulator.call('iam', 'ListRoles')).all('RoleName')).toEqual([]);
    expect((await ask('logs', 'Logs_20140328.DescribeLogGroups')).logGroups).toEqual([]);
    expect((await ask('sqs', 'AmazonSQS.ListQueues')).QueueUrls ?? []).toEqual([]);
    const { SecretList } = await ask('secretsmanager', 'secretsmanager.ListSecrets');
    expect(SecretList.map(({ Name }: { Name: string }) => Name).sort()).toEqual([
      'billing-admin',
      expect.stringMatching(/^rds!db-/),
    ]);
    expect((await emulator.call('ec2', 'DescribeSecurityGroups')).all('groupName')).not.toContainEqual(
      expect.stringMatching(/^database-endpoint-/),
    );
  });

  it('have passwords that are in their secrets and nowhere else', async () => {
    const passwords = passwordsIn(deployment().front);
    const places = deployment().places();

    expect(passwords.length).toBeGreaterThan(3 + 2 * ROTATIONS);
    expect(placesWith(passwords, places)).toEqual([]);
    const { 'log of PostgreSQL': _, ...others } = places;
    expect(placesWith([PASSWORD, ADMIN_PASSWORD], others)).toEqual([]);
    // The same search finds what is known to be in each of them; files that the harness and the exposure write are short.
    const known = placesWith(['looker_access', 'prod/Looker', 'ClientRequestToken'], places);
    const found = new Set(known.map((place) => place.replace(/: value \d.*/, '')));
    expect(Object.keys(places).filter((place) => !found.has(place) && !/override|exposure/.test(place))).toEqual([]);
  });
};

describeWithTools(['terraform', 'provider', 'emulator'], 'users of a database that are deployed', () => {
  describeWithBinaries(['postgres', 'initdb', 'psql', 'mariadbd', 'mariadb-install-db'], 'to real servers', tests);
});
