import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { preProcessFile } from 'typescript';

const ROOT = join(__dirname, '..', '..');

/** TypeScript files of a folder of the repository, by their paths in it. None where the folder does not exist. */
export function sources(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.split(sep).includes('node_modules'))
    .map((file) => join(folder, file))
    .sort();
}

/** What a file imports, exports from or requires, be it for types alone: packages by name, files by path. */
export function importsOf(file: string): string[] {
  return importsIn(readFileSync(join(ROOT, file), 'utf8'), file);
}

function importsIn(text: string, file: string): string[] {
  return preProcessFile(text).importedFiles.map(({ fileName }) =>
    fileName.startsWith('.') ? resolved(join(dirname(join(ROOT, file)), fileName)) : fileName,
  );
}

/** What a file loads when it runs: what it imports for types only is left out. */
function loadedBy(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8').replace(/^(im|ex)port type [^;]*;$/gm, '');
  return importsIn(text, file);
}

/** Everything that is loaded when a file is, however far away: packages by name, files by path. */
export function closureOf(file: string): string[] {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    for (const imported of loadedBy(path)) {
      if (seen.has(imported)) continue;
      seen.add(imported);
      if (imported.endsWith('.ts')) visit(imported);
    }
  };
  visit(file);
  return [...seen].sort();
}

function resolved(path: string): string {
  const found = [path, `${path}.ts`, join(path, 'index.ts')].find(
    (file) => existsSync(file) && statSync(file).isFile(),
  );
  if (found === undefined) throw new Error(`no file for the import ${path}`);
  return relative(ROOT, found);
}
