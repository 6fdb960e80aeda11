import { ALLOWLIST_RULES, ALLOWLIST_WARNINGS, allowlistInput } from './allowlist/allowlist-rules';
import type { DatabaseEndpointProps } from './database-endpoint-props';
import type { Problem } from './endpoint-error';
import { URL_RULES } from './engine/connection-url-rules';
import { CUSTOM_ENGINE_RULES } from './engine/custom-engine';
import { LOAD_BALANCER_RULES } from './load-balancer/load-balancer-rules';
import { applyRules, type Rule } from './rule';
import { TARGET_RULES, TARGET_WARNINGS } from './target/target-rules';
import { TLS_RULES, TLS_WARNINGS } from './tls/tls-rules';

/** Every property; the type sees to it that none is forgotten. */
const PROPERTIES: { readonly [property in keyof Required<DatabaseEndpointProps>]: true } = {
  vpcId: true,
  subnetIds: true,
  engine: true,
  target: true,
  allow: true,
  tls: true,
  port: true,
  domain: true,
  internetFacing: true,
  dualStack: true,
  allowSingleSubnet: true,
  idleTimeoutSeconds: true,
  preserveClientIp: true,
  crossZone: true,
  deletionProtection: true,
  deregistrationDelaySeconds: true,
  healthCheck: true,
  loadBalancerName: true,
  tags: true,
  acknowledge: true,
};

/** Properties that an endpoint cannot be looked at without; a caller without a type checker may leave them out. */
const PROPERTY_MISSING: Rule<DatabaseEndpointProps> = {
  name: 'PropertyMissing',
  because: 'Without it there is nothing to build.',
  check: (props) =>
    (['vpcId', 'subnetIds', 'engine', 'target', 'allow'] as const).flatMap((property) =>
      props[property] === undefined || props[property] === null
        ? { property, reason: 'is missing', remedy: `Give the endpoint its ${property}.` }
        : [],
    ),
};

const PROPERTY_UNKNOWN: Rule<DatabaseEndpointProps> = {
  name: 'PropertyUnknown',
  because: 'Apps are often run without a type check, where a misspelt property would be dropped without a word.',
  check: (props) =>
    Object.keys(props)
      .filter((property) => !(property in PROPERTIES))
      .map((property) => ({
        property,
        reason: 'is not a property of an endpoint',
        remedy: `Write one of ${Object.keys(PROPERTIES).sort().join(', ')}.`,
      })),
};

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

const GENERAL_RULES = [PROPERTY_UNKNOWN, ACKNOWLEDGE_UNKNOWN, ...LOAD_BALANCER_RULES, ...TLS_RULES, ...TARGET_RULES];
const GENERAL_WARNINGS = [ENGINE_CAVEAT, ...TLS_WARNINGS, ...TARGET_WARNINGS];
const WARNING_NAMES = new Set([...GENERAL_WARNINGS, ...ALLOWLIST_WARNINGS].map(({ name }) => name));

/** Everything that is wrong with an endpoint. */
export function endpointProblems(props: DatabaseEndpointProps): Problem[] {
  const missing = applyRules([PROPERTY_MISSING], props);
  if (missing.length > 0) return missing;
  return [
    ...props.engine._problems,
    ...applyRules(GENERAL_RULES, props),
    ...applyRules(ALLOWLIST_RULES, allowlistInput(props)),
  ];
}

/** Everything that is worth knowing about a valid endpoint and has not been acknowledged. */
export function endpointWarnings(props: DatabaseEndpointProps): Problem[] {
  return [...applyRules(GENERAL_WARNINGS, props), ...applyRules(ALLOWLIST_WARNINGS, allowlistInput(props))].filter(
    ({ rule }) => !props.acknowledge?.includes(rule),
  );
}

/** Every rule, for the documentation. */
export const ALL_RULES = {
  refusals: documented(PROPERTY_MISSING, ...CUSTOM_ENGINE_RULES, ...GENERAL_RULES, ...ALLOWLIST_RULES),
  warnings: documented(...GENERAL_WARNINGS, ...ALLOWLIST_WARNINGS),
  urls: documented(...URL_RULES),
};

function documented(...rules: readonly Pick<Rule<never>, 'name' | 'because' | 'see'>[]) {
  return rules.map(({ name, because, see }) => ({ name, because, see }));
}
