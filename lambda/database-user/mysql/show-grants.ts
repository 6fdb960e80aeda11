import { type Level, normalized } from './privileges';
import { unquoted } from './quoting';

/** One line of SHOW GRANTS. */
export type ShownGrant =
  | {
      readonly kind: 'privileges';
      readonly level: Level;
      /** As the statement writes it: quoted, with wildcards. */
      readonly object: string;
      /** The database, or a pattern of some. */
      readonly schema?: string;
      readonly table?: string;
      /** Those of a column with the column. */
      readonly privileges: readonly string[];
    }
  | { readonly kind: 'role'; readonly account: string }
  | { readonly kind: 'proxy'; readonly account: string };

const ID = '`(?:[^`]|``)*`';
const QUOTED = `(?:${ID}|'(?:[^'\\\\]|''|\\\\.)*')`;
const ACCOUNT = `${QUOTED}(?:@${QUOTED})?`;
const PRIVILEGE = `[A-Z][A-Z_ ]*?(?: \\(${ID}(?:, ?${ID})*\\))?`;
const OBJECT = `\\*\\.\\*|${ID}\\.(?:\\*|${ID})|(?:FUNCTION|PROCEDURE|PACKAGE|PACKAGE BODY) ${ID}\\.${ID}`;
const GRANTEE = `(?:${ACCOUNT}|PUBLIC)`;

const PRIVILEGES_LINE = new RegExp(
  `^GRANT (${PRIVILEGE}(?:, ?${PRIVILEGE})*) ON (${OBJECT}) TO (${GRANTEE})(.*)$`,
  's',
);
const ROLE_LINE = new RegExp(`^GRANT (${ACCOUNT}(?:,${ACCOUNT})*) TO (${GRANTEE})`, 's');
const PROXY_LINE = new RegExp(`^GRANT PROXY ON (${ACCOUNT}) TO (${GRANTEE})`, 's');

/**
 * Reads what a server shows for one account. It is the only place where a server shows all that an account has, of
 * every kind, including kinds that are new.
 *
 * @param grantee as the line writes it; MariaDB also shows what the account's roles have.
 */
export function readGrants(lines: readonly string[], grantee: string): readonly ShownGrant[] {
  return lines.flatMap((line): readonly ShownGrant[] => {
    // The default role is read elsewhere. A partial revoke of MySQL goes with the global privilege that it limits.
    if (/^(?:SET DEFAULT ROLE|REVOKE) /.test(line)) return [];
    const proxy = PROXY_LINE.exec(line);
    if (proxy) return proxy[2] === grantee ? [{ kind: 'proxy', account: proxy[1] }] : [];
    const role = ROLE_LINE.exec(line);
    if (role)
      return role[2] === grantee ? accountsOf(role[1]).map((account) => ({ kind: 'role' as const, account })) : [];
    const [, privileges, object, whose, rest] = PRIVILEGES_LINE.exec(line) ?? [];
    if (object === undefined) throw new Error(`cannot read what the server shows as a grant: ${withoutHash(line)}`);
    if (whose !== grantee) return [];
    const all = [
      ...splitPrivileges(privileges).filter((privilege) => privilege !== 'USAGE'),
      ...(/ WITH GRANT OPTION\b|\bGRANT OPTION$/.test(rest) ? ['GRANT OPTION'] : []),
    ];
    return all.length === 0 ? [] : [{ kind: 'privileges', object, ...placeOf(object), privileges: all }];
  });
}

function placeOf(object: string): { readonly level: Level; readonly schema?: string; readonly table?: string } {
  if (object === '*.*') return { level: 'global' };
  if (!object.startsWith('`')) return { level: 'routine' };
  const [schema, table] = object.match(new RegExp(`${ID}|\\*`, 'gs')) ?? [];
  if (schema === undefined || table === undefined) throw new Error(`cannot read ${object} as an object of a grant`);
  if (table === '*') return { level: 'schema', schema: unquoted(schema) };
  return { level: 'table', schema: unquoted(schema), table: unquoted(table) };
}

function splitPrivileges(text: string): readonly string[] {
  return (text.match(new RegExp(`${PRIVILEGE}(?=, ?[A-Z]|$)`, 'gs')) ?? []).map((each) =>
    each.includes('(') ? each : normalized(each),
  );
}

function accountsOf(text: string): readonly string[] {
  return text.match(new RegExp(ACCOUNT, 'gs')) ?? [];
}

function withoutHash(line: string): string {
  return line.replace(/ IDENTIFIED .*/s, ' IDENTIFIED ...');
}
