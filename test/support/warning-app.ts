import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Two stacks; each of the three endpoints has one entry that has expired. */
const APP = `
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { AllowedSource, DatabaseEndpoint, DatabaseEngine, DatabaseTarget } from 'cdktf-database-endpoint';

const app = new App();
const endpoints: { [stack: string]: string[] } = { prod: ['Orders', 'Stock'], test: ['Orders'] };
for (const [name, ids] of Object.entries(endpoints)) {
  const stack = new TerraformStack(app, name);
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  for (const id of ids) {
    new DatabaseEndpoint(stack, id, {
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
      engine: DatabaseEngine.POSTGRESQL,
      target: DatabaseTarget.ipAddresses(['10.0.20.5']),
      allow: [
        AllowedSource.cidr('203.0.113.7/32', { description: 'Looker' }),
        AllowedSource.cidr('198.51.100.9/32', { description: 'Auditor', expires: '2020-01-31' }),
      ],
      acknowledge: ['PassthroughPlaintext'],
    });
  }
}
app.synth();
app.synth();
`;

/** The endpoints of that app. */
export const WARNED = ['prod/Orders', 'prod/Stock', 'test/Orders'];

/** An app that warns about each of its endpoints, in a folder of its own that the test removes. */
export class WarningApp {
  public readonly folder = mkdtempSync(join(tmpdir(), 'warnings-'));
  public readonly command: string;

  public constructor() {
    const main = join(this.folder, 'main.ts');
    writeFileSync(main, APP);
    this.command = `"${process.execPath}" -r ts-node/register -r tsconfig-paths/register "${main}"`;
  }

  public run(command = this.command, own: NodeJS.ProcessEnv = {}) {
    // Of a child of jest, jest's own mark has to be taken away.
    const { JEST_WORKER_ID: _, CDKTF_CONTEXT_JSON: __, ...environment } = process.env;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...environment,
        NODE_PATH: join(root, 'node_modules'),
        TS_NODE_PROJECT: join(root, 'tsconfig.json'),
        CDKTF_OUTDIR: join(this.folder, 'cdktf.out'),
        CHECKPOINT_DISABLE: '1',
        ...own,
      },
    });
    if (status !== 0) throw new Error(stdout + stderr);
    return { stdout, stderr };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The endpoints that the lines of warnings are about. */
export const warned = (text: string) => text.match(/(?<=WARN \[)[^\]]+(?=\]: allow\[1\].*\[EntryExpired\])/g) ?? [];
