import type { ClientRecipe } from '../../../lib';
import type { TerminalOutcome } from '../guide/terminal';
import { CONVERSATIONS, type Conversation } from './conversations';
import { ENDPOINTS } from './endpoints';
import { nameOf } from './names';
import { USER } from './servers/sql';
import type { Stage } from './stage';
import { runInTerminal } from './terminal';

/** The clients that a guide names and that a person can run; the rest of the guide is for programs. */
export function recipesOf({ guides }: Stage, id: string): readonly ClientRecipe[] {
  const { engine, clients } = guides[id];
  return clients.filter(({ client }) => CONVERSATIONS[engine]?.[client]);
}

export function conversationOf(id: string, client: string): Conversation {
  const engine = ENDPOINTS.find((each) => each.id === id)?.engine.name ?? '';
  return CONVERSATIONS[engine][client];
}

/** Does what a guide says: runs the command, or stunnel and then the client behind it. */
export async function follow(stage: Stage, id: string, recipe: ClientRecipe): Promise<TerminalOutcome> {
  const { looker } = stage;
  const command = await fillIn(stage, id, recipe.command);
  const { typed } = conversationOf(id, recipe.client);
  if (recipe.client !== 'stunnel') return runInTerminal(looker, command, typed);
  const stunnel = looker.start(command);
  try {
    await stunnel.waitFor(/Configuration successful/);
    const named = /`(.*)`/.exec(recipe.note ?? '')?.[1];
    return await runInTerminal(looker, named ?? PLAIN_CLIENTS[stage.guides[id].engine](stage), typed);
  } finally {
    await stunnel.kill();
  }
}

/** Whether the client got through to the server and back. */
export function works(id: string, { client }: ClientRecipe, { exitCode, screen }: TerminalOutcome): boolean {
  return exitCode === 0 && conversationOf(id, client).shows.test(screen);
}

/** For the guides that say only "connect without TLS". */
const PLAIN_CLIENTS: Readonly<Record<string, (stage: Stage) => string>> = {
  postgresql: () => `psql 'postgresql://${USER}@127.0.0.1:5432/postgres?sslmode=disable'`,
  mariadb: () => `mariadb --host=127.0.0.1 --port=3306 --user=${USER} -p --skip-ssl orders`,
  sftp: ({ sftpUser }) => `sftp -o HostKeyAlias=${nameOf('sftp-passthrough')} -P 22 ${sftpUser}@127.0.0.1`,
};

/** Puts in what only the reader knows. */
async function fillIn(stage: Stage, id: string, command: string): Promise<string> {
  const { engine } = stage.guides[id];
  let text = command
    .replace(/\bUSER\b/g, engine === 'sftp' ? stage.sftpUser : USER)
    .replace(/\bDATABASE\b/g, engine === 'mariadb' ? 'orders' : 'postgres');
  if (text.includes('ENDPOINT_ADDRESS')) {
    const { screen } = await runInTerminal(stage.looker, `getent ahostsv4 ${nameOf(id)}`);
    text = text.replace('ENDPOINT_ADDRESS', screen.split(/\s/)[0]);
  }
  return text;
}
