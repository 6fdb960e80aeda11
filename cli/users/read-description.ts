import type {
  Finding,
  GrantFacts,
  LoginFacts,
  RoleFacts,
  UserDescription,
  UserFacts,
} from '../../lib/users/description';
import { NotADescription } from './problem';

/**
 * Reads what a function answered. Any function can be named on the command line, and later versions of the program may
 * say more: what is not expected is left out, and what is expected and missing is refused.
 */
export function readDescription(answer: string): UserDescription {
  const { user, facts, differences, remarks, leftOut } = objectOf(parsed(answer));
  return {
    user: textOf(user),
    ...(facts === undefined ? {} : { facts: factsOf(objectOf(facts)) }),
    differences: listOf(differences, findingOf),
    remarks: listOf(remarks, findingOf),
    ...(leftOut === undefined ? {} : { leftOut: leftOutOf(objectOf(leftOut)) }),
  };
}

type Fields = { readonly [name: string]: unknown };

function factsOf(facts: Fields): UserFacts {
  const texts = (name: keyof UserFacts) => listOf(facts[name], textOf);
  return {
    role: facts['role'] === undefined ? undefined : roleOf(objectOf(facts['role'])),
    logins: listOf(facts['logins'], loginOf),
    grants: listOf(facts['grants'], grantOf),
    elsewhere: texts('elsewhere'),
    publicPrivileges: texts('publicPrivileges'),
    owns: texts('owns'),
    foreign: texts('foreign'),
  };
}

function roleOf({ name, beyond }: Fields): RoleFacts {
  return { name: textOf(name), beyond: listOf(beyond, textOf) };
}

function loginOf(value: unknown): LoginFacts {
  const { name, canLogIn, lacks, connectionLimit, statementTimeoutSeconds, validUntil, beyond } = objectOf(value);
  return {
    name: textOf(name),
    canLogIn: canLogIn === true,
    lacks: listOf(lacks, textOf),
    connectionLimit: optional(connectionLimit, numberOf),
    statementTimeoutSeconds: optional(statementTimeoutSeconds, numberOf),
    validUntil: optional(validUntil, textOf),
    beyond: listOf(beyond, textOf),
  };
}

function grantOf(value: unknown): GrantFacts {
  const { to, on, privileges, holdsFor } = objectOf(value);
  return {
    to: textOf(to),
    on: textOf(on),
    privileges: listOf(privileges, textOf),
    holdsFor: holdsFor === 'later' || holdsFor === 'both' ? holdsFor : 'now',
  };
}

/** Kinds are for programs: one that is not known yet is passed on. */
function findingOf(value: unknown): Finding {
  const { kind, says } = objectOf(value);
  return { kind: textOf(kind) as Finding['kind'], says: textOf(says) };
}

function leftOutOf({ grants, differences, remarks }: Fields): NonNullable<UserDescription['leftOut']> {
  return { grants: numberOf(grants), differences: numberOf(differences), remarks: numberOf(remarks) };
}

function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    throw new NotADescription();
  }
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}

function objectOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NotADescription();
  return value as Fields;
}

function listOf<T>(value: unknown, read: (value: unknown) => T): readonly T[] {
  if (!Array.isArray(value)) throw new NotADescription();
  return value.map(read);
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new NotADescription();
  return value;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw new NotADescription();
  return value;
}
