import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { strToU8, zipSync } from 'fflate';
import { bundleTargetSync } from '../lambda/target-sync/bundle';
import { CODE_FILE } from '../lib/assets';

const root = join(__dirname, '..');
const COMMAND_FILE = join(root, 'dist', 'bin', 'database-endpoint.js');

/**
 * Bundles the command into one file that needs nothing but Node.js.
 *
 * @returns what went into it.
 */
export async function bundle(outfile: string): Promise<Metafile> {
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
  appendFileSync(outfile, `\n/*\n${licenses(metafile).join('\n*/\n\n/*\n')}\n*/\n`);
  chmodSync(outfile, 0o755);
  return metafile;
}

/**
 * Puts the target-sync function into the ZIP archive that Lambda is given.
 *
 * The same sources make the same bytes, wherever and whenever: a difference would be an update of the function in
 * everybody's plan.
 *
 * @returns what went into it.
 */
export async function archiveTargetSync(outfile: string): Promise<Metafile> {
  const folder = mkdtempSync(join(tmpdir(), 'target-sync-'));
  try {
    const file = join(folder, 'index.js');
    const metafile = await bundleTargetSync(file);
    const archive = zipSync(
      { 'index.js': readFileSync(file), 'LICENSES.txt': strToU8(`${licenses(metafile).join('\n\n\n')}\n`) },
      // The archive notes times without a zone, and Lambda wants files that everybody may read.
      { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 },
    );
    mkdirSync(dirname(outfile), { recursive: true });
    // Other processes may be reading it.
    writeFileSync(`${outfile}.${process.pid}`, archive);
    renameSync(`${outfile}.${process.pid}`, outfile);
    return metafile;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The licenses of what is bundled want to be passed on with it; the same text once for all whose it is. */
function licenses({ inputs }: Metafile): string[] {
  const packages = Object.keys(inputs).flatMap(
    (file) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  const byText = new Map<string, string[]>();
  for (const name of [...new Set(packages)].sort()) {
    const { version, license } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    const text = licenseText(name) ?? `License: ${license}`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`]);
  }
  return [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
}

function licenseText(name: string): string | undefined {
  for (const file of ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'LICENCE', 'license']) {
    try {
      return readFileSync(join(root, 'node_modules', name, file), 'utf8').trim();
    } catch {
      // Not every package has one, nor under one name.
    }
  }
  return undefined;
}

async function main(): Promise<void> {
  await Promise.all([bundle(COMMAND_FILE), archiveTargetSync(CODE_FILE)]);
  for (const file of [COMMAND_FILE, CODE_FILE]) console.log(relative(process.cwd(), file));
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
