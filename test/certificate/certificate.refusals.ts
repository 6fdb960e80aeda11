import {
  CertificateKeyAlgorithm,
  type DatabaseEndpointProps,
  EndpointCertificate,
  type EndpointDomain,
  type ImportedCertificateProps,
  type ISharedCertificate,
  type IssuedCertificateProps,
} from '../../lib';
import { encrypted, testCertificate } from '../support/certificates';
import { CERTIFICATE_ARN, terminatingProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { type Mistake, mistake } from '../support/mistake';
import { terminate } from '../tls/tls.refusals';

const ZONE: EndpointDomain = { name: 'sessions.db.example.com', zoneId: 'Z0123456789ABC', zoneName: 'db.example.com' };

const withCertificates = (certificate: EndpointCertificate, ...additionalCertificates: EndpointCertificate[]) =>
  terminatingProps({ domain: ZONE, tls: terminate({ certificate, additionalCertificates }) });

const issued = (props: IssuedCertificateProps, domain: EndpointDomain = ZONE): DatabaseEndpointProps =>
  terminatingProps({ domain, tls: terminate({ certificate: EndpointCertificate.issue(props) }) });

const good = testCertificate();
const imported = (props: Partial<ImportedCertificateProps>): DatabaseEndpointProps =>
  withCertificates(EndpointCertificate.imported({ ...good, ...props }));

const shared = (...certificateNames: string[]): EndpointCertificate =>
  EndpointCertificate.shared({ certificateArn: CERTIFICATE_ARN, certificateNames } satisfies ISharedCertificate);

const root = testCertificate({ commonName: 'Root', names: [] });
const intermediate = testCertificate({ commonName: 'Intermediate', names: [], issuer: root });
const leaf = testCertificate({ issuer: intermediate });

const arn = (n: number) => EndpointCertificate.fromArn(`arn:aws:acm:eu-central-1:123456789012:certificate/0a-${n}`);

/** What is refused about certificates that ACM is asked for. */
const ISSUED: readonly Mistake[] = [
  mistake(
    'CertificateDomainMissing',
    'a certificate is issued without a domain',
    terminatingProps({ tls: terminate({ certificate: EndpointCertificate.issue() }) }),
    {
      property: 'domain',
      reason: /is missing: a certificate is issued for the name/,
      remedy: /domain: \{ name, zoneId \}/,
    },
  ),
  mistake('CertificateZoneMissing', 'there is no zone', issued({}, { name: 'sessions.db.example.com' }), {
    property: 'domain.zoneId',
    reason: /missing: ACM validates .* public zone/,
    remedy: /domain\.zoneId or domain\.zoneName.*validationRecordsExist: true/,
  }),
  mistake(
    'CertificateZoneMissing',
    'there is a private zone alone',
    terminatingProps({
      internetFacing: false,
      domain: { name: 'sessions.db.example.com', privateZoneId: 'Z0123456789ABC' },
      tls: terminate({ certificate: EndpointCertificate.issue() }),
    }),
    { property: 'domain.zoneId', reason: /public zone/, remedy: /domain\.zoneId/ },
  ),
  ...[CertificateKeyAlgorithm.RSA_3072, CertificateKeyAlgorithm.ECDSA_P521, 'RSA_4096' as CertificateKeyAlgorithm].map(
    (keyAlgorithm) =>
      mistake('CertificateKeyNotIssued', `ACM is asked for ${keyAlgorithm}`, issued({ keyAlgorithm }), {
        property: 'tls.certificate.keyAlgorithm',
        value: keyAlgorithm,
        reason: /not a key for which ACM issues/,
        remedy: /ECDSA_P256.*import/,
      }),
  ),
  ...['', 'db', '*.*.db.example.com', 'a b.db.example.com', 'https://x.db.example.com', '*'].map((name) =>
    mistake('CertificateNameInvalid', `a name is '${name}'`, issued({ subjectAlternativeNames: [name] }), {
      property: 'tls.certificate.subjectAlternativeNames[0]',
      value: name,
      reason: /not a name|wildcard/,
      remedy: /\*\.db\.example\.com/,
    }),
  ),
  mistake(
    'CertificateNameInvalid',
    'a wildcard stands for a part of a label',
    issued({ subjectAlternativeNames: ['a*.db.example.com'] }),
    {
      property: 'tls.certificate.subjectAlternativeNames[0]',
      value: 'a*.db.example.com',
      reason: /wildcard that is not its entire first label/,
      remedy: /\*\.db\.example\.com/,
    },
  ),
  mistake(
    'CertificateNameRepeated',
    'names are repeated, in whatever case',
    issued({ subjectAlternativeNames: ['Sessions.DB.example.com', 'a.db.example.com', 'A.db.example.com'] }),
    {
      property: 'tls.certificate.subjectAlternativeNames[0]',
      value: 'Sessions.DB.example.com',
      reason: /repeats domain\.name/,
      remedy: /once/,
    },
    {
      property: 'tls.certificate.subjectAlternativeNames[2]',
      value: 'A.db.example.com',
      reason: /repeats tls\.certificate\.subjectAlternativeNames\[1\]/,
      remedy: /once/,
    },
  ),
  mistake(
    'CertificateNameTooLong',
    'the first name has 65 characters',
    issued({}, { ...ZONE, name: `${'x'.repeat(50)}.db.example.com` }),
    {
      property: 'domain.name',
      value: `${'x'.repeat(50)}.db.example.com`,
      reason: /has 65 characters, and ACM allows 64/,
      remedy: /SharedCertificate/,
    },
  ),
  mistake(
    'CertificateNamesTooMany',
    'there are 101 names',
    issued({ subjectAlternativeNames: Array.from({ length: 100 }, (_, i) => `a${i}.db.example.com`) }),
    {
      property: 'tls.certificate.subjectAlternativeNames',
      reason: /makes 101 names, and ACM allows 100/,
      remedy: /wildcard/,
    },
  ),
  mistake(
    'CertificateNamesUnknown',
    'the names are a list that is known after apply',
    issued({ subjectAlternativeNames: expression('var.names') as unknown as string[] }),
    {
      property: 'tls.certificate.subjectAlternativeNames',
      reason: /known after apply/,
      remedy: /one by one/,
    },
  ),
  ...['example.com', 'xdb.example.com', '*.example.com'].map((name) =>
    mistake(
      'CertificateNameOutsideZone',
      `${name} is outside of the zone`,
      issued({ subjectAlternativeNames: [name] }),
      {
        property: 'tls.certificate.subjectAlternativeNames[0]',
        value: name,
        reason: /not in the zone db\.example\.com \(domain\.zoneName\)/,
        remedy: /separate certificate/,
      },
    ),
  ),
];

/** What is refused about certificates that others have issued. */
const IMPORTED: readonly Mistake[] = [
  ...['', 'no pem', good.privateKey, `${good.certificate}-----BEGIN X-----`, good.certificate.replace('MI', '!!')].map(
    (certificate, i) =>
      mistake('CertificatePemInvalid', `the certificate is none (${i})`, imported({ certificate }), {
        property: 'tls.certificate.certificate',
        reason: /not a certificate in PEM/,
        remedy: /-----BEGIN CERTIFICATE-----/,
      }),
  ),
  mistake(
    'CertificatePemInvalid',
    'the chain stands behind the certificate',
    imported({ certificate: `${leaf.certificate}${intermediate.certificate}`, privateKey: leaf.privateKey }),
    {
      property: 'tls.certificate.certificate',
      reason: /holds 2 certificates/,
      remedy: /certificateChain/,
    },
  ),
  ...(
    [
      ['rsa 4096', /an rsa key of 4096 bits/],
      ['rsa 1024', /an rsa key of 1024 bits/],
      ['ec secp256k1', /an secp256k1 key/],
      ['ed25519', /an ed25519 key/],
    ] as const
  ).map(([key, reason]) =>
    mistake('CertificateKeyRefused', `the key is ${key}`, imported(testCertificate({ key })), {
      property: 'tls.certificate.certificate',
      reason,
      remedy: /P-256, or with an RSA key of 2048 or 3072 bits/,
    }),
  ),
  mistake(
    'CertificateNamesMissing',
    'the name is the common name alone',
    terminatingProps({
      tls: terminate({ certificate: EndpointCertificate.imported(testCertificate({ names: [] })) }),
    }),
    {
      property: 'tls.certificate.certificate',
      reason: /no hostname among its subject alternative names/,
      remedy: /has the name there/,
    },
  ),
  mistake('PrivateKeyEncrypted', 'the key has a passphrase', imported({ privateKey: encrypted(good) }), {
    property: 'tls.certificate.privateKey',
    reason: /passphrase/,
    remedy: /openssl pkey/,
  }),
  mistake(
    'PrivateKeyEncrypted',
    "the key has a passphrase in OpenSSL's form",
    imported({ privateKey: '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n' }),
    { property: 'tls.certificate.privateKey', reason: /passphrase/, remedy: /openssl pkey/ },
  ),
  ...['', 'hunter2', good.certificate].map((privateKey, i) =>
    mistake('PrivateKeyInvalid', `the key is none (${i})`, imported({ privateKey }), {
      property: 'tls.certificate.privateKey',
      reason: /not a private key in PEM/,
      remedy: /-----BEGIN PRIVATE KEY-----/,
    }),
  ),
  mistake(
    'PrivateKeyMismatch',
    'the key is that of another certificate',
    imported({ privateKey: testCertificate().privateKey }),
    { property: 'tls.certificate.privateKey', reason: /another certificate/, remedy: /requested with/ },
  ),
  mistake('CertificateChainInvalid', 'the chain is none', imported({ certificateChain: 'no pem' }), {
    property: 'tls.certificate.certificateChain',
    reason: /not a list of certificates/,
    remedy: /-----BEGIN CERTIFICATE-----/,
  }),
  mistake(
    'CertificateChainInvalid',
    'the chain begins with another issuer',
    imported({ ...leaf, certificateChain: root.certificate }),
    {
      property: 'tls.certificate.certificateChain',
      reason: /does not begin with the issuer/,
      remedy: /issuer of the endpoint's certificate first/,
    },
  ),
  mistake(
    'CertificateChainInvalid',
    'the chain is out of order',
    imported({ ...leaf, certificateChain: `${intermediate.certificate}${good.certificate}` }),
    {
      property: 'tls.certificate.certificateChain',
      reason: /certificate 2 has not issued certificate 1/,
      remedy: /issuer of that/,
    },
  ),
  mistake(
    'CertificateFileUnreadable',
    'the files are not there',
    withCertificates(
      EndpointCertificate.importedFiles({ certificateFile: '/nowhere/a.pem', privateKeyFile: '/nowhere/b.pem' }),
    ),
    {
      property: 'tls.certificate',
      value: '/nowhere/a.pem',
      reason: /cannot be read \(ENOENT\)/,
      remedy: /path of a PEM file/,
    },
    {
      property: 'tls.certificate',
      value: '/nowhere/b.pem',
      reason: /cannot be read \(ENOENT\)/,
      remedy: /path of a PEM file/,
    },
  ),
];

/** What is refused about the certificates of an endpoint. */
export const CERTIFICATE_MISTAKES: readonly Mistake[] = [
  ...ISSUED,
  ...IMPORTED,
  mistake(
    'CertificateArnInvalid',
    'an additional certificate is none',
    withCertificates(arn(1), EndpointCertificate.fromArn('x')),
    {
      property: 'tls.additionalCertificates[0]',
      value: 'x',
      reason: /not the ARN/,
      remedy: /arn:aws:acm:/,
    },
  ),
  mistake(
    'CertificateArnInvalid',
    'a shared certificate is none',
    withCertificates(EndpointCertificate.shared({ certificateArn: 'x', certificateNames: ['*.db.example.com'] })),
    { property: 'tls.certificate', value: 'x', reason: /not the ARN/, remedy: /arn:aws:acm:/ },
  ),
  ...(
    [
      ['the shared certificate has other names', shared('*.example.com', 'orders.db.example.com')],
      ['a wildcard would stand for two labels', shared('*.example.com')],
      ['a wildcard would stand for no label', shared('*.sessions.db.example.com')],
    ] as const
  ).map(([where, certificate]) =>
    mistake('CertificateNameMismatch', where, withCertificates(certificate), {
      property: 'tls.certificate',
      value: expect.any(String),
      reason: /does not cover sessions\.db\.example\.com \(domain\.name\)/,
      remedy: /covers this name/,
    }),
  ),
  mistake(
    'CertificateNameMismatch',
    'an imported certificate has another name',
    imported(testCertificate({ names: ['orders.db.example.com'] })),
    {
      property: 'tls.certificate',
      value: 'orders.db.example.com',
      reason: /does not cover sessions\.db\.example\.com/,
      remedy: /covers this name/,
    },
  ),
  mistake('CertificateRepeated', 'an ARN is repeated', withCertificates(arn(1), arn(2), arn(1)), {
    property: 'tls.additionalCertificates[1]',
    reason: /repeats tls\.certificate$/,
    remedy: /once/,
  }),
  mistake(
    'CertificateRepeated',
    'the same certificate is issued twice',
    withCertificates(arn(1), EndpointCertificate.issue(), EndpointCertificate.issue()),
    {
      property: 'tls.additionalCertificates[1]',
      reason: /repeats tls\.additionalCertificates\[0\]/,
      remedy: /subjectAlternativeNames.*keyAlgorithm/,
    },
  ),
  mistake(
    'CertificateRepeated',
    'two certificates for the same names and kind of key are imported',
    withCertificates(EndpointCertificate.imported(good), EndpointCertificate.imported(testCertificate())),
    { property: 'tls.additionalCertificates[0]', reason: /repeats tls\.certificate$/, remedy: /once/ },
  ),
  mistake(
    'CertificateRepeated',
    'a shared certificate is repeated',
    withCertificates(shared('*.db.example.com'), shared('*.db.example.com')),
    {
      property: 'tls.additionalCertificates[0]',
      reason: /repeats tls\.certificate$/,
      remedy: /once/,
    },
  ),
  mistake(
    'CertificatesTooMany',
    'there are 26 certificates',
    withCertificates(arn(0), ...Array.from({ length: 25 }, (_, i) => arn(i + 1))),
    {
      property: 'tls.additionalCertificates',
      reason: /makes 26 certificates including the first one, and the load balancer can have 25/,
      remedy: /quotas\.certificatesPerLoadBalancer/,
    },
  ),
];

/** What is warned of about certificates. */
export const CERTIFICATE_WARNINGS: readonly Mistake[] = [
  mistake('PrivateKeyInState', 'the private key is written out', imported({}), {
    property: 'tls.certificate',
    reason: /Terraform state in plaintext, and in the synthesized file too/,
    remedy: /Encrypt the state/,
  }),
  mistake('PrivateKeyInState', 'the private key is a variable', imported({ privateKey: expression('var.key') }), {
    property: 'tls.certificate',
    reason: /Terraform state in plaintext$/,
    remedy: /Encrypt the state/,
  }),
  ...(
    [
      ['has expired', '2036-02-01', /has expired on 2036-01-01/, /Import a new certificate/],
      ['ends soon', '2035-12-10', /expires on 2036-01-01/, /Import a new certificate/],
      ['is not valid yet', '2025-12-10', /is not valid before 2026-01-01/, /when it is valid/],
    ] as const
  ).map(([where, asOf, reason, remedy]) =>
    mistake(
      'ImportedCertificateEnds',
      `an imported certificate ${where}`,
      { ...imported({}), allowlist: { asOf } },
      {
        property: 'tls.certificate.certificate',
        reason,
        remedy,
      },
    ),
  ),
];
