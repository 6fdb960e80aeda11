import { isCidr, parseCidr } from '../network/cidr';
import { isPrivateDnsServer, parseDnsServer } from '../network/dns-server';
import { isDnsName } from '../network/domain-name';
import type { Finding, Rule } from '../rules/rule';
import { isUnresolved, itemsOf } from '../tokens/unresolved';
import { FOLLOWED_NAME_RULES } from './followed-name-rules';
import { DatabaseRole } from './followed-target';
import type { TargetSettings } from './target-settings';

/** Validation rules for names that are followed. */
export const FOLLOWED_TARGET_RULES: readonly Rule<TargetSettings>[] = [
  {
    name: 'TargetHostnameInvalid',
    because: 'Only a DNS name can be followed, without scheme, port or trailing dot.',
    see: 'https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4',
    check: ({ target }) => {
      const name = literal(target._name?.hostname);
      if (target._name === undefined || name === undefined || (isDnsName(name) && !isCidr(parseCidr(name))))
        return undefined;
      return {
        property: target._name.property,
        value: name,
        reason: 'is not a DNS name',
        remedy: isCidr(parseCidr(name))
          ? 'For an address that stays the same, write DatabaseTarget.ipAddresses([...]).'
          : 'Write only the name, like orders.abc123.eu-central-1.rds.amazonaws.com. The port belongs in port.',
      };
    },
  },
  ...FOLLOWED_NAME_RULES,
  {
    name: 'TargetRoleInvalid',
    because: 'A name resolves to one writer or to readers.',
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
    because: 'DNS servers are given by address.',
    check: ({ target }) =>
      itemsOf(target._options.dnsServers ?? []).flatMap((server, i) =>
        isUnresolved(server) || parseDnsServer(server) !== undefined
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
    because: 'A function outside a VPC can reach only the internet.',
    see: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
    check: ({ target: { _options: options } }) =>
      options.sync?._isAttached
        ? undefined
        : itemsOf(options.dnsServers ?? []).flatMap((server, i) =>
            isUnresolved(server) || !isPrivateDnsServer(server)
              ? []
              : {
                  property: `target.dnsServers[${i}]`,
                  value: server,
                  reason: 'is a private address, but the function that follows the name is outside the VPC',
                  remedy:
                    "Attach the function to the VPC: write sync: new TargetSync(stack, 'TargetSync', { vpcId, subnetIds: [...] }).",
                },
          ),
  },
  {
    name: 'DnsServerUnknown',
    because: 'The security group created for the function allows DNS only to its servers.',
    check: ({ target: { _options: options } }) =>
      !options.sync?._makesSecurityGroup || !isUnresolved(options.dnsServers)
        ? undefined
        : {
            property: 'target.dnsServers',
            reason: 'has an address that is known after apply',
            remedy: 'Write addresses as literals, or set securityGroupIds of the TargetSync.',
          },
  },
  {
    name: 'VpcCidrInvalid',
    because: "The VPC's blocks determine which addresses are inside it.",
    check: ({ target }) =>
      itemsOf(target._options.vpcCidrBlocks ?? []).flatMap((block, i): Finding[] => {
        const parsed = isUnresolved(block) ? undefined : parseCidr(block);
        return parsed === undefined || isCidr(parsed)
          ? []
          : [{ property: `target.vpcCidrBlocks[${i}]`, value: block, reason: parsed.reason, remedy: parsed.remedy }];
      }),
  },
  {
    name: 'VpcCidrsMissing',
    because: 'A VPC has at least one block, and addresses outside its blocks are registered differently.',
    check: ({ target }) =>
      target._options.vpcCidrBlocks?.length === 0
        ? {
            property: 'target.vpcCidrBlocks',
            value: [],
            reason: 'names no block',
            remedy: 'List all blocks of the VPC, or leave it out to have them looked up.',
          }
        : undefined,
  },
];

function literal(text: string | undefined): string | undefined {
  return isUnresolved(text) ? undefined : text;
}
