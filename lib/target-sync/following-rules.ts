import { isCidr, parseCidr } from '../network/cidr';
import { isPrivateDnsServer, parseDnsServer } from '../network/dns-server';
import type { Finding, Rule } from '../rules/rule';
import type { DatabaseTarget } from '../targets/database-target';
import { isUnknown, itemsOf } from '../tokens/unresolved';

/** An endpoint whose name a function follows. */
export interface FollowingInput {
  readonly target: DatabaseTarget;
  readonly tags: { readonly [key: string]: string };
}

/** Validation rules for endpoints whose names are followed. */
export const FOLLOWING_RULES: readonly Rule<FollowingInput>[] = [
  {
    name: 'SyncTagsInvalid',
    because:
      'The function and its role carry the tags of the endpoint as well: 50 at most, and IAM ignores case in keys.',
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules',
    check: ({ target, tags }): Finding[] => {
      if (target._name === undefined) return [];
      const own = target._options.sync?._tags ?? {};
      const keys = [...new Set(['Name', ...Object.keys(tags), ...Object.keys(own)])];
      const [property, remedy] = ['target.sync', 'Write fewer tags for the endpoint or for its function.'];
      const twins = keys.filter((key, i) => keys.findIndex((other) => other.toLowerCase() === key.toLowerCase()) < i);
      const isMore =
        keys.length > Math.max(50, Object.keys({ Name: '', ...tags }).length, Object.keys({ Name: '', ...own }).length);
      return [
        ...(isMore
          ? [{ property, reason: `makes ${keys.length} tags with those of the endpoint, and AWS takes 50`, remedy }]
          : []),
        ...twins.map((key) => ({
          property: key in own ? property : `tags[${JSON.stringify(key)}]`,
          value: key in own ? key : undefined,
          reason: 'has a tag key that differs from another by case only, which the role of the function cannot have',
          remedy: 'Write one of them.',
        })),
      ];
    },
  },
  {
    name: 'AnswersNeverMatch',
    because: 'An answer outside of the blocks that the database is in counts as failed.',
    check: ({ target }) => {
      if (target._name === undefined) return undefined;
      const property = target._cidrBlocks === undefined ? 'target.vpcCidrBlocks' : 'target.cidrBlocks';
      const blocks = target._cidrBlocks ?? target._options.vpcCidrBlocks;
      const family = target._options.ipv6 ? 6 : 4;
      if (blocks === undefined || isUnknown(blocks)) return undefined;
      // Others say so where it is not known at all where egress may lead, or what the VPC is.
      const { securityGroupId } = target._options;
      if (blocks.length === 0 && (target._cidrBlocks === undefined || securityGroupId === undefined)) return undefined;
      const parsed = blocks.map(parseCidr).filter(isCidr);
      return parsed.length < blocks.length || parsed.some((block) => block.family === family)
        ? undefined
        : {
            property,
            value: [...blocks],
            reason: `has no IPv${family} block, and the name's IPv${family} addresses are followed`,
            remedy: `Write the IPv${family} blocks of the subnets that the database may be in.`,
          };
    },
  },
];

/** Warnings about endpoints whose names are followed. */
export const FOLLOWING_WARNINGS: readonly Rule<FollowingInput>[] = [
  {
    name: 'DnsServerPublic',
    because: 'DNS answers are not signed; on their way over the internet, others can forge them.',
    check: ({ target }) =>
      itemsOf(target._options.dnsServers ?? []).flatMap((server, i) =>
        isUnknown(server) || parseDnsServer(server) === undefined || isPrivateDnsServer(server)
          ? []
          : {
              property: `target.dnsServers[${i}]`,
              value: server,
              reason: 'is a public DNS server, whose answers say where database traffic goes',
              remedy:
                "Leave it out to ask the function's own servers, or write a server of your network and attach the function to the VPC.",
            },
      ),
  },
];
