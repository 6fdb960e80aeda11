import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Construct } from 'constructs';
import { parseDnsServer } from '../network/dns-server';
import { aws } from '../terraform/aws';
import { ForEach } from '../tokens/deferred';
import { expressionToken } from '../tokens/expression';
import type { Following } from './following';

interface DnsEgressParts {
  readonly followed: () => readonly Following[];
  readonly tags: { [key: string]: string };
}

/**
 * Lets the function ask the DNS servers that endpoints name. Security groups do not filter traffic to the VPC's own.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export function allowDns(scope: Construct, group: SecurityGroup, { followed, tags }: DnsEgressParts): void {
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
}

/** The provider's class requires a number, and Terraform takes the expression. */
const PORT = expressionToken('each.value.port') as unknown as number;

function dnsEgress(followed: readonly Following[]): object {
  const servers = followed.flatMap(({ dnsServers = [] }) => dnsServers.flatMap((text) => parseDnsServer(text) ?? []));
  const rules = servers.flatMap(({ block, family, port }) =>
    ['tcp', 'udp'].map((protocol) => [`${block} ${protocol} ${port}`, { block, family, port, protocol }] as const),
  );
  return Object.fromEntries(rules.sort(([a], [b]) => (a < b ? -1 : 1)));
}
