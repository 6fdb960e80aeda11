import { existing, type SharedMistake } from './shared-mistake';

const NAMES = [
  '',
  'partners',
  'https://partners-50dc6c495c0c9188.elb.eu-central-1.amazonaws.com',
  'partners-50dc6c495c0c9188.elb.eu-central-1.amazonaws.com:5432',
  'partners-50dc6c495c0c9188.elb.eu-central-1.amazonaws.com.',
  'db.example.com',
  'elb.example.com',
];

const ZONES = ['', 'eu-central-1', '/hostedzone/Z3F0SRJ5LGBH90', 'z3f0srj5lgbh90'];

const groupIds = (count: number) => Array.from({ length: count }, (_, i) => `sg-0${i}`);

/** What is refused of names, zones and quotas of a load balancer that exists already. */
export const EXISTING_MISTAKES: readonly SharedMistake[] = [
  ...NAMES.map((dnsName) =>
    existing('LoadBalancerDnsNameInvalid', `its name is '${dnsName}'`, () => ({ dnsName }), {
      property: 'dnsName',
      value: dnsName,
      reason: /not the name that AWS gave/,
      remedy: /dns_name.*\.elb\.eu-central-1\.amazonaws\.com.*domain\.name/,
    }),
  ),
  ...ZONES.map((zoneId) =>
    existing('LoadBalancerZoneIdInvalid', `its zone is '${zoneId}'`, () => ({ zoneId }), {
      property: 'zoneId',
      value: zoneId,
      reason: /not the id of a hosted zone/,
      remedy: /zone_id.*domain\.zoneId/,
    }),
  ),
  existing('SecurityGroupsBeyondQuota', 'it has 17 security groups', () => ({ securityGroupIds: groupIds(17) }), {
    property: 'securityGroupIds',
    reason: /names 17 security groups, and a network interface allows 16/,
    remedy: /attached.*16 at most/,
  }),
  existing(
    'SecurityGroupsBeyondQuota',
    'the quota is lower',
    () => ({ securityGroupIds: groupIds(3), quotas: { securityGroupsPerInterface: 2 } }),
    {
      property: 'securityGroupIds',
      reason: /names 3 security groups, and quotas\.securityGroupsPerInterface allows 2/,
      remedy: /leave quotas\.securityGroupsPerInterface out.*L-2AFB9258/,
    },
  ),
  existing('QuotaInvalid', 'no account has the quota', () => ({ quotas: { securityGroupsPerInterface: 0 } }), {
    property: 'quotas.securityGroupsPerInterface',
    value: 0,
    reason: /not a valid quota/,
    remedy: /from 1 to 16/,
  }),
];
