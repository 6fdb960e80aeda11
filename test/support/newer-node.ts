import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const cache = join(__dirname, '../../node_modules/.cache/node');

/** The folder of a Node.js that is at least as new as the oldest one for CDK Terrain; it comes as an npm package. */
export function newerNode(): string {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const bin = join(cache, 'node-22', 'node_modules', name, 'bin');
  if (!existsSync(bin)) {
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', join(cache, 'node-22'), `${name}@22`];
    const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }
  return bin;
}
