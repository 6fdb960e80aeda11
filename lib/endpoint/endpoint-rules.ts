import { AllowlistReview } from '../allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../allowlist/allowlist-rules';
import { ALLOWLIST_WARNINGS } from '../allowlist/allowlist-warnings';
import { ALLOWLIST_FILE_RULES } from '../allowlist-file/allowlist-file-rules';
import { CERTIFICATE_RULES, CERTIFICATE_WARNINGS } from '../certificate/certificate-rules';
import { GUIDE_RULES } from '../clients/client-guide-rules';
import { URL_RULES } from '../clients/connection-url-rules';
import { LOGIN_RULES } from '../clients/login/login-rules';
import { DOMAIN_RULES, DOMAIN_WARNINGS } from '../dns/domain-rules';
import { RECORD_RULES, type RecordReview, recordsOfEndpoint } from '../dns/record-rules';
import { CUSTOM_ENGINE_RULES } from '../engine/custom-engine';
import { HEALTH_CHECK_WARNINGS } from '../load-balancer/health-check-warnings';
import { LOAD_BALANCER_RULES } from '../load-balancer/load-balancer-rules';
import type { Problem } from '../rules/endpoint-error';
import { applyRules, type Rule } from '../rules/rule';
import { SYNC_SETTINGS_DIFFER, TARGET_SYNC_RULES, TARGET_SYNC_WARNINGS } from '../target-sync/target-sync-rules';
import { FOLLOWED_NAME_WARNINGS } from '../targets/followed-name-warnings';
import { FOLLOWED_TARGET_RULES } from '../targets/followed-target-rules';
import { TARGET_RULES, TARGET_WARNINGS } from '../targets/target-rules';
import { TLS_RULES, TLS_WARNINGS } from '../tls/tls-rules';
import type { DatabaseEndpointProps } from './database-endpoint-props';
import { endpointShapeProblems, SHAPE_RULES } from './endpoint-types';
import { OUTPUT_RULES } from './output-rules';
import { PRECONDITION_RULES } from './precondition-rules';

const ACKNOWLEDGE_UNKNOWN: Rule<DatabaseEndpointProps> = {
  name: 'AcknowledgeUnknown',
  because: 'A misspelt name would keep the warning alive, and one that no longer exists hides nothing.',
  check: ({ acknowledge }) =>
    (acknowledge ?? []).flatMap((name, i) =>
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

const ENGINE_CAVEAT: Rule<DatabaseEndpointProps> = {
  name: 'EngineCaveat',
  because: 'Some drivers look for the private names of the database, which lead nowhere from outside.',
  check: ({ engine }) =>
    engine.warnings.map((warning) => ({
      property: 'engine',
      value: engine.name,
      reason: 'needs care',
      remedy: warning,
    })),
};

const GENERAL_RULES = [
  ACKNOWLEDGE_UNKNOWN,
  ...LOAD_BALANCER_RULES,
  ...DOMAIN_RULES,
  ...TLS_RULES,
  ...CERTIFICATE_RULES,
  ...TARGET_RULES,
  ...FOLLOWED_TARGET_RULES,
  ...TARGET_SYNC_RULES,
];
const GENERAL_WARNINGS = [
  ENGINE_CAVEAT,
  ...HEALTH_CHECK_WARNINGS,
  ...DOMAIN_WARNINGS,
  ...TLS_WARNINGS,
  ...CERTIFICATE_WARNINGS,
  ...TARGET_WARNINGS,
  ...FOLLOWED_NAME_WARNINGS,
  ...TARGET_SYNC_WARNINGS,
];
const WARNING_NAMES = new Set([...GENERAL_WARNINGS, ...ALLOWLIST_WARNINGS].map(({ name }) => name));

/** Everything that is wrong with an endpoint. */
export function endpointProblems(
  props: DatabaseEndpointProps,
  review = new AllowlistReview(props),
  ownerOf: RecordReview['ownerOf'] = () => undefined,
): Problem[] {
  const misshapen = endpointShapeProblems(props);
  if (misshapen.length > 0) return misshapen;
  return [
    ...props.engine._problems,
    ...applyRules(GENERAL_RULES, props),
    ...applyRules(RECORD_RULES, { wanted: recordsOfEndpoint(props, review.keyOf), ownerOf }),
    ...props.allow.flatMap(({ _about }) => _about.problems ?? []),
    ...applyRules(ALLOWLIST_RULES, review),
  ];
}

/** Everything that is worth knowing about a valid endpoint and has not been acknowledged. */
export function endpointWarnings(props: DatabaseEndpointProps, review = new AllowlistReview(props)): Problem[] {
  const unheard = ({ name }: { readonly name: string }) => !props.acknowledge?.includes(name);
  return [
    ...applyRules(GENERAL_WARNINGS.filter(unheard), props),
    ...applyRules(ALLOWLIST_WARNINGS.filter(unheard), review),
  ];
}

/** Every rule, for the documentation. */
export const ALL_RULES = {
  refusals: documented(...SHAPE_RULES, ...CUSTOM_ENGINE_RULES, ...GENERAL_RULES, ...RECORD_RULES, ...ALLOWLIST_RULES),
  warnings: documented(...GENERAL_WARNINGS, ...ALLOWLIST_WARNINGS),
  neighbours: documented(SYNC_SETTINGS_DIFFER),
  urls: documented(...URL_RULES),
  guides: documented(...GUIDE_RULES),
  logins: documented(...LOGIN_RULES),
  outputs: documented(...OUTPUT_RULES),
  files: ALLOWLIST_FILE_RULES,
  preconditions: PRECONDITION_RULES,
};

function documented(...rules: readonly Pick<Rule<never>, 'name' | 'because' | 'see'>[]) {
  return rules.map(({ name, because, see }) => ({ name, because, see }));
}
