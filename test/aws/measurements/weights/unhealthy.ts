import { ADDRESS_WITHOUT_SERVER } from '../../stack';
import type { Row } from '../measurement';
import type { WeightsSite } from '.';
import { looks } from './in-a-row';

/** Whether connections leave a group without a healthy target for one with weight 0: health checks would then choose the writer. */
export async function unhealthy(site: WeightsSite): Promise<Row[]> {
  const { clock, groups, writer, standby } = site;
  await groups.register(writer.group, ADDRESS_WITHOUT_SERVER);
  await groups.deregister(writer.group, writer.address);
  const states = await clock.history(
    () => groups.stateOf(writer.group, ADDRESS_WITHOUT_SERVER),
    (state) => state.startsWith('unhealthy'),
  );
  const warm = await groups.stateOf(standby.group, standby.address);
  const seen = await clock.history(site.reached, looks(60));

  await groups.register(writer.group, writer.address);
  await groups.deregister(writer.group, ADDRESS_WITHOUT_SERVER);
  await clock.history(
    () => groups.stateOf(writer.group, writer.address),
    (state) => state === 'healthy',
  );
  return [
    {
      question: 'States of the only target of the group with weight 1, where nothing listens',
      documented: 'unhealthy',
      measured: states,
    },
    {
      question: `Which server 60 connections reach then, while the target of the group with weight 0 is ${warm}`,
      documented: 'not documented',
      measured: seen,
    },
  ];
}
