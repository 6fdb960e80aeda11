import { daysLeft, isExpiry } from '../../lib/allowlist/expiry';
import type { Cidr } from '../../lib/network/cidr';
import type { Entry, ExposedEndpoint } from './exposed-endpoint';

/** What is asked for; everything where nothing is. */
export interface Question {
  /** The path of an endpoint, or its last parts. */
  readonly endpoint?: string;
  /** Who owns the access. */
  readonly owner?: string;
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
}

/** What is asked for of the endpoints. Those that have nothing of it are left out. */
export function select(endpoints: readonly ExposedEndpoint[], question: Question): Selected[] {
  const { owner, expiringDays, address, now } = question;
  const isNarrowed = owner !== undefined || expiringDays !== undefined || address !== undefined;
  const isMeant = (entry: Entry) =>
    (owner === undefined || entry.owner?.toLowerCase() === owner.toLowerCase()) &&
    (expiringDays === undefined || endsWithin(entry, expiringDays, now));
  return endpoints
    .filter((endpoint) => question.endpoint === undefined || isCalled(endpoint, question.endpoint))
    .map((endpoint) => {
      const meant = endpoint.entries.filter(isMeant);
      if (address === undefined) {
        return { endpoint, entries: meant, undetermined: [], expired: isNarrowed ? [] : endpoint.expired };
      }
      return {
        endpoint,
        entries: meant.filter(({ addresses }) => addresses?.overlaps(address)),
        undetermined: meant.filter(({ addresses }) => addresses === undefined),
        expired: [],
      };
    })
    .filter(({ entries, undetermined }) => !isNarrowed || entries.length + undetermined.length > 0);
}

/** Whether an endpoint is the one that is meant: `prod/Orders` is also `Orders`. */
export function isCalled({ endpoint }: ExposedEndpoint, name: string): boolean {
  return endpoint === name || endpoint.endsWith(`/${name}`);
}

function endsWithin({ expires }: Entry, days: number, now: Date): boolean {
  return expires !== undefined && isExpiry(expires) && daysLeft(expires, now) <= days;
}
