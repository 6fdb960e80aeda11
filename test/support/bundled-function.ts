import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';

/** What a bundle asks for when it runs. */
export function requiredBy(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) =>
    name.replace('node:', ''),
  );
}

/** The same, without what Node brings along. */
export function foreignTo(required: readonly string[]): string[] {
  return required.filter((name) => !builtinModules.includes(name));
}

/** What loading a bundle ends with, in a process without any configuration: `stdout` names the handler's type. */
export function loadHandler(file: string): { status: number | null; stdout: string; stderr: string } {
  const script = `console.log(typeof require(${JSON.stringify(file)}).handler)`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', '-e', script], {
    encoding: 'utf8',
    env: {},
  });
  return { status, stdout: stdout.trim(), stderr };
}
