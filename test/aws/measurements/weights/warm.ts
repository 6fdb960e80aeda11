import type { Row } from '../measurement';
import type { WeightsSite } from '.';

/** Whether a target of a group with weight 0 is checked, from its registration on. */
export async function warm({ clock, groups, standby }: WeightsSite): Promise<Row[]> {
  const state = () => groups.stateOf(standby.group, standby.address);
  // The one of the first apply has been there for long.
  await groups.deregister(standby.group, standby.address);
  await clock.history(state, (seen) => seen === 'gone' || seen.startsWith('unused'));
  await groups.register(standby.group, standby.address);
  return [
    {
      question: 'States of a target in a group with weight 0, from its registration until it is healthy',
      documented: 'health-checked, as the group is used',
      measured: await clock.history(state, (seen) => seen === 'healthy'),
    },
  ];
}
