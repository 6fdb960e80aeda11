import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { AllowlistFile, DatabaseEndpoint, DatabaseEngine, DatabaseTarget } from '../lib';
import { EXPOSURE_FILE, LOCATIONS_FILE } from '../lib/exposure/exposure-format';
import { fenced, withBlock } from './blocks';

const document = join(__dirname, '..', 'docs', 'allowlists.md');

/** What synthesis writes for the allowlist of docs/allowlists.md, block by block of that document. */
export function exposureSamples(text = readFileSync(document, 'utf8')): { readonly [block: string]: string } {
  const start = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'exposure-sample-'));
  try {
    process.chdir(folder);
    writeFileSync('allowlist.yaml', /```yaml\n(# allowlist\.yaml\n[\s\S]*?)```/.exec(text)![1]);
    writeFileSync('offices.yaml', 'entries:\n  - { cidr: 192.0.2.7, description: Office }\n');
    const stack = new TerraformStack(Testing.app(), 'prod');
    new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
    new DatabaseEndpoint(stack, 'Orders', {
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
      engine: DatabaseEngine.POSTGRESQL,
      target: DatabaseTarget.rdsInstance({
        identifier: 'orders',
        address: 'orders.abc123.eu-central-1.rds.amazonaws.com',
        securityGroupId: 'sg-0a1b2c3d4e5f60733',
        vpcCidrBlocks: ['10.0.0.0/16'],
      }),
      allow: AllowlistFile.read('allowlist.yaml'),
      domain: { name: 'orders.db.example.com' },
      allowlist: { asOf: '2027-01-01' },
    });
    const outdir = Testing.fullSynth(stack);
    const written = (file: string) => readFileSync(join(outdir, 'stacks', 'prod', file), 'utf8').trimEnd();
    return { exposure: written(EXPOSURE_FILE), locations: written(LOCATIONS_FILE) };
  } finally {
    process.chdir(start);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The document with these blocks in it. */
export function withSamples(text: string, samples: { readonly [block: string]: string }): string {
  return Object.entries(samples).reduce(
    (filled, [block, sample]) => withBlock(filled, block, fenced('json', sample)),
    text,
  );
}

if (require.main === module) {
  const text = readFileSync(document, 'utf8');
  writeFileSync(document, withSamples(text, exposureSamples(text)));
}
