import { AllowedSource, type DatabaseEndpointProps } from '../../lib';
import { type SynthesizedGroup, synthesizedGroups } from '../allowlist/synthesized-groups';
import { synthesizeEndpoint, validProps } from '../support/endpoint';

// Some of the lists below are most of the internet.
export const LIMITS = { maxBreadth: { ipv4: 0, ipv6: 0 }, asOf: '2026-07-01' };
export const ANY_SIZE = { dualStack: true, allowlist: LIMITS };

/** The security groups of an endpoint with this allowlist. */
export function groupsOf(allow: AllowedSource[], overrides: Partial<DatabaseEndpointProps> = {}): SynthesizedGroup[] {
  return synthesizedGroups(synthesizeEndpoint(validProps({ allow, ...ANY_SIZE, ...overrides })));
}

export function securityGroups(count: number): AllowedSource[] {
  return Array.from({ length: count }, (_, i) => AllowedSource.securityGroup(`sg-0${i}`));
}

export function cloudfront(): AllowedSource {
  return AllowedSource.awsPrefixList('com.amazonaws.global.cloudfront.origin-facing');
}
