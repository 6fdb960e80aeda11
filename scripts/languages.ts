import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * Generates the code of the other languages from the jsii assembly of the last build and compiles Python's, which
 * needs nothing but Python: a name that is a keyword there is seen before a release.
 */
const root = join(__dirname, '..');
const GENERATED = {
  python: 'src/cdktf_database_endpoint/__init__.py',
  java: 'src/main/java/io/github/cdktfdatabaseendpoint/DatabaseEndpoint.java',
  dotnet: 'CdktfDatabaseEndpoint/CdktfDatabaseEndpoint/DatabaseEndpoint.cs',
  go: 'databaseendpoint/DatabaseEndpoint.go',
};

function run(command: string, ...args: string[]): void {
  const environment = {
    ...process.env,
    // It packs the library, which would build it once more.
    npm_config_ignore_scripts: 'true',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
  };
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8', env: environment });
  if (status !== 0) throw new Error(`${command} failed: ${error ?? ''}\n${stdout}${stderr}`);
}

const out = mkdtempSync(join(tmpdir(), 'languages-'));
try {
  const targets = Object.keys(GENERATED).flatMap((target) => ['--target', target]);
  run(
    process.execPath,
    require.resolve('jsii-pacmak/bin/jsii-pacmak'),
    '--code-only',
    ...targets,
    '--outdir',
    out,
    root,
  );
  for (const [language, file] of Object.entries(GENERATED)) {
    const path = join(out, language, file);
    if (!existsSync(path))
      throw new Error(`${language}: there is no ${file} among ${readdirSync(join(out, language))}`);
  }
  run(process.env['PYTHON'] || 'python3', '-m', 'compileall', '-q', join(out, 'python', 'src'));
  console.log(`generated: ${Object.keys(GENERATED).join(', ')}; compiled: python`);
} finally {
  rmSync(out, { recursive: true, force: true });
}
