import { identifier } from './quoting';
import type { Step } from './right';
import type { Session } from './session';

/** What a server answers where a right is missing. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const INSUFFICIENT_PRIVILEGE = '42501';

/** Runs steps in order and says what was done. */
export async function runSteps(session: Session, steps: readonly Step[], admin: string): Promise<readonly string[]> {
  for (const step of steps) {
    for (const statement of step.statements) {
      try {
        await session.query(statement);
      } catch (error) {
        if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error;
        throw new Error(`'${admin}' may not run ${step.words}: ${(error as Error).message}.${remedy(step, admin)}`);
      }
    }
  }
  return steps.map(({ words }) => words);
}

/** Fails where steps are left though they were run: the server says so in a warning only. */
export function assertDone(left: readonly Step[], admin: string): void {
  if (left.length === 0) return;
  throw new Error(left.map((step) => `${step.words} had no effect.${remedy(step, admin)}`).join('\n'));
}

function remedy({ owner }: Step, admin: string): string {
  if (owner === undefined || owner === admin) return '';
  return ` It takes the rights of '${owner}': run it as that role, or GRANT ${identifier(owner)} TO ${identifier(admin)} first.`;
}
