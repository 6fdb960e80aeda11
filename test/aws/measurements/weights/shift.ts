import { Connection } from '../../connection';
import { NOT_REACHED, type Row } from '../measurement';
import type { WeightsSite } from '.';
import { inARow } from './in-a-row';

/** Seconds between a change of weights and its opposite. */
const BACK_AFTER_SECONDS = 30;

/** How long open connections are watched that nothing should cut. */
const ENOUGH_SECONDS = 60;

/** A change of weights from 1:0 to 0:1, and what becomes of the connections that are open then. */
export async function shift(site: WeightsSite): Promise<Row[]> {
  const { clock, groups, writer, weighted } = site;
  const [busy, idle] = await Promise.all([open(weighted), open(weighted)]);
  await site.prefer('standby');
  const [seen, cutWhileBusy] = await Promise.all([
    clock.history(site.reached, inARow('standby')),
    busy ? clock.until(() => used(busy), ENOUGH_SECONDS) : NOT_REACHED,
  ]);
  const idleGoesOn = await idle?.ask().then(
    () => 'goes on',
    () => 'is cut',
  );

  await groups.deregister(writer.group, writer.address);
  const [busyCut, idleCut] = await Promise.all([
    busy && !busy.isClosed ? clock.until(() => used(busy)) : NOT_REACHED,
    idle && !idle.isClosed ? clock.until(async () => idle.isClosed) : NOT_REACHED,
  ]);
  busy?.close();
  idle?.close();
  await groups.register(writer.group, writer.address);
  await clock.history(
    () => groups.stateOf(writer.group, writer.address),
    (state) => state === 'healthy',
  );
  return [
    {
      question:
        'Which server new connections reach after weights 1:0 became 0:1, until 60 in a row reach the other one',
      documented: 'not documented; Amazon ECS waits 10 minutes',
      measured: seen,
    },
    {
      question: 'A busy connection to the group whose weight is 0 now is cut',
      documented: 'never',
      measured: cutWhileBusy,
    },
    {
      question: 'An idle connection to the group whose weight is 0 now',
      documented: 'goes on',
      measured: idleGoesOn ?? NOT_REACHED,
    },
    {
      question: 'The busy one is cut after its target is deregistered (delay 10 s)',
      documented: 'shortly after the delay',
      measured: busyCut,
    },
    {
      question: 'The idle one is cut after its target is deregistered (delay 10 s)',
      documented: 'shortly after the delay',
      measured: idleCut,
    },
  ];
}

/** Weights that return within a minute, as after a failover that is taken back. */
export async function back(site: WeightsSite): Promise<Row[]> {
  await site.prefer('writer');
  await site.clock.wait(BACK_AFTER_SECONDS);
  await site.prefer('standby');
  const forth = await site.clock.history(site.reached, inARow('standby'));
  await site.prefer('writer');
  const home = await site.clock.history(site.reached, inARow('writer'));
  return [
    {
      question: 'Which server new connections reach after weights 0:1 became 1:0 for 30 s and are 0:1 again',
      documented: 'not documented',
      measured: forth,
    },
    {
      question: 'Which server new connections reach after weights 0:1 became 1:0',
      documented: 'not documented',
      measured: home,
    },
  ];
}

function open(address: WeightsSite['weighted']): Promise<Connection | undefined> {
  return Connection.open(address).catch(() => undefined);
}

/** Uses a connection, and tells whether it is closed. */
async function used(connection: Connection): Promise<boolean> {
  await connection.ask().catch(() => undefined);
  return connection.isClosed;
}
