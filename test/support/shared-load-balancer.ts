import { TerraformStack, Testing } from 'cdktf';
import {
  AllowedSource,
  DatabaseEngine,
  DatabaseTarget,
  EndpointError,
  EndpointLoadBalancer,
  type EndpointLoadBalancerAttributes,
  type EndpointProps,
  type SharedLoadBalancerProps,
} from '../../lib';
import { synthesize, type TerraformJson } from './synthesis';

/** The smallest correct load balancer. */
export function loadBalancerProps(overrides: Partial<SharedLoadBalancerProps> = {}): SharedLoadBalancerProps {
  return { vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-0a', 'subnet-0b'], ...overrides };
}

/** One that exists already, with two security groups. */
export function existingProps(overrides: Partial<EndpointLoadBalancerAttributes> = {}): EndpointLoadBalancerAttributes {
  return {
    arn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/partners/50dc6c495c0c9188',
    dnsName: 'partners-50dc6c495c0c9188.elb.eu-central-1.amazonaws.com',
    zoneId: 'Z3F0SRJ5LGBH90',
    ...{ vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-0a', 'subnet-0b'], securityGroupIds: ['sg-0a', 'sg-0b'] },
    ...overrides,
  };
}

/** The smallest correct endpoint of a load balancer: PostgreSQL on one address, for one client. */
export function endpointProps(overrides: Partial<EndpointProps> = {}): EndpointProps {
  return {
    engine: DatabaseEngine.POSTGRESQL,
    target: DatabaseTarget.ipAddresses(['10.0.1.5']),
    allow: [AllowedSource.cidr('52.20.30.40/32')],
    ...overrides,
  };
}

/** Sources by their blocks. */
export function blocks(...texts: string[]): AllowedSource[] {
  return texts.map((text) => AllowedSource.cidr(text));
}

/** As many clients as are asked for, none next to another. */
export function clients(count: number, network = 20): AllowedSource[] {
  return blocks(...Array.from({ length: count }, (_, i) => `52.${network}.${i >> 7}.${(i & 127) * 2}/32`));
}

/** Endpoints of a load balancer by their ids. */
export interface Fleet {
  readonly [id: string]: EndpointProps;
}

/** The Terraform JSON of a stack `prod` with a load balancer `Partners` and its endpoints, added in this order. */
export function synthesizeFleet(fleet: Fleet, loadBalancer = loadBalancerProps()): TerraformJson {
  return synthesize((stack) => addFleet(stack, fleet, loadBalancer));
}

/** Makes a load balancer `Partners` and its endpoints. */
export function addFleet(stack: TerraformStack, fleet: Fleet, props = loadBalancerProps()): EndpointLoadBalancer {
  const loadBalancer = new EndpointLoadBalancer(stack, 'Partners', props);
  for (const [id, each] of Object.entries(fleet)) loadBalancer.addEndpoint(id, each);
  return loadBalancer;
}

/** What something in a stack `prod` is refused with; undefined where it is accepted. */
export function refusalOf(make: (stack: TerraformStack) => unknown): EndpointError | undefined {
  try {
    make(new TerraformStack(Testing.app(), 'prod'));
    return undefined;
  } catch (error) {
    if (EndpointError.isEndpointError(error)) return error;
    throw error;
  }
}
