import { nested, referringTo, refersTo, type ScannedResource } from '../scanned-stack';
import { type ScannerRule, wantsValue } from '../scanner-rule';

const CERTIFICATE = ['aws_acm_certificate'];

/** Where an alias of Checkov's CKV2_AWS_23 may lead. */
const ALIASED = ['aws_lb', 'aws_vpc_endpoint', 'aws_eip'];

function isPrivate({ block }: ScannedResource): boolean {
  return block.vpc !== undefined;
}

function wantsOfPublicZones(id: string, wants: string, type: string): ScannerRule {
  return {
    scanner: 'Checkov',
    id,
    wants,
    types: ['aws_route53_zone'],
    passes: (zone) => isPrivate(zone) || referringTo(zone, type).length > 0,
    fail: (block) => {
      delete block.vpc;
    },
  };
}

/** Certificates, addresses, names and endpoint services. */
export const NAME_RULES: readonly ScannerRule[] = [
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_233',
    wants: 'a new certificate before the old one goes',
    types: CERTIFICATE,
    passes: ({ block }) => nested(block, 'lifecycle')?.create_before_destroy === true,
    fail: (block) => {
      delete block.lifecycle;
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_234',
    wants: 'certificates in the transparency logs',
    types: CERTIFICATE,
    passes: ({ block }) => nested(block, 'options')?.certificate_transparency_logging_preference !== 'DISABLED',
    fail: (block) => {
      block.options = { certificate_transparency_logging_preference: 'DISABLED' };
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV2_AWS_71',
    wants: 'no certificate for all names of a domain',
    types: CERTIFICATE,
    passes: ({ block }) => !String(block.domain_name).includes('*'),
    fail: (block) => {
      block.domain_name = '*.db.example.com';
    },
  },
  {
    scanner: 'Security Hub',
    id: 'ACM.2',
    wants: 'keys of RSA of at least 2,048 bits',
    types: CERTIFICATE,
    passes: ({ block }) => block.key_algorithm !== 'RSA_1024',
    fail: (block) => {
      block.key_algorithm = 'RSA_1024';
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV2_AWS_19',
    wants: 'addresses that an instance or a NAT gateway has',
    types: ['aws_eip'],
    passes: (address) => referringTo(address, 'aws_instance', 'aws_nat_gateway', 'aws_transfer_server').length > 0,
    pass: (_, { resource }) => {
      const [id] = Object.keys(resource.aws_eip);
      resource.aws_nat_gateway = { Gateway: { allocation_id: `\${aws_eip.${id}.id}` } };
    },
    fail: (_, { resource }) => {
      delete resource.aws_nat_gateway;
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV2_AWS_23',
    wants: 'A records that lead to something in the same configuration',
    types: ['aws_route53_record'],
    passes: (record) =>
      record.block.type === 'A' ? record.stack.of(...ALIASED).some((to) => refersTo(record, to)) : undefined,
    fail: (block) => {
      block.alias = { name: 'forgotten.eu-central-1.elb.amazonaws.com', zone_id: 'Z3F0SRJ5LGBH90' };
    },
  },
  wantsOfPublicZones('CKV2_AWS_38', 'DNSSEC of public zones', 'aws_route53_hosted_zone_dnssec'),
  wantsOfPublicZones('CKV2_AWS_39', 'query logs of public zones', 'aws_route53_query_log'),
  wantsValue(
    {
      scanner: 'Checkov',
      id: 'CKV_AWS_123',
      wants: 'consumers of an endpoint service to be accepted one by one',
      types: ['aws_vpc_endpoint_service'],
    },
    'acceptance_required',
    [true],
  ),
];
