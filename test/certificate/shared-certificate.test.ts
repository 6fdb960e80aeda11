import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  CertificateKeyAlgorithm,
  DatabaseEndpoint,
  EndpointCertificate,
  EndpointError,
  SharedCertificate,
  type SharedCertificateProps,
} from '../../lib';
import { terminatingProps } from '../support/endpoint';
import { addresses, onlyResource, resources, synthesize } from '../support/synthesis';
import { terminate } from '../tls/tls.refusals';

const ZONE = { zoneId: 'Z0123456789ABC', zoneName: 'db.example.com' };
const WILDCARD = { domainName: '*.db.example.com', subjectAlternativeNames: ['db.example.com'], ...ZONE };

const endpoint = (stack: TerraformStack, id: string, certificate: EndpointCertificate) =>
  new DatabaseEndpoint(
    stack,
    id,
    terminatingProps({ domain: { name: `${id}.db.example.com`, ...ZONE }, tls: terminate({ certificate }) }),
  );

test('several endpoints show one certificate, and one record validates it', () => {
  const tf = synthesize((stack) => {
    const certificate = EndpointCertificate.shared(new SharedCertificate(stack, 'Wildcard', WILDCARD));
    for (const id of ['orders', 'users']) endpoint(stack, id, certificate);
  });
  const [validated] = addresses(tf, 'aws_acm_certificate_validation');

  expect(onlyResource(tf, 'aws_acm_certificate')).toMatchObject({
    domain_name: '*.db.example.com',
    subject_alternative_names: ['db.example.com'],
    key_algorithm: 'EC_prime256v1',
    tags: { Name: 'prod/Wildcard' },
    lifecycle: { create_before_destroy: true },
  });
  expect(validated).toMatch(/\.Wildcard_CertificateValidation_/);
  expect(resources(tf, 'aws_lb_listener').map(({ certificate_arn }) => certificate_arn)).toEqual([
    `\${${validated}.certificate_arn}`,
    `\${${validated}.certificate_arn}`,
  ]);
  expect(resources(tf, 'aws_route53_record').filter(({ type }) => type === 'CNAME')).toEqual([
    expect.objectContaining({ for_each: { 'db.example.com': 'db.example.com' } }),
  ]);
});

test('its properties reach the certificate', () => {
  const tf = synthesize((stack) => {
    new SharedCertificate(stack, 'Wildcard', {
      ...WILDCARD,
      keyAlgorithm: CertificateKeyAlgorithm.RSA_2048,
      validationRecordsExist: true,
      tags: { team: 'data' },
    });
  });

  expect(onlyResource(tf, 'aws_acm_certificate')).toMatchObject({
    key_algorithm: 'RSA_2048',
    tags: { Name: 'prod/Wildcard', team: 'data' },
  });
  expect(resources(tf, 'aws_route53_record')).toEqual([]);
  expect(tf.data).toBeUndefined();
});

test('its names may be tokens, which no endpoint can be compared with', () => {
  const tf = synthesize((stack) => {
    const domainName = new TerraformVariable(stack, 'x', { type: 'string' }).stringValue;
    const shared = new SharedCertificate(stack, 'Wildcard', { domainName, zoneName: 'db.example.com' });
    endpoint(stack, 'orders', EndpointCertificate.shared(shared));
  });

  expect(onlyResource(tf, 'aws_acm_certificate')).toMatchObject({ domain_name: '${lower(var.x)}' });
  expect(Object.values(tf.data?.aws_route53_zone ?? {})).toEqual([{ name: 'db.example.com' }]);
});

const refused = (props: Partial<SharedCertificateProps>): string => {
  try {
    new SharedCertificate(new TerraformStack(Testing.app(), 'prod'), 'Wildcard', { ...WILDCARD, ...props });
    return '';
  } catch (error) {
    expect(EndpointError.isEndpointError(error)).toBe(true);
    return (error as Error).message;
  }
};

test.each<[rule: string, property: string, props: object]>([
  ['PropertyMissing', 'domainName', { domainName: undefined }],
  ['PropertyTypeInvalid', 'domainName', { domainName: 7 }],
  ['PropertyUnknown', 'zone', { zone: 'x' }],
  ['ZoneIdInvalid', 'zoneId', { zoneId: '/hostedzone/Z0' }],
  ['ZoneNameInvalid', 'zoneName', { zoneName: '*.x' }],
  ['CertificateNameInvalid', 'domainName', { domainName: 'db' }],
  ['CertificateNameRepeated', 'subjectAlternativeNames[0]', { domainName: 'DB.example.com' }],
  ['CertificateNameTooLong', 'domainName', { domainName: `${'x'.repeat(60)}.db.example.com` }],
  ['CertificateNameOutsideZone', 'domainName', { domainName: '*.other.com' }],
  ['CertificateZoneMissing', 'zoneId', { zoneId: undefined, zoneName: undefined }],
  ['CertificateKeyNotIssued', 'keyAlgorithm', { keyAlgorithm: CertificateKeyAlgorithm.RSA_3072 }],
  ['TagInvalid', 'tags["a*"]', { tags: { 'a*': 'x' } }],
])('%s is found with %s', (rule, property, props) => {
  const message = refused(props);

  expect(message).toContain(`prod/Wildcard: ${property} `);
  expect(message).toMatch(new RegExp(`\\[${rule}\\]$`));
});

test('all that is wrong is said at once', () => {
  expect(refused({ domainName: '*.other.com', zoneId: 'x' }).split('\n')).toHaveLength(2);
});

test('the record that validates it cannot be made twice in a stack', () => {
  const stack = new TerraformStack(Testing.app(), 'prod');
  const shared = new SharedCertificate(stack, 'Wildcard', WILDCARD);

  expect(() => new SharedCertificate(stack, 'Apex', { domainName: 'db.example.com', ...ZONE })).toThrow(
    /^prod\/Apex: domainName 'db\.example\.com' is validated by a record that prod\/Wildcard already creates.*\[ValidationRecordTaken\]$/,
  );
  expect(shared.certificateNames).toEqual(['*.db.example.com', 'db.example.com']);
});
