import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { freePort } from '../../../cli/support/test-server';
import { PATIENCE_MS } from '../../../support/patience';
import { GuardedProcess } from '../../harness/guarded-process';
import { type ServerFolder, withoutRights } from './server-folder';

/** A server of the machine, on a port of its own on loopback. */
export interface RealServer {
  readonly port: number;
  readonly stop: () => Promise<void>;
  /** What it has said so far: most servers log there. */
  readonly output?: () => string;
}

export interface ServerOptions {
  readonly args: (port: number) => readonly string[];
  /** What the server says when it is ready, where taking connections is not enough. */
  readonly ready?: RegExp;
  /** What ends it at once and in order. */
  readonly signal?: NodeJS.Signals;
  /** What its environment holds besides. */
  readonly environment?: (port: number) => NodeJS.ProcessEnv;
  /** Where on loopback it listens. */
  readonly address?: string;
}

/** Starts a program and waits until it takes connections. */
export async function startServer(
  folder: ServerFolder,
  program: string,
  { args, ready, signal = 'SIGTERM', address = '127.0.0.1', environment: more }: ServerOptions,
): Promise<RealServer> {
  const port = await freePort();
  const [command, all] = withoutRights(program, ...args(port));
  const server = new GuardedProcess(command, all, {
    folder: folder.path,
    environment: { ...environment(folder), ...more?.(port) },
  });
  let hasEnded = false;
  server.ended.then(() => {
    hasEnded = true;
  });
  for (const start = Date.now(); !(await takesConnections(port, address)); ) {
    if (hasEnded || Date.now() - start > PATIENCE_MS) {
      await server.kill();
      throw new Error(`${program} does not start:\n${server.stdout}${server.stderr}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (ready) await server.waitFor(ready);
  return {
    port,
    output: () => `${server.stdout}${server.stderr}`,
    stop: async () => {
      server.signal(signal);
      const late = setTimeout(() => server.kill(), PATIENCE_MS);
      await server.ended;
      clearTimeout(late);
    },
  };
}

/** Runs a program to its end. */
export function runProgram(folder: ServerFolder, program: string, ...args: readonly string[]): void {
  const [command, all] = withoutRights(program, ...args);
  const { status, stdout, stderr, error } = spawnSync(command, all, {
    cwd: folder.path,
    env: environment(folder),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${program} failed: ${error ?? ''}\n${stdout}${stderr}`);
}

/** Nothing of the user's own settings. */
function environment(folder: ServerFolder): NodeJS.ProcessEnv {
  return { PATH: `${process.env['PATH']}:/usr/sbin`, HOME: folder.path, LC_ALL: 'C.UTF-8' };
}

function takesConnections(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
