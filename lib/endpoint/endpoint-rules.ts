import { AllowlistReview } from '../allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../allowlist/allowlist-rules';
import { ALLOWLIST_WARNINGS } from '../allowlist/allowlist-warnings';
import { ALLOWLIST_FILE_RULES } from '../allowlist-file/allowlist-file-rules';
import { CERTIFICATE_RULES, CERTIFICATE_WARNINGS } from '../certificate/certificate-rules';
import { GUIDE_RULES } from '../clients/client-guide-rules';
import { URL_RULES } from '../clients/connection-url-rules';
import { USER_RULES } from '../clients/user-statements/user-rules';
import { DOMAIN_RULES, DOMAIN_WARNINGS } from '../dns/domain-rules';
import { RECORD_RULES, type RecordReview } from '../dns/record-rules';
import { CUSTOM_ENGINE_RULES } from '../engine/custom-engine';
import { LISTENER_RULES } from '../load-balancer/listener-rules';
import { LOAD_BALANCER_RULES } from '../load-balancer/load-balancer-rules';
import type { Problem } from '../rules/endpoint-error';
import { applyRules, type Rule } from '../rules/rule';
import { TYPE_RULES } from '../rules/type-check';
import { FOLLOWING_RULES, FOLLOWING_WARNINGS } from '../target-sync/following-rules';
import { SYNC_PLACEMENT_RULE, TARGET_SYNC_RULES, TARGET_SYNC_WARNINGS } from '../target-sync/target-sync-rules';
import { FOLLOWED_NAME_WARNINGS } from '../targets/followed-name-warnings';
import { FOLLOWED_TARGET_RULES } from '../targets/followed-target-rules';
import { HEALTH_CHECK_RULES, HEALTH_CHECK_WARNINGS } from '../targets/health-check-rules';
import { TARGET_RULES, TARGET_WARNINGS } from '../targets/target-rules';
import { TLS_RULES, TLS_WARNINGS } from '../tls/tls-rules';
import { recordsOfEndpoint } from './endpoint-records';
import { OUTPUT_RULES } from './output-rules';
import { PRECONDITION_RULES } from './precondition-rules';
import type { ResolvedEndpoint } from './resolve-endpoint';

const ACKNOWLEDGE_UNKNOWN: Rule<ResolvedEndpoint> = {
  name: 'AcknowledgeUnknown',
  because: 'A misspelt name would keep the warning alive, and one that no longer exists hides nothing.',
  check: ({ acknowledge }) =>
    acknowledge.flatMap((name, i) =>
      WARNING_NAMES.has(name)
        ? []
        : {
            property: `acknowledge[${i}]`,
            value: name,
            reason: 'is not the name of a warning',
            remedy: `Write one of ${[...WARNING_NAMES].sort().join(', ')}.`,
          },
    ),
};

const ENGINE_CAVEAT: Rule<ResolvedEndpoint> = {
  name: 'EngineCaveat',
  because: 'Some drivers look for the private names of the database, which lead nowhere from outside.',
  check: ({ tls: { engine } }) =>
    engine.warnings.map((warning) => ({
      property: 'engine',
      value: engine.name,
      reason: 'needs care',
      remedy: warning,
    })),
};

/** The rules of a room, each with its input taken out of the endpoint. */
function ofSlice<Slice extends keyof ResolvedEndpoint>(
  slice: Slice,
  rules: readonly Rule<ResolvedEndpoint[Slice]>[],
): Rule<ResolvedEndpoint>[] {
  return rules.map((rule) => ({ ...rule, check: (endpoint) => rule.check(endpoint[slice]) }));
}

function ofFollowing(rules: typeof FOLLOWING_RULES): Rule<ResolvedEndpoint>[] {
  return rules.map((rule) => ({
    ...rule,
    check: ({ targets: { target }, tags }) => rule.check({ target, tags }),
  }));
}

const GENERAL_RULES: readonly Rule<ResolvedEndpoint>[] = [
  ACKNOWLEDGE_UNKNOWN,
  ...ofSlice('loadBalancer', LOAD_BALANCER_RULES),
  ...ofSlice('listenerInput', LISTENER_RULES),
  ...ofSlice('domain', DOMAIN_RULES),
  ...ofSlice('tls', TLS_RULES),
  ...ofSlice('certificates', CERTIFICATE_RULES),
  ...ofSlice('targets', [...HEALTH_CHECK_RULES, ...TARGET_RULES, ...FOLLOWED_TARGET_RULES]),
  ...ofFollowing(FOLLOWING_RULES),
];
const GENERAL_WARNINGS: readonly Rule<ResolvedEndpoint>[] = [
  ENGINE_CAVEAT,
  ...ofSlice('targets', HEALTH_CHECK_WARNINGS),
  ...ofSlice('domain', DOMAIN_WARNINGS),
  ...ofSlice('tls', TLS_WARNINGS),
  ...ofSlice('certificates', CERTIFICATE_WARNINGS),
  ...ofSlice('targets', [...TARGET_WARNINGS, ...FOLLOWED_NAME_WARNINGS]),
  ...ofFollowing(FOLLOWING_WARNINGS),
];
const WARNING_NAMES = new Set([...GENERAL_WARNINGS, ...ALLOWLIST_WARNINGS.names].map(({ name }) => name));

/** Everything that is wrong with an endpoint whose properties have the right types. */
export function endpointProblems(
  endpoint: ResolvedEndpoint,
  review = new AllowlistReview(endpoint.allowlist),
  records: RecordReview = { wanted: recordsOfEndpoint(endpoint, review.keyOf), ownerOf: () => undefined },
): Problem[] {
  return [
    ...endpoint.tls.engine._problems,
    ...applyRules(GENERAL_RULES, endpoint),
    ...applyRules(RECORD_RULES, records),
    ...ALLOWLIST_RULES.check(review),
  ];
}

/** Every warning about a valid endpoint that has not been acknowledged. */
export function endpointWarnings(
  endpoint: ResolvedEndpoint,
  review = new AllowlistReview(endpoint.allowlist),
): Problem[] {
  const warnings = [...applyRules(GENERAL_WARNINGS, endpoint), ...ALLOWLIST_WARNINGS.check(review)];
  return warnings.filter(({ rule }) => !endpoint.acknowledge.includes(rule));
}

/** Every rule, for the documentation. */
export const ALL_RULES = {
  refusals: documented(
    ...TYPE_RULES,
    ...CUSTOM_ENGINE_RULES,
    ...GENERAL_RULES,
    ...RECORD_RULES,
    SYNC_PLACEMENT_RULE,
    ...ALLOWLIST_RULES.names,
  ),
  warnings: documented(...GENERAL_WARNINGS, ...ALLOWLIST_WARNINGS.names, ...TARGET_SYNC_WARNINGS),
  targetSync: documented(...TARGET_SYNC_RULES),
  urls: documented(...URL_RULES),
  guides: documented(...GUIDE_RULES),
  users: documented(...USER_RULES),
  outputs: OUTPUT_RULES,
  files: ALLOWLIST_FILE_RULES,
  preconditions: PRECONDITION_RULES,
};

function documented(...rules: readonly Pick<Rule<never>, 'name' | 'because' | 'see'>[]) {
  const byName = new Map(rules.map(({ name, because, see }) => [name, { name, because, see }]));
  return [...byName.values()];
}
