import { posix } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { WrittenAllowlist } from '../../lib/allowlist/allowlist-input';
import { isExpiry } from '../../lib/allowlist/expiry';
import type { ReadOptions } from '../../lib/allowlist-file/allowlist-reader';
import { withSlashes } from '../../lib/allowlist-file/read-allowlist';
import { UsageError } from '../usage-error';

/** What the command line says. Its names are those of the endpoint's properties. */
export interface AllowlistOptions {
  readonly group?: string[];
  readonly eachGroup?: boolean;
  readonly includeFolder?: string;
  readonly stdinName: string;
  readonly asOf?: string;
  readonly mustInclude?: string[];
  readonly aggregate?: boolean;
  readonly shardFromStart?: boolean;
  readonly dualStack: boolean;
  readonly internal?: boolean;
  readonly rulesPerSecurityGroup?: number;
  readonly securityGroupsPerInterface?: number;
  readonly maxBreadthIpv4?: number;
  readonly maxBreadthIpv6?: number;
  readonly requireOwner?: boolean;
  readonly requireTicket?: boolean;
  readonly requireExpires?: boolean;
  readonly maxDays?: number;
  readonly ticketIfWiderThanIpv4?: number;
  readonly ticketIfWiderThanIpv6?: number;
  readonly json?: boolean;
}

/** Adds the options to the command. */
export function addOptions(command: Command): Command {
  command
    .option('--group <names...>', 'read only these groups, as AllowlistFile.read(path, { groups }) does')
    .option('--each-group', 'check each group separately, as for one endpoint each')
    .option('--include-folder <folder>', 'also allow includes from this folder')
    .option('--stdin-name <name>', 'file name for -: its extension determines the format', 'stdin.yaml')
    .option('--as-of <date>', 'evaluate expiry as of this day, YYYY-MM-DD in UTC', day)
    .option('--must-include <blocks...>', 'fail if one of these addresses or blocks would have no access')
    .option('--shard-from-start', 'place rules as with shardFromStart: true')
    .option('--no-dual-stack', 'check as for an IPv4-only load balancer');
  return addLimitOptions(command)
    .option('--require-owner', 'refuse entries without an owner, as allowlist.require.owner does')
    .option('--require-ticket', 'refuse entries without a ticket: allowlist.require.ticket')
    .option('--require-expires', 'refuse entries without an expiry: allowlist.require.expires')
    .option('--max-days <number>', 'refuse access for longer: allowlist.require.maxDays', wholeNumber)
    .option('--ticket-if-wider-than-ipv4 <prefix>', 'allowlist.require.ticketIfWiderThan.ipv4', wholeNumber)
    .option('--ticket-if-wider-than-ipv6 <prefix>', 'allowlist.require.ticketIfWiderThan.ipv6', wholeNumber)
    .option('--json', 'print the report as JSON');
}

/** Adds those that say how much a list may admit. */
export function addLimitOptions(command: Command): Command {
  return command
    .option('--aggregate', 'count rules as with allowlist: { aggregate: true }')
    .option('--internal', 'check as with internetFacing: false')
    .option('--rules-per-security-group <number>', 'quotas.rulesPerSecurityGroup (60)', wholeNumber)
    .option('--security-groups-per-interface <number>', 'quotas.securityGroupsPerInterface (5)', wholeNumber)
    .option('--max-breadth-ipv4 <prefix>', 'allowlist.maxBreadth.ipv4 (8)', wholeNumber)
    .option('--max-breadth-ipv6 <prefix>', 'allowlist.maxBreadth.ipv6 (24)', wholeNumber);
}

/** The properties of the endpoint that the list is judged for. */
export function propsOf(options: Omit<AllowlistOptions, 'stdinName'>): Omit<WrittenAllowlist, 'allow'> {
  const { asOf, mustInclude, aggregate, shardFromStart, dualStack, internal } = options;
  return {
    allowlist: {
      ...{ asOf, mustInclude, aggregate },
      maxBreadth: { ipv4: options.maxBreadthIpv4, ipv6: options.maxBreadthIpv6 },
      require: {
        owner: options.requireOwner,
        ticket: options.requireTicket,
        expires: options.requireExpires,
        maxDays: options.maxDays,
        ticketIfWiderThan: { ipv4: options.ticketIfWiderThanIpv4, ipv6: options.ticketIfWiderThanIpv6 },
      },
    },
    shardFromStart,
    dualStack,
    internetFacing: !internal,
    quotas: {
      rulesPerSecurityGroup: options.rulesPerSecurityGroup,
      securityGroupsPerInterface: options.securityGroupsPerInterface,
    },
  };
}

/** What is read of each file. */
export function readingOf({ group, eachGroup, includeFolder }: AllowlistOptions): ReadOptions {
  if (group && eachGroup) throw new UsageError('--group and --each-group cannot be combined. Leave one of them out.');
  return { groups: group, includeFolder: includeFolder === undefined ? undefined : withSlashes(includeFolder) };
}

/** The allowlist files: a lock file stands for the one beside it, as hooks and patterns of names hand in both. */
export function allowlistsOf(files: readonly string[]): string[] {
  const own = files.filter((file) => !LOCK_FILE.test(file));
  const beside = files.filter((file) => LOCK_FILE.test(file)).map((file) => file.replace(LOCK_FILE, '$1'));
  return [...own, ...beside.filter((file) => !own.includes(file))];
}

const LOCK_FILE = /(\.(?:ya?ml|json))\.lock\.json$/i;

/** The name under which a file is reported. */
export function nameOf(file: string, { stdinName }: Pick<AllowlistOptions, 'stdinName'>): string {
  return posix.normalize(withSlashes(file === '-' ? stdinName : file));
}

function day(text: string): string {
  if (!isExpiry(text)) throw new InvalidArgumentError('It must be a date like YYYY-MM-DD.');
  return text;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
