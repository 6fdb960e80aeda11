import type { BlockList } from 'node:net';

/** What the emulator's API says of load balancers and of everything that decides about their traffic. */
export interface Network {
  readonly loadBalancers: readonly LoadBalancer[];
  readonly securityGroups: ReadonlyMap<string, SecurityGroup>;
  /** The security groups of the network interface that has an address, for the addresses that have one. */
  readonly interfaces: ReadonlyMap<string, readonly string[]>;
}

export interface LoadBalancer {
  readonly arn: string;
  readonly dnsName: string;
  readonly securityGroupIds: readonly string[];
  /** One in each Availability Zone. */
  readonly nodes: readonly Node[];
  readonly listeners: readonly Listener[];
}

export interface Node {
  readonly zone: string;
  /** The private address that targets see. */
  readonly privateAddress: string;
}

export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly idleTimeoutSeconds: number;
  /** Absent where bytes are passed through. */
  readonly tls?: ListenerTls;
  /** Those of its forward action. */
  readonly targetGroups: readonly WeightedTargetGroup[];
}

export interface ListenerTls {
  readonly certificateArn: string;
  /** The certificate with its chain, as ACM has it. */
  readonly certificate: string;
  readonly policy: string;
}

export interface TargetGroup {
  readonly arn: string;
  readonly isTls: boolean;
  /** Whether nodes of one zone send traffic to targets of another. */
  readonly isCrossZone: boolean;
  readonly deregistrationDelaySeconds: number;
  readonly endsConnectionsOnDeregistration: boolean;
  readonly endsConnectionsOfUnhealthy: boolean;
  readonly targets: readonly Target[];
}

export interface WeightedTargetGroup extends TargetGroup {
  /** Its share of new connections, among the weights of all groups of the listener. */
  readonly weight: number;
}

export interface Target {
  readonly address: string;
  readonly port: number;
  /** `all` for targets outside of the VPC. */
  readonly zone: string;
  readonly state: TargetState;
}

export const TARGET_STATES = ['initial', 'healthy', 'unhealthy', 'unhealthy.draining', 'draining', 'unused'] as const;
export type TargetState = (typeof TARGET_STATES)[number];

export interface SecurityGroup {
  readonly ingress: readonly SecurityRule[];
  readonly egress: readonly SecurityRule[];
}

/** Which TCP ports of whom. */
export interface SecurityRule {
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: { readonly blocks: BlockList } | { readonly groupId: string };
}

/** Somebody at the other end of a connection. */
export interface Peer {
  readonly address: string;
  /** The security groups of its network interface. */
  readonly groupIds: readonly string[];
}
