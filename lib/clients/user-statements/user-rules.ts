import type { DatabaseEngine } from '../../engine/database-engine';
import type { Rule } from '../../rules/rule';
import { isUnknown, isUnknownList } from '../../tokens/unresolved';
import { familyOf } from '../families';
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
    because: 'Some engines have no users of their own, and of a custom engine nothing is known.',
    check: ({ engine }) =>
      familyOf(engine)?.users
        ? undefined
        : {
            property: 'userStatements',
            reason: `cannot be written for ${engine.displayName}, which has no users that this library supports`,
            remedy: 'Keep to the allowlist, and to what the engine offers in place of users.',
          },
  },
  {
    name: 'UserValueUnknown',
    because: 'What is not known until apply cannot be quoted, and a name with a quote in it could say anything.',
    check: ({ options }) =>
      unknownProperties(options).map((property) => ({
        property,
        reason: 'is not known until apply, so it cannot be quoted safely',
        remedy: 'Write a plain value.',
      })),
  },
  {
    name: 'UserNameInvalid',
    because: 'The name stands in statements, files and paths, and a new user can be called anything.',
    check: ({ engine, options: { user } }) => {
      const longest = familyOf(engine)?.users?.names.longestUser;
      if (longest === undefined) return undefined;
      if (isUnknown(user) || (USER.test(String(user)) && user.length <= longest)) return undefined;
      return {
        property: 'userStatements.user',
        value: user,
        reason: 'is not a valid name for a user',
        remedy: `Use letters, digits, "_", "." and "-", beginning with a letter, ${longest} characters at most.`,
      };
    },
  },
  {
    name: 'UserNameReserved',
    because:
      'Servers keep these names for themselves or for their administrators, and some statements would change that user.',
    check: ({ options: { user } }) =>
      RESERVED.test(String(user))
        ? {
            property: 'userStatements.user',
            value: user,
            reason: 'is a name that servers keep for themselves',
            remedy: 'Name the user after the integration that uses it.',
          }
        : undefined,
  },
  {
    name: 'UserReadMissing',
    because: 'A user that may read everything, or nothing, is not what was meant.',
    check: ({ options: { canRead } }) =>
      isUnknownList(canRead ?? []) || (canRead ?? []).length > 0
        ? undefined
        : {
            property: 'userStatements.canRead',
            reason: 'is empty',
            remedy: 'Name what the user can read.',
          },
  },
  {
    name: 'UserStatementNameInvalid',
    because: 'A name that server or client would read in another way than it is written names something else.',
    check: ({ engine, options }) => {
      const names = familyOf(engine)?.users?.names;
      if (!names) return undefined;
      return namesOf(options)
        .filter(({ text }) => !isUnknown(text))
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
  {
    name: 'UserConnectionLimitInvalid',
    because: 'Servers take whole numbers, and zero would keep the user out or mean no limit at all.',
    check: ({ options: { connectionLimit } }) =>
      connectionLimit === undefined ||
      isUnknown(connectionLimit) ||
      (Number.isInteger(connectionLimit) && connectionLimit >= 1 && connectionLimit <= 10_000)
        ? undefined
        : {
            property: 'userStatements.connectionLimit',
            value: connectionLimit,
            reason: 'is no number of connections',
            remedy: 'Write a whole number from 1 to 10000.',
          },
  },
];

const USER = /^[A-Za-z][A-Za-z0-9_.-]*$/;
const RESERVED =
  /^(default|admin|administrator|root|public|none|postgres|sa|sys|system|guest|elastic|kibana.*|kibanaserver|logstash.*|rds.*|pg_.*|mysql\..*|mariadb\..*|master|dbo|information_schema|cassandra|node|crdb_internal.*)$/i;

interface Said {
  readonly property: string;
  readonly text: string;
  readonly kind: 'database' | 'read';
}

function unknownProperties({ user, database, canRead, connectionLimit }: UserStatementsOptions): readonly string[] {
  const unknown = Object.entries({ user, database, connectionLimit }).filter(([, value]) => isUnknown(value));
  return [
    ...unknown.map(([name]) => `userStatements.${name}`),
    ...(isUnknownList(canRead ?? []) ? ['userStatements.canRead'] : []),
    ...listOf(canRead).flatMap((text, i) => (isUnknown(text) ? [`userStatements.canRead[${i}]`] : [])),
  ];
}

function namesOf({ database, canRead }: UserStatementsOptions): readonly Said[] {
  return [
    ...(database === undefined
      ? []
      : [{ property: 'userStatements.database', text: database, kind: 'database' } as const]),
    ...listOf(canRead).map((text, i) => ({ property: `userStatements.canRead[${i}]`, text, kind: 'read' as const })),
  ];
}

function listOf(canRead: readonly string[] | undefined): readonly string[] {
  return Array.isArray(canRead) && !isUnknownList(canRead) ? canRead : [];
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

function partProblem(text: string, { longest, unit, refuses }: NameRules): NameProblem | undefined {
  const length = unit === 'bytes' ? Buffer.byteLength(String(text)) : [...String(text)].length;
  if (typeof text !== 'string' || length === 0 || length > longest) {
    return { reason: 'is not a valid name', remedy: `Names have 1 to ${longest} ${unit} here.` };
  }
  // Terminals, shells and clients each make something else of these, above all of line breaks.
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text) || text !== text.trim()) {
    return {
      reason: 'has control characters, or spaces at an end',
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
