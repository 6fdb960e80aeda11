import type { Observation } from '../observation';

/** One thing that was checked. */
export interface Finding {
  readonly check: CheckName;
  readonly status: Status;
  /** A clause or sentence without a full stop. */
  readonly detail: string;
  /** What to do about it: full sentences. */
  readonly remedy?: string;
}

/** The names are part of the command's interface: docs/cli.md lists them. */
export const CHECK_NAMES = [
  'blocked',
  'reachable',
  'latency',
  'ssh',
  'tls',
  'client-cert',
  'chain',
  'name',
  'expiry',
  'key',
  'plaintext',
  'old-tls',
  'idle',
] as const;

export type CheckName = (typeof CHECK_NAMES)[number];

/** Only `failed` counts against an endpoint; `unknown` is what cannot be determined from outside. */
export type Status = 'ok' | 'warning' | 'failed' | 'unknown';

/** Judges one thing; `undefined` where it does not apply. */
export type Judge = (observation: Observation) => Omit<Finding, 'check'> | undefined;
