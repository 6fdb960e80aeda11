/** What the flow logs of a load balancer record, in the order of a record. */
export const FLOW_LOG_FIELDS = [
  'interface-id',
  'srcaddr',
  'srcport',
  'dstaddr',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'tcp-flags',
  'flow-direction',
  'log-status',
] as const;

/** The fields as queries call them. */
const NAMES = FLOW_LOG_FIELDS.map((field) => field.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));

/** A query for CloudWatch Logs Insights. */
export interface SavedQuery {
  /** Of its resource. */
  readonly id: string;
  readonly title: string;
  /** @param ports the ports of the endpoints, comma-separated. */
  readonly text: (ports: string) => string;
}

const RECORDS = `parse @message "${NAMES.map(() => '*').join(' ')}" as ${NAMES.join(', ')}`;

/** A query is a pipeline of commands. */
function pipeline(...commands: readonly string[]): string {
  return [RECORDS, ...commands].join('\n| ');
}

const fromClients = (ports: string) => `filter flowDirection = "ingress" and dstport in [${ports}]`;

/** Queries about flow logs, saved where they are read. */
export const SAVED_QUERIES: readonly SavedQuery[] = [
  {
    id: 'WhoConnected',
    title: 'who connected',
    text: (ports) =>
      pipeline(
        fromClients(ports),
        'filter action = "ACCEPT"',
        'stats min(start) * 1000 as first, max(end) * 1000 as last, sum(packets) as packetsIn, sum(bytes) as bytesIn by srcaddr, dstport',
        'sort last desc',
      ),
  },
  {
    id: 'WhoWasRefused',
    title: 'who was refused',
    text: (ports) =>
      pipeline(
        fromClients(ports),
        'filter action = "REJECT"',
        'stats min(start) * 1000 as first, max(end) * 1000 as last, sum(packets) as attempts by srcaddr, dstport',
        'sort attempts desc',
      ),
  },
  {
    id: 'HowMuch',
    title: 'how much each client got',
    text: (ports) =>
      pipeline(
        `filter flowDirection = "egress" and srcport in [${ports}]`,
        'filter action = "ACCEPT"',
        'stats sum(bytes) as bytesOut by dstaddr, srcport, bin(1h)',
        'sort bytesOut desc',
      ),
  },
  {
    id: 'OtherPorts',
    title: 'who tried other ports',
    text: (ports) =>
      pipeline(
        `filter flowDirection = "ingress" and action = "REJECT" and dstport not in [${ports}]`,
        'stats sum(packets) as attempts, count_distinct(dstport) as ports by srcaddr',
        'sort attempts desc',
      ),
  },
];
