import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExitCode } from '../../../cli/exit-code';
import { run } from '../../../cli/program';

const folder = mkdtempSync(join(tmpdir(), 'allowlist-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `allowlist check` on a file with this text; what it prints names no folder. */
export async function check(content: string, ...options: string[]): Promise<{ exitCode: ExitCode; out: string }> {
  const file = join(folder, 'allowlist.yaml');
  writeFileSync(file, content);
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  const exitCode = await run(['allowlist', 'check', file, ...options], { out: write, err: write });
  return { exitCode, out: out.replaceAll(`${folder}/`, '') };
}
