import { failover } from './failover';
import { idle } from './idle';
import type { Measurement } from './measurement';
import { missingZone } from './missing-zone';
import { reachable } from './reachable';
import { removedRule } from './removed-rule';
import { tlsListener } from './tls-listener';
import { weights } from './weights';

/** In the order in which they run: each begins with an endpoint that works. */
export const MEASUREMENTS: readonly Measurement[] = [
  reachable,
  tlsListener,
  removedRule,
  missingZone,
  weights,
  failover,
  idle,
];
