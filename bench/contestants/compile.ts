import { AllowedSource } from '../../lib/allowlist/allowed-source';
import { assertPlaced } from '../../lib/allowlist/allowlist-plan';
import { AllowlistReview } from '../../lib/allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../../lib/allowlist/allowlist-rules';
import { applyRules } from '../../lib/rules/rule';
import { perform } from './task';

// The compile step of this library alone: from the sources of an allowlist to the rules of each security group.
perform(({ entries, rulesPerGroup }) => {
  const allow = entries.map(({ block, description }) => AllowedSource.cidr(block, { description }));
  const review = new AllowlistReview({ allow, dualStack: true, quotas: { rulesPerSecurityGroup: rulesPerGroup } });
  const [problem] = applyRules(ALLOWLIST_RULES, review);
  if (problem) throw new Error(problem.reason);
  assertPlaced(review.plan);
  return { synth: () => undefined };
});
