import type { DatabaseEngine } from '../../engine/database-engine';
import type { Rule } from '../../rules/rule';
import { isUnknown, isUnknownList } from '../../tokens/unresolved';
import type { NameProblem, NameRules } from './login';
import type { LoginOptions } from './login-statements';
import { loginDialect } from './logins';
import { namePath } from './name-path';

/**
 * What rules about logins look at.
 *
 * @internal
 */
export interface LoginInput {
  readonly engine: DatabaseEngine;
  readonly options: LoginOptions;
}

/**
 * What is refused about logins. Names end up in statements that an administrator runs: whatever cannot be quoted for
 * the server and for the client that runs them is refused.
 *
 * @internal
 */
export const LOGIN_RULES: readonly Rule<LoginInput>[] = [
  {
    name: 'LoginNotSupported',
    because: 'Some engines have no logins of their own, and of a custom engine nothing is known.',
    check: ({ engine }) =>
      loginDialect(engine)
        ? undefined
        : {
            property: 'loginStatements',
            reason: `cannot be written for ${engine.displayName}, which has no logins that this library knows`,
            remedy: 'Keep to the allowlist, and to what the engine offers in place of logins.',
          },
  },
  {
    name: 'LoginValueUnknown',
    because: 'What is not known until apply cannot be quoted, and a name with a quote in it could say anything.',
    check: ({ options }) =>
      unknownProperties(options).map((property) => ({
        property,
        reason: 'is not known until apply, so it cannot be quoted safely',
        remedy: 'Write a plain value.',
      })),
  },
  {
    name: 'LoginUserInvalid',
    because: 'The name stands in statements, files and paths, and a new login can be called anything.',
    check: ({ engine, options: { user } }) => {
      const longest = loginDialect(engine)?.names.longestUser;
      if (longest === undefined) return undefined;
      if (isUnknown(user) || (USER.test(String(user)) && user.length <= longest)) return undefined;
      return {
        property: 'loginStatements.user',
        value: user,
        reason: 'is no name for a login',
        remedy: `Use letters, digits, "_", "." and "-", beginning with a letter, ${longest} characters at most.`,
      };
    },
  },
  {
    name: 'LoginUserReserved',
    because:
      'Servers keep these names for themselves or for their administrators, and some statements would change that login.',
    check: ({ options: { user } }) =>
      RESERVED.test(String(user))
        ? {
            property: 'loginStatements.user',
            value: user,
            reason: 'is a name that servers keep for themselves',
            remedy: 'Name the login after the integration that uses it.',
          }
        : undefined,
  },
  {
    name: 'LoginReadsMissing',
    because: 'A login that may read everything, or nothing, is not what was meant.',
    check: ({ options: { reads } }) =>
      isUnknownList(reads ?? []) || (reads ?? []).length > 0
        ? undefined
        : {
            property: 'loginStatements.reads',
            reason: 'is empty',
            remedy: 'Name what the login may read.',
          },
  },
  {
    name: 'LoginNameInvalid',
    because: 'A name that server or client would read in another way than it is written names something else.',
    check: ({ engine, options }) => {
      const names = loginDialect(engine)?.names;
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
    name: 'LoginReadDuplicate',
    because: 'The second mention would do nothing.',
    check: ({ options: { reads } }) =>
      listOf(reads).flatMap((text, i) =>
        listOf(reads).indexOf(text) === i
          ? []
          : {
              property: `loginStatements.reads[${i}]`,
              value: text,
              reason: 'is listed twice',
              remedy: 'Keep one.',
            },
      ),
  },
  {
    name: 'LoginConnectionLimitInvalid',
    because: 'Servers take whole numbers, and zero would keep the login out or mean no limit at all.',
    check: ({ options: { connectionLimit } }) =>
      connectionLimit === undefined ||
      isUnknown(connectionLimit) ||
      (Number.isInteger(connectionLimit) && connectionLimit >= 1 && connectionLimit <= 10_000)
        ? undefined
        : {
            property: 'loginStatements.connectionLimit',
            value: connectionLimit,
            reason: 'is no number of connections',
            remedy: 'Write a whole number from 1 to 10000.',
          },
  },
];

const USER = /^[A-Za-z][A-Za-z0-9_.-]*$/;
const RESERVED =
  /^(default|admin|administrator|root|public|none|postgres|sa|sys|system|guest|elastic|kibana.*|kibanaserver|logstash.*|rds.*|pg_.*|mysql\..*|mariadb\..*|master|dbo|information_schema|cassandra)$/i;

interface Said {
  readonly property: string;
  readonly text: string;
  readonly kind: 'database' | 'read';
}

function unknownProperties({ user, database, reads, connectionLimit }: LoginOptions): readonly string[] {
  const unknown = Object.entries({ user, database, connectionLimit }).filter(([, value]) => isUnknown(value));
  return [
    ...unknown.map(([name]) => `loginStatements.${name}`),
    ...(isUnknownList(reads ?? []) ? ['loginStatements.reads'] : []),
    ...listOf(reads).flatMap((text, i) => (isUnknown(text) ? [`loginStatements.reads[${i}]`] : [])),
  ];
}

function namesOf({ database, reads }: LoginOptions): readonly Said[] {
  return [
    ...(database === undefined
      ? []
      : [{ property: 'loginStatements.database', text: database, kind: 'database' } as const]),
    ...listOf(reads).map((text, i) => ({ property: `loginStatements.reads[${i}]`, text, kind: 'read' as const })),
  ];
}

function listOf(reads: readonly string[] | undefined): readonly string[] {
  return Array.isArray(reads) && !isUnknownList(reads) ? reads : [];
}

function readProblem(text: string, names: NameRules): NameProblem | undefined {
  if (names.parts === 'none') return partProblem(text, names);
  const path = namePath(text);
  const least = names.parts === 'schema-required' ? 2 : 1;
  if (!path || path.length < least || path.length > 2) {
    const outer = names.parts === 'database' ? 'database' : 'schema';
    return {
      reason: 'is no name of a table',
      remedy: `Write ${least === 1 ? '"table" or ' : ''}"${outer}.table", and a part with a dot in it in double quotes.`,
    };
  }
  return path.map((part) => partProblem(part, names)).find((problem) => problem !== undefined);
}

function partProblem(text: string, { longest, unit, refuses }: NameRules): NameProblem | undefined {
  const length = unit === 'bytes' ? Buffer.byteLength(String(text)) : [...String(text)].length;
  if (typeof text !== 'string' || length === 0 || length > longest) {
    return { reason: 'is no name', remedy: `Names have 1 to ${longest} ${unit} here.` };
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
