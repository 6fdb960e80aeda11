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
import { build, type Metafile, type Plugin } from 'esbuild';
import { strToU8, zipSync } from 'fflate';
import { bundlePage } from '../cli/exposure/page/bundle-page';
import { bundleDatabaseUser } from '../lambda/database-user/bundle';
import { bundleTargetSync } from '../lambda/target-sync/bundle';
import { CODE_FILES } from '../lib/assets';

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
    // Of the ES modules of the SDK, what is not used can be left out.
    mainFields: ['module', 'main'],
    banner: { js: '#!/usr/bin/env node' },
    metafile: true,
    logLevel: 'warning',
    plugins: [EMBEDDED_PAGE],
  });
  appendFileSync(outfile, `\n/*\n${licenses(metafile).join('\n*/\n\n/*\n')}\n*/\n`);
  chmodSync(outfile, 0o755);
  return metafile;
}

/** The command holds what the page of `exposure --format html` is made of as text. */
const EMBEDDED_PAGE: Plugin = {
  name: 'embedded-page',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]cli[\\/]exposure[\\/]page[\\/]bundle-page\.ts$/ }, () => ({
      contents: `const page = ${JSON.stringify(bundlePage())};\nexport const bundlePage = () => page;\n`,
    })),
};

/** The programs of functions: how each is bundled into one file. */
export const PROGRAMS = {
  targetSync: bundleTargetSync,
  databaseUser: bundleDatabaseUser,
} as const satisfies { readonly [program in keyof typeof CODE_FILES]: (file: string) => Promise<Metafile> };

/**
 * Puts a function into the ZIP archive that Lambda is given.
 *
 * The same sources make the same bytes, wherever and whenever: a difference would be an update of the function in
 * everybody's plan.
 *
 * @returns what went into it.
 */
export async function archiveFunction(program: keyof typeof PROGRAMS, outfile: string): Promise<Metafile> {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  try {
    const file = join(folder, 'index.js');
    const metafile = await PROGRAMS[program](file);
    const archive = zipSync(
      { 'index.js': readFileSync(file), 'LICENSES.txt': strToU8(`${licenses(metafile).join('\n\n\n')}\n`) },
      // The archive notes times without a zone, and Lambda requires files that everybody may read.
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

/** Where the packages are whose files esbuild has read: one package may be there in several versions. */
export function packagesIn({ inputs }: Metafile): string[] {
  const places = Object.keys(inputs).flatMap(
    (file) => /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  return [...new Set(places)].sort();
}

/** The licenses of what is bundled want to be passed on with it; the same text once for all whose it is. */
function licenses(metafile: Metafile): string[] {
  const byText = new Map<string, string[]>();
  for (const place of packagesIn(metafile)) {
    const { name, version, license } = JSON.parse(readFileSync(join(root, place, 'package.json'), 'utf8'));
    const text = licenseText(place) ?? `License: ${license}`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`]);
  }
  return [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
}

function licenseText(place: string): string | undefined {
  for (const file of ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'LICENCE', 'license']) {
    try {
      return readFileSync(join(root, place, file), 'utf8').trim();
    } catch {
      // Not every package has one, nor under one name.
    }
  }
  return undefined;
}

async function main(): Promise<void> {
  const programs = Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[];
  await Promise.all([
    bundle(COMMAND_FILE),
    ...programs.map((program) => archiveFunction(program, CODE_FILES[program])),
  ]);
  for (const file of [COMMAND_FILE, ...Object.values(CODE_FILES)]) console.log(relative(process.cwd(), file));
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
