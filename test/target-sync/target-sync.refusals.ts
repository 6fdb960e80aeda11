import { DatabaseTarget, type HostnameTargetOptions, type TargetSyncProps } from '../../lib';
import { FUNCTION_REFUSALS } from '../function/function.refusals';
import { followedBy, validProps } from '../support/endpoint';
import { type ExpectedProblem, type Mistake, mistake } from '../support/mistake';

/** One row of the tables of what a `TargetSync` is refused with, or warned of. */
export interface SyncMistake {
  readonly rule: string;
  readonly where: string;
  readonly props: object;
  readonly problem: ExpectedProblem;
}

function refused(rule: string, where: string, props: Partial<TargetSyncProps>, problem: ExpectedProblem): SyncMistake {
  return { rule, where, props, problem };
}

const numbered = (from: number, to: number) =>
  Object.fromEntries(Array.from({ length: to - from }, (_, i) => [`tag${from + i}`, 'x']));
const followedWith = (options: HostnameTargetOptions) =>
  DatabaseTarget.hostname('db.example.com', { securityGroupId: 'sg-0d', ...options });
const OF_ANOTHER_FAMILY: readonly [property: string, blocks: string[], followed: 4 | 6][] = [
  ['cidrBlocks', ['10.0.1.0/24'], 6],
  ['cidrBlocks', ['2001:db8::/64'], 4],
  ['cidrBlocks', [], 4],
  ['vpcCidrBlocks', ['10.0.0.0/16'], 6],
];
const attached = { subnetIds: ['subnet-0e'] };

/** What a `TargetSync` is refused with. */
export const SYNC_REFUSALS: readonly SyncMistake[] = [
  ...FUNCTION_REFUSALS,
  refused(
    'AcknowledgeUnknown',
    'a warning of endpoints is acknowledged',
    { acknowledge: ['EntryExpired'] },
    {
      property: 'acknowledge[0]',
      value: 'EntryExpired',
      reason: /not the name of a warning/,
      remedy: /SyncNeedsWayOut/,
    },
  ),
  ...[0, 59, 1.5].map((runSeconds) =>
    refused(
      'NumberOutOfRange',
      `a run takes ${runSeconds} seconds`,
      { runSeconds },
      {
        property: 'runSeconds',
        value: runSeconds,
        reason: /from 1 to 58/,
        remedy: /seconds/,
      },
    ),
  ),
  ...[0, 61].map((intervalSeconds) =>
    refused(
      'NumberOutOfRange',
      `it asks every ${intervalSeconds} seconds`,
      { intervalSeconds },
      {
        property: 'intervalSeconds',
        value: intervalSeconds,
        reason: /from 1 to 60/,
        remedy: /seconds/,
      },
    ),
  ),
  refused(
    'TagInvalid',
    'a tag of the function is one of AWS',
    { tags: { 'aws:team': 'x' } },
    {
      property: 'tags["aws:team"]',
      reason: /reserves/,
      remedy: /without the prefix/,
    },
  ),
];

/** What a `TargetSync` warns of. */
export const SYNC_WARNINGS: readonly SyncMistake[] = [
  refused('SyncNeedsWayOut', 'it is attached to a VPC', attached, {
    property: 'subnetIds',
    reason: /cannot reach the load balancing API by default/,
    remedy: /NAT gateway.*outside the Regions of China.*elasticloadbalancing/,
  }),
];

/** What an endpoint is refused with because of the function that follows its name. */
export const TARGET_SYNC_MISTAKES: readonly Mistake[] = [
  ...[59, 86_401, 60.5].map((healthyWithinSeconds) =>
    mistake(
      'NumberOutOfRange',
      `targets have ${healthyWithinSeconds} seconds to become healthy`,
      validProps({ target: followedWith({ healthyWithinSeconds }) }),
      {
        property: 'target.healthyWithinSeconds',
        value: healthyWithinSeconds,
        reason: /from 60 to 86400/,
        remedy: /seconds/,
      },
    ),
  ),
  mistake(
    'SyncTagsInvalid',
    'the function has more tags than AWS takes',
    validProps({
      target: followedBy(followedWith({}), { tags: numbered(0, 25) }),
      tags: numbered(25, 50),
    }),
    { property: 'target.sync', reason: /makes 51 tags including those of the endpoint/, remedy: /fewer tags/ },
  ),
  mistake(
    'SyncTagsInvalid',
    'two keys of the role differ by case only',
    validProps({
      target: followedBy(followedWith({}), { tags: { Team: 'x' } }),
      tags: { team: 'x' },
    }),
    { property: 'target.sync', value: 'Team', reason: /only in case/, remedy: /one of them/ },
  ),
  mistake(
    'SyncTagsInvalid',
    'two keys of the endpoint differ by case only',
    validProps({
      target: DatabaseTarget.hostname('db.example.com', { securityGroupId: 'sg-0d' }),
      tags: { team: 'x', Team: 'x' },
    }),
    { property: 'tags["Team"]', reason: /only in case/, remedy: /one of them/ },
  ),
  ...OF_ANOTHER_FAMILY.map(([property, value, family]) =>
    mistake(
      'AnswersNeverMatch',
      `IPv${family} addresses are followed, and ${property} is ${value.join() || 'empty'}`,
      validProps({ target: followedWith({ [property]: value, ipv6: family === 6 }), dualStack: family === 6 }),
      {
        property: `target.${property}`,
        value,
        reason: new RegExp(`has no IPv${family} block`),
        remedy: /subnets that the database can be in/,
      },
    ),
  ),
];

/** What is warned of. */
export const TARGET_SYNC_WARNED: readonly Mistake[] = [
  ...['8.8.8.8', '1.1.1.1:5353', '[2606:4700:4700::1111]:53'].map((server) =>
    mistake(
      'DnsServerPublic',
      `${server} is asked`,
      validProps({ target: followedBy(followedWith({ dnsServers: ['169.254.169.253', server] }), attached) }),
      {
        property: 'target.dnsServers[1]',
        value: server,
        reason: /public DNS server/,
        remedy: /function's default servers/,
      },
    ),
  ),
];
