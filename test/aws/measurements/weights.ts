import { Connection } from '../connection';
import { type Measurement, NOT_REACHED } from './measurement';

/** A listener with two target groups whose weights change: the design of decision 8. */
export const weights: Measurement = {
  name: 'weights',
  minutes: 8,
  run: async ({ outputs, clock, groups, weighted }) => {
    const [writer, standby] = [outputs['writer_group'] ?? '', outputs['standby_group'] ?? ''];
    const listener = outputs['weighted_listener'] ?? '';
    const warm = await clock.history(
      () => groups.stateOf(standby, outputs['standby_address'] ?? ''),
      (state) => state === 'healthy',
    );
    const open = await Connection.open(weighted).catch(() => undefined);

    await groups.weigh(listener, { [writer]: 0, [standby]: 1 });
    const seen = await clock.history(
      async () => (await Connection.reached(weighted)) ?? 'nothing',
      (server) => server === 'standby',
    );
    // New connections may still reach the old group after the first that reached the new one.
    const late = await clock.history(async () => (await Connection.reached(weighted)) ?? 'nothing', isSteady(30));
    const old = await open?.ask().then(
      () => 'goes on',
      () => 'is cut',
    );
    open?.close();
    await groups.weigh(listener, { [writer]: 1, [standby]: 0 });
    return [
      {
        question: 'States of the target of a group with weight 0 until it is healthy',
        documented: 'health-checked, as the group is used',
        measured: warm,
      },
      {
        question: 'Which server new connections reach after the weights are exchanged, until it is the other one',
        documented: 'not documented',
        measured: seen,
      },
      { question: 'Which servers 30 further connections reach', documented: 'not documented', measured: late },
      {
        question: 'An open connection to the group whose weight is 0 now',
        documented: 'goes on',
        measured: old ?? NOT_REACHED,
      },
    ];
  },
};

function isSteady(times: number): () => boolean {
  let left = times;
  return () => --left <= 0;
}
