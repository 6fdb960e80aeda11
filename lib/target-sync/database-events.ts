import { isUnknown } from '../unknown';

/**
 * Events of RDS after which a name may have another address: failovers, shutdowns and restarts.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html
 */
const INSTANCE_EVENTS = ['0004', '0006', '0013', '0015', '0034', '0049', '0050', '0051', '0065'];
const CLUSTER_EVENTS = ['0069', '0070', '0071', '0072', '0073'];

/** The longest event pattern that EventBridge takes. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const LONGEST_PATTERN = 2048;

/** As long as an identifier can be. */
const LONGEST_IDENTIFIER = 63;

/** The pattern of EventBridge for the failovers of these databases. */
export function databaseEventPattern(identifiers: readonly string[]): object {
  const named = pattern({ SourceIdentifier: [...new Set(identifiers)] });
  const lengthened = identifiers.map((id, i) => (isUnknown(id) ? `${i}`.padEnd(LONGEST_IDENTIFIER, '-') : id));
  const length = JSON.stringify(pattern({ SourceIdentifier: lengthened })).length;
  // Too many to be named: then every database's events start a run, which looks and finds nothing to do.
  return length <= LONGEST_PATTERN ? named : pattern({});
}

function pattern(detail: object): object {
  return {
    source: ['aws.rds'],
    'detail-type': ['RDS DB Instance Event', 'RDS DB Cluster Event'],
    detail: { EventID: [...INSTANCE_EVENTS, ...CLUSTER_EVENTS].map((id) => `RDS-EVENT-${id}`), ...detail },
  };
}
