import { nested, referringTo } from '../scanned-stack';
import { type ScannerRule, wantsValue } from '../scanner-rule';

const LB = ['aws_lb'];
const LISTENER = ['aws_lb_listener'];
const TARGET_GROUP = ['aws_lb_target_group'];

/** Those that Checkov's CKV2_AWS_74 calls weak. */
const WEAK = [
  'ELBSecurityPolicy-2016-08',
  'ELBSecurityPolicy-2015-05',
  'ELBSecurityPolicy-TLS-1-0-2015-04',
  'ELBSecurityPolicy-TLS-1-1-2017-01',
  'ELBSecurityPolicy-2015-03',
  'ELBSecurityPolicy-2015-02',
  'ELBSecurityPolicy-2014-10',
  'ELBSecurityPolicy-Default',
  'ELBSecurityPolicy-2014-01',
];

/** Those that Trivy's 0047 calls outdated. */
const OUTDATED = [
  'ELBSecurityPolicy-2015-05',
  'ELBSecurityPolicy-2016-08',
  'ELBSecurityPolicy-FS-2018-06',
  'ELBSecurityPolicy-FS-1-1-2019-08',
  'ELBSecurityPolicy-TLS-1-0-2015-04',
  'ELBSecurityPolicy-TLS-1-1-2017-01',
  'ELBSecurityPolicy-TLS13-1-0-2021-06',
  'ELBSecurityPolicy-TLS13-1-1-2021-06',
  'ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06',
  'ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06',
];

const policyOf = (block: { readonly ssl_policy?: unknown }) => String(block.ssl_policy ?? '');
const ENCRYPTED = ['TLS', 'HTTPS', 'QUIC'];

export const LOAD_BALANCER_RULES: readonly ScannerRule[] = [
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_91',
    wants: 'access logs',
    types: LB,
    passes: ({ block }) => nested(block, 'access_logs')?.enabled === true,
    fail: (block) => {
      delete block.access_logs;
    },
    pass: (block) => {
      block.access_logs = { bucket: 'logs', enabled: true };
    },
  },
  wantsValue(
    { scanner: 'Checkov', id: 'CKV_AWS_150', wants: 'deletion protection', types: LB },
    'enable_deletion_protection',
    [true],
  ),
  wantsValue(
    { scanner: 'Checkov', id: 'CKV_AWS_152', wants: 'cross-zone load balancing', types: LB },
    'enable_cross_zone_load_balancing',
    [true],
  ),
  wantsValue(
    { scanner: 'Checkov', id: 'CKV_AWS_2', wants: 'no listener of plain HTTP', types: LISTENER },
    'protocol',
    ['TLS', 'HTTPS', 'TCP', 'UDP', 'TCP_UDP'],
    'TCP',
  ),
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_103',
    wants: 'TLS 1.2 or newer where the listener ends TLS',
    types: LISTENER,
    passes: ({ block }) =>
      ['TCP', 'UDP', 'TCP_UDP'].includes(String(block.protocol)) ||
      /^ELBSecurityPolicy-(FS-1-2|TLS-1-2|TLS13)/.test(policyOf(block)),
    fail: (block) => Object.assign(block, { protocol: 'TLS', ssl_policy: 'ELBSecurityPolicy-2016-08' }),
  },
  {
    scanner: 'Checkov',
    id: 'CKV2_AWS_74',
    wants: 'a policy without weak ciphers where the listener ends TLS',
    types: LISTENER,
    passes: ({ block }) =>
      !['TLS', 'HTTPS'].includes(String(block.protocol)) || (policyOf(block) !== '' && !WEAK.includes(policyOf(block))),
    fail: (block) => {
      block.protocol = 'TLS';
      delete block.ssl_policy;
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_378',
    wants: 'no target group of plain HTTP behind a listener of plain HTTP',
    types: TARGET_GROUP,
    passes: (group) =>
      group.block.protocol !== 'HTTP' ||
      referringTo(group, 'aws_lb_listener').some(({ block }) => block.protocol !== 'HTTP'),
    fail: (block, { resource }) => {
      block.protocol = 'HTTP';
      for (const listener of Object.values(resource.aws_lb_listener)) listener.protocol = 'HTTP';
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_261',
    wants: 'a path for health checks by HTTP',
    types: TARGET_GROUP,
    passes: ({ block }) => {
      if (!['HTTP', 'HTTPS'].includes(String(block.protocol))) return undefined;
      return nested(block, 'health_check')?.path !== undefined;
    },
    pass: (block) => Object.assign(block, { protocol: 'HTTPS', health_check: { path: '/' } }),
    fail: (block) => Object.assign(block, { protocol: 'HTTPS', health_check: {} }),
  },
  {
    scanner: 'Trivy',
    id: 'AVD-AWS-0053',
    wants: 'no load balancer on the internet',
    types: LB,
    passes: ({ block }) => block.internal === true || block.load_balancer_type === 'gateway',
    pass: (block) => {
      block.internal = true;
    },
    fail: (block) => {
      block.internal = false;
    },
  },
  {
    scanner: 'Trivy',
    id: 'AVD-AWS-0047',
    wants: 'no outdated TLS policy',
    types: LISTENER,
    passes: ({ block }) => !OUTDATED.includes(policyOf(block)),
    fail: (block) => {
      block.ssl_policy = 'ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06';
    },
  },
  wantsValue(
    { scanner: 'Security Hub', id: 'ELB.6', wants: 'deletion protection', types: LB },
    'enable_deletion_protection',
    [true],
  ),
  {
    scanner: 'Security Hub',
    id: 'ELB.13',
    wants: 'two Availability Zones',
    types: LB,
    passes: ({ block }) => [block.subnets ?? block.subnet_mapping].flat().length >= 2,
    fail: (block) => {
      delete block.subnet_mapping;
      block.subnets = ['subnet-0a'];
    },
  },
  {
    scanner: 'Security Hub',
    id: 'ELB.17',
    wants: 'a recommended policy where the listener ends TLS',
    types: LISTENER,
    passes: ({ block }) =>
      ['TLS', 'HTTPS'].includes(String(block.protocol))
        ? /^ELBSecurityPolicy-TLS13-1-(3|2-Res)/.test(policyOf(block))
        : undefined,
    pass: (block) => Object.assign(block, { protocol: 'TLS', ssl_policy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }),
    fail: (block) => Object.assign(block, { protocol: 'TLS', ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }),
  },
  {
    scanner: 'Security Hub',
    id: 'ELB.18',
    wants: 'listeners that encrypt',
    types: LISTENER,
    passes: ({ block }) => ['TLS', 'HTTPS'].includes(String(block.protocol)),
    pass: (block) => {
      block.protocol = 'TLS';
    },
    fail: (block) => {
      block.protocol = 'TCP';
    },
  },
  {
    scanner: 'Security Hub',
    id: 'ELB.21',
    wants: 'health checks that encrypt',
    types: TARGET_GROUP,
    passes: ({ block }) => nested(block, 'health_check')?.protocol === 'HTTPS',
    pass: (block) => {
      block.health_check = { protocol: 'HTTPS' };
    },
    fail: (block) => {
      block.health_check = { protocol: 'TCP' };
    },
  },
  {
    scanner: 'Security Hub',
    id: 'ELB.22',
    wants: 'target groups that encrypt',
    types: TARGET_GROUP,
    passes: ({ block }) => ENCRYPTED.includes(String(block.protocol)),
    pass: (block) => {
      block.protocol = 'TLS';
    },
    fail: (block) => {
      block.protocol = 'TCP';
    },
  },
];
