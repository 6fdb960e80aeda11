import { backticked } from '../../../lib/clients/quoting/identifiers';

/** The tables of a database in GRANT, where `_` and `%` are wildcards unless they are escaped. */
export function allTablesOf(schema: string, { hasLiteralSchemas }: { readonly hasLiteralSchemas: boolean }): string {
  return `${backticked(hasLiteralSchemas ? schema : schema.replace(/[_%]/g, '\\$&'))}.*`;
}

/** One table in GRANT, where nothing is a wildcard. */
export function tableOf(schema: string, table: string): string {
  return `${backticked(schema)}.${backticked(table)}`;
}

export function unquoted(identifier: string): string {
  return identifier.slice(1, -1).replace(/``/g, '`');
}

/** Whether a pattern of GRANT covers a database. */
export function covers(pattern: string, schema: string): boolean {
  const expression = pattern.replace(/\\(.)|([_%])|([^\\])/gsu, (_, escaped, wildcard, plain) => {
    if (wildcard) return wildcard === '_' ? '.' : '.*';
    return (escaped ?? plain).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${expression}$`, 'su').test(schema);
}
