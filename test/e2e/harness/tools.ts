import { spawnSync } from 'node:child_process';
import { findProvider } from './provider-binary';

/** What a test may need from the machine. */
export type ToolName = 'terraform' | 'provider' | 'emulator';

/** One tool: its path where it was found, and a line for the reader either way. */
export interface Finding {
  readonly path?: string;
  /** The filesystem mirror that holds the provider. */
  readonly mirror?: string;
  readonly text: string;
}

export type Tools = Readonly<Record<ToolName, Finding>>;

/** Looks once in a run: the global setup leaves the answer in the environment of the test processes. */
export function findTools(): Tools {
  const known = process.env['E2E_TOOLS'];
  if (known) return JSON.parse(known);
  const terraform = findTerraform();
  const provider = terraform.path ? findProvider(terraform.path) : { text: 'no AWS provider: it needs terraform' };
  const tools = { terraform, provider, emulator: findEmulator() };
  process.env['E2E_TOOLS'] = JSON.stringify(tools);
  return tools;
}

/** The line that says what was found. */
export function describeTools(tools: Tools): string {
  return `e2e tools: ${Object.values(tools)
    .map(({ text }) => text)
    .join(' · ')}`;
}

/** The path of a tool that the test has declared it needs. */
export function requireTool(name: ToolName): string {
  const { path, text } = findTools()[name];
  if (!path) throw new Error(text);
  return path;
}

function findTerraform(): Finding {
  const path = process.env['TERRAFORM'] || 'terraform';
  const { status, stdout } = spawnSync(path, ['version', '-json'], {
    encoding: 'utf8',
    env: { ...process.env, TF_CLI_CONFIG_FILE: '', CHECKPOINT_DISABLE: '1' },
  });
  if (status !== 0) return { text: `no terraform: '${path}' does not run; put it on PATH or set TERRAFORM` };
  return { path, text: `terraform ${JSON.parse(stdout).terraform_version}` };
}

function findEmulator(): Finding {
  const path = process.env['PYTHON'] || 'python3';
  const question = 'import importlib.metadata as m; m.version("flask"); print(m.version("moto"))';
  const { status, stdout } = spawnSync(path, ['-c', question], { encoding: 'utf8' });
  if (status !== 0) return { text: `no emulator: ${path} has no moto; run pip install 'moto[server]'` };
  return { path, text: `moto ${stdout.trim()}` };
}
