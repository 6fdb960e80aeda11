import { AllowedSource } from '../../lib/allowlist/allowed-source';
import { readAllowlistFiles } from '../../lib/allowlist/allowlist-reader';
import { type AllowlistProps, AllowlistReview } from '../../lib/allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../../lib/allowlist/allowlist-rules';
import { ALLOWLIST_WARNINGS } from '../../lib/allowlist/allowlist-warnings';
import type { Problem } from '../../lib/endpoint-error';
import { applyRules } from '../../lib/rule';

/** What there is to say of an allowlist file without a stack. */
export interface AllowlistReport {
  readonly files: readonly string[];
  readonly entries: number;
  readonly expired: number;
  /** How many addresses it admits, as decimal numbers: IPv6 has more than JSON can count. */
  readonly addresses: { readonly ipv4: string; readonly ipv6: string };
  readonly securityGroups: readonly { readonly name: string; readonly ipv4: number; readonly ipv6: number }[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Reads an allowlist file and judges it as an endpoint would. */
export function checkAllowlistFile(
  path: string,
  readFile: (path: string) => string,
  options: Omit<AllowlistProps, 'allow'>,
): AllowlistReport {
  const { entries, files, problems } = readAllowlistFiles(path, readFile);
  const review = new AllowlistReview({ ...options, allow: entries.map((entry) => AllowedSource._fromEntry(entry)) });
  const refused = problems.length > 0 ? problems : applyRules(ALLOWLIST_RULES, review);
  const sound = refused.length === 0;
  return {
    files,
    entries: entries.length,
    expired: sound ? review.allowlist.expired.length : 0,
    addresses: sound
      ? { ipv4: String(review.admitted.size(4)), ipv6: String(review.admitted.size(6)) }
      : { ipv4: '0', ipv6: '0' },
    securityGroups:
      sound && 'groups' in review.plan ? review.plan.groups.map(({ name, count }) => ({ name, ...count })) : [],
    problems: refused,
    warnings: sound ? applyRules(ALLOWLIST_WARNINGS, review) : [],
  };
}
