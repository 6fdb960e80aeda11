/**
 * Targets of one network load balancer: 3000, or 500 when every zone reaches every target.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 * @internal
 */
export function targetQuota(crossZone: boolean): number {
  return crossZone === false ? 3000 : 500;
}
