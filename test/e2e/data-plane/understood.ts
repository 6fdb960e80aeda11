/*
 * What the data plane knows how to do. Anything else that AWS would do something about must not be passed over: a test
 * that goes well on half of a configuration proves nothing.
 */

export class NotUnderstood extends Error {
  public constructor(what: string) {
    super(`The data plane does not understand ${what}`);
    this.name = 'NotUnderstood';
  }
}

/** Refuses a value that is not one of those that are understood. */
export function oneOf<T extends string>(what: string, value: string | undefined, known: readonly T[]): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new NotUnderstood(`${what} ${value}`);
  return found;
}

/** Refuses names that are not among those that are understood. */
export function onlyKnown(what: string, names: readonly string[], known: readonly string[]): void {
  const [unknown] = names.filter((name) => !known.includes(name));
  if (unknown !== undefined) throw new NotUnderstood(`${unknown} of ${what}`);
}

/** The values of an attribute that are understood: any of these, or any at all where they do not matter to traffic. */
export type Understood = Readonly<Record<string, readonly string[] | 'any'>>;

/** Attributes as a map, once every one of them is understood. */
export function attributesOf(
  what: string,
  attributes: Readonly<Record<string, string>>,
  understood: Understood,
): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(attributes)) {
    const values = understood[key];
    if (values === undefined) throw new NotUnderstood(`the attribute ${key} = ${value} of ${what}`);
    if (values !== 'any') oneOf(`the attribute ${key} of ${what} with the value`, value, values);
  }
  return attributes;
}

const BOOLEAN = ['true', 'false'] as const;

export const LOAD_BALANCER_ATTRIBUTES: Understood = {
  'load_balancing.cross_zone.enabled': BOOLEAN,
  'dns_record.client_routing_policy': ['any_availability_zone'],
  'zonal_shift.config.enabled': ['false'],
  // What is written down about traffic does not change it, nor does what protects from deletion.
  'access_logs.s3.enabled': 'any',
  'access_logs.s3.bucket': 'any',
  'access_logs.s3.prefix': 'any',
  'deletion_protection.enabled': 'any',
};

export const LISTENER_ATTRIBUTES: Understood = { 'tcp.idle_timeout.seconds': 'any' };

export const TARGET_GROUP_ATTRIBUTES: Understood = {
  'deregistration_delay.timeout_seconds': 'any',
  'deregistration_delay.connection_termination.enabled': BOOLEAN,
  'load_balancing.cross_zone.enabled': [...BOOLEAN, 'use_load_balancer_configuration'],
  'target_health_state.unhealthy.connection_termination.enabled': BOOLEAN,
  'target_health_state.unhealthy.draining_interval_seconds': ['0'],
  'preserve_client_ip.enabled': ['false'],
  'proxy_protocol_v2.enabled': ['false'],
  'stickiness.enabled': ['false'],
  'stickiness.type': 'any',
  // Which zones are in the name of the load balancer does not matter: clients dial nodes.
  'target_group_health.dns_failover.minimum_healthy_targets.count': 'any',
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': ['off'],
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': ['1'],
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': ['off'],
  // Of application load balancers; the emulator lists them with their defaults for every target group.
  'load_balancing.algorithm.type': ['round_robin'],
  'slow_start.duration_seconds': ['0'],
  'waf.fail_open.enabled': ['false'],
};

export const SECURITY_RULE_FIELDS = [
  ...['securityGroupRuleId', 'securityGroupRuleArn', 'groupId', 'groupOwnerId', 'isEgress', 'description', 'tagSet'],
  ...['ipProtocol', 'fromPort', 'toPort', 'cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedGroupInfo'],
];

/** Protocols of security-group rules, and whether they are about TCP. */
export const IP_PROTOCOLS: Readonly<Record<string, boolean>> = {
  '-1': true,
  tcp: true,
  '6': true,
  udp: false,
  '17': false,
  icmp: false,
  '1': false,
  icmpv6: false,
  '58': false,
};
