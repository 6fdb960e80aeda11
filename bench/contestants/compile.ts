import { AllowedSource } from '../../lib/allowlist/allowed-source';
import { resolveAllowlist } from '../../lib/allowlist/allowlist-input';
import { assertPlaced } from '../../lib/allowlist/allowlist-plan';
import { AllowlistReview } from '../../lib/allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../../lib/allowlist/allowlist-rules';
import { perform } from './task';

// The compile step of this library alone: from the sources of an allowlist to the rules of each security group.
perform(({ entries, rulesPerGroup }) => {
  const allow = entries.map(({ block, description }) => AllowedSource.cidr(block, { description }));
  const quotas = { rulesPerSecurityGroup: rulesPerGroup };
  const input = resolveAllowlist({ allow, dualStack: true, internetFacing: true, quotas });
  const review = new AllowlistReview(input);
  const [problem] = ALLOWLIST_RULES.check(review);
  if (problem) throw new Error(problem.reason);
  assertPlaced(review.plan);
  return { synth: () => undefined };
});
