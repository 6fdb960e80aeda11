/**
 * Targets of one network load balancer: 3000, or 500 when every zone reaches every target.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 * @internal
 */
export function targetQuota(crossZone: boolean): number {
  return crossZone === false ? 3000 : 500;
}

/** What AWS calls it. */
export function targetQuotaName(crossZone: boolean): string {
  return crossZone === false
    ? '"Targets per Network Load Balancer" (L-EEF1AD04)'
    : '"Targets per Availability Zone per Network Load Balancer" (L-B211E961), which cross-zone load balancing makes that of the whole load balancer';
}
