import type { DatabaseEngine } from '../../engine/database-engine';
import type { Rule } from '../../rules/rule';
import { isUnresolved, isUnresolvedList } from '../../tokens/unresolved';
import { familyOf, isReservedUser } from '../families';
import { namePath } from './name-path';
import type { NameProblem, NameRules } from './user-dialect';
import type { UserStatementsOptions } from './user-statements';

/**
 * What rules about users look at.
 *
 * @internal
 */
export interface UserInput {
  readonly engine: DatabaseEngine;
  readonly options: UserStatementsOptions;
}

/**
 * Validation rules for users. Names end up in statements that an administrator runs: whatever cannot be quoted for
 * the server and for the client that runs them is refused.
 *
 * @internal
 */
export const USER_RULES: readonly Rule<UserInput>[] = [
  {
    name: 'UsersNotSupported',
    because: "Some engines have no users, and nothing is known about a custom engine's.",
    check: ({ engine }) =>
      familyOf(engine)?.users
        ? undefined
        : {
            property: 'userStatements',
            reason: `cannot be written for ${engine.displayName}, for whose users this library has no support`,
            remedy: 'Rely on the allowlist, and on what the engine offers instead of users.',
          },
  },
  {
    name: 'UserValueUnknown',
    because: 'A value known after apply cannot be quoted, and a quote in it could inject any statement.',
    check: ({ options }) =>
      unknownProperties(options).map((property) => ({
        property,
        reason: 'is known after apply, so it cannot be quoted safely',
        remedy: 'Write a literal.',
      })),
  },
  userNameRule(({ engine, options: { user } }) => ({
    property: 'userStatements.user',
    value: user,
    longest: familyOf(engine)?.users?.names.longestUser,
  })),
  reservedUserRule(({ options: { user } }) => ({ property: 'userStatements.user', value: user })),
  {
    name: 'UserReadMissing',
    because: 'A user that can read everything, or nothing, is not what was meant.',
    check: ({ options: { canRead } }) =>
      isUnresolvedList(canRead ?? []) || (canRead ?? []).length > 0
        ? undefined
        : {
            property: 'userStatements.canRead',
            reason: 'is empty',
            remedy: 'List what the user can read.',
          },
  },
  {
    name: 'UserStatementNameInvalid',
    because: 'If server or client read a name differently from how it is written, it refers to something else.',
    check: ({ engine, options }) => {
      const names = familyOf(engine)?.users?.names;
      if (!names) return undefined;
      return namesOf(options)
        .filter(({ text }) => !isUnresolved(text))
        .flatMap(({ property, text, kind }) => {
          const problem = kind === 'read' ? readProblem(text, names) : partProblem(text, names);
          return problem ? [{ property, value: text, ...problem }] : [];
        });
    },
  },
  {
    name: 'UserReadDuplicate',
    because: 'The second mention would do nothing.',
    check: ({ options: { canRead } }) =>
      listOf(canRead).flatMap((text, i) =>
        listOf(canRead).indexOf(text) === i
          ? []
          : {
              property: `userStatements.canRead[${i}]`,
              value: text,
              reason: 'is listed twice',
              remedy: 'Keep one.',
            },
      ),
  },
  connectionLimitRule(({ options: { connectionLimit: value } }) => ({
    property: 'userStatements.connectionLimit',
    value,
  })),
];

/**
 * What a rule about one value looks at.
 *
 * @internal
 */
export interface NamedValueOf<Value> {
  readonly property: string;
  readonly value: Value | undefined;
}

/**
 * The rule about the names of users.
 *
 * @internal
 */
export function userNameRule<Input>(
  of: (input: Input) => NamedValueOf<string> & { readonly longest: number | undefined },
): Rule<Input> {
  return {
    name: 'UserNameInvalid',
    because: 'The name appears in statements, files and paths, and a new user can have any name.',
    check: (input) => {
      const { property, value, longest } = of(input);
      if (longest === undefined) return undefined;
      if (isUnresolved(value) || (USER.test(String(value)) && String(value).length <= longest)) return undefined;
      return {
        property,
        value,
        reason: 'is not a valid name for a user',
        remedy: `Use letters, digits, "_", "." and "-", beginning with a letter, ${longest} characters at most.`,
      };
    },
  };
}

/**
 * The rule about names that servers have users of already.
 *
 * @internal
 */
export function reservedUserRule<Input>(of: (input: Input) => NamedValueOf<string>): Rule<Input> {
  return {
    name: 'UserNameReserved',
    because:
      'Servers reserve these names for themselves or for administrators, and some statements would change that user.',
    check: (input) => {
      const { property, value } = of(input);
      return ADMINISTRATORS.test(String(value)) || isReservedUser(String(value))
        ? {
            property,
            value,
            reason: 'is a name that servers reserve',
            remedy: 'Name the user after the integration that uses it.',
          }
        : undefined;
    },
  };
}

/**
 * The rule about how many connections a user may have.
 *
 * @internal
 */
export function connectionLimitRule<Input>(of: (input: Input) => NamedValueOf<number>): Rule<Input> {
  return {
    name: 'UserConnectionLimitInvalid',
    because: 'Servers accept whole numbers, and zero would lock the user out or mean no limit.',
    check: (input) => {
      const { property, value } = of(input);
      return value === undefined || isUnresolved(value) || (Number.isInteger(value) && value >= 1 && value <= 10_000)
        ? undefined
        : {
            property,
            value,
            reason: 'is not a valid number of connections',
            remedy: 'Write a whole number from 1 to 10000.',
          };
    },
  };
}

const USER = /^[A-Za-z][A-Za-z0-9_.-]*$/;
// Names of administrators anywhere; `clients/family/` has those of each engine.
const ADMINISTRATORS = /^(?:admin|administrator|root|public|none|master)$/i;

interface NamedValue {
  readonly property: string;
  readonly text: string;
  readonly kind: 'database' | 'read';
}

function unknownProperties({ user, database, canRead, connectionLimit }: UserStatementsOptions): readonly string[] {
  const unknown = Object.entries({ user, database, connectionLimit }).filter(([, value]) => isUnresolved(value));
  return [
    ...unknown.map(([name]) => `userStatements.${name}`),
    ...(isUnresolvedList(canRead ?? []) ? ['userStatements.canRead'] : []),
    ...listOf(canRead).flatMap((text, i) => (isUnresolved(text) ? [`userStatements.canRead[${i}]`] : [])),
  ];
}

function namesOf({ database, canRead }: UserStatementsOptions): readonly NamedValue[] {
  return [
    ...(database === undefined
      ? []
      : [{ property: 'userStatements.database', text: database, kind: 'database' } as const]),
    ...listOf(canRead).map((text, i) => ({ property: `userStatements.canRead[${i}]`, text, kind: 'read' as const })),
  ];
}

function listOf(canRead: readonly string[] | undefined): readonly string[] {
  return Array.isArray(canRead) && !isUnresolvedList(canRead) ? canRead : [];
}

function readProblem(text: string, names: NameRules): NameProblem | undefined {
  if (names.parts === 'none') return partProblem(text, names);
  const path = namePath(text);
  const least = names.parts === 'schema-required' ? 2 : 1;
  if (!path || path.length < least || path.length > 2) {
    const outer = names.parts === 'database' ? 'database' : 'schema';
    return {
      reason: 'is not a valid name of a table',
      remedy: `Write ${least === 1 ? '"table" or ' : ''}"${outer}.table", and a part with a dot in it in double quotes.`,
    };
  }
  return path.map((part) => partProblem(part, names)).find((problem) => problem !== undefined);
}

/**
 * What is wrong with one name, or one part of one.
 *
 * @internal
 */
export function partProblem(text: string, { longest, unit, refuses }: NameRules): NameProblem | undefined {
  const length = unit === 'bytes' ? Buffer.byteLength(String(text)) : [...String(text)].length;
  if (typeof text !== 'string' || length === 0 || length > longest) {
    return { reason: 'is not a valid name', remedy: `Names have 1 to ${longest} ${unit} here.` };
  }
  // Terminals, shells and clients each interpret these differently, above all line breaks.
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text) || text !== text.trim()) {
    return {
      reason: 'has control characters, or leading or trailing spaces',
      remedy: 'Such a name cannot be written into a statement safely: rename it, or write the statement by hand.',
    };
  }
  return refuses?.pattern.test(text)
    ? {
        reason: `cannot be written safely: ${refuses.because}`,
        remedy: 'Rename it, or write the statement by hand.',
      }
    : undefined;
}
