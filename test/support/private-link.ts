import type { TerraformStack } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpointConsumer,
  type DatabaseEndpointConsumerProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointLoadBalancer,
  type EndpointProps,
  PrivateLinkAccess,
  type PrivateLinkProps,
  type PrivateLinkService,
  type SharedLoadBalancerProps,
} from '../../lib';

export const ACCOUNT = 'arn:aws:iam::123456789012:root';

/** A load balancer that is shared over PrivateLink, as far as it differs from the smallest correct one. */
export interface Sharing {
  readonly on?: Partial<SharedLoadBalancerProps>;
  /** Endpoints that are there before it is shared. */
  readonly endpoints?: readonly Partial<EndpointProps>[];
  readonly share?: Partial<PrivateLinkProps>;
  /** Endpoints that come after it is shared. */
  readonly later?: readonly Partial<EndpointProps>[];
  /** It comes from `fromAttributes`. */
  readonly isImported?: boolean;
  readonly isSharedTwice?: boolean;
}

/** PostgreSQL for clients with private addresses. */
export function privateEndpoint(overrides: Partial<EndpointProps> = {}): EndpointProps {
  return {
    engine: DatabaseEngine.POSTGRESQL,
    target: DatabaseTarget.ipAddresses(['10.0.1.5']),
    allow: [AllowedSource.cidr('10.20.0.0/16')],
    ...overrides,
  };
}

export function validShare(overrides: Partial<PrivateLinkProps> = {}): PrivateLinkProps {
  return { access: PrivateLinkAccess.allowlist(), principals: [ACCOUNT], ...overrides };
}

const IMPORTED = {
  arn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/partners/50dc6c495c0c9188',
  dnsName: 'partners.elb.eu-central-1.amazonaws.com',
  zoneId: 'Z3F0SRJ5LGBH90',
  vpcId: 'vpc-0a',
  subnetIds: ['subnet-0a', 'subnet-0b'],
  securityGroupIds: ['sg-0a'],
};

/** Shares a load balancer `Partners` of a stack. */
export function shareLoadBalancer(stack: TerraformStack, sharing: Sharing = {}): PrivateLinkService {
  const { on, endpoints = [], share, later = [], isImported, isSharedTwice } = sharing;
  const subnetIds = ['subnet-0a', 'subnet-0b'];
  const loadBalancer = isImported
    ? EndpointLoadBalancer.fromAttributes(stack, 'Partners', IMPORTED)
    : new EndpointLoadBalancer(stack, 'Partners', { vpcId: 'vpc-0a', subnetIds, internetFacing: false, ...on });
  for (const [i, props] of endpoints.entries()) {
    loadBalancer.addEndpoint(`Orders${i}`, privateEndpoint({ port: 5432 + i, ...props }));
  }
  const service = loadBalancer.shareOverPrivateLink(validShare(share));
  for (const [i, props] of later.entries()) {
    loadBalancer.addEndpoint(`Later${i}`, privateEndpoint({ port: 6432 + i, ...props }));
  }
  if (isSharedTwice) loadBalancer.shareOverPrivateLink(validShare(share));
  return service;
}

export const SERVICE_NAME = 'com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0';

export function validConsumer(overrides: Partial<DatabaseEndpointConsumerProps> = {}): DatabaseEndpointConsumerProps {
  return {
    vpcId: 'vpc-0c',
    subnetIds: ['subnet-0c', 'subnet-0d'],
    serviceName: SERVICE_NAME,
    ports: [5432],
    allow: [AllowedSource.cidr('10.20.0.0/16')],
    ...overrides,
  };
}

export function consumer(stack: TerraformStack, overrides: Partial<DatabaseEndpointConsumerProps> = {}) {
  return new DatabaseEndpointConsumer(stack, 'Orders', validConsumer(overrides));
}
