import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODE_FILES } from '../../../../lib/assets';
import { LoopbackDns } from '../../../lambda/target-sync/loopback-dns';
import { describeWithBinaries } from '../../check/servers/describe-with-binaries';
import { rememberDescriptions } from '../../fixtures/emulator-lies';
import { LambdaFront } from '../../fixtures/functions/lambda-front';
import { ProgramProject } from '../../fixtures/program-project';
import { createSite } from '../../fixtures/site';
import { describeWithTools, useLab, type Workspace } from '../../harness';
import { at } from '../../target-sync/stage';
import { AUTHORITY, MANAGER, outcomesFor, PASSWORD, Stage } from '../postgresql/stage';
import { callSecretsManager, createSecret } from './deployment';

const FOLDER = 'examples/integration';
const HOST = 'orders.c9akciq32abc.eu-central-1.rds.amazonaws.com';

/** What stands in the example for what is only known here, and what is there in its place. */
type Replacements = readonly (readonly [written: string, here: string])[];

function replaced(text: string, replacements: Replacements): string {
  return replacements.reduce((before, [written, here]) => {
    if (!before.includes(written)) throw new Error(`${FOLDER} does not say ${written}`);
    return before.replaceAll(written, here);
  }, text);
}

const tests = () => {
  let front: LambdaFront;
  let dns: LoopbackDns;
  let postgresql: Stage;
  let workspace: Workspace;
  const lab = useLab({
    emulator: true,
    front: async (emulator) => {
      const certificateAuthorities = AUTHORITY.certificate;
      front = await LambdaFront.start(emulator, { addresses: { [HOST]: '127.0.0.1' }, certificateAuthorities });
      return front.url;
    },
  });

  /** What the secret of an integration says. */
  const secretOf = async (integration: string) => {
    const resources = await workspace.resources();
    const id = `aws_secretsmanager_secret.Orders_${integration}_User_Secret_`;
    const [, secret] = Object.entries(resources).find(([key]) => key.startsWith(id)) ?? [];
    const answer = await callSecretsManager(lab().emulator.url, 'GetSecretValue', { SecretId: secret?.['arn'] });
    return JSON.parse(JSON.parse(answer).SecretString);
  };
  const tried = async (integration: string, ...statements: string[]) => {
    const { username, password, dbname } = await secretOf(integration);
    return outcomesFor(await postgresql.login(username, dbname, password), ...statements);
  };

  beforeAll(async () => {
    [dns, postgresql] = await Promise.all([LoopbackDns.start(), Stage.start(['localhost', HOST])]);
    dns.set(HOST, at('10.20.0.11'));
    const site = await createSite(lab().emulator);
    const [first = '', second = ''] = site.subnetIds;
    await postgresql.as(MANAGER, 'postgres', 'CREATE DATABASE shop');
    await postgresql.as(
      MANAGER,
      'shop',
      'CREATE SCHEMA sales',
      'CREATE TABLE sales.orders (id int)',
      'CREATE TABLE sales.shipments (id int)',
    );
    const admin = await createSecret(lab(), 'rds!db-1a2b3c4d', { username: MANAGER, password: PASSWORD });
    const text = replaced(readFileSync(join(__dirname, '../../../..', FOLDER, 'main.ts'), 'utf8'), [
      [HOST, 'HOST'],
      ['arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1a2b3c4d-Ab12Cd', admin],
      ['eu-central-1', 'us-east-1'],
      ['HOST', HOST],
      ['vpc-0a1b2c3d4e5f60718', site.vpcId],
      ['sg-0a1b2c3d4e5f60744', site.databaseGroupIds[0] ?? ''],
      ['subnet-0a1b2c3d4e5f60711', first],
      ['subnet-0a1b2c3d4e5f60722', second],
      ['subnet-0a1b2c3d4e5f60733', first],
      ['subnet-0a1b2c3d4e5f60744', second],
      ["dbSubnetGroupName: 'orders',", `port: ${postgresql.port}, dnsServers: ['${dns.address}'],`],
      ["acknowledge: ['PassthroughPlaintext'],", 'deletionProtection: false,'],
    ]);
    const stacks = new ProgramProject().synthesize([{ name: FOLDER, folder: FOLDER, text }]);
    const stack = JSON.stringify(stacks[`${FOLDER}: integration`])
      .replace(/"filename":"assets\/[^"]*_User_Code_[^"]*"/g, `"filename":${JSON.stringify(CODE_FILES.databaseUser)}`)
      .replace(/"filename":"assets\/[^"]*"/g, `"filename":${JSON.stringify(CODE_FILES.targetSync)}`);
    workspace = lab().workspace(JSON.parse(stack));
    await workspace.apply();
    await rememberDescriptions(lab().emulator, workspace);
  });
  afterAll(() => Promise.all([front?.stop(), dns?.stop(), postgresql?.stop()]));

  it('is applied, and needs nothing more', async () => {
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('gives each tool a login that does what the example grants it and nothing else', async () => {
    const statements = [
      'SELECT id FROM sales.orders',
      'SELECT id FROM sales.shipments',
      'INSERT INTO sales.shipments VALUES (1)',
      'INSERT INTO sales.orders VALUES (1)',
      'CREATE TABLE sales.own (id int)',
    ];
    const allowed = async (integration: string) => {
      const outcomes = await tried(integration, ...statements);
      for (const outcome of outcomes) if (typeof outcome === 'string') expect(outcome).toMatch(/permission denied/);
      return statements.filter((_, i) => typeof outcomes[i] !== 'string');
    };

    expect(await allowed('Looker')).toEqual(statements.slice(0, 2));
    expect(await allowed('Freight')).toEqual(statements.slice(1, 3));
  });

  it('tells each tool in its secret how to connect to the endpoint', async () => {
    const [endpoint] = Object.entries(await workspace.resources()).flatMap(([key, values]) =>
      key.startsWith('aws_lb.') ? [values['dns_name']] : [],
    );

    expect(await secretOf('Looker')).toMatchObject({ host: endpoint, username: 'looker', dbname: 'shop' });
    expect(await secretOf('Freight')).toMatchObject({ host: endpoint, username: 'freight', dbname: 'shop' });
  });

  it('grants tables that are made later where the example says so', async () => {
    await postgresql.as(MANAGER, 'shop', 'CREATE TABLE sales.returns (id int)');

    expect(await tried('Looker', 'SELECT id FROM sales.returns')).toEqual([[]]);
    expect(await tried('Freight', 'SELECT id FROM sales.returns')).toEqual([
      expect.stringMatching(/permission denied/),
    ]);
  });

  it('leaves no login behind when it is destroyed', async () => {
    await workspace.destroy();

    const roles = await postgresql.admin(
      'postgres',
      `SELECT rolname FROM pg_roles WHERE rolname ~ '^(looker|freight)'`,
    );
    expect(roles).toEqual([]);
  });
};

describeWithBinaries(['postgres', 'initdb'], 'the example of integrations', () => {
  describeWithTools(['terraform', 'provider', 'emulator'], 'deployed', tests);
});
