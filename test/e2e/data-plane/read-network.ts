import { BlockList, isIPv6 } from 'node:net';
import type { Emulator } from '../harness';
import { readCertificate } from './acm';
import {
  type Listener,
  type LoadBalancer,
  type Network,
  type SecurityGroup,
  type SecurityRule,
  TARGET_STATES,
  type Target,
  type TargetGroup,
} from './network';
import { tlsPolicy } from './tls-policies';
import {
  attributesOf,
  IP_PROTOCOLS,
  LISTENER_ATTRIBUTES,
  LOAD_BALANCER_ATTRIBUTES,
  NotUnderstood,
  oneOf,
  onlyKnown,
  SECURITY_RULE_FIELDS,
  TARGET_GROUP_ATTRIBUTES,
  type Understood,
} from './understood';
import { readXml, type XmlElement } from './xml';

/** AWS fixes the idle timeout of TLS listeners, whatever attribute an answer has. */
const TLS_IDLE_TIMEOUT_SECONDS = 350;

interface Subnet {
  readonly id: string;
  readonly zone: string;
  readonly block: BlockList;
  readonly firstOctets: string;
}

/** Reads everything that decides about traffic from the API, and refuses what the data plane cannot do. */
export async function readNetwork(emulator: Emulator): Promise<Network> {
  const [balancers, groups, groupIds, subnets, interfaces] = await Promise.all([
    elb(emulator, 'DescribeLoadBalancers'),
    readSecurityRules(emulator),
    ec2(emulator, 'DescribeSecurityGroups'),
    readSubnets(emulator),
    ec2(emulator, 'DescribeNetworkInterfaces'),
  ]);
  const securityGroups = groupIds.list('securityGroupInfo').map((group): [string, SecurityGroup] => {
    const id = group.get('groupId').text;
    const of = (isEgress: boolean) =>
      groups.filter((rule) => rule.groupId === id && rule.isEgress === isEgress).flatMap(({ rule }) => rule ?? []);
    return [id, { ingress: of(false), egress: of(true) }];
  });
  return {
    loadBalancers: await Promise.all(
      balancers.list('LoadBalancers').map((balancer) => readLoadBalancer(emulator, balancer, subnets)),
    ),
    securityGroups: new Map(securityGroups),
    interfaces: new Map(
      interfaces.list('networkInterfaceSet').flatMap((each): [string, string[]][] => {
        const ids = each.list('groupSet').map((group) => group.get('groupId').text);
        return each.list('privateIpAddressesSet').map((address) => [address.get('privateIpAddress').text, ids]);
      }),
    ),
  };
}

async function readLoadBalancer(
  emulator: Emulator,
  balancer: XmlElement,
  subnets: readonly Subnet[],
): Promise<LoadBalancer> {
  const arn = balancer.get('LoadBalancerArn').text;
  oneOf('a load balancer of type', balancer.value('Type'), ['network']);
  oneOf('addresses of the type', balancer.value('IpAddressType'), ['ipv4']);
  const attributes = await readAttributes(emulator, 'LoadBalancer', arn, LOAD_BALANCER_ATTRIBUTES);
  const isCrossZone = attributes['load_balancing.cross_zone.enabled'] === 'true';
  const securityGroupIds = balancer.list('SecurityGroups').map(({ text }) => text);
  if (securityGroupIds.length === 0) throw new NotUnderstood('a load balancer without security groups');
  const listeners = (await elb(emulator, 'DescribeListeners', { LoadBalancerArn: arn })).list('Listeners');
  return {
    arn,
    dnsName: balancer.get('DNSName').text,
    securityGroupIds,
    nodes: balancer.list('AvailabilityZones').map((each) => {
      const subnet = subnets.find(({ id }) => id === each.value('SubnetId'));
      if (!subnet) throw new Error(`no subnet ${each.value('SubnetId')}`);
      return { zone: subnet.zone, privateAddress: `${subnet.firstOctets}.250` };
    }),
    listeners: await Promise.all(listeners.map((each) => readListener(emulator, each, isCrossZone, subnets))),
  };
}

async function readListener(
  emulator: Emulator,
  listener: XmlElement,
  isCrossZone: boolean,
  subnets: readonly Subnet[],
): Promise<Listener> {
  const arn = listener.get('ListenerArn').text;
  const protocol = oneOf('a listener with the protocol', listener.value('Protocol'), ['TCP', 'TLS']);
  const [action, ...more] = listener.list('DefaultActions');
  if (!action || more.length > 0) throw new NotUnderstood('a listener without one action');
  oneOf('an action of type', action.value('Type'), ['forward']);
  onlyKnown('an action', action.names, ['Type', 'TargetGroupArn', 'Order', 'ForwardConfig']);
  const forward = action.list('ForwardConfig', 'TargetGroups');
  const weighted =
    forward.length > 1
      ? forward.map((each) => ({
          arn: each.get('TargetGroupArn').text,
          weight: Number(each.get('Weight').text),
        }))
      : [{ arn: action.get('TargetGroupArn').text, weight: 1 }];
  if (listener.list('AlpnPolicy').some(({ text }) => text !== 'None')) throw new NotUnderstood('an ALPN policy');
  if (listener.find('MutualAuthentication')) throw new NotUnderstood('mutual authentication');
  const attributes = await readAttributes(emulator, 'Listener', arn, LISTENER_ATTRIBUTES);
  return {
    arn,
    port: Number(listener.get('Port').text),
    idleTimeoutSeconds:
      protocol === 'TLS' ? TLS_IDLE_TIMEOUT_SECONDS : Number(attributes['tcp.idle_timeout.seconds'] ?? 350),
    tls: protocol === 'TLS' ? await readListenerTls(emulator, listener) : undefined,
    targetGroups: await Promise.all(
      weighted.map(async ({ arn: group, weight }) => ({
        ...(await readTargetGroup(emulator, group, protocol, isCrossZone, subnets)),
        weight,
      })),
    ),
  };
}

async function readListenerTls(emulator: Emulator, listener: XmlElement) {
  const ListenerArn = listener.get('ListenerArn').text;
  const certificates = (await elb(emulator, 'DescribeListenerCertificates', { ListenerArn })).list('Certificates');
  const [certificateArn, ...more] = certificates.map((each) => each.get('CertificateArn').text);
  if (!certificateArn || more.length > 0) throw new NotUnderstood('a TLS listener without one certificate');
  const policy = listener.get('SslPolicy').text;
  tlsPolicy(policy);
  return { certificateArn, certificate: await readCertificate(emulator, certificateArn), policy };
}

async function readTargetGroup(
  emulator: Emulator,
  arn: string,
  listenerProtocol: 'TCP' | 'TLS',
  isLoadBalancerCrossZone: boolean,
  subnets: readonly Subnet[],
): Promise<TargetGroup> {
  const described = await elb(emulator, 'DescribeTargetGroups', { 'TargetGroupArns.member.1': arn });
  const [group] = described.list('TargetGroups');
  const protocol = oneOf('a target group with the protocol', group.value('Protocol'), ['TCP', 'TLS']);
  if (listenerProtocol === 'TCP' && protocol === 'TLS') throw new NotUnderstood('a TLS group behind a TCP listener');
  oneOf('targets of type', group.value('TargetType'), ['ip']);
  oneOf('targets with addresses of type', group.value('IpAddressType') ?? 'ipv4', ['ipv4']);
  oneOf('health checks with', group.value('HealthCheckProtocol'), ['TCP']);
  const attributes = await readAttributes(emulator, 'TargetGroup', arn, TARGET_GROUP_ATTRIBUTES);
  const crossZone = attributes['load_balancing.cross_zone.enabled'] ?? 'use_load_balancer_configuration';
  const health = await elb(emulator, 'DescribeTargetHealth', { TargetGroupArn: arn });
  return {
    arn,
    isTls: protocol === 'TLS',
    isCrossZone: crossZone === 'use_load_balancer_configuration' ? isLoadBalancerCrossZone : crossZone === 'true',
    deregistrationDelaySeconds: Number(attributes['deregistration_delay.timeout_seconds'] ?? 300),
    endsConnectionsOnDeregistration: attributes['deregistration_delay.connection_termination.enabled'] === 'true',
    endsConnectionsOfUnhealthy: attributes['target_health_state.unhealthy.connection_termination.enabled'] !== 'false',
    targets: health.list('TargetHealthDescriptions').map((each) => targetOf(each, subnets)),
  };
}

function targetOf(description: XmlElement, subnets: readonly Subnet[]): Target {
  const address = description.get('Target', 'Id').text;
  const subnet = subnets.find(({ block }) => block.check(address));
  return {
    address,
    port: Number(description.get('Target', 'Port').text),
    zone: description.value('Target', 'AvailabilityZone') ?? subnet?.zone ?? 'nowhere',
    state: oneOf('a target in the state', description.value('TargetHealth', 'State'), TARGET_STATES),
  };
}

/** The rules of all groups; those that are not about TCP have no meaning for a listener. */
async function readSecurityRules(emulator: Emulator) {
  const rules = (await ec2(emulator, 'DescribeSecurityGroupRules')).list('securityGroupRuleSet');
  return Promise.all(
    rules.map(async (each) => {
      const groupId = each.get('groupId').text;
      onlyKnown('a security-group rule', each.names, SECURITY_RULE_FIELDS);
      const protocol = each.get('ipProtocol').text;
      if (IP_PROTOCOLS[protocol] === undefined) throw new NotUnderstood(`a rule for the protocol ${protocol}`);
      const ports: [number, number] =
        protocol === '-1' ? [0, 65_535] : [Number(each.get('fromPort').text), Number(each.get('toPort').text)];
      const rule: SecurityRule | undefined = IP_PROTOCOLS[protocol]
        ? { fromPort: ports[0], toPort: ports[1], peer: await readPeer(emulator, each) }
        : undefined;
      return { groupId, isEgress: each.get('isEgress').text === 'true', rule };
    }),
  );
}

async function readPeer(emulator: Emulator, rule: XmlElement): Promise<SecurityRule['peer']> {
  const groupId = rule.value('referencedGroupInfo', 'groupId');
  const prefixList = rule.value('prefixListId');
  const texts = ['cidrIpv4', 'cidrIpv6'].flatMap((name) => rule.value(name) ?? []);
  const given = [groupId, prefixList, ...texts].filter((each) => each !== undefined);
  if (given.length !== 1) throw new NotUnderstood(`a rule with ${given.length} sources`);
  if (groupId !== undefined) return { groupId };
  if (prefixList === undefined) return { blocks: blockList(texts) };
  const entries = await ec2(emulator, 'GetManagedPrefixListEntries', { PrefixListId: prefixList });
  return { blocks: blockList(entries.list('entrySet').map((entry) => entry.get('cidr').text)) };
}

async function readSubnets(emulator: Emulator): Promise<Subnet[]> {
  return (await ec2(emulator, 'DescribeSubnets')).list('subnetSet').map((subnet) => {
    const cidr = subnet.get('cidrBlock').text;
    return {
      id: subnet.get('subnetId').text,
      zone: subnet.get('availabilityZone').text,
      block: blockList([cidr]),
      firstOctets: cidr.split('.').slice(0, 3).join('.'),
    };
  });
}

/** Blocks as Node.js matches them: none of our own arithmetic decides who gets in. */
export function blockList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address, prefix] = cidr.split('/');
    if (prefix === undefined) throw new NotUnderstood(`the block ${cidr}`);
    list.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

async function readAttributes(
  emulator: Emulator,
  kind: 'LoadBalancer' | 'Listener' | 'TargetGroup',
  arn: string,
  understood: Understood,
): Promise<Readonly<Record<string, string>>> {
  const answer = await elb(emulator, `Describe${kind}Attributes`, { [`${kind}Arn`]: arn });
  const attributes = answer.list('Attributes').map((each) => [each.get('Key').text, each.value('Value') ?? '']);
  return attributesOf(kind, Object.fromEntries(attributes), understood);
}

async function elb(emulator: Emulator, action: string, parameters: Record<string, string> = {}): Promise<XmlElement> {
  const answer = readXml((await emulator.call('elasticloadbalancing', action, parameters)).text);
  const result = answer.get(`${action}Result`);
  if (result.value('NextMarker')) throw new NotUnderstood(`an answer of ${action} in several pages`);
  return result;
}

async function ec2(emulator: Emulator, action: string, parameters: Record<string, string> = {}): Promise<XmlElement> {
  const answer = readXml((await emulator.call('ec2', action, parameters)).text);
  if (answer.value('nextToken')) throw new NotUnderstood(`an answer of ${action} in several pages`);
  return answer;
}
