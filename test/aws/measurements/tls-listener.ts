import { TlsPolicy } from 'cdktf-database-endpoint';
import { Connection } from '../connection';
import { type Measurement, NOT_REACHED } from './measurement';

/** A TLS listener whose policy changes while connections are open. */
export const tlsListener: Measurement = {
  name: 'tls-listener',
  minutes: 5,
  run: async ({ clock, tls, apply }) => {
    const older = { ...tls, tls: tls.tls && { ...tls.tls, maxVersion: 'TLSv1.2' as const } };
    const before = await clock.until(async () => (await Connection.reached(older)) !== undefined);
    const open = await Connection.open(tls).catch(() => undefined);

    await apply({ tlsPolicy: TlsPolicy.TLS13_ONLY });
    const refused = open ? await clock.until(async () => (await Connection.reached(older)) === undefined) : NOT_REACHED;
    const goesOn = await open?.ask().then(
      () => 'goes on',
      () => 'is cut',
    );
    open?.close();
    await apply({});
    return [
      {
        question: 'A TLS 1.2 client reaches the TLS endpoint',
        documented: 'as soon as it is healthy',
        measured: before,
      },
      {
        question: 'TLS 1.2 clients are refused after the policy is TLS 1.3 only',
        documented: 'not documented',
        measured: refused,
      },
      {
        question: 'An open connection while the listener is updated in place',
        documented: 'goes on',
        measured: goesOn ?? NOT_REACHED,
      },
    ];
  },
};
