import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { CODE_FILES } from '../lib/assets';
import { archiveFunction } from '../scripts/bundle';

/*
 * How large the target-sync function is, and how long its import takes in a process of its own: what a cold start
 * adds to that of Node.js itself. Other work on the machine lengthens the time; the processor time it leaves alone, so
 * that is what is judged.
 */

const RUNS = 31;
const LIMITS = { kilobytes: 300, milliseconds: 150 };

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'target-sync-'));
  try {
    await archiveFunction('targetSync', CODE_FILES.targetSync);
    const file = join(folder, 'index.js');
    writeFileSync(file, unzipSync(readFileSync(CODE_FILES.targetSync))['index.js']);
    const kilobytes = statSync(file).size / 1024;
    const imports = Array.from({ length: RUNS }, () => timeImport(file));
    const time = median(imports.map(({ wall }) => wall));
    const processor = median(imports.map(({ cpu }) => cpu));
    console.log(
      `bundle: ${kilobytes.toFixed(0)} KB, zipped ${(statSync(CODE_FILES.targetSync).size / 1024).toFixed(0)} KB`,
    );
    console.log(
      `import on Node.js ${process.version}: ${time.toFixed(0)} ms, of the processor ${processor.toFixed(0)} ms ` +
        `(medians of ${RUNS} processes)`,
    );
    if (kilobytes > LIMITS.kilobytes || processor > LIMITS.milliseconds) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timeImport(file: string): { wall: number; cpu: number } {
  const script = `
    const [begin, cpu] = [performance.now(), process.cpuUsage()];
    require(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ wall: performance.now() - begin, cpu: (user + system) / 1000 }));`;
  const { stdout } = spawnSync(process.execPath, ['--no-warnings', '-e', script], { encoding: 'utf8', env: {} });
  return JSON.parse(stdout);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

main();
