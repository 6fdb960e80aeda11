import { Connection } from '../connection';
import type { Measurement } from './measurement';

/** From the end of the first apply until the endpoint works. */
export const reachable: Measurement = {
  name: 'reachable',
  minutes: 6,
  run: async ({ outputs, clock, groups, tcp }) => {
    const group = outputs['tcp_group'] ?? '';
    const writer = outputs['writer_address'] ?? '';
    const [health, connection] = await Promise.all([
      clock.history(
        () => groups.stateOf(group, writer),
        (state) => state === 'healthy',
      ),
      clock.until(async () => (await Connection.reached(tcp)) !== undefined),
    ]);
    return [
      {
        question: 'States of a new target, from the end of the apply until it is healthy',
        documented: '"a few minutes"',
        measured: health,
      },
      { question: 'First connection after the end of the apply', documented: 'not documented', measured: connection },
    ];
  },
};
