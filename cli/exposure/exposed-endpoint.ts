import type { WrittenGuards, WrittenSource } from '../../lib/exposure/exposure-format';
import type { AddressSet } from '../../lib/network/address-set';
import type { User } from './user';

/** An endpoint of a synthesized app, with what it is known to admit. */
export interface ExposedEndpoint {
  /** Name of the stack, which is the folder that its file is in. */
  readonly stack: string;
  /** Path of the endpoint in the app. */
  readonly endpoint: string;
  readonly engine: string;
  /** The name that clients connect to, or an expression if it is known after apply. */
  readonly hostname: string;
  /** The port, or an expression. */
  readonly port: number | string;
  /** Where TLS ends: `terminate` at the listener, `passthrough` at the database. */
  readonly tls: string;
  readonly internetFacing: boolean;
  readonly privateLink?: SharedOverPrivateLink;
  /** What keeps its allowlist narrow; missing where an older release wrote the file. */
  readonly guards?: WrittenGuards;
  /** Who may connect. */
  readonly entries: readonly Entry[];
  /** Who could connect until their last day had passed. */
  readonly expired: readonly Entry[];
  /** The logins of the database that the app makes. */
  readonly users: readonly User[];
  /**
   * What tells where clients connect from every other place: the hostname as it is written, and, where Terraform moves the
   * resource that has it, as it was written before. An expression means something within its stack only.
   */
  readonly knownAs: readonly string[];
}

/** How it is shared over PrivateLink. */
export interface SharedOverPrivateLink {
  readonly principals: readonly string[];
  readonly acceptanceRequired: boolean;
  readonly allowlistApplies: boolean;
  readonly supportedRegions: readonly string[];
}

/** One block, list or group that is admitted. */
export interface Entry extends Omit<WrittenSource, 'labels'> {
  /** File, line and column, or `allow[3]`; missing where `exposure-locations.json` is. */
  readonly location?: string;
  /** What it admits; missing where that is the content of a list or group, or known after apply. */
  readonly addresses?: AddressSet;
}

/** What an entry admits, whoever it was added for. */
export function identityOf({ kind, value }: Pick<Entry, 'kind' | 'value'>): string {
  return `${kind} ${value}`;
}

/** Whether a value is known after apply. */
export function isExpression(value: unknown): boolean {
  return typeof value === 'string' && /[$%]\{/.test(value);
}
