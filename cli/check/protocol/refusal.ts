/** A server that turns everybody away before TLS starts, for a reason that has nothing to do with TLS. */
export interface Refusal {
  /** The whole of its error; a clause that continues "the server ...". */
  readonly reason: string;
  /** What to do about that error. Full sentences. */
  readonly remedy: string;
}

/** Errors by their code. @see https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
const MYSQL_REMEDIES: ReadonlyMap<number, string> = new Map(
  Object.entries({
    1040: 'Every connection is in use: close idle ones, put a pool in front of the database (RDS Proxy, ProxySQL) or raise max_connections.',
    1041: 'The server is out of memory: check what runs on it.',
    1042: 'The server cannot look up the name of this host: enable skip_name_resolve, or fix its DNS.',
    1053: 'The server is shutting down: wait until it is up again.',
    1129: 'Unblock the host (mysqladmin flush-hosts, or TRUNCATE TABLE performance_schema.host_cache) and raise max_connect_errors: TCP health checks and checks like this one count as errors.',
    1130: "No account on the server admits this host: create one (CREATE USER 'name'@'host'). Without client IP preservation, the server sees the load balancer as the host.",
    1203: 'The account uses all connections that max_user_connections allows: close idle ones, or raise the limit.',
  }).map(([code, remedy]) => [Number(code), remedy]),
);

/** Errors by their SQLSTATE or its class. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const POSTGRESQL_REMEDIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '53300':
      'Every connection is in use: close idle ones, put a pool in front of the database (RDS Proxy, PgBouncer) or raise max_connections.',
    '53': 'The server is out of memory or disk space: check what runs on it.',
    '57P03': 'The server is starting, recovering or shutting down: wait until it is up.',
    '57': 'The server is being shut down or restarted: wait until it is up again.',
  }),
);

const ELSE = "Read the server's log for this error.";

export function mysqlRemedy(code: number): string {
  return again(MYSQL_REMEDIES.get(code) ?? ELSE);
}

export function postgresqlRemedy(sqlState: string, text: string): string {
  // Poolers have no SQLSTATE of their own for it, and a server that cannot even fork has none at all.
  const isFull = /no more connections|too many (clients|connections)/i.test(text);
  const state = isFull ? '53300' : sqlState;
  return again(POSTGRESQL_REMEDIES.get(state) ?? POSTGRESQL_REMEDIES.get(state.slice(0, 2)) ?? ELSE);
}

function again(remedy: string): string {
  return `${remedy} Then check again.`;
}
