import type { Endpoint } from './configuration';
import type { Span } from './follow';
import type { Services } from './look';
import type { Change } from './progress';

/** What became of a group whose connections are to end. */
export interface Retirement {
  /** Whether a listener still sends new connections to it, so that it must not be emptied. */
  readonly serves: boolean;
  readonly failures: readonly string[];
}

/**
 * Empties a group, which ends its connections, unless a listener still gives it weight: the configuration is new before the
 * listener has moved, and stays new where an apply ends in between.
 *
 * @param isPatient whether to try again until the group shows it, as an apply does. A run that tried for long could empty
 * the group that a later configuration fills again.
 */
export async function retire(
  endpoint: Pick<Endpoint, 'name'>,
  span: Span,
  isPatient: boolean,
  { clock, group, report }: Pick<Services, 'clock' | 'group' | 'report'>,
): Promise<Retirement> {
  let unverified: readonly Change[] = [];
  for (let attempt = 1; ; attempt++) {
    let left: Retirement;
    try {
      const live = (await group.describe()).filter(({ state }) => state !== 'draining');
      const isGone = ({ target }: Change) => !live.some(({ address, port }) => isSame(target, { address, port }));
      report.changed(unverified.filter(isGone), clock.now());
      report.flush();
      if (live.length === 0) return DONE;
      if (await group.receives()) {
        left = { serves: true, failures: [`a listener still sends connections to the target group before`] };
      } else {
        const because = `connections to ${endpoint.name} that were opened before its epoch end`;
        unverified = live.map(({ address, port, zone }) => {
          return { action: 'deregister', target: { address, port, zone }, because, since: clock.now() };
        });
        report.acts('deregister', unverified);
        await group.deregister(unverified.map(({ target }) => target));
        left = { serves: false, failures: isPatient ? ['the target group before still shows targets'] : [] };
      }
    } catch (failure) {
      report.failed(failure);
      report.flush();
      left = { serves: false, failures: [`${failure}`] };
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    if (!isPatient || clock.now() + pause >= span.end) return left;
    await clock.sleep(pause);
  }
}

const DONE: Retirement = { serves: false, failures: [] };
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

function isSame(one: Change['target'], other: Change['target']): boolean {
  return one.address === other.address && one.port === other.port;
}
