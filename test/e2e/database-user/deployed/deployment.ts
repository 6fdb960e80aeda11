import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AdminSecret,
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  DatabaseUser,
  type DatabaseUserProps,
  Grant,
  UserAuth,
} from 'cdktf-database-endpoint';
import type { Login } from '../../../../lambda/database-user/secret-value';
import { createClient, type Secrets, secretsOf } from '../../../../lambda/database-user/secrets';
import { CODE_FILES } from '../../../../lib/assets';
import type { DeclaredUser } from '../../../../lib/users/contract';
import { rememberDescriptions } from '../../fixtures/emulator-lies';
import { LambdaFront } from '../../fixtures/functions/lambda-front';
import { createSite, type Site } from '../../fixtures/site';
import { type Lab, type Plan, synthesize, useLab, type Workspace } from '../../harness';
import type { ResourceValues } from '../../harness/plan';
import { Terraform } from '../../harness/terraform';
import { ADMIN, ADMIN_PASSWORD, CA, MariadbStage } from '../mariadb-stage';
import { AUTHORITY, MANAGER, PASSWORD, Stage } from '../postgresql/stage';
import { filesIn, type Places, whatWentThrough } from './password-search';

/** The servers' own names, which only the DNS of the VPC has. */
const ORDERS = 'orders.abc123def456.us-east-1.rds.amazonaws.com';
const BILLING = 'billing.db.example.com';

export type UserId = 'Looker' | 'Etl' | 'Signed' | 'Billing';

/** What differs from one version of the stack to the next. */
export type Version = Pick<DatabaseUserProps, 'grants' | 'futureTables'>;

/** What the secret of a user says. */
export interface SecretText extends Login {
  readonly engine: string;
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly url: string;
  readonly sslmode: string;
  readonly ca?: string;
  readonly ca_url?: string;
}

/** Users of two real servers, deployed with Terraform to the emulator, whose functions really run. */
export class Deployment {
  public readonly workspace: Workspace;
  /** Folders that the versions were synthesized to. */
  public readonly synthesized: string[] = [];
  /** What the workspace's files have said until now. */
  public readonly kept: Record<string, string> = {};
  private readonly secrets: Secrets;
  private traced = '';
  /** The state as it was last read: each reading takes seconds. */
  private shown?: Promise<ResourceValues>;

  private constructor(
    public readonly lab: Lab,
    public readonly front: LambdaFront,
    public readonly postgresql: Stage,
    public readonly mariadb: MariadbStage,
    /** The database on PostgreSQL, and the user `looker` of it. */
    public readonly shop: DeclaredUser,
    private readonly site: Site,
    private readonly admins: { readonly orders: string; readonly billing: string },
    first: Version,
  ) {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    this.secrets = secretsOf(createClient({ region: 'us-east-1', endpoint: lab.emulator.url, credentials }));
    this.workspace = lab.workspace(this.synthesize(first));
  }

  public static async start(lab: Lab, front: LambdaFront, first: Version): Promise<Deployment> {
    const mariadb = new MariadbStage();
    const [postgresql, site] = await Promise.all([
      Stage.start(['localhost', ORDERS]),
      createSite(lab.emulator),
      mariadb.start(['localhost', BILLING]),
    ]);
    const shop = await postgresql.shop({ userName: 'looker' });
    await postgresql.admin('postgres', `CREATE ROLE rds_iam; GRANT rds_iam TO ${MANAGER} WITH ADMIN OPTION`);
    const admins = {
      orders: await createSecret(lab, 'rds!db-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9', {
        username: MANAGER,
        password: PASSWORD,
      }),
      billing: await createSecret(lab, 'billing-admin', { username: ADMIN, password: ADMIN_PASSWORD }),
    };
    return new Deployment(lab, front, postgresql, mariadb, shop, site, admins, first);
  }

  /** Applies what is configured, and has the emulator remember what it forgets. */
  public async apply(): Promise<void> {
    await this.workspace.apply();
    await rememberDescriptions(this.lab.emulator, this.workspace);
    this.keep('after the apply');
  }

  /** Plans, and keeps the plan and the state that it is made from. */
  public async plan(when: string): Promise<Plan> {
    const plan = await this.workspace.plan();
    this.keep(when);
    return plan;
  }

  /** Applies a plan, or fails to, and keeps what that leaves. */
  public async applyPlan(plan: Plan, when: string): Promise<void> {
    await this.workspace.applyPlan(plan).finally(() => this.keep(when));
  }

  /** Applies with a provider of its own, and has both log all that they do, calls of AWS included. */
  public async applyTraced(when: string): Promise<void> {
    const environment = this.lab.environment({ ownProvider: true });
    const trace = { TF_LOG: 'TRACE', TF_LOG_PATH: 'terraform.log' };
    const terraform = new Terraform(this.workspace.folder, { ...environment, ...trace });
    await terraform.run('init', '-no-color');
    await terraform.run('apply', '-auto-approve', '-no-color', '-parallelism=60');
    this.traced += terraform.output;
    this.keep(when);
  }

  /** All that the deployment has left, until now. */
  public places(): Places {
    const { workspace, front, synthesized, kept, postgresql } = this;
    return {
      ...kept,
      ...prefixed('at the end', filesIn(workspace.folder)),
      ...Object.assign({}, ...synthesized.map((folder, i) => prefixed(`synthesized ${i}`, filesIn(folder)))),
      'what Terraform said': workspace.output + this.traced,
      ...whatWentThrough(front),
      'log of PostgreSQL': postgresql.log,
    };
  }

  public configure(version: Version): void {
    this.workspace.configure(this.synthesize(version));
  }

  public async resource(construct: string, type: string): Promise<Readonly<Record<string, string>>> {
    this.shown ??= this.workspace.resources();
    const found = Object.entries(await this.shown).find(([key]) =>
      new RegExp(`^${type}\\.${construct}_[0-9A-F]{8}$`).test(key),
    );
    return found?.[1] as Readonly<Record<string, string>>;
  }

  /** What clients of a user are told now. */
  public async secret(id: UserId): Promise<SecretText> {
    return this.read(await this.secretArn(id));
  }

  public async secretArn(id: UserId): Promise<string> {
    return (await this.resource(`${id}_Secret`, 'aws_secretsmanager_secret'))['arn'];
  }

  public async read(secretArn: string): Promise<SecretText> {
    const current = await this.secrets.get(secretArn, { stage: 'AWSCURRENT' });
    return JSON.parse(current?.text ?? '{}');
  }

  public readonly functionName = async (id: UserId): Promise<string> =>
    (await this.resource(`${id}_Function`, 'aws_lambda_function'))['function_name'];

  /** Rotates as somebody would who asks for it, and waits for the end; why steps failed. */
  public async rotate(secretArn: string): Promise<readonly string[]> {
    const { failures } = this.front.rotation;
    const before = failures.length;
    await callSecretsManager(this.front.url, 'RotateSecret', { SecretId: secretArn });
    await this.front.rotation.settled();
    return failures.slice(before);
  }

  public async stop(): Promise<void> {
    await Promise.all([this.postgresql.stop(), this.mariadb.stop()]);
  }

  private keep(when: string): void {
    this.shown = undefined;
    const files = Object.entries(filesIn(this.workspace.folder)).filter(([path]) => /^plan$|tfstate/.test(path));
    Object.assign(this.kept, prefixed(when, Object.fromEntries(files)));
  }

  private synthesize(version: Version): string {
    const { site, postgresql, mariadb, admins, shop } = this;
    const [group, other] = site.databaseGroupIds;
    const folder = synthesize('prod', (scope) => {
      const common = {
        vpcId: site.vpcId,
        subnetIds: [...site.subnetIds],
        allow: [AllowedSource.cidr('203.0.113.7/32')],
        deletionProtection: false,
      };
      const orders = new DatabaseEndpoint(scope, 'Orders', {
        ...common,
        engine: DatabaseEngine.POSTGRESQL,
        port: postgresql.port,
        target: DatabaseTarget.ipAddresses(['10.20.0.11'], {
          port: postgresql.port,
          securityGroupId: group,
          certificateName: ORDERS,
        }),
      });
      const billing = new DatabaseEndpoint(scope, 'Invoices', {
        ...common,
        engine: DatabaseEngine.MARIADB,
        port: mariadb.port,
        target: DatabaseTarget.ipAddresses(['10.20.0.12'], {
          port: mariadb.port,
          securityGroupId: other,
          certificateName: BILLING,
        }),
      });
      const network = { subnetIds: [...site.subnetIds] };
      const ofOrders = {
        endpoint: orders,
        admin: AdminSecret.rdsManaged(admins.orders),
        database: shop.database,
        network,
      };
      new DatabaseUser(scope, 'Looker', { ...ofOrders, ...version, rotateEveryDays: 30 });
      new DatabaseUser(scope, 'Etl', {
        ...ofOrders,
        grants: [
          Grant.read({ schema: 'sales' }),
          Grant.custom({ privileges: ['TRUNCATE'], on: { schema: 'sales', tables: ['customers'] } }),
          Grant.custom({ privileges: ['CREATE'], on: { schema: 'back' } }),
        ],
        futureTables: true,
        secret: { recoveryWindowDays: 0 },
      });
      new DatabaseUser(scope, 'Signed', {
        ...ofOrders,
        grants: [Grant.read({ schema: 'sales' })],
        auth: UserAuth.iam(),
      });
      new DatabaseUser(scope, 'Billing', {
        ...{ endpoint: billing, admin: AdminSecret.fromArn(admins.billing), database: 'or_ders', network },
        grants: [Grant.readWrite({ schema: 'or_ders', tables: ['invoices'] }), Grant.read({ schema: 'other' })],
        rotateEveryDays: 30,
        server: { certificateAuthorities: CA.certificate },
      });
    });
    withAbsoluteCode(folder);
    this.synthesized.push(folder);
    return folder;
  }
}

/** Starts a deployment before the tests of the present `describe`, and stops it after them. */
export function useDeployment(first: Version): () => Deployment {
  let deployment: Deployment | undefined;
  let front: LambdaFront | undefined;
  // Before that of the lab, which ends whatever still runs.
  afterAll(() => Promise.all([deployment?.stop(), front?.stop()]));
  const lab = useLab({
    emulator: true,
    front: async (emulator) => {
      front = await LambdaFront.start(emulator, {
        addresses: { [ORDERS]: '127.0.0.1', [BILLING]: '127.0.0.1' },
        certificateAuthorities: AUTHORITY.certificate,
      });
      return front.url;
    },
  });
  beforeAll(async () => {
    if (front) deployment = await Deployment.start(lab(), front, first);
  });
  return () => {
    if (!deployment) throw new Error('The deployment is there only inside of tests and hooks');
    return deployment;
  };
}

/** Lets the code be found by a provider that runs elsewhere, which saves a third of the time of each command. */
function withAbsoluteCode(folder: string): void {
  const file = join(folder, 'cdk.tf.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(/"filename": "assets[^"]*"/g, `"filename": ${JSON.stringify(CODE_FILES.databaseUser)}`),
  );
}

function prefixed(prefix: string, places: Places): Places {
  return Object.fromEntries(Object.entries(places).map(([place, text]) => [`${prefix}: ${place}`, text]));
}

export async function createSecret({ emulator }: Lab, name: string, login: Login): Promise<string> {
  const parameters = { Name: name, SecretString: JSON.stringify(login) };
  return JSON.parse(await callSecretsManager(emulator.url, 'CreateSecret', parameters)).ARN;
}

export async function callSecretsManager(url: string, action: string, parameters: object): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/secretsmanager/aws4_request',
      'x-amz-target': `secretsmanager.${action}`,
      'content-type': 'application/x-amz-json-1.1',
    },
    body: JSON.stringify(parameters),
  });
  return response.text();
}
