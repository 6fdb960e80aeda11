import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { archiveTargetSync, bundle } from './bundle';

const root = join(__dirname, '..');

/** What is published with the code of other packages in it. */
export interface Artifact {
  readonly name: string;
  /** Those packages, by their places in `package-lock.json`. */
  readonly parts: readonly string[];
}

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly dependencies?: { readonly [name: string]: string };
}

/** The library with the dependencies that are packed with it, and the two bundles. */
export async function artifacts(): Promise<Artifact[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'parts-'));
  try {
    const [command, targetSync] = await Promise.all([
      bundle(join(scratch, 'command.js')),
      archiveTargetSync(join(scratch, 'target-sync.zip')),
    ]);
    const library = Object.entries(lockedPackages()).filter(([, { inBundle }]) => inBundle);
    return [
      { name: 'library', parts: library.map(([place]) => place) },
      { name: 'command', parts: partsOf(command) },
      { name: 'target-sync', parts: partsOf(targetSync) },
    ];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The packages whose files esbuild has read. */
function partsOf({ inputs }: Metafile): string[] {
  const places = Object.keys(inputs).flatMap(
    (file) => /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  return [...new Set(places)].sort();
}

/**
 * Runs npm in a project that consists of an artifact's parts and nothing else, in the versions that are locked here:
 * npm's own commands then speak of what is published, and not of what it was built with.
 */
export function npmOf({ name, parts }: Artifact, args: readonly string[]) {
  const scratch = mkdtempSync(join(tmpdir(), 'parts-'));
  try {
    const { name: library, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const locked = lockedPackages();
    const direct = parts.filter((place) => place.lastIndexOf('node_modules/') === 0);
    const dependencies = Object.fromEntries(direct.map((place) => [nameOf(place), locked[place].version]));
    const project = { name: name === 'library' ? library : `${library}-${name}`, version, license, dependencies };
    // npm calls the project by its folder.
    const folder = join(scratch, project.name);
    mkdirSync(folder);
    const entries = parts.map((place) => [place, withoutOthers(place, locked[place], parts)]);
    const packages = { '': project, ...Object.fromEntries(entries) };
    const lock = { ...project, dependencies: undefined, lockfileVersion: 3, requires: true, packages };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    return spawnSync('npm', [...args, '--package-lock-only'], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** A package as it is locked, needing only what went into the artifact with it. */
function withoutOthers(place: string, locked: LockedPackage, parts: readonly string[]): LockedPackage {
  const { version, license, integrity, dependencies = {} } = locked;
  const needed = Object.entries(dependencies).filter(([name]) =>
    enclosing(place).some((folder) => parts.includes(`${folder}node_modules/${name}`)),
  );
  return { version, license, integrity, dependencies: Object.fromEntries(needed) };
}

/** The folders in which Node.js looks for a package's dependencies: `node_modules/a/`, then the project's. */
function enclosing(place: string): string[] {
  const folders = [...place.matchAll(/node_modules\//g)].map(({ index }) => place.slice(0, index));
  return [`${place}/`, ...folders.reverse()];
}

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function lockedPackages(): { readonly [place: string]: LockedPackage } {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
}
