import { Connection } from '../connection';
import { NOBODY } from '../nobody';
import { type Measurement, NOT_REACHED } from './measurement';

/** A connection that is not cut by then is tracked, and goes on as long as it is used. */
const ENOUGH_SECONDS = 120;

/** What a client notices whose entry leaves the allowlist. */
export const removedRule: Measurement = {
  name: 'removed-rule',
  minutes: 5,
  run: async ({ clock, tcp, apply }) => {
    const open = await Connection.open(tcp).catch(() => undefined);
    await apply({ clients: [NOBODY] });
    const refused = open ? await clock.until(async () => (await Connection.reached(tcp)) === undefined) : NOT_REACHED;
    const cut = open
      ? await clock.until(async () => {
          await open.ask().catch(() => undefined);
          return open.isClosed;
        }, ENOUGH_SECONDS)
      : NOT_REACHED;
    open?.close();
    await apply({});
    const back = await clock.until(async () => (await Connection.reached(tcp)) !== undefined);
    return [
      { question: 'New connections of a removed entry are refused', documented: 'at once', measured: refused },
      {
        question: 'An open connection of a removed entry, in use, is cut',
        documented: 'never: it is tracked',
        measured: cut,
      },
      { question: 'New connections of an entry that is back are admitted', documented: 'at once', measured: back },
    ];
  },
};
