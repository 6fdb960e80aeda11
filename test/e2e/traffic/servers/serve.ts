import { connect } from 'node:net';
import { PATIENCE_MS } from '../../../support/patience';
import { runProgram } from '../../check/servers/real-server';
import { ServerFolder, withoutRights } from '../../check/servers/server-folder';
import { GuardedProcess } from '../../harness/guarded-process';

/** Where a server listens: a private address, as in a VPC. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

export interface Start {
  readonly place: Place;
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** For a server that logs its users in as themselves. */
  readonly needsRights?: boolean;
}

/** A folder for one server; the end of the run's own namespaces ends the server, and this its files. */
export function folderFor(name: string): ServerFolder {
  const folder = new ServerFolder(name);
  folders.push(folder);
  return folder;
}

const folders: ServerFolder[] = [];

export function removeFolders(): void {
  for (const folder of folders.splice(0)) folder.remove();
}

/** Starts a server, as a user without rights unless it needs them, and waits until it takes connections. */
export async function serve(
  folder: ServerFolder,
  { place, program, args, environment, needsRights }: Start,
): Promise<GuardedProcess> {
  const [command, all] = needsRights ? [program, args] : withoutRights(program, ...args);
  const server = new GuardedProcess(command, all, {
    folder: folder.path,
    environment: { PATH: `${process.env['PATH']}:/usr/sbin`, HOME: folder.path, LC_ALL: 'C.UTF-8', ...environment },
  });
  let hasEnded = false;
  server.ended.then(() => {
    hasEnded = true;
  });
  for (const start = Date.now(); !(await takesConnections(place)); ) {
    if (hasEnded || Date.now() - start > PATIENCE_MS) {
      await server.kill();
      throw new Error(`${program} does not start:\n${server.stdout}${server.stderr}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return server;
}

export { runProgram };

function takesConnections({ address, port }: Place): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
