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
import { ADDING_RULES } from '../load-balancer/adding-rules';
import { ADDRESS_CONDITIONS, ADDRESS_RULES, ADDRESS_WARNINGS, type AddressInput } from '../load-balancer/address-rules';
import { CONSUMER_GROUPS_FULL, CONSUMER_RULES, CONSUMER_WARNINGS } from '../load-balancer/consumer-rules';
import { LISTENER_RULES } from '../load-balancer/listener-rules';
import { LOAD_BALANCER_RULES } from '../load-balancer/load-balancer-rules';
import { LINKED_ENDPOINT_RULES, PRIVATE_LINK_RULES, PRIVATE_LINK_WARNINGS } from '../load-balancer/private-link-rules';
import {
  LOAD_BALANCER_NOT_MADE,
  SHARED_LOAD_BALANCER_RULES,
  SHARED_LOAD_BALANCER_WARNINGS,
} from '../load-balancer/shared-load-balancer-rules';
import { SHARING_RULES } from '../load-balancer/sharing-rules';
import { ACCESS_LOG_RULE, LOG_RULES } from '../logs/log-rules';
import { DASHBOARD_RULES } from '../monitoring/dashboard-rules';
import { MONITORING_RULES, MONITORING_WARNINGS, SHARED_ALARM_RULE } from '../monitoring/monitoring-rules';
import { acknowledgeRule } from '../rules/acknowledge-rule';
import type { Problem } from '../rules/endpoint-error';
import { applyRules, type Rule } from '../rules/rule';
import { TYPE_RULES } from '../rules/type-check';
import { FOLLOWING_RULES, FOLLOWING_WARNINGS } from '../target-sync/following-rules';
import { SYNC_PLACEMENT_RULE, TARGET_SYNC_RULES, TARGET_SYNC_WARNINGS } from '../target-sync/target-sync-rules';
import { FOLLOWED_NAME_WARNINGS } from '../targets/followed-name-warnings';
import { FOLLOWED_TARGET_RULES } from '../targets/followed-target-rules';
import { HEALTH_CHECK_RULES, HEALTH_CHECK_WARNINGS } from '../targets/health-check-rules';
import { SESSIONS_RULES } from '../targets/sessions-rules';
import { TARGET_RULES, TARGET_WARNINGS } from '../targets/target-rules';
import { OUTPUT_RULES } from '../terraform/output-rules';
import { TLS_RULES, TLS_WARNINGS } from '../tls/tls-rules';
import { DATABASE_USER_RULES, DATABASE_USER_WARNINGS } from '../users/database-user-rules';
import { USER_NAME_TAKEN } from '../users/user-rules';
import { recordsOfEndpoint } from './endpoint-records';
import { INTEGRATION_RULES } from './integration-rules';
import { PRECONDITION_RULES } from './precondition-rules';
import type { ResolvedEndpoint } from './resolve-endpoint';

const ENGINE_CAVEAT: Rule<ResolvedEndpoint> = {
  name: 'EngineCaveat',
  because: 'Some drivers connect to private names of the database, which are unreachable from outside.',
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

/** Rules, and which endpoints they are about where that is not all of them: the others need not run them. */
interface RuleTable {
  readonly isAbout?: (endpoint: ResolvedEndpoint) => boolean;
  readonly rules: readonly Rule<ResolvedEndpoint>[];
}

const hasLogs = ({ loadBalancer: { accessLogs, flowLogs } }: ResolvedEndpoint) => Boolean(accessLogs ?? flowLogs);
function ofSessions(rules: typeof SESSIONS_RULES): Rule<ResolvedEndpoint>[] {
  return rules.map((rule) => ({
    ...rule,
    check: ({ targets: { sessions, target }, tags }) => rule.check({ sessions, target, tags }),
  }));
}

const hasSessions = ({ targets }: ResolvedEndpoint) => targets.sessions !== undefined;
const hasDomain = ({ domain }: ResolvedEndpoint) => domain.domain !== undefined;
const followsName = ({ targets }: ResolvedEndpoint) => targets.target._name !== undefined;

const TABLES: readonly RuleTable[] = [
  {
    rules: [
      acknowledgeRule(() => WARNING_NAMES),
      ...ofSlice('loadBalancer', LOAD_BALANCER_RULES),
      ...ofSlice('listenerInput', LISTENER_RULES),
    ],
  },
  {
    isAbout: hasLogs,
    rules: [
      ...ofSlice('loadBalancer', LOG_RULES),
      {
        ...ACCESS_LOG_RULE,
        check: ({ loadBalancer: { accessLogs }, listener: { protocol } }) =>
          ACCESS_LOG_RULE.check({ accessLogs, protocols: [protocol] }),
      },
    ],
  },
  { isAbout: hasDomain, rules: ofSlice('domain', DOMAIN_RULES) },
  {
    rules: [
      ...ofSlice('tls', TLS_RULES),
      ...ofSlice('certificates', CERTIFICATE_RULES),
      ...ofSlice('targets', [...HEALTH_CHECK_RULES, ...TARGET_RULES]),
    ],
  },
  { isAbout: hasSessions, rules: ofSessions(SESSIONS_RULES) },
  { isAbout: followsName, rules: [...ofSlice('targets', FOLLOWED_TARGET_RULES), ...ofFollowing(FOLLOWING_RULES)] },
];
const WARNING_TABLES: readonly RuleTable[] = [
  { rules: [ENGINE_CAVEAT, ...ofSlice('targets', HEALTH_CHECK_WARNINGS)] },
  { isAbout: hasDomain, rules: ofSlice('domain', DOMAIN_WARNINGS) },
  {
    rules: [
      ...ofSlice('tls', TLS_WARNINGS),
      ...ofSlice('certificates', CERTIFICATE_WARNINGS),
      ...ofSlice('targets', TARGET_WARNINGS),
    ],
  },
  { isAbout: followsName, rules: [...ofSlice('targets', FOLLOWED_NAME_WARNINGS), ...ofFollowing(FOLLOWING_WARNINGS)] },
];
const GENERAL_RULES = TABLES.flatMap(({ rules }) => rules);
const GENERAL_WARNINGS = WARNING_TABLES.flatMap(({ rules }) => rules);
const WARNING_NAMES = [
  ...new Set([...GENERAL_WARNINGS, ...ADDRESS_WARNINGS, ...ALLOWLIST_WARNINGS.names].map(({ name }) => name)),
].sort();

/** Everything that is wrong with an endpoint whose properties have the right types. */
export function endpointProblems(
  endpoint: ResolvedEndpoint,
  review = new AllowlistReview(endpoint.allowlist),
  records: RecordReview = { wanted: recordsOfEndpoint(endpoint, review.keyOf), ownerOf: () => undefined },
): Problem[] {
  return [
    ...endpoint.tls.engine._problems,
    ...applyTables(TABLES, endpoint),
    ...(endpoint.loadBalancer.addresses ? applyRules(ADDRESS_RULES, addressesOf(endpoint, review)) : []),
    ...(records.wanted.length > 0 ? applyRules(RECORD_RULES, records) : []),
    ...ALLOWLIST_RULES.check(review),
  ];
}

/**
 * Every warning about a valid endpoint that has not been acknowledged.
 *
 * @param otherElasticIps what other load balancers of the stack allocate in the same account and Region.
 */
export function endpointWarnings(
  endpoint: ResolvedEndpoint,
  review = new AllowlistReview(endpoint.allowlist),
  otherElasticIps = 0,
): Problem[] {
  const warnings = [
    ...applyTables(WARNING_TABLES, endpoint),
    ...applyRules(ADDRESS_WARNINGS, addressesOf(endpoint, review, otherElasticIps)),
    ...ALLOWLIST_WARNINGS.check(review),
  ];
  return warnings.filter(({ rule }) => !endpoint.acknowledge.includes(rule));
}

function applyTables(tables: readonly RuleTable[], endpoint: ResolvedEndpoint): Problem[] {
  return tables.flatMap(({ isAbout, rules }) => (isAbout?.(endpoint) === false ? [] : applyRules(rules, endpoint)));
}

function addressesOf(
  { loadBalancer }: ResolvedEndpoint,
  { keyOf: textOf }: AllowlistReview,
  otherElasticIps = 0,
): AddressInput {
  return { ...loadBalancer, textOf, otherElasticIps };
}

/** Every rule, for the documentation. */
export const ALL_RULES = {
  refusals: documented(
    ...TYPE_RULES,
    ...CUSTOM_ENGINE_RULES,
    ...GENERAL_RULES,
    ...ADDRESS_RULES,
    ...RECORD_RULES,
    SYNC_PLACEMENT_RULE,
    ...ALLOWLIST_RULES.names,
    ...SHARED_LOAD_BALANCER_RULES,
    ...ADDING_RULES,
    ...SHARING_RULES,
    LOAD_BALANCER_NOT_MADE,
    ...PRIVATE_LINK_RULES,
    ...LINKED_ENDPOINT_RULES,
    ...CONSUMER_RULES,
    CONSUMER_GROUPS_FULL,
    ...INTEGRATION_RULES,
    ...MONITORING_RULES,
    SHARED_ALARM_RULE,
    ...DASHBOARD_RULES,
  ),
  warnings: documented(
    ...GENERAL_WARNINGS,
    ...ADDRESS_WARNINGS,
    ...ALLOWLIST_WARNINGS.names,
    ...SHARED_LOAD_BALANCER_WARNINGS,
    ...PRIVATE_LINK_WARNINGS,
    ...CONSUMER_WARNINGS,
    ...TARGET_SYNC_WARNINGS,
    ...DATABASE_USER_WARNINGS,
    ...MONITORING_WARNINGS,
  ),
  targetSync: documented(...TARGET_SYNC_RULES),
  databaseUsers: documented(...DATABASE_USER_RULES, USER_NAME_TAKEN),
  urls: documented(...URL_RULES),
  guides: documented(...GUIDE_RULES),
  users: documented(...USER_RULES),
  outputs: OUTPUT_RULES,
  files: ALLOWLIST_FILE_RULES,
  preconditions: [...PRECONDITION_RULES, ...ADDRESS_CONDITIONS],
};

function documented(...rules: readonly Pick<Rule<never>, 'name' | 'because' | 'see'>[]) {
  const byName = new Map(rules.map(({ name, because, see }) => [name, { name, because, see }]));
  return [...byName.values()];
}
