import type { DatabaseEngine } from '../../engine/database-engine';
import type { Problem } from '../../rules/endpoint-error';
import { applyRules } from '../../rules/rule';
import type { LoginDialect } from './login';
import { LOGIN_RULES } from './login-rules';
import type { LoginOptions, LoginStatements } from './login-statements';
import { loginDialect } from './logins';
import { namePath } from './name-path';

/**
 * The statements for a login, or everything that is wrong with what was asked for.
 *
 * @internal
 */
export function loginStatements(engine: DatabaseEngine, options: LoginOptions): LoginStatements | readonly Problem[] {
  const problems = applyRules(LOGIN_RULES, { engine, options });
  const dialect = loginDialect(engine);
  return problems.length > 0 || !dialect ? problems : write(dialect, options);
}

/**
 * The statements of the client guide: words in capitals stand for what nobody said, or what no statement can say.
 *
 * @internal
 */
export function exampleLogin(
  engine: DatabaseEngine,
  said: { readonly user?: string; readonly database?: string },
): LoginStatements | undefined {
  const dialect = loginDialect(engine);
  if (!dialect) return undefined;
  const example = { user: 'USER', reads: [dialect.example] };
  const isFine = (options: LoginOptions) => applyRules(LOGIN_RULES, { engine, options }).length === 0;
  const user = said.user !== undefined && isFine({ ...example, user: said.user }) ? said.user : 'USER';
  const database = isFine({ ...example, database: said.database }) ? said.database : undefined;
  return write(dialect, { ...example, user, database });
}

const DEFAULT_CONNECTION_LIMIT = 10;

function write(dialect: LoginDialect, { user, reads, connectionLimit, database: said }: LoginOptions): LoginStatements {
  const database = said ?? dialect.database ?? 'DATABASE';
  const { parts, defaultSchema } = dialect.names;
  const outer = parts === 'database' ? database : defaultSchema;
  const paths = reads.map((text) => (parts === 'none' ? [text] : (namePath(text) ?? [])));
  return {
    user,
    ...dialect.write({
      user,
      database,
      connectionLimit: connectionLimit ?? DEFAULT_CONNECTION_LIMIT,
      reads: paths.map((path) => (path.length === 1 && outer !== undefined ? [outer, ...path] : path)),
    }),
  };
}
