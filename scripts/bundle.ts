import { appendFileSync, chmodSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '..');

/** Bundles the command into one file that needs nothing but Node.js. */
export async function bundle(outfile: string): Promise<void> {
  rmSync(outfile, { force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
    metafile: true,
    logLevel: 'warning',
  });
  const packages = Object.keys(metafile.inputs).flatMap(
    (file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  appendFileSync(outfile, [...new Set(packages)].sort().map(license).join(''));
  chmodSync(outfile, 0o755);
}

/** The license of what is bundled wants to be passed on with it. */
function license(name: string): string {
  const folder = join(root, 'node_modules', name);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `\n/*\n${name} ${version}\n\n${readFileSync(join(folder, 'LICENSE'), 'utf8').trim()}\n*/\n`;
}

if (require.main === module) {
  const outfile = join(root, 'dist', 'bin', 'database-endpoint.js');
  bundle(outfile).then(
    () => console.log(relative(process.cwd(), outfile)),
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
