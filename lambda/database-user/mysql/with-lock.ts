import type { Session } from './session';

/** One for all users of a server: two changes of accounts never mix. Below the 64 characters that MySQL takes. */
const LOCK = 'cdktf-database-endpoint users';

const WAIT_SECONDS = 60;

/** Does something while no other invocation of this program changes accounts of the server. */
export async function withLock<T>(session: Session, action: () => Promise<T>): Promise<T> {
  const [row] = await session.query(`SELECT GET_LOCK('${LOCK}', ${WAIT_SECONDS}) AS locked`);
  if (Number(row?.['locked']) !== 1) {
    throw new Error(`another invocation has been changing users of this server for ${WAIT_SECONDS} seconds`);
  }
  try {
    return await action();
  } finally {
    // If this fails, the connection is gone, and the lock with it.
    await session.query(`SELECT RELEASE_LOCK('${LOCK}') AS released`).catch(() => {});
  }
}
