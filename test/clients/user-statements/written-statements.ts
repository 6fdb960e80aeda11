import type { UserStatements, UserStatementsOptions } from '../../../lib/clients/user-statements/user-statements';
import { userStatements } from '../../../lib/clients/user-statements/write-statements';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import type { Member } from '../../engine/engine-facts';
import { OPTIONS } from './statements-by-engine';

export const engineOf = (member: Member) => DatabaseEngine[member] as DatabaseEngine;

export function written(member: Member, different: Partial<UserStatementsOptions> = {}): UserStatements {
  const login = userStatements(engineOf(member), { ...OPTIONS, ...different });
  if ('statements' in login) return login;
  throw new Error(login.map(({ rule, property }) => `${rule} ${property}`).join());
}
