import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { TerraformVariable, Token } from 'cdktf';
import { CertificateKeyAlgorithm, DatabaseEndpoint, EndpointCertificate } from '../../lib';
import { testCertificate } from '../support/certificates';
import { CERTIFICATE_ARN, refusal, synthesizeEndpoint, terminatingProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { addresses, onlyResource, resources, synthesize, synthesizeApp } from '../support/synthesis';
import { terminate } from '../tls/tls.refusals';

const DOMAIN = { name: 'sessions.db.example.com', zoneId: 'Z0123456789ABC', zoneName: 'db.example.com' };

const withCertificates = (certificate: EndpointCertificate, ...additionalCertificates: EndpointCertificate[]) =>
  terminatingProps({ domain: DOMAIN, tls: terminate({ certificate, additionalCertificates }) });

describe('an imported certificate', () => {
  const pem = testCertificate();

  test('stands in ACM as it is, and its successor comes first', () => {
    const tf = synthesizeEndpoint(withCertificates(EndpointCertificate.imported(pem)));
    const [address] = addresses(tf, 'aws_acm_certificate');

    expect(address).toMatch(/\.Orders_ImportedCertificate-EC_prime256v1_/);
    expect(onlyResource(tf, 'aws_acm_certificate')).toEqual({
      certificate_body: pem.certificate,
      private_key: pem.privateKey,
      tags: { Name: 'prod/Orders' },
      lifecycle: { create_before_destroy: true },
    });
    expect(onlyResource(tf, 'aws_lb_listener').certificate_arn).toBe(`\${${address}.arn}`);
    expect(resources(tf, 'aws_acm_certificate_validation')).toEqual([]);
  });

  test.each(['rsa 2048', 'rsa 3072', 'ec prime256v1', 'ec secp384r1', 'ec secp521r1'])(
    'may have the key %s, and is another resource with another key, as ACM takes no other in its place',
    (key) => {
      const certificate = EndpointCertificate.imported(testCertificate({ key }));
      const tf = synthesizeEndpoint(withCertificates(certificate));

      expect(addresses(tf, 'aws_acm_certificate')[0]).toContain(
        `.Orders_ImportedCertificate-${key.replace('rsa ', 'RSA_').replace('ec ', 'EC_')}_`,
      );
    },
  );

  test('has its chain in order', () => {
    const root = testCertificate({ commonName: 'Root', names: [] });
    const intermediate = testCertificate({ commonName: 'Intermediate', names: [], issuer: root });
    const leaf = testCertificate({ issuer: intermediate });
    const certificateChain = intermediate.certificate + root.certificate;
    const tf = synthesizeEndpoint(withCertificates(EndpointCertificate.imported({ ...leaf, certificateChain })));

    expect(onlyResource(tf, 'aws_acm_certificate').certificate_chain).toBe(certificateChain);
  });

  test('may be tokens', () => {
    const tf = synthesizeEndpoint((stack) => {
      const text = (id: string) => new TerraformVariable(stack, id, { type: 'string', sensitive: true }).stringValue;
      const certificate = EndpointCertificate.imported({
        certificate: expression('file("a.pem")'),
        privateKey: text('key'),
        certificateChain: text('chain'),
      });
      return withCertificates(certificate);
    });

    expect(addresses(tf, 'aws_acm_certificate')[0]).toMatch(/\.Orders_ImportedCertificate_/);
    expect(onlyResource(tf, 'aws_acm_certificate')).toMatchObject({
      certificate_body: '${file("a.pem")}',
      private_key: '${var.key}',
      certificate_chain: '${var.chain}',
    });
  });

  test('never shows its key in an error', () => {
    const { privateKey } = testCertificate();
    const error = refusal(withCertificates(EndpointCertificate.imported({ ...pem, privateKey })));
    const typed = refusal(
      withCertificates(EndpointCertificate.imported({ ...pem, privateKey: [privateKey] as unknown as string })),
    );

    for (const message of [error?.message, typed?.message]) {
      expect(message).toContain('tls.certificate.privateKey');
      expect(message).not.toContain(privateKey.slice(40, 60));
    }
  });

  describe('from files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pem-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const files = {
      certificateFile: file('cert.pem', pem.certificate),
      privateKeyFile: file('key.pem', pem.privateKey),
    };
    const synthesized = (privateKeyFile: string) =>
      JSON.parse(
        synthesizeApp({
          prod: (stack) => {
            const certificate = EndpointCertificate.importedFiles({ ...files, privateKeyFile });
            new DatabaseEndpoint(stack, 'Orders', withCertificates(certificate));
          },
        }).prod ?? '',
      );

    test('leaves the key where it is', () => {
      const tf = synthesized(files.privateKeyFile);

      expect(onlyResource(tf, 'aws_acm_certificate')).toMatchObject({
        certificate_body: pem.certificate,
        private_key: `\${file("${files.privateKeyFile}")}`,
      });
      expect(JSON.stringify(tf)).not.toContain(pem.privateKey.split('\n')[1]);
    });

    test('names a relative path from the folder in which Terraform runs', () => {
      const tf = synthesized(relative(process.cwd(), files.privateKeyFile));

      expect(onlyResource(tf, 'aws_acm_certificate').private_key).toMatch(
        /^\$\{file\("\$\{path\.module\}\/(\.\.\/)+pem-\w+\/key\.pem"\)\}$/,
      );
    });

    test('is checked like text', () => {
      const { privateKey } = testCertificate();
      const privateKeyFile = file('other.pem', privateKey);
      const certificateChainFile = file('chain.pem', 'x');
      const certificate = EndpointCertificate.importedFiles({ ...files, privateKeyFile, certificateChainFile });

      expect(refusal(withCertificates(certificate))?.problems.map(({ rule }) => rule)).toEqual([
        'PrivateKeyMismatch',
        'CertificateChainInvalid',
      ]);
    });
  });
});

describe('additional certificates', () => {
  const rsa = EndpointCertificate.issue({ keyAlgorithm: CertificateKeyAlgorithm.RSA_2048 });
  const other = EndpointCertificate.fromArn(CERTIFICATE_ARN);
  const pems = [testCertificate({ names: ['a.example.com'] }), testCertificate({ names: ['b.example.com'] })];
  const imported = pems.map((pem) => EndpointCertificate.imported(pem));

  test('are handed to the listener one by one, keyed by what they are', () => {
    const tf = synthesizeEndpoint(withCertificates(EndpointCertificate.issue(), other, rsa));
    const validated = 'aws_acm_certificate_validation.Orders_AdditionalCertificateValidation-RSA_2048_';

    expect(onlyResource(tf, 'aws_lb_listener_certificate')).toEqual({
      listener_arn: `\${${addresses(tf, 'aws_lb_listener')[0]}.arn}`,
      certificate_arn: '${each.value}',
      for_each: {
        [CERTIFICATE_ARN]: CERTIFICATE_ARN,
        [`${addresses(tf, 'aws_acm_certificate_validation').find((address) => address.startsWith(validated))}.certificate_arn`]:
          expect.stringContaining(validated),
      },
    });
  });

  test('are not there where there are none', () => {
    expect(resources(synthesizeEndpoint(withCertificates(other)), 'aws_lb_listener_certificate')).toEqual([]);
  });

  test('may stand in any order', () => {
    const all = [other, rsa, ...imported];
    const bytes = (certificates: EndpointCertificate[]) =>
      synthesizeApp({
        prod: (stack) => {
          new DatabaseEndpoint(stack, 'Orders', withCertificates(EndpointCertificate.issue(), ...certificates));
        },
      }).prod;

    expect(bytes([...all].reverse())).toBe(bytes(all));
  });

  test('keep their address when they are imported again', () => {
    const renewed = EndpointCertificate.imported(testCertificate({ names: ['a.example.com'] }));
    const [before, after] = [imported[0], renewed].map((certificate) =>
      addresses(synthesizeEndpoint(withCertificates(other, certificate as EndpointCertificate)), 'aws_acm_certificate'),
    );

    expect(before).toEqual([expect.stringContaining('.Orders_AdditionalImportedCertificate-EC_prime256v1-')]);
    expect(after).toEqual(before);
  });

  test.each([
    ['the first one', (x: string) => [x, x] as const],
    ['another one', (x: string) => [CERTIFICATE_ARN, x, x] as const],
  ])('may not repeat %s, although they are known after apply', (_, arns) => {
    const build = () =>
      synthesize((stack) => {
        const variable = new TerraformVariable(stack, 'x', { type: 'string' });
        // Two tokens of one expression, as two reads of an attribute give.
        const [first, ...more] = arns('x').map((arn) =>
          EndpointCertificate.fromArn(
            arn === 'x' ? Token.asString({ resolve: () => variable.value, creationStack: [] }) : arn,
          ),
        );
        new DatabaseEndpoint(stack, 'Orders', withCertificates(first as EndpointCertificate, ...more));
      });

    expect(build).toThrow(/prod\/Orders: tls\.additionalCertificates\[\d\] repeats .* \[CertificateRepeated\]/);
  });
});
