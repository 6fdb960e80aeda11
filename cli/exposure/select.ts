import { daysLeft, isExpiry } from '../../lib/allowlist/expiry';
import type { Cidr } from '../../lib/network/cidr';
import type { Entry, ExposedEndpoint } from './exposed-endpoint';
import type { User } from './user';

/** What is asked for; everything where nothing is. */
export interface Question {
  /** The path of an endpoint, or its last parts. */
  readonly endpoint?: string;
  /** Who owns the access. */
  readonly owner?: string;
  /** The integration that the access was added for. */
  readonly integration?: string;
  /** Only access that ends at most this many days from `now`. */
  readonly expiringDays?: number;
  /** Only entries that admit at least one of these addresses. */
  readonly address?: Cidr;
  readonly now: Date;
}

/** What was found at an endpoint. */
export interface Selected {
  readonly endpoint: ExposedEndpoint;
  readonly entries: readonly Entry[];
  /** Entries that may admit the addresses: what they contain is not known here. */
  readonly undetermined: readonly Entry[];
  /** What has no access any more; only where nothing narrower is asked for. */
  readonly expired: readonly Entry[];
  /** Logins of the database, where neither an owner nor an address is asked for: those say nothing of logins. */
  readonly users: readonly User[];
}

/** What is asked for of the endpoints. Those that have nothing of it are left out. */
export function select(endpoints: readonly ExposedEndpoint[], question: Question): Selected[] {
  const { owner, integration, expiringDays, address, now } = question;
  const isNarrowed = [owner, integration, expiringDays, address].some((each) => each !== undefined);
  const isOnlyAddress = address !== undefined && [owner, integration, expiringDays].every((each) => each === undefined);
  const isMeant = (entry: Entry) =>
    isSame(owner, entry.owner) &&
    isSame(integration, entry.integration) &&
    (expiringDays === undefined || endsWithin(entry, expiringDays, now));
  const isUserMeant = (user: User) =>
    owner === undefined &&
    address === undefined &&
    isSame(integration, user.integration) &&
    (expiringDays === undefined || endsBefore(user, expiringDays, now));
  return endpoints
    .filter((endpoint) => question.endpoint === undefined || isCalled(endpoint, question.endpoint))
    .map((endpoint) => {
      const meant = endpoint.entries.filter(isMeant);
      const users = endpoint.users.filter(isUserMeant);
      if (address === undefined) {
        return { endpoint, entries: meant, undetermined: [], expired: isNarrowed ? [] : endpoint.expired, users };
      }
      return {
        endpoint,
        entries: meant.filter(({ addresses }) => addresses?.overlaps(address)),
        undetermined: meant.filter(({ addresses }) => addresses === undefined),
        expired: [],
        users,
      };
    })
    .filter(
      ({ endpoint, entries, undetermined, users }) =>
        !isNarrowed ||
        entries.length + undetermined.length + users.length > 0 ||
        (isOnlyAddress && isOpenToPrivateLink(endpoint)),
    );
}

/** Whether clients of its consumers connect from addresses that no entry names. */
function isOpenToPrivateLink({ privateLink }: ExposedEndpoint): boolean {
  return privateLink !== undefined && !privateLink.allowlistApplies;
}

/** Whether a name is the one that is asked for, if one is. */
function isSame(asked: string | undefined, name: string | undefined): boolean {
  return asked === undefined || name?.toLowerCase() === asked.toLowerCase();
}

/** Whether an endpoint is the one that is meant: `prod/Orders` is also `Orders`. */
export function isCalled({ endpoint }: ExposedEndpoint, name: string): boolean {
  return endpoint === name || endpoint.endsWith(`/${name}`);
}

function endsWithin({ expires }: Entry, days: number, now: Date): boolean {
  return expires !== undefined && isExpiry(expires) && daysLeft(expires, now) <= days;
}

function endsBefore({ validUntil }: User, days: number, now: Date): boolean {
  // The day of the moment at which the password ends: on that one it may still work.
  const day = validUntil?.slice(0, 10);
  return day !== undefined && isExpiry(day) && daysLeft(day, now) <= days;
}
