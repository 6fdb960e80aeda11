import type { DatabaseEngine } from '../../engine/database-engine';
import type { Problem } from '../../rules/endpoint-error';
import { applyRules } from '../../rules/rule';
import { familyOf } from '../families';
import { namePath } from './name-path';
import type { UserDialect } from './user-dialect';
import { USER_RULES } from './user-rules';
import type { UserStatements, UserStatementsOptions } from './user-statements';

/**
 * The statements for a user, or everything that is wrong with what was requested.
 *
 * @internal
 */
export function userStatements(
  engine: DatabaseEngine,
  options: UserStatementsOptions,
): UserStatements | readonly Problem[] {
  const problems = applyRules(USER_RULES, { engine, options });
  const dialect = familyOf(engine)?.users;
  return problems.length > 0 || !dialect ? problems : write(dialect, options);
}

/**
 * The statements of the client guide: words in capitals are placeholders for what was not given, or what no statement
 * can contain.
 *
 * @internal
 */
export function exampleUser(
  engine: DatabaseEngine,
  said: { readonly user?: string; readonly database?: string },
): UserStatements | undefined {
  const dialect = familyOf(engine)?.users;
  if (!dialect) return undefined;
  const example = { user: 'USER', canRead: [dialect.example] };
  const isFine = (options: UserStatementsOptions) => applyRules(USER_RULES, { engine, options }).length === 0;
  const user = said.user !== undefined && isFine({ ...example, user: said.user }) ? said.user : 'USER';
  const database = isFine({ ...example, database: said.database }) ? said.database : undefined;
  return write(dialect, { ...example, user, database });
}

const DEFAULT_CONNECTION_LIMIT = 10;

function write(
  dialect: UserDialect,
  { user, canRead, connectionLimit, database: said }: UserStatementsOptions,
): UserStatements {
  const database = said ?? dialect.database ?? 'DATABASE';
  const { parts, defaultSchema } = dialect.names;
  const outer = parts === 'database' ? database : defaultSchema;
  const paths = canRead.map((text) => (parts === 'none' ? [text] : (namePath(text) ?? [])));
  return {
    user,
    ...dialect.write({
      user,
      database,
      connectionLimit: connectionLimit ?? DEFAULT_CONNECTION_LIMIT,
      canRead: paths.map((path) => (path.length === 1 && outer !== undefined ? [outer, ...path] : path)),
    }),
  };
}
