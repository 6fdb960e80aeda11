import type { Observation } from '../observation';
import { blocked } from './blocked';
import { chain } from './chain';
import { clientCert } from './client-cert';
import { expiry } from './expiry';
import type { CheckName, Finding, Judge } from './finding';
import { CHECK_NAMES } from './finding';
import { idle } from './idle';
import { key } from './key';
import { latency } from './latency';
import { name } from './name';
import { oldTls } from './old-tls';
import { plaintext } from './plaintext';
import { reachable } from './reachable';
import { ssh } from './ssh';
import { tls } from './tls';

const JUDGES: Record<CheckName, Judge> = {
  blocked,
  reachable,
  latency,
  ssh,
  tls,
  'client-cert': clientCert,
  chain,
  name,
  expiry,
  key,
  plaintext,
  'old-tls': oldTls,
  idle,
};

/** Judges everything that was seen, in the order of the checks. */
export function findings(observation: Observation): readonly Finding[] {
  return CHECK_NAMES.flatMap((check) => {
    const finding = JUDGES[check](observation);
    return finding ? [{ check, ...finding }] : [];
  });
}
