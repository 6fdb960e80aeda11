import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AllowedSource } from '../lib/allowlist/allowed-source';
import { endpointProblems } from '../lib/endpoint/endpoint-rules';
import { resolveEndpoint } from '../lib/endpoint/resolve-endpoint';
import { DatabaseEngine } from '../lib/engine/database-engine';
import { describeProblem } from '../lib/rules/endpoint-error';
import { DatabaseTarget } from '../lib/targets/database-target';
import { fenced, withBlock } from './blocks';

const root = join(__dirname, '..');
const readme = join(root, 'README.md');

/** What stands between two markers of the README, without its code fence. */
export function readmeBlock(name: string): string {
  const found = new RegExp(`<!-- ${name}:begin -->\n\`\`\`\\w*\n([^]*?)\n?\`\`\`\n<!-- ${name}:end -->`).exec(
    readFileSync(readme, 'utf8'),
  );
  if (!found) throw new Error(`README.md has no block named ${name}`);
  return found[1];
}

/** The parts of a synthesized stack that the README shows: no metadata, no paths of the machine. */
export function shown(stackFile: string): string {
  const { resource, output } = JSON.parse(readFileSync(stackFile, 'utf8'), (key, value) =>
    key === '//' ? undefined : value,
  );
  return JSON.stringify({ output, resource }, undefined, 2);
}

function exampleJson(): string {
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  try {
    writeFileSync(join(folder, 'main.ts'), readmeBlock('example'));
    const { status, stderr } = spawnSync(
      process.execPath,
      ['-r', 'ts-node/register', '-r', 'tsconfig-paths/register', join(folder, 'main.ts')],
      {
        cwd: root,
        encoding: 'utf8',
        env: {
          ...process.env,
          TS_NODE_PROJECT: join(root, 'tsconfig.json'),
          NODE_PATH: join(root, 'node_modules'),
          CDKTF_OUTDIR: join(folder, 'out'),
        },
      },
    );
    if (status !== 0) throw new Error(stderr);
    return shown(join(folder, 'out', 'stacks', 'prod', 'cdk.tf.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What one outside tool gets in the example about it. */
export function integrationExample(): string {
  const text = readFileSync(join(root, 'examples/integration/main.ts'), 'utf8');
  const [found] = /^const shop = [\s\S]*?^const looker = [\s\S]*?^\}\);$/m.exec(text) ?? [];
  if (found === undefined) throw new Error('examples/integration has no integration named looker');
  return found;
}

function refusal(): string {
  const problems = endpointProblems(
    resolveEndpoint({
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
      engine: DatabaseEngine.POSTGRESQL,
      target: DatabaseTarget.ipAddresses(['10.0.20.5']),
      allow: [AllowedSource.cidr('1.1.1.1/1')],
    }),
  );
  return problems.map((problem) => `prod/Orders: ${describeProblem(problem)}`).join('\n');
}

if (require.main === module) {
  const text = readFileSync(readme, 'utf8');
  const blocks = [
    ['json', fenced('json', exampleJson())],
    ['refusal', fenced('', refusal())],
    ['integration', fenced('ts', integrationExample())],
  ] as const;
  writeFileSync(
    readme,
    blocks.reduce((page, [name, block]) => withBlock(page, name, block), text),
  );
}
