import { isCidr, parseCidr } from '../allowlist/cidr';
import type { DatabaseEndpointProps } from '../database-endpoint-props';
import { type ManagedName, managedName, type NameKind } from '../engine/managed-name';
import type { Finding, Rule } from '../rule';
import { isUnknown, itemsOf } from '../unknown';
import { isPrivateDnsServer, parseDnsServer } from './dns-server';
import { DatabaseRole, type FollowedName } from './followed-target';

const RDS_NAMES = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html';

/** What is refused about names that are followed. */
export const FOLLOWED_TARGET_RULES: readonly Rule<DatabaseEndpointProps>[] = [
  {
    name: 'TargetHostnameInvalid',
    because: 'What is followed is a DNS name alone, without scheme, port or trailing dot.',
    see: 'https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4',
    check: ({ target }) => {
      const name = literal(target._name?.hostname);
      if (target._name === undefined || name === undefined || isName(name)) return undefined;
      return {
        property: target._name.property,
        value: name,
        reason: 'is not a DNS name',
        remedy: isCidr(parseCidr(name))
          ? 'For an address that stays the same, write DatabaseTarget.ipAddresses([...]).'
          : 'Write the name alone, like orders.abc123.eu-central-1.rds.amazonaws.com. The port belongs into port.',
      };
    },
  },
  {
    name: 'RdsIdentifierInvalid',
    because:
      'RDS keeps identifiers in small letters and tells its events with them: up to 63 letters, digits and hyphens.',
    see: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html',
    check: ({ target }) => {
      const identifier = literal(target._name?.identifier);
      return identifier === undefined || /^(?=.{1,63}$)[a-z](-?[a-z0-9])*$/.test(identifier)
        ? undefined
        : {
            property: 'target.identifier',
            value: identifier,
            reason: 'is not the identifier of an RDS database',
            remedy: 'Write it as RDS shows it, like orders-production: no ARN, no DNS name, no capitals.',
          };
    },
  },
  {
    name: 'RdsNameOfOther',
    because: 'The DNS name of an RDS database begins with its identifier.',
    see: RDS_NAMES,
    check: ({ target: { _name: name } }) => {
      const identifier = literal(name?.identifier);
      const rds = rdsName(name);
      // The name of a custom endpoint begins with a name of its own.
      return name && rds && identifier !== undefined && rds.kind !== 'custom' && rds.id !== identifier
        ? {
            property: name.property,
            value: name.hostname,
            reason: `is the name of '${rds.id}', and the identifier is '${identifier}'`,
            remedy: "Give both of the same database, or the other's failover would go unnoticed.",
          }
        : undefined;
    },
  },
  {
    name: 'RdsNameOfOtherKind',
    because:
      "An instance's own name does not change its address when its cluster fails over; only a cluster's name does.",
    see: RDS_NAMES,
    check: ({ target: { _name: name } }) => {
      const rds = rdsName(name);
      if (name === undefined || rds === undefined || name.kind === 'hostname') return undefined;
      const isCluster = isClusterEndpoint(rds.kind);
      return isCluster === (name.kind === 'rdsCluster')
        ? undefined
        : {
            property: name.property,
            value: name.hostname,
            reason: `is the name of ${WHAT_IT_NAMES[rds.kind]}`,
            remedy: isCluster
              ? 'Write DatabaseTarget.rdsCluster({ identifier, endpoint, role }).'
              : "Write the cluster's endpoint, reader endpoint or a custom endpoint, or DatabaseTarget.rdsInstance(...).",
          };
    },
  },
  {
    name: 'TargetRoleMismatch',
    because: 'Readers answer in rotation: taken for a writer, each answer would displace the one before.',
    see: RDS_NAMES,
    check: ({ target: { _name: name } }) => {
      const kind = literalName(name)?.kind ?? 'member';
      // Those of ElastiCache are told apart in the table of names, and have no rule yet.
      const isElastiCache = literalName(name)?.service === 'elasticache';
      if (name === undefined || !isClusterEndpoint(kind) || isElastiCache) return undefined;
      const role = kind === 'writer' ? DatabaseRole.WRITER : DatabaseRole.READER;
      return name.role === role
        ? undefined
        : {
            property: 'target.role',
            value: name.role,
            reason: `does not fit ${name.hostname}, which stands for ${role === DatabaseRole.WRITER ? 'the writer' : 'readers'}`,
            remedy: `Write DatabaseRole.${role.toUpperCase()}, or the name of the cluster's other endpoint.`,
          };
    },
  },
  {
    name: 'TargetRoleInvalid',
    because: 'A name stands for one writer or for readers.',
    check: ({ target: { _name: name } }) =>
      name === undefined || Object.values(DatabaseRole).includes(name.role)
        ? undefined
        : {
            property: 'target.role',
            value: name.role,
            reason: 'is not a role of a database',
            remedy: 'Write DatabaseRole.WRITER or DatabaseRole.READER.',
          },
  },
  {
    name: 'DnsServerInvalid',
    because: 'DNS servers are asked by their addresses.',
    check: ({ target }) =>
      itemsOf(target._options.dnsServers ?? []).flatMap((server, i) =>
        isUnknown(server) || parseDnsServer(server) !== undefined
          ? []
          : {
              property: `target.dnsServers[${i}]`,
              value: server,
              reason: 'is not the address of a DNS server',
              remedy: 'Write an address like 10.0.0.2, with a port as 10.0.0.2:5353 or [fd00::2]:5353.',
            },
      ),
  },
  {
    name: 'DnsServerUnreachable',
    because: 'A function that is not attached to a VPC reaches the internet alone.',
    see: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
    check: ({ target: { _options: options } }) =>
      options.sync?.subnetIds !== undefined
        ? undefined
        : itemsOf(options.dnsServers ?? []).flatMap((server, i) =>
            isUnknown(server) || !isPrivateDnsServer(server)
              ? []
              : {
                  property: `target.dnsServers[${i}]`,
                  value: server,
                  reason: 'is a private address, and the function that follows the name is outside of the VPC',
                  remedy: 'Attach the function to the VPC with sync: { subnetIds: [...] }.',
                },
          ),
  },
  {
    name: 'DnsServerUnknown',
    because: 'The security group that is made for the function lets out DNS to its servers alone.',
    check: ({ target: { _options: options } }) =>
      options.sync?.subnetIds === undefined ||
      options.sync.securityGroupIds !== undefined ||
      !isUnknown(options.dnsServers)
        ? undefined
        : {
            property: 'target.dnsServers',
            reason: 'has an address that only Terraform knows',
            remedy: 'Write addresses as literals, or give the function sync: { securityGroupIds: [...] } of your own.',
          },
  },
  {
    name: 'VpcCidrInvalid',
    because: 'Which addresses are inside the VPC is decided by its blocks.',
    check: ({ target }) =>
      itemsOf(target._options.vpcCidrBlocks ?? []).flatMap((block, i): Finding[] => {
        const parsed = isUnknown(block) ? undefined : parseCidr(block);
        return parsed === undefined || isCidr(parsed)
          ? []
          : [{ property: `target.vpcCidrBlocks[${i}]`, value: block, reason: parsed.reason, remedy: parsed.remedy }];
      }),
  },
  {
    name: 'VpcCidrsMissing',
    because: 'A VPC has a block, and addresses outside of it are registered differently.',
    check: ({ target }) =>
      target._options.vpcCidrBlocks?.length === 0
        ? {
            property: 'target.vpcCidrBlocks',
            value: [],
            reason: 'names no block',
            remedy: 'Name all blocks of the VPC, or leave it out to have them looked up.',
          }
        : undefined,
  },
];

/** What is worth knowing about names that are followed. */
export const FOLLOWED_TARGET_WARNINGS: readonly Rule<DatabaseEndpointProps>[] = [
  {
    name: 'RdsEventsUnused',
    because: 'With its identifier, an RDS database is also followed by its failover events.',
    check: ({ target: { _name: name } }) =>
      name?.kind === 'hostname' && rdsName(name) !== undefined
        ? {
            property: name.property,
            value: name.hostname,
            reason: 'is the name of an RDS database, whose events are not listened to',
            remedy: 'Write DatabaseTarget.rdsInstance(...) or DatabaseTarget.rdsCluster(...).',
          }
        : undefined,
  },
];

const WHAT_IT_NAMES: Readonly<Record<NameKind, string>> = {
  member: 'a single instance',
  writer: 'a cluster',
  readers: 'a cluster',
  custom: 'a cluster',
  configuration: 'a cluster',
  proxy: 'an RDS Proxy',
  global: 'an Aurora Global Database, which may move to another Region',
  shards: 'a shard group of Aurora PostgreSQL Limitless',
};

function isClusterEndpoint(kind: NameKind): boolean {
  return kind === 'writer' || kind === 'readers' || kind === 'custom';
}

/** What a name that RDS made tells; nothing where it is another name, or a token. */
function rdsName(name: FollowedName | undefined): ManagedName | undefined {
  const managed = literalName(name);
  return managed?.service === 'rds' ? managed : undefined;
}

function literalName(name: FollowedName | undefined): ManagedName | undefined {
  const hostname = literal(name?.hostname);
  return hostname === undefined ? undefined : managedName(hostname);
}

function literal(text: string | undefined): string | undefined {
  return isUnknown(text) ? undefined : text;
}

function isName(text: string): boolean {
  const isAddress = isCidr(parseCidr(text));
  const parts = text.split('.');
  return (
    !isAddress &&
    text.length <= 253 &&
    parts.length > 1 &&
    parts.every((label) => /^(?!-)[a-zA-Z0-9_-]{1,63}(?<!-)$/.test(label))
  );
}
