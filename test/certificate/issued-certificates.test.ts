import { TerraformVariable } from 'cdktf';
import {
  CertificateKeyAlgorithm,
  type DatabaseEndpointProps,
  EndpointCertificate,
  type IssuedCertificateProps,
} from '../../lib';
import { refusal, synthesizeEndpoint, terminatingProps } from '../support/endpoint';
import { addresses, type Block, onlyResource, resources } from '../support/synthesis';
import { terminate } from '../tls/tls.refusals';

const NAME = 'sessions.db.example.com';
const ZONE = { zoneId: 'Z0123456789ABC', zoneName: 'db.example.com' };

const issued = (
  props: IssuedCertificateProps = {},
  overrides: Partial<DatabaseEndpointProps> = {},
  ...additionalCertificates: EndpointCertificate[]
) =>
  terminatingProps({
    domain: { name: NAME, ...ZONE },
    tls: terminate({ certificate: EndpointCertificate.issue(props), additionalCertificates }),
    ...overrides,
  });

const validation = (tf: Parameters<typeof resources>[0]): Block => {
  const found = resources(tf, 'aws_route53_record').filter(({ type }) => type === 'CNAME');
  expect(found).toHaveLength(1);
  return found[0] ?? {};
};

test('a certificate is issued for the name of the endpoint, with an ECDSA key, and its successor comes first', () => {
  const tf = synthesizeEndpoint(issued());

  expect(addresses(tf, 'aws_acm_certificate')).toEqual([expect.stringMatching(/\.Orders_Certificate_[0-9A-F]{8}$/)]);
  expect(onlyResource(tf, 'aws_acm_certificate')).toEqual({
    domain_name: NAME,
    key_algorithm: 'EC_prime256v1',
    validation_method: 'DNS',
    tags: { Name: 'prod/Orders' },
    lifecycle: { create_before_destroy: true },
  });
});

test('the validation record is made in the public zone, keyed by the name that is known at synthesis', () => {
  const tf = synthesizeEndpoint(issued());
  const [certificate] = addresses(tf, 'aws_acm_certificate');
  const option = (attribute: string) =>
    `\${concat([for option in ${certificate}.domain_validation_options : option.${attribute} if trimprefix(option.domain_name, "*.") == each.value])[0]}`;

  expect(validation(tf)).toEqual({
    for_each: { [NAME]: NAME },
    zone_id: 'Z0123456789ABC',
    name: option('resource_record_name'),
    type: 'CNAME',
    records: [option('resource_record_value')],
    ttl: 300,
    lifecycle: { ignore_changes: ['name'] },
  });
});

test('a record that exists already is never overwritten', () => {
  expect(validation(synthesizeEndpoint(issued()))).not.toHaveProperty('allow_overwrite');
});

test('the listener waits for the validation, which waits for the records', () => {
  const tf = synthesizeEndpoint(issued());
  const [validated] = addresses(tf, 'aws_acm_certificate_validation');
  const [records] = addresses(tf, 'aws_route53_record').filter((address) => address.includes('Validation'));

  expect(onlyResource(tf, 'aws_lb_listener').certificate_arn).toBe(`\${${validated}.certificate_arn}`);
  expect(onlyResource(tf, 'aws_acm_certificate_validation')).toEqual({
    certificate_arn: `\${${addresses(tf, 'aws_acm_certificate')[0]}.arn}`,
    validation_record_fqdns: [`\${${records}["${NAME}"].fqdn}`],
  });
});

test('a name and the wildcard on it have one record, in whatever order and case they are written', () => {
  const names = ['*.Sessions.db.example.com', '*.cache.db.example.com', 'cache.db.example.com'];
  const [tf, other] = [names, [...names].reverse()].map((subjectAlternativeNames) =>
    synthesizeEndpoint(issued({ subjectAlternativeNames })),
  );

  expect(Object.keys(validation(tf).for_each as object)).toEqual(['cache.db.example.com', NAME]);
  expect(onlyResource(tf, 'aws_acm_certificate').subject_alternative_names).toEqual([
    '*.cache.db.example.com',
    '*.sessions.db.example.com',
    'cache.db.example.com',
  ]);
  expect(other).toEqual(tf);
});

test('certificates with other keys for the same name have one record in common', () => {
  const rsa = EndpointCertificate.issue({ keyAlgorithm: CertificateKeyAlgorithm.RSA_2048 });
  const tf = synthesizeEndpoint(issued({}, {}, rsa));

  expect(addresses(tf, 'aws_acm_certificate')).toEqual([
    expect.stringMatching(/\.Orders_AdditionalCertificate-RSA_2048_/),
    expect.stringMatching(/\.Orders_Certificate_/),
  ]);
  expect(Object.keys(validation(tf).for_each as object)).toEqual([NAME]);
  expect(String(validation(tf).name).match(/\[for option in aws_acm_certificate\./g)).toHaveLength(2);
});

test('records that somebody else makes are not made, and no zone is needed', () => {
  const tf = synthesizeEndpoint(issued({ validationRecordsExist: true }, { domain: { name: NAME } }));

  expect(resources(tf, 'aws_route53_record')).toEqual([]);
  expect(onlyResource(tf, 'aws_acm_certificate_validation')).not.toHaveProperty('validation_record_fqdns');
  expect(onlyResource(tf, 'aws_lb_listener').certificate_arn).toMatch(/aws_acm_certificate_validation/);
});

describe('a name that is known after apply', () => {
  const tf = synthesizeEndpoint((stack) => {
    const text = (id: string) => new TerraformVariable(stack, id, { type: 'string' }).stringValue;
    const name = text('x');
    const certificate = EndpointCertificate.issue({ subjectAlternativeNames: [`*.${name}`, text('y')] });
    return terminatingProps({ domain: { name, ...ZONE }, tls: terminate({ certificate }) });
  });

  test('is asked for in lower case, as ACM keeps it', () => {
    expect(onlyResource(tf, 'aws_acm_certificate')).toMatchObject({
      domain_name: '${lower(var.x)}',
      subject_alternative_names: ['${lower("*.${var.x}")}', '${lower(var.y)}'],
    });
  });

  test('keys its record by its expression, once for itself and the wildcard on it', () => {
    expect(validation(tf).for_each).toEqual({
      'var.x': '${trimprefix(lower(var.x), "*.")}',
      'var.y': '${trimprefix(lower(var.y), "*.")}',
    });
  });

  test('is refused by Terraform outside of the zone', () => {
    const { precondition } = onlyResource(tf, 'aws_acm_certificate').lifecycle as { precondition: Block[] };

    expect(precondition).toEqual([
      {
        condition:
          '${alltrue([for name in [lower("*.${var.x}"), lower(var.x), lower(var.y)] : name == lower(trimsuffix("db.example.com", ".")) || endswith(name, ".${lower(trimsuffix("db.example.com", "."))}")])}',
        error_message: expect.stringMatching(/^prod\/Orders: .*db\.example\.com.*\[CertificateNameOutsideZone\]$/),
      },
      {
        condition: '${length(distinct([trimprefix(lower(var.x), "*."), trimprefix(lower(var.y), "*.")])) == 2}',
        error_message: expect.stringMatching(/^prod\/Orders: two names .*\[CertificateNameRepeated\]$/),
      },
    ]);
  });
});

test('mistakes of an additional certificate are said once where they are those of the endpoint', () => {
  const rsa = EndpointCertificate.issue({ keyAlgorithm: CertificateKeyAlgorithm.RSA_2048 });
  const error = refusal(issued({}, { domain: { name: NAME } }, rsa));

  expect(error?.problems.map(({ rule }) => rule)).toEqual(['CertificateZoneMissing']);
});
