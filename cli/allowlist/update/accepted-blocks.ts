import { AllowedSource } from '../../../lib/allowlist/allowed-source';
import type { AllowlistEntry } from '../../../lib/allowlist/allowlist-entry';
import { resolveAllowlist, type WrittenAllowlist } from '../../../lib/allowlist/allowlist-input';
import { AllowlistReview } from '../../../lib/allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../../../lib/allowlist/allowlist-rules';
import { ALLOWLIST_WARNINGS } from '../../../lib/allowlist/allowlist-warnings';
import { type FeedEntry, urlOf } from '../../../lib/allowlist-file/feed';
import { type Cidr, isCidr, parseCidr } from '../../../lib/network/cidr';
import type { Problem } from '../../../lib/rules/endpoint-error';
import { serverText } from '../../server-text';
import { FeedFailure } from './failure';

/** How the lists are judged: as the only allowlist of an endpoint with these properties. */
export type Judged = Omit<WrittenAllowlist, 'allow'>;

/**
 * The blocks of a published list in canonical form, each once and in order; throws a `FeedFailure` where an endpoint
 * would not accept them.
 */
export function acceptedBlocks(entry: FeedEntry, written: readonly string[], judged: Judged): readonly string[] {
  const byText = new Map<string, string | Cidr>();
  for (const text of written) {
    const block = parseCidr(text);
    byText.set(isCidr(block) ? block.text : text, isCidr(block) ? block : text);
  }
  if (byText.size > MOST_BLOCKS) throw tooMany(byText.size);
  const problems = problemsOf(entry, [...byText.keys()], judged);
  if (problems.length > 0) throw refusedBy(problems);
  return [...byText.values()]
    .filter((block) => typeof block !== 'string')
    .sort(byAddress)
    .map(({ text }) => text);
}

/**
 * Far more than the security groups of a network interface have room for, which is 1,000 rules of each family. It is not
 * worth the time to find out what else is wrong with such a list.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
const MOST_BLOCKS = 10_000;

function tooMany(count: number): FeedFailure {
  return new FeedFailure(
    'refused',
    `has ${count} blocks, for which no load balancer has room`,
    'Write a select, or the address of a list, of one service and one region.',
  );
}

/** What the rules of an endpoint find wrong; nobody means a private range of a published list, as long as it is not said. */
function problemsOf({ feed, about, origin }: FeedEntry, blocks: readonly string[], judged: Judged): readonly Problem[] {
  // Whether its last day has passed is no matter of the list.
  const { expires: _, ...said } = about;
  const published = { ...said, feed: { url: urlOf(feed), lock: '' } };
  const entries = blocks.map((value): AllowlistEntry => ({ kind: 'cidr', value, about: published, origin }));
  const allow = entries.map((each) => AllowedSource._fromEntry(each));
  const review = new AllowlistReview(resolveAllowlist({ ...judged, allow }));
  const problems = ALLOWLIST_RULES.check(review).filter(({ rule }) => !OF_THE_FILE.includes(rule));
  if (problems.length > 0) return problems;
  return ALLOWLIST_WARNINGS.check(review)
    .filter(({ rule }) => rule === 'SourceSeldomMatches')
    .map((warning) => ({ ...warning, remedy: INSIDE }));
}

/** What a file requires to be said is judged where the file is read. */
const OF_THE_FILE: readonly string[] = ['ExpiryRequired'];

const INSIDE =
  'Ask the vendor. If the list is that of a network of your own, and its endpoint is internal, pass --internal.';

function refusedBy(problems: readonly Problem[]): FeedFailure {
  const [first] = problems;
  const value = typeof first.value === 'string' ? `'${serverText(first.value, 60)}', which ` : 'what ';
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
  const remedy = OF_THE_VENDOR.includes(first.rule ?? '') ? ASK : first.remedy;
  return new FeedFailure('refused', `has ${value}${first.reason} [${first.rule}]${more}`, remedy);
}

/** What only the vendor can correct. */
const OF_THE_VENDOR: readonly string[] = ['CidrInvalid', 'CidrHasHostBits', 'SourceNeverMatches'];

const ASK = 'Ask the vendor to correct it, or write a select that leaves it out.';

function byAddress(a: Cidr, b: Cidr): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefix - b.prefix;
}
