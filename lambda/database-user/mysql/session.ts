import { isIP } from 'node:net';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Connection } from '../user-server';

export type Row = Readonly<Record<string, unknown>>;

/** One connection to a server. Statements run one after the other. */
export interface Session {
  /** Runs one statement; with values, as a prepared one. */
  readonly query: (sql: string, values?: readonly string[]) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
}

const CONNECT_MS = 10_000;

/** Longer than the wait for the lock of `with-lock.ts`, shorter than a Lambda function may run. */
const STATEMENT_MS = 90_000;

/** Connects over TLS that is verified, the name included; there is no other way. */
export async function openSession(connection: Connection, statementMs = STATEMENT_MS): Promise<Session> {
  const { host, port, user, password, database, certificateAuthorities } = connection;
  // The driver compares names only: a certificate of the same CA for any host would do for an address.
  if (isIP(host) !== 0) throw new Error(`${host} is an address: connect to the name that the certificate carries`);
  const driver = await createConnection({
    host,
    port,
    user,
    password,
    database,
    ssl: { ca: certificateAuthorities, rejectUnauthorized: true, verifyIdentity: true, minVersion: 'TLSv1.2' },
    connectTimeout: CONNECT_MS,
    multipleStatements: false,
    charset: 'utf8mb4',
  });
  return {
    query: async (sql, values) => {
      const options = { sql, timeout: statementMs };
      try {
        const [rows] = values
          ? await driver.execute<RowDataPacket[]>(options, [...values])
          : await driver.query<RowDataPacket[]>(options);
        return Array.isArray(rows) ? rows : [];
      } catch (error) {
        // The driver would make all that follows wait for the answer that does not come.
        if ((error as { readonly code?: string }).code === 'PROTOCOL_SEQUENCE_TIMEOUT') driver.destroy();
        throw error;
      }
    },
    close: () => driver.end().catch(() => driver.destroy()),
  };
}

/** The number of a server's error. */
export function errorNumber(error: unknown): number | undefined {
  return (error as { readonly errno?: number } | undefined)?.errno;
}
