import type { AddressSet } from '../../../lib/network/address-set';
import type { Entry, ExposedEndpoint } from '../exposed-endpoint';
import type { User, UserGrant } from '../user';

/** What a change can be of which somebody wants to be stopped, from the narrowest to the widest. */
export const FACTS = ['public', 'gained', 'weakened', 'any'] as const;

/**
 * - `public`: it faces the internet now, or everybody may connect, or make an interface endpoint
 * - `gained`: somebody has access, a login or a privilege who had none
 * - `weakened`: a guard is weaker, or an access or a password ends later than before
 * - `any`: anything at all
 */
export type Fact = (typeof FACTS)[number];

/** What is different about one endpoint. */
export interface Difference {
  /** Path of the endpoint; in the head, if that has it. */
  readonly endpoint: string;
  /** The endpoint in the base; missing if it is new. */
  readonly before?: ExposedEndpoint;
  /** The endpoint in the head; missing if it is gone. */
  readonly after?: ExposedEndpoint;
  /** The addresses that have access in the head only. */
  readonly gained: AddressSet;
  /** The addresses that had access in the base only. */
  readonly lost: AddressSet;
  /** At least one. */
  readonly changes: readonly Change[];
}

export type Change =
  | EndpointChange
  | RenameChange
  | AccessChange
  | SettingChange
  | ExpiryChange
  | GuardChange
  | RecordChange
  | UserChange
  | PrivilegesChange
  | UserSettingChange;

interface AnyChange {
  readonly facts: readonly Fact[];
}

/** The endpoint is new or gone. */
export interface EndpointChange extends AnyChange {
  readonly kind: 'added' | 'removed';
}

/** Clients connect to the same name and port, and the endpoint has another path. */
export interface RenameChange extends AnyChange {
  readonly kind: 'renamed';
  /** The paths. */
  readonly before: string;
  readonly after: string;
}

/** What an entry admits that was not admitted before, or admitted that is not any more. */
export interface AccessChange extends AnyChange {
  readonly kind: 'gained' | 'lost';
  /** The entry of the head if it was gained, of the base if it was lost. */
  readonly entry: Entry;
  /** Its addresses among those of the change; missing where they are not known. */
  readonly addresses?: AddressSet;
  /** Whether it was lost because its last day has passed. */
  readonly hasExpired: boolean;
}

/** A property of the endpoint has another value. */
export interface SettingChange extends AnyChange {
  readonly kind: 'setting';
  /** As `exposure.json` calls it: `hostname`, `privateLink.principals`. */
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** Access that remains ends on another day. */
export interface ExpiryChange extends AnyChange {
  readonly kind: 'expiry';
  /** An entry of the head that says so. */
  readonly entry: Entry;
  readonly addresses?: AddressSet;
  /** The last days of access; missing where it does not end by itself. */
  readonly before?: string;
  readonly after?: string;
}

/** Something that keeps the allowlist narrow is different. */
export interface GuardChange extends AnyChange {
  readonly kind: 'guard';
  readonly name: 'anywhere' | 'acknowledged' | 'maxBreadthIpv4' | 'maxBreadthIpv6';
  readonly before?: string;
  readonly after?: string;
}

/** What is recorded about an entry is different, which changes nobody's access. */
export interface RecordChange extends AnyChange {
  readonly kind: 'record';
  /** The entry of the head. */
  readonly entry: Entry;
  readonly name: 'description' | 'owner' | 'ticket' | 'integration';
  readonly before?: string;
  readonly after?: string;
}

/** A login of the database is new or gone. */
export interface UserChange extends AnyChange {
  readonly kind: 'userAdded' | 'userRemoved';
  readonly user: User;
}

/** What a login may do that it could not before, or could do and cannot any more. */
export interface PrivilegesChange extends AnyChange {
  readonly kind: 'privilegesGained' | 'privilegesLost';
  /** The login in the head if they were gained, in the base if they were lost. */
  readonly user: User;
  readonly grant: UserGrant;
}

/** A property of a login has another value. */
export interface UserSettingChange extends AnyChange {
  readonly kind: 'userSetting';
  /** The login in the head. */
  readonly user: User;
  readonly name: 'userName' | 'integration' | 'auth' | 'database' | 'futureTables' | 'rotateEveryDays' | 'validUntil';
  readonly before?: string;
  readonly after?: string;
}

/** What all of the differences are. */
export function factsOf(differences: readonly Difference[]): ReadonlySet<Fact> {
  return new Set(differences.flatMap(({ changes }) => changes.flatMap(({ facts }) => facts)));
}
