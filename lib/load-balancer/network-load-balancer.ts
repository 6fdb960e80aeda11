import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { EndpointError } from '../rules/endpoint-error';
import { aws } from '../terraform/aws';
import { shownPath } from '../terraform/shown-path';
import { Deferred } from '../tokens/deferred';
import { attributeOf, expressionOf, withoutBraces } from '../tokens/expression';
import { isUnknown, isUnknownList } from '../tokens/unresolved';
import { subnetRepetition } from './load-balancer-rules';
import type { LoadBalancerSettings } from './load-balancer-settings';

/** What keeps the hostname: everything here is changed in place, but for name, scheme and the loss of a subnet. */
export function createLoadBalancer(
  scope: Construct,
  settings: LoadBalancerSettings,
  securityGroups: readonly SecurityGroup[],
  tags: { [key: string]: string },
): Lb {
  const { name, subnetIds } = settings;
  return new aws.Lb(scope, 'LoadBalancer', {
    loadBalancerType: 'network',
    // A name of Terraform's own making: one that came from the construct's path would make a renaming, even with
    // a moved block, cost the hostname.
    ...(name === undefined ? { namePrefix: 'dbep-' } : { name }),
    internal: !settings.internetFacing,
    ipAddressType: settings.dualStack ? 'dualstack' : 'ipv4',
    subnets: eachOnceInOrder(scope, subnetIds),
    securityGroups: securityGroups.map((group) => attributeOf(group, 'id')),
    // The default of AWS, said explicitly: a change by hand would let in everybody who comes by an endpoint service.
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'on',
    enableCrossZoneLoadBalancing: settings.crossZone,
    enableDeletionProtection: settings.deletionProtection,
    tags,
    lifecycle: isUnknownList(subnetIds) ? { precondition: [enoughSubnets(scope, settings)] } : undefined,
  });
}

// The order in which subnets are written means nothing, so it must not show in the result either.
function eachOnceInOrder(scope: Construct, ids: readonly string[]): string[] {
  if (isUnknownList(ids)) return Token.asList(ids);
  if (!ids.some(isUnknown)) return [...ids].sort();
  return Token.asList(
    new Deferred((context) => {
      const resolved = ids.map((id) => String(context.resolve(id)));
      // That two tokens are the same expression shows only here.
      const problems = resolved.flatMap((id, i) => subnetRepetition(withoutBraces(id), resolved.indexOf(id), i) ?? []);
      if (problems.length > 0) throw new EndpointError(shownPath(scope), problems);
      return resolved.sort();
    }),
  );
}

function enoughSubnets(scope: Construct, { subnetIds, allowSingleSubnet }: LoadBalancerSettings) {
  const least = allowSingleSubnet ? 1 : 2;
  return {
    condition: new Deferred((context) => `\${length(${expressionOf(subnetIds, context)}) >= ${least}}`),
    errorMessage: `${shownPath(scope)}: subnetIds names too few subnets. Name one in each of at least two Availability Zones, or accept the loss of a zone with allowSingleSubnet: true. [SubnetsTooFew]`,
  };
}
