import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveFunction, bundle, packagesIn } from './bundle';

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

/** The library with the dependencies that are packed with it, and the bundles. */
export async function artifacts(): Promise<Artifact[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'parts-'));
  try {
    const [command, targetSync, databaseUser] = await Promise.all([
      bundle(join(scratch, 'command.js')),
      archiveFunction('targetSync', join(scratch, 'target-sync.zip')),
      archiveFunction('databaseUser', join(scratch, 'database-user.zip')),
    ]);
    const library = Object.entries(lockedPackages()).filter(([, { inBundle }]) => inBundle);
    return [
      { name: 'library', parts: library.map(([location]) => location) },
      { name: 'command', parts: packagesIn(command) },
      { name: 'target-sync', parts: packagesIn(targetSync) },
      { name: 'database-user', parts: packagesIn(databaseUser) },
    ];
  } finally {
    rmSync(scratch, { recursive: true });
  }
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
    const direct = parts.filter((location) => location.lastIndexOf('node_modules/') === 0);
    const dependencies = Object.fromEntries(direct.map((location) => [nameOf(location), locked[location].version]));
    const project = { name: name === 'library' ? library : `${library}-${name}`, version, license, dependencies };
    // npm calls the project by its folder.
    const folder = join(scratch, project.name);
    mkdirSync(folder);
    const entries = parts.map((location) => [location, withoutOthers(location, locked[location], parts)]);
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
function withoutOthers(location: string, locked: LockedPackage, parts: readonly string[]): LockedPackage {
  const { version, license, integrity, dependencies = {} } = locked;
  const needed = Object.entries(dependencies).filter(([name]) =>
    enclosing(location).some((folder) => parts.includes(`${folder}node_modules/${name}`)),
  );
  return { version, license, integrity, dependencies: Object.fromEntries(needed) };
}

/** The folders in which Node.js looks for a package's dependencies: `node_modules/a/`, then the project's. */
function enclosing(location: string): string[] {
  const folders = [...location.matchAll(/node_modules\//g)].map(({ index }) => location.slice(0, index));
  return [`${location}/`, ...folders.reverse()];
}

function nameOf(location: string): string {
  return location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function lockedPackages(): { readonly [location: string]: LockedPackage } {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
}
