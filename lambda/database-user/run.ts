import type { UserDescription } from '../../lib/users/description';
import { converge } from './converge';
import { describe } from './describe';
import type { Task } from './event';
import { exist } from './exist';
import { rotate } from './rotation/rotate';
import type { Surroundings } from './surroundings';

/** What an invocation is answered: nothing secret, as it ends up in Terraform's state. */
export interface Summary {
  readonly user: string;
  readonly changes: readonly string[];
  readonly publicPrivileges?: readonly string[];
}

/** Does what is asked for. What it answers or throws says no secret that the process has seen. */
export async function run(task: Task, surroundings: Surroundings): Promise<Summary | UserDescription> {
  const { user, secrecy } = surroundings;
  try {
    return secrecy.hideIn({ user: user.name, ...(await outcomeOf(task, surroundings)) });
  } catch (error) {
    throw secrecy.errorOf(error, user.name);
  }
}

async function outcomeOf(
  task: Task,
  surroundings: Surroundings,
): Promise<Omit<Summary, 'user'> | Omit<UserDescription, 'user'>> {
  if (task.kind === 'exist') return exist(task.action, surroundings);
  if (task.kind === 'converge') return converge(surroundings);
  if (task.kind === 'describe') return describe(surroundings);
  await rotate(task.step, task.secretArn, task.token, surroundings);
  return { changes: [`${task.step} is done`] };
}
