import { isCidr, parseCidr } from '../network/cidr';
import { isPrivateDnsServer, parseDnsServer } from '../network/dns-server';
import { isDnsName } from '../network/domain-name';
import type { Finding, Rule } from '../rules/rule';
import { isUnknown, itemsOf } from '../tokens/unresolved';
import { FOLLOWED_NAME_RULES } from './followed-name-rules';
import { DatabaseRole } from './followed-target';
import type { TargetSettings } from './target-settings';

/** Validation rules for names that are followed. */
export const FOLLOWED_TARGET_RULES: readonly Rule<TargetSettings>[] = [
  {
    name: 'TargetHostnameInvalid',
    because: 'What is followed is a DNS name alone, without scheme, port or trailing dot.',
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
          : 'Write the name alone, like orders.abc123.eu-central-1.rds.amazonaws.com. The port belongs into port.',
      };
    },
  },
  ...FOLLOWED_NAME_RULES,
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
      options.sync?._isAttached
        ? undefined
        : itemsOf(options.dnsServers ?? []).flatMap((server, i) =>
            isUnknown(server) || !isPrivateDnsServer(server)
              ? []
              : {
                  property: `target.dnsServers[${i}]`,
                  value: server,
                  reason: 'is a private address, and the function that follows the name is outside of the VPC',
                  remedy:
                    "Attach the function to the VPC: write sync: new TargetSync(stack, 'TargetSync', { vpcId, subnetIds: [...] }).",
                },
          ),
  },
  {
    name: 'DnsServerUnknown',
    because: 'The security group that is made for the function lets out DNS to its servers alone.',
    check: ({ target: { _options: options } }) =>
      !options.sync?._makesSecurityGroup || !isUnknown(options.dnsServers)
        ? undefined
        : {
            property: 'target.dnsServers',
            reason: 'has an address that is known after apply',
            remedy: 'Write addresses as literals, or give the TargetSync securityGroupIds of your own.',
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

function literal(text: string | undefined): string | undefined {
  return isUnknown(text) ? undefined : text;
}
