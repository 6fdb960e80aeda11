import { DatabaseEngine, EndpointCertificate, EndpointTls } from '../../lib';
import { handshakeOf } from '../engine/engine-facts';
import { CERTIFICATE_ARN, refusal, validProps } from './endpoint';

/** Where TLS ends, as the table of docs/engines.md writes it. */
export type MatrixMode = '`passthrough`' | '`terminate`' | '`terminate`, `clientsWrapTls`';

/** One row of the table. */
export interface MatrixRow {
  readonly engine: DatabaseEngine;
  readonly mode: MatrixMode;
  /** What the library says of this combination. */
  readonly library: string;
}

/** What clients saw, by row. */
export type Seen = ReadonlyMap<string, string>;

const NO_PACKAGE = 'Debian has no package of it';

/** Why an engine was not run, or one row of it. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'aurora-postgresql `terminate`': 'the same as PostgreSQL',
  'aurora-postgresql `terminate`, `clientsWrapTls`': 'the same as PostgreSQL',
  'aurora-mysql': 'a service of AWS; the guide wants the client of MySQL, which Debian does not have',
  cassandra: NO_PACKAGE,
  clickhouse: "the client in Debian's package (18.16) does not take the URL of the guide",
  cockroachdb: NO_PACKAGE,
  couchdb: NO_PACKAGE,
  documentdb: 'a service of AWS; Debian has no package of MongoDB to stand in',
  elasticsearch: NO_PACKAGE,
  mongodb: NO_PACKAGE,
  mysql: NO_PACKAGE,
  opensearch: NO_PACKAGE,
  oracle: NO_PACKAGE,
  redshift: 'a service of AWS',
  sqlserver: NO_PACKAGE,
  valkey: NO_PACKAGE,
};

const MODES: Readonly<Record<MatrixMode, EndpointTls>> = {
  '`passthrough`': EndpointTls.passthrough(),
  '`terminate`': terminate(false),
  '`terminate`, `clientsWrapTls`': terminate(true),
};

/** Every engine of the catalogue with every place where TLS could end. */
export function matrixRows(): readonly MatrixRow[] {
  return DatabaseEngine.all().flatMap((engine) =>
    (Object.keys(MODES) as MatrixMode[])
      // An engine that opens with TLS needs no wrapping.
      .filter((mode) => mode !== '`terminate`, `clientsWrapTls`' || handshakeOf(engine) !== 'immediate')
      .map((mode) => ({ engine, mode, library: verdict(engine, mode) })),
  );
}

export function rowKey({ engine, mode }: Pick<MatrixRow, 'engine' | 'mode'>): string {
  return `${engine.name} ${mode}`;
}

/** The table of docs/engines.md. */
export function engineMatrix(seen: Seen): string {
  const rows = matrixRows().map((row) => {
    const text = seen.get(rowKey(row)) ?? `not run: ${reasonOf(row) ?? 'nobody knows why'}`;
    return `| ${row.engine.displayName} | ${row.mode} | ${row.library} | ${text} |`;
  });
  return ['| engine | TLS | library | traffic |', '|---|---|---|---|', ...rows].join('\n');
}

/** The rows that are there for clients to try, and those that say why not. */
export function isRun(row: MatrixRow): boolean {
  return reasonOf(row) === undefined;
}

function reasonOf(row: MatrixRow): string | undefined {
  return NOT_RUN[rowKey(row)] ?? NOT_RUN[row.engine.name];
}

function verdict(engine: DatabaseEngine, mode: MatrixMode): string {
  const refused = refusal(validProps({ engine, tls: MODES[mode] }));
  if (refused) return `refused: ${refused.problems.map(({ rule }) => `\`${rule}\``).join(', ')}`;
  if (mode === '`passthrough`' && refusal(validProps({ engine })) === undefined) return 'default';
  return handshakeOf(engine) === 'immediate' ? 'accepted, to be chosen' : 'accepted';
}

function terminate(clientsWrapTls: boolean): EndpointTls {
  return EndpointTls.terminate({
    certificate: EndpointCertificate.fromArn(CERTIFICATE_ARN),
    ...(clientsWrapTls ? { clientsWrapTls } : {}),
  });
}
