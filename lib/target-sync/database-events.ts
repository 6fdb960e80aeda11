import { isUnresolved } from '../tokens/unresolved';

/**
 * Events of RDS after which a name may have another address: failovers, shutdowns and restarts.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html
 */
const INSTANCE_EVENTS = ['0004', '0006', '0013', '0015', '0034', '0049', '0050', '0051', '0065'];
const CLUSTER_EVENTS = ['0069', '0070', '0071', '0072', '0073'];

/** Switchovers of Blue/Green deployments: they begin, end or are canceled as a whole, for an instance, for a cluster. */
const BLUE_GREEN_EVENTS = ['0247', '0248', '0249', '0250', '0251', '0252', '0259', '0260', '0261'];

/** A proxy, or one of its endpoints, is modified or deleted, or an endpoint comes. */
const PROXY_EVENTS = ['0204', '0205', '0206', '0207', '0208'];

/** The longest event pattern that EventBridge takes. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const LONGEST_PATTERN = 2048;

/** As long as an identifier can be. */
const LONGEST_IDENTIFIER = 63;

/**
 * The pattern of EventBridge for events after which the names of these databases may have other addresses. Those of
 * Blue/Green deployments and proxies name the deployment or the proxy and no database, so all of them match.
 */
export function databaseEventPattern(identifiers: readonly string[]): object {
  const named = pattern([...new Set(identifiers)]);
  const lengthened = identifiers.map((id, i) => (isUnresolved(id) ? `${i}`.padEnd(LONGEST_IDENTIFIER, '-') : id));
  // Too many to list: then every database's events start a run, which finds nothing to do.
  return JSON.stringify(pattern(lengthened)).length <= LONGEST_PATTERN ? named : pattern();
}

function pattern(identifiers?: readonly string[]): object {
  const ofDatabases = { EventID: eventIds([...INSTANCE_EVENTS, ...CLUSTER_EVENTS]) };
  const ofOthers = { EventID: eventIds([...BLUE_GREEN_EVENTS, ...PROXY_EVENTS]) };
  return {
    source: ['aws.rds'],
    'detail-type': [
      'RDS DB Instance Event',
      'RDS DB Cluster Event',
      'RDS Blue Green Deployment Event',
      'RDS DB Proxy Event',
    ],
    detail:
      identifiers === undefined
        ? { EventID: [...ofDatabases.EventID, ...ofOthers.EventID] }
        : { $or: [{ ...ofDatabases, SourceIdentifier: spellings(identifiers) }, ofOthers] },
  };
}

// AWS's own examples show `rds:my-db-instance`, but its events have `my-db-instance`.
function spellings(identifiers: readonly string[]): string[] {
  return identifiers.flatMap((identifier) => [identifier, `rds:${identifier}`]);
}

function eventIds(numbers: readonly string[]): string[] {
  return numbers.map((number) => `RDS-EVENT-${number}`);
}
