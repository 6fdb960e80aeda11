import type { Judge } from './finding';

/** The allowlist test: every address must drop us, and a name without addresses proves nothing. */
export const blocked: Judge = ({ request, nameError, waysIn }) => {
  if (!waysIn) return undefined;
  const open = waysIn.filter(({ verdict }) => verdict === 'open');
  if (open.length > 0) {
    return {
      status: 'failed',
      detail: open.map(({ address, evidence }) => `${address} ${evidence}`).join('; '),
      remedy: 'Remove the source that admits this machine from the allowlist, or test from where nobody is admitted.',
    };
  }
  const shut = waysIn.filter(({ verdict }) => verdict === 'blocked');
  if (shut.length > 0) {
    return { status: 'ok', detail: shut.map(({ address, evidence }) => `${address} ${evidence}`).join('; ') };
  }
  const why = waysIn[0]
    ? `${waysIn[0].address} ${waysIn[0].evidence}`
    : `${request.host} has no address (${nameError})`;
  return {
    status: 'unknown',
    detail: `nothing was proven: ${why}`,
    remedy: 'Test from a machine that can resolve the name and has a route to its addresses.',
  };
};
