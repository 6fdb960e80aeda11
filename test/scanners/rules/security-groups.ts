import { includesPort, isOpenToAll, referringTo } from '../scanned-stack';
import type { Edit, Scanner, ScannerRule } from '../scanner-rule';

const GROUP = ['aws_security_group'];
const INGRESS = ['aws_vpc_security_group_ingress_rule'];
const EGRESS = ['aws_vpc_security_group_egress_rule'];

/** What is said of a rule or a group, beyond what Terraform says by itself. */
function isDescribed(description: unknown): boolean {
  return typeof description === 'string' && description !== '' && description !== 'Managed by Terraform';
}

const openTo =
  (port: number, protocol = 'tcp'): Edit =>
  (block) => {
    for (const name of ['for_each', 'cidr_ipv6', 'referenced_security_group_id', 'prefix_list_id']) delete block[name];
    Object.assign(block, { cidr_ipv4: '0.0.0.0/0', ip_protocol: protocol, from_port: port, to_port: port });
  };

function closedIngress(scanner: Scanner, id: string, port: number | 'all'): ScannerRule {
  return {
    scanner,
    id,
    wants: port === 'all' ? 'no ingress from everywhere to all ports' : `no ingress from everywhere to port ${port}`,
    types: INGRESS,
    passes: (rule) => !(isOpenToAll(rule) && includesPort(rule, port)),
    fail: port === 'all' ? openTo(-1, '-1') : openTo(port),
  };
}

const unlessDescribed: Edit = (block) => {
  delete block.description;
};

/** Ports of Security Hub's EC2.19. */
const HIGH_RISK = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088, 8888,
  9200, 9300,
];

export const SECURITY_GROUP_RULES: readonly ScannerRule[] = [
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_23',
    wants: 'a description of every group and every rule',
    types: [...GROUP, ...INGRESS, ...EGRESS],
    passes: ({ block }) => isDescribed(block.description),
    fail: unlessDescribed,
  },
  closedIngress('Checkov', 'CKV_AWS_24', 22),
  closedIngress('Checkov', 'CKV_AWS_25', 3389),
  closedIngress('Checkov', 'CKV_AWS_260', 80),
  closedIngress('Checkov', 'CKV_AWS_277', 'all'),
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_382',
    wants: 'no egress to everywhere on all ports',
    types: EGRESS,
    passes: (rule) => !(isOpenToAll(rule) && includesPort(rule, 'all')),
    fail: openTo(-1, '-1'),
  },
  {
    scanner: 'Checkov',
    id: 'CKV2_AWS_5',
    wants: 'groups that something uses',
    types: GROUP,
    passes: (group) => referringTo(group, 'aws_lb', 'aws_lambda_function', 'aws_vpc_endpoint').length > 0,
    fail: (_, { resource }) => {
      for (const type of ['aws_lb', 'aws_lambda_function', 'aws_vpc_endpoint']) delete resource[type];
    },
  },
  {
    scanner: 'Trivy',
    id: 'AVD-AWS-0099',
    wants: 'a description of every group',
    types: GROUP,
    passes: ({ block }) => isDescribed(block.description),
    fail: (block) => {
      block.description = 'Managed by Terraform';
    },
  },
  {
    scanner: 'Trivy',
    id: 'AVD-AWS-0124',
    wants: 'a description of every rule',
    types: [...INGRESS, ...EGRESS],
    passes: ({ block }) => isDescribed(block.description),
    fail: unlessDescribed,
  },
  {
    scanner: 'Trivy',
    id: 'AVD-AWS-0104',
    wants: 'no egress to everywhere',
    types: EGRESS,
    passes: (rule) => !isOpenToAll(rule),
    fail: openTo(443),
  },
  {
    scanner: 'Trivy',
    id: 'AVD-AWS-0107',
    wants: 'no ingress from everywhere to SSH or RDP',
    types: INGRESS,
    passes: (rule) => !(isOpenToAll(rule) && (includesPort(rule, 22) || includesPort(rule, 3389))),
    fail: openTo(22),
  },
  closedIngress('Security Hub', 'EC2.13', 22),
  closedIngress('Security Hub', 'EC2.14', 3389),
  {
    scanner: 'Security Hub',
    id: 'EC2.18',
    wants: 'ingress from everywhere to ports 80 and 443 only',
    types: INGRESS,
    passes: (rule) =>
      !isOpenToAll(rule) ||
      (['80', '443'].includes(String(rule.block.from_port)) && rule.block.from_port === rule.block.to_port),
    fail: openTo(5432),
  },
  {
    scanner: 'Security Hub',
    id: 'EC2.19',
    wants: 'no ingress from everywhere to ports of high risk, databases among them',
    types: INGRESS,
    passes: (rule) => !isOpenToAll(rule) || !HIGH_RISK.some((port) => includesPort(rule, port)),
    fail: openTo(3306),
  },
];
