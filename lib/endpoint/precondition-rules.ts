/**
 * What only Terraform can refuse, for the documentation. Preconditions that repeat a rule of synthesis have its name.
 *
 * @internal
 */
export const PRECONDITION_RULES = [
  {
    name: 'ComputedCidrInvalid',
    because: 'A block that is known after apply must be in canonical form, as EC2 keeps it.',
  },
  {
    name: 'DatabaseZoneUncovered',
    because: 'A target in a zone that the load balancer has no subnet in is unused, and gets no traffic.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#availability-zones',
  },
  {
    name: 'ExpiryPassed',
    because:
      'A configuration that was synthesized before the last day of an entry, and is applied after it, would admit again what a schedule has revoked.',
  },
  {
    name: 'PrivateDnsNameKept',
    because:
      'The provider never takes the private DNS name off an endpoint service: without a refusal, nothing would be said.',
    see: 'https://github.com/hashicorp/terraform-provider-aws/issues/25579',
  },
  {
    name: 'PrivateLinkRegionsKept',
    because: 'Regions of an endpoint service that are left out of the configuration stay in AWS.',
  },
  {
    name: 'SessionsEpochSkipped',
    because:
      'Only the target group that stands by has healthy targets: another step would send clients to an empty one, or end no connection.',
  },
  {
    name: 'SyncConfigurationTooLong',
    because: 'What a function follows stands in its environment, which holds 4 KB.',
    see: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  },
  {
    name: 'UserConfigurationTooLong',
    because: "What is declared of a user stands in the function's environment, which holds 4 KB.",
    see: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  },
  {
    name: 'UserNameChanged',
    because: 'The function acts only on what is declared now: the login of the former name would be left behind.',
  },
];
