import type { TerraformStack } from 'cdktf';
import { EndpointLoadBalancer, type EndpointProps, type SharedLoadBalancerProps } from '../../lib';
import type { ExpectedProblem } from '../support/mistake';
import { addFleet, endpointProps, existingProps, type Fleet, loadBalancerProps } from '../support/shared-load-balancer';

/** One row of the tables of what load balancers that endpoints share are refused with, or warned of. */
export interface SharedMistake {
  readonly rule: string;
  /** Continues "is found where ...". */
  readonly where: string;
  /** Path of the construct that is refused. */
  readonly at: string;
  readonly make: (stack: TerraformStack) => void;
  readonly problems: readonly ExpectedProblem[];
}

/** What is wrong with it. */
export type Wrong = Omit<ExpectedProblem, 'value'> & { readonly value?: unknown };

/** The load balancer itself is refused. */
export function made(rule: string, where: string, overrides: object, ...problems: Wrong[]): SharedMistake {
  const make = (stack: TerraformStack) => {
    new EndpointLoadBalancer(stack, 'Partners', loadBalancerProps(overrides));
  };
  return { rule, where, at: 'prod/Partners', make, problems };
}

/** One that exists already is refused. */
export function existing(
  rule: string,
  where: string,
  overrides: (stack: TerraformStack) => object,
  ...problems: Wrong[]
): SharedMistake {
  const make = (stack: TerraformStack) => {
    EndpointLoadBalancer.fromAttributes(stack, 'Partners', existingProps(overrides(stack)));
  };
  return { rule, where, at: 'prod/Partners', make, problems };
}

/** The last endpoint of a fleet is refused. */
export function added(
  rule: string,
  where: string,
  fleet: Fleet,
  loadBalancer: Partial<SharedLoadBalancerProps>,
  ...problems: Wrong[]
): SharedMistake {
  const at = `prod/Partners/${Object.keys(fleet).at(-1)}`;
  return { rule, where, at, make: (stack) => addFleet(stack, fleet, loadBalancerProps(loadBalancer)), problems };
}

/** An endpoint of a load balancer that exists already is refused. */
export function addedToExisting(rule: string, where: string, overrides: Partial<EndpointProps>, ...problems: Wrong[]) {
  const make = (stack: TerraformStack) =>
    void EndpointLoadBalancer.fromAttributes(stack, 'Partners', existingProps()).addEndpoint(
      'Orders',
      endpointProps(overrides),
    );
  return { rule, where, at: 'prod/Partners/Orders', make, problems };
}

/** Endpoints `E0`, `E1`, ... on ports of their own. */
export function fleetOf(count: number, about: (i: number) => Partial<EndpointProps> = () => ({})): Fleet {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`E${i}`, endpointProps({ port: 5000 + 10 * i, ...about(i) })]),
  );
}

/** A property that is not given. */
export function missing(property: string, whose: string): Wrong {
  return { property, reason: /is missing/, remedy: new RegExp(`Set the ${whose}'s ${property}\\.`) };
}
