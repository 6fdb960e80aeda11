import { nested } from '../scanned-stack';
import { type ScannerRule, wantsValue } from '../scanner-rule';

const CERTIFICATE = ['aws_acm_certificate'];

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
