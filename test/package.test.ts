import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CODE_FILE } from '../lib/assets';
import { devDependencies, peerDependencies } from '../package.json';
import { readmeBlock, shown } from '../scripts/readme';

const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'package-'));
const project = join(folder, 'project');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, npm_config_loglevel: 'error', TS_NODE_PROJECT: '', NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  return stdout;
}

/** Packs the library and installs it with its peers into an empty project, as a new user would. */
function installPacked(): string[] {
  run(root, 'npm', 'run', 'build');
  const packed = run(root, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  const [{ filename, files }] = JSON.parse(packed);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name":"empty","version":"1.0.0","private":true}');
  const peers = Object.keys(peerDependencies).map(
    (name) => `${name}@${devDependencies[name as keyof typeof peerDependencies]}`,
  );
  run(
    project,
    'npm',
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    join(folder, filename),
    ...peers,
    ...(['typescript', 'ts-node', '@types/node'] as const).map((name) => `${name}@${devDependencies[name]}`),
  );
  return files.map(({ path }: { path: string }) => path);
}

test('the README example, pasted into an empty project with the packed library and its peers, yields the JSON of the README', () => {
  const files = installPacked();
  writeFileSync(join(project, 'tsconfig.json'), readmeBlock('tsconfig'));
  writeFileSync(join(project, 'main.ts'), readmeBlock('example'));

  run(project, process.execPath, 'node_modules/ts-node/dist/bin.js', 'main.ts');

  expect(shown(join(project, 'cdktf.out', 'stacks', 'prod', 'cdk.tf.json'))).toBe(readmeBlock('json'));
  expect(files).toEqual(
    expect.arrayContaining([
      '.jsii',
      'dist/assets/target-sync.zip',
      'API.md',
      'LICENSE',
      'README.md',
      'dist/index.js',
      'dist/index.d.ts',
    ]),
  );
  expect(files.filter((path) => /^(lib|test|bench|examples|dist\/packages)\//.test(path))).toEqual([]);
  // Loaded in one piece, and a class is the same wherever it is imported from.
  expect(files.filter((path) => /^dist\/.*\.js$/.test(path)).sort()).toEqual([
    'dist/bin/database-endpoint.js',
    'dist/index.js',
  ]);

  // Other languages find by jsii's names what they ask for.
  const assembly = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8'));
  const types = Object.values<{ kind: string; name: string; fqn: string }>(assembly.types);
  const exported = require(root);
  expect(types.filter(({ kind, name }) => kind !== 'interface' && !(name in exported))).toEqual([]);
  for (const { name, fqn } of types.filter(({ kind }) => kind === 'class')) {
    expect(exported[name][Symbol.for('jsii.rtti')]).toMatchObject({ fqn });
  }

  // An ECMAScript module can import by name.
  const names = Object.keys(exported);
  const isNamed = `import { ${names.join(', ')} } from 'cdktf-database-endpoint';\nconsole.log(DatabaseEndpoint.name);`;
  writeFileSync(join(project, 'names.mjs'), isNamed);
  expect(run(project, process.execPath, 'names.mjs')).toBe('DatabaseEndpoint\n');

  // The function's code comes from the package as well.
  const named = readmeBlock('example').replace("ipAddresses(['10.0.20.5'],", "hostname('orders.example.com',");
  writeFileSync(join(project, 'main.ts'), named);
  run(project, process.execPath, 'node_modules/ts-node/dist/bin.js', 'main.ts');

  const stack = join(project, 'cdktf.out', 'stacks', 'prod');
  const { resource } = JSON.parse(readFileSync(join(stack, 'cdk.tf.json'), 'utf8'));
  const [lambda] = Object.values<{ filename: string }>(resource.aws_lambda_function);
  expect(readFileSync(join(stack, lambda.filename)).equals(readFileSync(CODE_FILE))).toBe(true);
}, 300_000);
