import { DatabaseTarget } from '../../lib';
import { validProps } from '../support/endpoint';
import { type Mistake, mistake } from '../support/mistake';
import { privateAddresses } from './target.refusals';

/** What is refused about endpoints whose open connections can be ended. */
export const SESSIONS_MISTAKES: readonly Mistake[] = [
  ...[0, -1, 1.5, 1e9, Number.NaN].map((epoch) =>
    mistake('SessionsEpochInvalid', `the epoch is ${epoch}`, validProps({ sessions: { epoch } }), {
      property: 'sessions.epoch',
      value: epoch,
      reason: /whole number from 1 on/,
      remedy: /Write 1 first, and one more each time/,
    }),
  ),
  mistake(
    'SessionsTargetsElsewhere',
    'something else registers the targets',
    validProps({
      target: DatabaseTarget.selfRegistering({ securityGroupId: 'sg-0123456789abcdef0' }),
      sessions: { epoch: 1 },
    }),
    {
      property: 'sessions',
      reason: /targets that something else registers/,
      remedy: /have the service that registers the targets deregister them/,
    },
  ),
  mistake(
    'SessionsTagsFull',
    'the listener has fifty tags without that of the epoch',
    validProps({
      tags: Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`tag-${i}`, 'x'])),
      sessions: { epoch: 1 },
    }),
    { property: 'tags', reason: /no room for the tag/, remedy: /Leave one out/ },
  ),
  mistake(
    'TargetQuotaExceeded',
    'targets are too many in two groups',
    validProps({
      target: DatabaseTarget.ipAddresses(privateAddresses(251), { securityGroupId: 'sg-0123456789abcdef0' }),
      sessions: { epoch: 1 },
    }),
    { property: 'target', reason: /with sessions in 2 target groups, makes 502 targets/, remedy: /List fewer/ },
  ),
];
