import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Construct } from 'constructs';
import { parseDnsServer } from '../network/dns-server';
import { aws } from '../terraform/aws';
import { ForEach } from '../tokens/deferred';
import { expressionToken } from '../tokens/expression';
import { inOrder } from '../tokens/resolved-text';
import type { Following } from './following';
import type { TargetSyncProps } from './target-sync-props';

/** Where a function is attached. */
export interface Attachment {
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly securityGroup?: SecurityGroup;
}

interface AttachmentParts {
  readonly settings: TargetSyncProps;
  readonly followed: () => readonly Following[];
  readonly tags: { [key: string]: string };
}

/** Attaches the function to the VPC, where that is asked for. */
export function attach(scope: Construct, parts: AttachmentParts): Attachment | undefined {
  const { subnetIds, securityGroupIds } = parts.settings;
  if (subnetIds === undefined) return undefined;
  if (securityGroupIds !== undefined) {
    return { subnetIds: inOrder(scope, subnetIds), securityGroupIds: inOrder(scope, securityGroupIds) };
  }
  const securityGroup = createSecurityGroup(scope, parts);
  return { subnetIds: inOrder(scope, subnetIds), securityGroupIds: [securityGroup.id], securityGroup };
}

/**
 * Nothing comes in, and out goes what the program says: HTTPS to the load balancing API, whose addresses nobody
 * knows in advance, and DNS. What goes to the VPC's own DNS servers is not filtered by security groups.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
function createSecurityGroup(scope: Construct, { settings, followed, tags }: AttachmentParts): SecurityGroup {
  const group = new aws.SecurityGroup(scope, 'SecurityGroup', {
    namePrefix: 'database-endpoint-sync-',
    description: 'The function that follows the names of databases',
    vpcId: settings.vpcId,
    tags,
    lifecycle: { createBeforeDestroy: true },
  });
  new aws.VpcSecurityGroupEgressRule(scope, 'EgressHttps', {
    securityGroupId: group.id,
    cidrIpv4: '0.0.0.0/0',
    ipProtocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    description: 'The load balancing API',
    tags,
  });
  new aws.VpcSecurityGroupEgressRule(scope, 'EgressDns', {
    securityGroupId: group.id,
    cidrIpv4: expressionToken('each.value.family == 4 ? each.value.block : null'),
    cidrIpv6: expressionToken('each.value.family == 6 ? each.value.block : null'),
    ipProtocol: expressionToken('each.value.protocol'),
    fromPort: PORT,
    toPort: PORT,
    description: 'DNS',
    tags,
    forEach: ForEach.deferred(() => dnsEgress(followed())),
  });
  return group;
}

/** The provider's class wants a number, and Terraform takes the expression. */
const PORT = expressionToken('each.value.port') as unknown as number;

function dnsEgress(followed: readonly Following[]): object {
  const servers = followed.flatMap(({ dnsServers = [] }) => dnsServers.flatMap((text) => parseDnsServer(text) ?? []));
  const rules = servers.flatMap(({ block, family, port }) =>
    ['tcp', 'udp'].map((protocol) => [`${block} ${protocol} ${port}`, { block, family, port, protocol }] as const),
  );
  return Object.fromEntries(rules.sort(([a], [b]) => (a < b ? -1 : 1)));
}
