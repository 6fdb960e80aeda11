import { keyOf, urlOf } from '../../../lib/allowlist-file/feed';
import type { LockedFeed } from '../../../lib/allowlist-file/feed-lock';
import type { AddressSet } from '../../../lib/network/address-set';
import { locationText } from '../../../lib/rules/location';
import { addressesOf } from '../../exposure/access';
import { accessChanges } from '../../exposure/diff/compare-access';
import type { AccessChange } from '../../exposure/diff/difference';
import type { Entry } from '../../exposure/exposed-endpoint';
import { addressesOf as addressesOfBlocks } from './sudden-change';
import type { LockReport } from './update-allowlist';

/** Who gains and who loses access by a lock file, as `exposure diff` compares two states of an app. */
export interface LockChanges {
  readonly before: AddressSet;
  readonly after: AddressSet;
  readonly gained: AddressSet;
  readonly lost: AddressSet;
  readonly changes: readonly AccessChange[];
}

export function changesOf(report: LockReport): LockChanges {
  const [base, head] = [report.before, report.after].map((feeds) => feeds.map((feed) => entryOf(feed, report)));
  const [before, after] = [addressesOf(base), addressesOf(head)];
  const [gained, lost] = [after.subtract(before), before.subtract(after)];
  const changes = [
    ...accessChanges('gained', gained, head, { other: base }),
    ...accessChanges('lost', lost, base, { other: head }),
  ];
  return { before, after, gained, lost, changes };
}

/** A published list as one entry. */
function entryOf(feed: LockedFeed, { feeds, lock }: LockReport): Entry {
  const addresses = addressesOfBlocks(feed.blocks);
  const value = urlOf(feed);
  const found = feeds.find(({ entry }) => keyOf(entry.feed) === keyOf(feed))?.entry;
  if (found === undefined) return { kind: 'cidr', value, description: value, location: lock, addresses };
  const { description, owner, ticket, expires } = found.about;
  const location = locationText(found.origin.location);
  return { kind: 'cidr', value, description, owner, ticket, expires, location, addresses };
}
