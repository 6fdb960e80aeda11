import { isIPv6 } from 'node:net';
import type { LoadBalancer, Network, Node, Peer, SecurityRule, Target, TargetGroup } from './network';

/** Whether any of the groups lets TCP through between its member and a peer; what no rule allows is refused. */
export function admits(
  network: Network,
  groupIds: readonly string[],
  direction: 'ingress' | 'egress',
  peer: Peer,
  port: number,
): boolean {
  return groupIds.some((id) => {
    const group = network.securityGroups.get(id);
    if (!group) throw new Error(`no security group ${id}`);
    return group[direction].some((rule) => allows(rule, peer, port));
  });
}

/** A client as the security groups of a load balancer see it. */
export function peerAt(network: Network, address: string): Peer {
  return { address, groupIds: network.interfaces.get(address) ?? [] };
}

/**
 * The targets that a node may send a connection to: healthy, in its zone or any where zones are crossed, and with a way
 * there through the security groups of both sides.
 */
export function reachableTargets(
  network: Network,
  { securityGroupIds }: LoadBalancer,
  node: Node,
  { targets, isCrossZone }: TargetGroup,
) {
  const isInReach = ({ zone }: Target) => isCrossZone || zone === 'all' || zone === node.zone;
  return targets.filter((target) => {
    if (target.state !== 'healthy' || !isInReach(target)) return false;
    const peer = peerAt(network, target.address);
    if (!admits(network, securityGroupIds, 'egress', peer, target.port)) return false;
    const balancer = { address: node.privateAddress, groupIds: securityGroupIds };
    return peer.groupIds.length === 0 || admits(network, peer.groupIds, 'ingress', balancer, target.port);
  });
}

function allows({ fromPort, toPort, peer: allowed }: SecurityRule, peer: Peer, port: number): boolean {
  if (port < fromPort || port > toPort) return false;
  if ('groupId' in allowed) return peer.groupIds.includes(allowed.groupId);
  return allowed.blocks.check(peer.address, isIPv6(peer.address) ? 'ipv6' : 'ipv4');
}
