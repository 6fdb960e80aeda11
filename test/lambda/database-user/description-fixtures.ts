import type { Description, WantedGrant } from '../../../lambda/database-user/user-server';
import { type DeclaredUser, roleOf } from '../../../lib/users/contract';
import type { LoginFacts, UserFacts } from '../../../lib/users/description';
import { USER } from './fixtures';

const ROLE = roleOf(USER.userName);

export const WANTED: readonly WantedGrant[] = [
  { to: ROLE, on: 'SCHEMA "sales"', privileges: ['USAGE'], holdsFor: 'now', mayBeNew: false },
  { to: ROLE, on: 'TABLE "sales"."orders"', privileges: ['SELECT', 'INSERT'], holdsFor: 'now', mayBeNew: false },
  { to: ROLE, on: 'TABLES to come of "app"', privileges: ['SELECT'], holdsFor: 'later', mayBeNew: false },
];

/** A login as it is declared. */
export function loginOf(user: DeclaredUser, name = user.userName): LoginFacts {
  const { connectionLimit, statementTimeoutSeconds, validUntil } = user;
  return { name, canLogIn: true, lacks: [], connectionLimit, statementTimeoutSeconds, validUntil, beyond: [] };
}

/** What a server says of a user that is as it is declared, but for some of the facts. */
export function describedAs(user: DeclaredUser, wanted = WANTED, facts: Partial<UserFacts> = {}): Description {
  return {
    facts: {
      role: { name: roleOf(user.userName), beyond: [] },
      logins: [loginOf(user)],
      grants: wanted.map(({ mayBeNew: _, ...grant }) => grant),
      elsewhere: [],
      publicPrivileges: [],
      owns: [],
      foreign: [],
      ...facts,
    },
    wanted: { grants: wanted, problems: [], gone: [] },
  };
}
