import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';
import type { TargetGroupSettings } from './target-settings';

const MOST = 1_000_000;

/** An endpoint whose open connections can be ended. */
export interface SessionsInput extends Pick<TargetGroupSettings, 'sessions' | 'target'> {
  /** Of the endpoint, without `Name`. */
  readonly tags: { readonly [key: string]: string };
}

/** Validation rules for endpoints whose open connections can be ended. */
export const SESSIONS_RULES: readonly Rule<SessionsInput>[] = [
  {
    name: 'SessionsEpochInvalid',
    because: 'The epoch is counted: from one to the next, the target group that stands by takes over.',
    check: ({ sessions }) => {
      const epoch = sessions?.epoch;
      return epoch === undefined || isUnresolved(epoch) || (Number.isInteger(epoch) && epoch >= 1 && epoch <= MOST)
        ? undefined
        : {
            property: 'sessions.epoch',
            value: epoch,
            reason: 'is not a whole number from 1 on',
            remedy: 'Write 1 first, and one more each time that open connections are to end.',
          };
    },
  },
  {
    name: 'SessionsTargetsElsewhere',
    because: 'Open connections end when their targets are deregistered, which is up to whatever registers them.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay',
    check: ({ sessions, target }) =>
      sessions !== undefined && target._ids === undefined && target._name === undefined
        ? {
            property: 'sessions',
            reason: 'cannot end connections to targets that something else registers',
            remedy: 'Leave it out, and have the service that registers the targets deregister them.',
          }
        : undefined,
  },
  {
    name: 'SessionsTagsFull',
    because: 'The listener keeps the epoch in a tag, and a resource has at most 50.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html',
    check: ({ sessions, tags }) => {
      const count = new Set(['Name', ...Object.keys(tags)]).size;
      return sessions !== undefined && count === 50
        ? {
            property: 'tags',
            reason: 'leaves the listener no room for the tag that keeps sessions.epoch',
            remedy: 'Leave one out.',
          }
        : undefined;
    },
  },
];
