/*
 * Puts what jsii compiled into one file, dist/index.js: loading one file takes half the time of loading its 160
 * modules, which every synthesis pays. The peers stay outside, as do the bundled dependencies.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

const dist = join(__dirname, '..', 'dist');
const index = join(dist, 'index.js');

async function main(): Promise<void> {
  const names = Object.keys(require(index));
  await build({
    entryPoints: [index],
    outfile: index,
    allowOverwrite: true,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Node.js looks for this where an ECMAScript module imports names. It is never run.
    footer: { js: `0 && (module.exports = { ${names.join(', ')} });` },
    logLevel: 'warning',
  });
  for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const isPart = path.endsWith('.js') && path !== 'index.js' && !/^(assets|bin|packages)[\\/]/.test(path);
    // TypeScript would take what it noted there for proof that nothing needs to be compiled again.
    if (isPart || path === 'tsconfig.tsbuildinfo') rmSync(join(dist, path));
  }
  console.log(relative(process.cwd(), index));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
