import { AWS_TIMES } from '../../support/aws-times';
import { Connection } from '../connection';
import { type Measurement, NOT_REACHED } from './measurement';

/** What target-sync does at a failover: the new target first, then the old one, and what clients see of it. */
export const failover: Measurement = {
  name: 'failover',
  minutes: 14,
  run: async ({ outputs, clock, groups, tcp }) => {
    const group = outputs['tcp_group'] ?? '';
    const writer = outputs['writer_address'] ?? '';
    const standby = outputs['standby_address'] ?? '';
    const open = await Connection.open(tcp).catch(() => undefined);

    await groups.register(group, standby);
    await groups.deregister(group, writer);
    const [states, draining, seen, cut] = await Promise.all([
      clock.history(
        () => groups.stateOf(group, standby),
        (state) => state === 'healthy',
      ),
      clock.history(
        () => groups.stateOf(group, writer),
        (state) => state === 'gone' || state.startsWith('unused'),
      ),
      clock.history(
        async () => (await Connection.reached(tcp)) ?? 'nothing',
        (server) => server === 'standby',
      ),
      open
        ? clock.until(async () => {
            await open.ask().catch(() => undefined);
            return open.isClosed;
          })
        : NOT_REACHED,
    ]);
    open?.close();

    await groups.register(group, writer);
    const back = await clock.history(
      () => groups.stateOf(group, writer),
      (state) => state === 'healthy',
    );
    await groups.deregister(group, standby);
    return [
      {
        question: 'States of the new writer until it is healthy',
        documented: AWS_TIMES.registration.time,
        measured: states,
      },
      {
        question: 'States of the old writer until it is gone',
        documented: AWS_TIMES.deregistration.time,
        measured: draining,
      },
      {
        question: 'Which server new connections reach, until it is the new writer',
        documented: `the old one: ${AWS_TIMES.deregistration.time}`,
        measured: seen,
      },
      {
        question: 'An open connection to the old writer is cut (deregistration delay 10 s)',
        documented: AWS_TIMES.termination.time,
        measured: cut,
      },
      {
        question: 'States of a target that is registered again while another one is healthy',
        documented: 'as for any new one',
        measured: back,
      },
    ];
  },
};
