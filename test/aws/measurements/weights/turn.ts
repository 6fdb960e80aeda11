import { AWS_TIMES } from '../../../support/aws-times';
import { Connection } from '../../connection';
import type { Row } from '../measurement';
import type { WeightsSite } from '.';
import { inARow } from './in-a-row';

/**
 * A listener that turns from one target group to another, without weights: to a group that another listener keeps in
 * use, and so healthy, and then to one that nothing has used meanwhile, as a replaced group is today.
 */
export async function turn({ outputs, clock, groups, standby, tcp }: WeightsSite): Promise<Row[]> {
  const [listener, group] = [outputs['tcp_listener'] ?? '', outputs['tcp_group'] ?? ''];
  const reached = async () => (await Connection.reached(tcp)) ?? 'nothing';
  await groups.turn(listener, standby.group);
  const warm = await clock.history(reached, inARow('standby'));
  await groups.turn(listener, group);
  const cold = await clock.history(reached, inARow('writer'));
  return [
    {
      question: 'Which server new connections reach after a listener turned to a group that is healthy already',
      documented: 'the old one for about 75 s, measured by a user',
      measured: warm,
    },
    {
      question: 'The same where no listener has used the new group (a target group that is replaced)',
      documented: `some minutes without service: ${AWS_TIMES.registration.time}`,
      measured: cold,
    },
  ];
}
