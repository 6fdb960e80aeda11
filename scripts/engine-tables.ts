import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { familyOf, knownParameters } from '../lib/clients/families';
import type { UserDialect } from '../lib/clients/user-statements/user-dialect';
import { CATALOGUE } from '../lib/engine/catalogue';
import { DatabaseEngine } from '../lib/engine/database-engine';
import { TlsHandshake } from '../lib/engine/tls-handshake';
import { withBlock } from './blocks';

const root = join(__dirname, '..');

/** The tables by engine, document by document and block by block. */
export const ENGINE_TABLES: { readonly [document: string]: { readonly [block: string]: () => string } } = {
  'README.md': { 'tls-by-engine': () => table(['engines', 'where TLS can end'], whereTlsCanEnd) },
  'docs/connecting.md': {
    'url-parameters': () => table(['engines', 'parameters'], urlParameters),
    users: () => table(['engines', 'what is named', 'limits to TLS'], users),
  },
};

/** A document with its tables as they are now. */
export function withEngineTables(document: string, text = readFileSync(join(root, document), 'utf8')): string {
  return Object.entries(ENGINE_TABLES[document]).reduce(
    (filled, [block, content]) => withBlock(filled, block, content()),
    text,
  );
}

const ENGINES = Object.keys(CATALOGUE).map((member) => DatabaseEngine[member as keyof typeof CATALOGUE]);

/** One row for all engines that have the same cells, in the order of the catalogue. */
function table(header: readonly string[], cells: (engine: DatabaseEngine) => string): string {
  const rows = new Map<string, string[]>();
  for (const engine of ENGINES) {
    const row = cells(engine);
    rows.set(row, [...(rows.get(row) ?? []), engine.displayName]);
  }
  return [
    `| ${header.join(' | ')} |`,
    `|${'---|'.repeat(header.length)}`,
    ...[...rows].map(([row, engines]) => `| ${engines.join(', ')} | ${row} |`),
  ].join('\n');
}

function whereTlsCanEnd(engine: DatabaseEngine): string {
  switch (engine.handshake) {
    case TlsHandshake.NEGOTIATED:
      return 'at the database (`passthrough`, the default): TLS is negotiated inside the protocol, and a TLS listener would break it';
    case TlsHandshake.IMMEDIATE:
      return engine._passthroughRefusal
        ? 'at the load balancer'
        : 'at the load balancer (`terminate`) or at the database (`passthrough`): you choose';
    case TlsHandshake.NONE:
      return 'nowhere; SSH has its own encryption';
  }
}

function urlParameters(engine: DatabaseEngine): string {
  const parameters = knownParameters(engine).map(({ name, values }) =>
    values
      ? `${code(name)} (${values
          .filter((value) => value !== '')
          .map(code)
          .join(', ')})`
      : code(name),
  );
  return parameters.join(', ') || 'none';
}

function code(text: string): string {
  return `\`${text}\``;
}

function users(engine: DatabaseEngine): string {
  const dialect = familyOf(engine)?.users;
  return dialect ? `${dialect.reads} | ${limitsToTls(dialect)}` : 'no users that statements could make |';
}

function limitsToTls({ write }: UserDialect): string {
  const { requiresTls, configuration } = write({
    user: 'user',
    database: 'database',
    connectionLimit: 1,
    canRead: [['schema', 'table']],
  });
  if (requiresTls) return 'the statements';
  return configuration ? `lines of \`${configuration.file}\`` : 'a setting of the server';
}

if (require.main === module) {
  for (const document of Object.keys(ENGINE_TABLES)) {
    writeFileSync(join(root, document), withEngineTables(document));
  }
}
