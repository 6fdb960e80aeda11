import { printable } from '../../lib/rules/printable';
import type { Terminal } from '../terminal';
import type { UserFunction } from './function-name';
import type { Invoke } from './invoke';
import { problemOf } from './problem';
import { readDescription } from './read-description';
import type { Asked } from './user-report';

/** Each holds a connection of the admin: a few at a time. */
const AT_ONCE = 4;

/** Asks the functions what their logins can really do, and tells it in the same order. */
export async function describeUsers(functions: readonly UserFunction[], terminal: Terminal): Promise<readonly Asked[]> {
  // The SDK is needed for nothing else, and takes longer to load than everything else together.
  const { invoke } = await import('./invoke');
  const asked: Asked[] = [];
  const waiting = functions.entries();
  let done = 0;
  const work = async () => {
    for (const [at, each] of waiting) {
      terminal.progress?.(`${done} of ${functions.length} described: ${printable(each.name)}`);
      asked[at] = await ask(each, invoke);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  terminal.progress?.('');
  return asked;
}

async function ask(asked: UserFunction, invoke: Invoke): Promise<Asked> {
  try {
    return { function: asked.name, description: readDescription(await invoke(asked)) };
  } catch (error) {
    return { function: asked.name, ...problemOf(error, asked) };
  }
}
