import { isCidr, parseCidr } from '../network/cidr';
import { isPrivateDnsServer, parseDnsServer } from '../network/dns-server';
import type { Finding, Rule } from '../rules/rule';
import type { DatabaseTarget } from '../targets/database-target';
import { isUnresolved, itemsOf } from '../tokens/unresolved';

/** An endpoint whose name a function follows. */
export interface FollowingInput {
  readonly target: DatabaseTarget;
  readonly tags: { readonly [key: string]: string };
}

/** Validation rules for endpoints whose names are followed. */
export const FOLLOWING_RULES: readonly Rule<FollowingInput>[] = [
  {
    name: 'SyncTagsInvalid',
    because: 'The function and its role also get the tags of the endpoint: 50 at most, and IAM ignores case in keys.',
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
          ? [
              {
                property,
                reason: `makes ${keys.length} tags including those of the endpoint, and AWS allows 50`,
                remedy,
              },
            ]
          : []),
        ...twins.map((key) => ({
          property: key in own ? property : `tags[${JSON.stringify(key)}]`,
          value: key in own ? key : undefined,
          reason: 'has a tag key that differs from another only in case, which IAM roles do not allow',
          remedy: 'Write one of them.',
        })),
      ];
    },
  },
  {
    name: 'AnswersNeverMatch',
    because: 'DNS answers outside the blocks of the database are rejected.',
    check: ({ target }) => {
      if (target._name === undefined) return undefined;
      const property = target._cidrBlocks === undefined ? 'target.vpcCidrBlocks' : 'target.cidrBlocks';
      const blocks = target._cidrBlocks ?? target._options.vpcCidrBlocks;
      const family = target._options.ipv6 ? 6 : 4;
      if (blocks === undefined || isUnresolved(blocks)) return undefined;
      // Other rules report missing egress or a missing VPC.
      const { securityGroupId } = target._options;
      if (blocks.length === 0 && (target._cidrBlocks === undefined || securityGroupId === undefined)) return undefined;
      const parsed = blocks.map(parseCidr).filter(isCidr);
      return parsed.length < blocks.length || parsed.some((block) => block.family === family)
        ? undefined
        : {
            property,
            value: [...blocks],
            reason: `has no IPv${family} block, but the name's IPv${family} addresses are followed`,
            remedy: `Write the IPv${family} blocks of the subnets that the database can be in.`,
          };
    },
  },
];

/** Warnings about endpoints whose names are followed. */
export const FOLLOWING_WARNINGS: readonly Rule<FollowingInput>[] = [
  {
    name: 'DnsServerPublic',
    because: 'DNS answers are not signed; anyone on the path over the internet can forge them.',
    check: ({ target }) =>
      itemsOf(target._options.dnsServers ?? []).flatMap((server, i) =>
        isUnresolved(server) || parseDnsServer(server) === undefined || isPrivateDnsServer(server)
          ? []
          : {
              property: `target.dnsServers[${i}]`,
              value: server,
              reason: 'is a public DNS server, whose answers decide where database traffic goes',
              remedy:
                "Leave it out to use the function's default servers, or use a server in your network and attach the function to the VPC.",
            },
      ),
  },
];
