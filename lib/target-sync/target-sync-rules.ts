import { FUNCTION_RULES } from '../function/function-rules';
import { acknowledgeRule } from '../rules/acknowledge-rule';
import type { Problem } from '../rules/endpoint-error';
import { numberRange } from '../rules/number-range';
import type { Rule } from '../rules/rule';
import { tagRule } from '../rules/tag-rule';
import type { TargetSyncProps } from './target-sync-props';

/** Validation rules for the function that follows names. */
export const TARGET_SYNC_RULES: readonly Rule<TargetSyncProps>[] = [
  ...FUNCTION_RULES,
  numberRange(({ runSeconds, intervalSeconds }) => [
    { property: 'runSeconds', value: runSeconds, min: 1, max: 58, unit: ' seconds' },
    { property: 'intervalSeconds', value: intervalSeconds, min: 1, max: 60, unit: ' seconds' },
  ]),
  tagRule(({ tags }) => tags),
  acknowledgeRule(() => TARGET_SYNC_WARNINGS.map(({ name }) => name)),
];

/** Warnings about the function that follows names. */
export const TARGET_SYNC_WARNINGS: readonly Rule<TargetSyncProps>[] = [
  {
    name: 'SyncNeedsWayOut',
    because:
      'A function in a VPC can reach the load balancing API only through a NAT gateway or an interface endpoint.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/load-balancer-vpc-endpoints.html',
    check: ({ subnetIds }) =>
      subnetIds === undefined
        ? undefined
        : {
            property: 'subnetIds',
            reason: 'attaches the function to a VPC, from where it cannot reach the load balancing API by default',
            remedy:
              'Give these private subnets a route to a NAT gateway, or, outside the Regions of China, give the VPC an interface endpoint for elasticloadbalancing.',
          },
  },
];

/** Where a construct belongs, as far as a function and its endpoints must have it in common. */
export interface Shared {
  readonly path: string;
  readonly stack: string;
  readonly vpc: string;
  /** Nothing for the default provider, whether it was named or not. */
  readonly provider: string;
}

/** What an endpoint and the function that follows its name have in common. */
export const SYNC_PLACEMENT_RULE = {
  name: 'SyncElsewhere',
  because: 'A function serves only endpoints in its own stack, VPC, account and Region.',
};

/** What keeps a function from following the name of an endpoint. */
export function syncProblems(endpoint: Shared, sync: Shared): Problem[] {
  const differing = (
    [
      ['stack', 'stack'],
      ['VPC', 'vpc'],
      ['provider', 'provider'],
    ] as const
  ).filter(([, part]) => endpoint[part] !== sync[part]);
  return differing.slice(0, 1).map(([what]) => ({
    rule: SYNC_PLACEMENT_RULE.name,
    property: 'target.sync',
    value: sync.path,
    reason: `belongs to another ${what} than the endpoint`,
    remedy: `Create a TargetSync for each ${what}, or leave sync out.`,
  }));
}
