import { checkServerIdentity } from 'node:tls';
import { Client } from 'pg';
import type { Connection } from '../user-server';

/** A connection to one database of a server. */
export interface Session {
  readonly query: (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
}

export type Row = { readonly [column: string]: unknown };

/** Opens a session in a database of the server. */
export type Open = (database: string) => Promise<Session>;

const CONNECT_TIMEOUT = 10_000;

/** Above what waits for others that change the same user; less than a Lambda function may run. */
const STATEMENT_TIMEOUT = 120_000;

/** Opens sessions through TLS alone, to the server whose certificate carries the host's name. */
export function openWith({ host, port, user, password, certificateAuthorities }: Connection): Open {
  return async (database) => {
    const client = new Client({
      host,
      port,
      user,
      password,
      database,
      ssl: {
        ca: certificateAuthorities,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        // The driver gives no name to check where the host is an address.
        checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
      },
      application_name: 'cdktf-database-endpoint',
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      statement_timeout: STATEMENT_TIMEOUT,
      // A function that is frozen in the middle of a transaction must not keep its locks.
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT,
      query_timeout: STATEMENT_TIMEOUT + CONNECT_TIMEOUT,
      keepAlive: true,
    });
    // A connection that breaks between two statements fails the next one, and must not end the process.
    client.on('error', () => undefined);
    await client.connect();
    // Nobody's functions and operators may stand in front of the system's.
    await client.query("SET search_path = ''");
    return {
      query: async (text, values) => (await client.query(text, values && [...values])).rows,
      close: () => client.end(),
    };
  };
}

/** One for all users: grants at the same time fail with "tuple concurrently updated", whoever they are for. */
const LOCK = 7_262_918_301;

/** All or nothing, and one after the other. */
export async function transaction<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.query('BEGIN');
  try {
    await session.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const result = await work();
    await session.query('COMMIT');
    return result;
  } catch (error) {
    // A broken connection has rolled back by itself.
    await session.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
