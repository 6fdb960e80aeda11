import type { CheckName, Status } from '../../../cli/check/finding/finding';

/** What each check says; `undefined` where it cannot be made. */
export type Verdicts = Partial<Record<CheckName, Status | undefined>>;

/** What a sound server gets; every row of a table says only what differs. */
const SOUND: Verdicts = {
  reachable: 'ok',
  latency: 'ok',
  tls: 'ok',
  'client-cert': 'ok',
  chain: 'ok',
  name: 'ok',
  expiry: 'ok',
  key: 'ok',
  plaintext: 'ok',
  'old-tls': 'ok',
};

/** What differs without TLS. */
export const NO_TLS: Verdicts = {
  tls: 'failed',
  'client-cert': undefined,
  chain: undefined,
  name: undefined,
  expiry: undefined,
  key: undefined,
  'old-tls': undefined,
  plaintext: 'failed',
};

/** What is expected of statuses where these differ from a sound server's. */
export function verdicts(different: Verdicts): Readonly<Record<string, Status>> {
  const said = Object.entries({ ...SOUND, ...different }).filter(([, status]) => status);
  return Object.fromEntries(said) as Record<string, Status>;
}
