import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { providerOf, providerSuffix } from '../terraform/provider';

/** How many addresses the load balancers of a stack allocate so far, by provider. */
const ELASTIC_IPS = new WeakMap<TerraformStack, Map<string, number>>();

/** How many addresses other load balancers allocate in the account and Region of a construct. */
export function elasticIpsIn(scope: Construct): number {
  return ELASTIC_IPS.get(TerraformStack.of(scope))?.get(providerSuffix(providerOf(scope))) ?? 0;
}

/** Counts addresses that a construct allocates. */
export function countElasticIps(scope: Construct, added: number): void {
  const stack = TerraformStack.of(scope);
  const counts = ELASTIC_IPS.get(stack) ?? new Map<string, number>();
  ELASTIC_IPS.set(stack, counts.set(providerSuffix(providerOf(scope)), elasticIpsIn(scope) + added));
}
