import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import type { DatabaseEndpointProps } from '../endpoint/database-endpoint-props';
import { EndpointError } from '../rules/endpoint-error';
import { aws } from '../terraform/aws';
import { Deferred } from '../tokens/deferred';
import { attributeOf, expressionOf, withoutBraces } from '../tokens/expression';
import { isUnknown, isUnknownList } from '../tokens/unresolved';
import { subnetRepetition } from './load-balancer-rules';

/** What keeps the hostname: everything here is changed in place, but for name, scheme and the loss of a subnet. */
export function createLoadBalancer(
  scope: Construct,
  props: DatabaseEndpointProps,
  securityGroups: readonly SecurityGroup[],
  tags: { [key: string]: string },
): Lb {
  const { loadBalancerName } = props;
  return new aws.Lb(scope, 'LoadBalancer', {
    loadBalancerType: 'network',
    // A name of Terraform's own making: one that came from the construct's path would make a renaming, even with
    // a moved block, cost the hostname.
    ...(loadBalancerName === undefined ? { namePrefix: 'dbep-' } : { name: loadBalancerName }),
    internal: !(props.internetFacing ?? true),
    ipAddressType: props.dualStack ? 'dualstack' : 'ipv4',
    subnets: inOrder(scope, props.subnetIds),
    securityGroups: securityGroups.map((group) => attributeOf(group, 'id')),
    // The default of AWS, said explicitly: a change by hand would let in everybody who comes by an endpoint service.
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'on',
    enableCrossZoneLoadBalancing: props.crossZone ?? true,
    enableDeletionProtection: props.deletionProtection ?? true,
    tags,
    lifecycle: isUnknownList(props.subnetIds) ? { precondition: [enoughSubnets(scope, props)] } : undefined,
  });
}

// The order in which subnets are written means nothing, so it must not show in the result either.
function inOrder(scope: Construct, ids: readonly string[]): string[] {
  if (isUnknownList(ids)) return Token.asList(ids);
  if (!ids.some(isUnknown)) return [...ids].sort();
  return Token.asList(
    new Deferred((context) => {
      const resolved = ids.map((id) => String(context.resolve(id)));
      // That two tokens are the same expression shows only here.
      const problems = resolved.flatMap((id, i) => subnetRepetition(withoutBraces(id), resolved.indexOf(id), i) ?? []);
      if (problems.length > 0) throw new EndpointError(scope.node.path, problems);
      return resolved.sort();
    }),
  );
}

function enoughSubnets(scope: Construct, { subnetIds, allowSingleSubnet }: DatabaseEndpointProps) {
  const least = allowSingleSubnet ? 1 : 2;
  return {
    condition: new Deferred((context) => `\${length(${expressionOf(subnetIds, context)}) >= ${least}}`),
    errorMessage: `${scope.node.path}: subnetIds names too few subnets. Name one in each of at least two Availability Zones, or accept the loss of a zone with allowSingleSubnet: true. [SubnetsTooFew]`,
  };
}
