import { ADDRESS_IN_MISSING_ZONE } from '../stack';
import type { Measurement } from './measurement';

/** A database that moves to a zone which the load balancer does not have. */
export const missingZone: Measurement = {
  name: 'missing-zone',
  minutes: 3,
  run: async ({ outputs, clock, groups }) => {
    const group = outputs['tcp_group'] ?? '';
    await groups.register(group, ADDRESS_IN_MISSING_ZONE);
    const states = await clock.history(
      () => groups.stateOf(group, ADDRESS_IN_MISSING_ZONE),
      (state) => state.startsWith('unused') || state.startsWith('unhealthy'),
    );
    await groups.deregister(group, ADDRESS_IN_MISSING_ZONE);
    return [
      {
        question: 'States of a target in a zone that the load balancer does not have',
        documented: 'unused (Target.NotInUse)',
        measured: states,
      },
    ];
  },
};
