import { X509Certificate } from 'node:crypto';
import * as fc from 'fast-check';
import { covers, isCertificateName, validatedName } from '../../lib/certificate/certificate-names';
import { testCertificate } from '../support/certificates';
import { runs } from '../support/property-runs';

test.each([
  [['db.example.com'], 'db.example.com', true],
  [['DB.example.com'], 'db.EXAMPLE.com', true],
  [['*.example.com'], 'db.example.com', true],
  [['*.example.com'], 'a.db.example.com', false],
  [['*.example.com'], 'example.com', false],
  [['*.db.example.com', 'x.example.com'], 'x.example.com', true],
  [[], 'db.example.com', false],
])('a certificate for %j and %s: %s', (names, host, expected) => {
  expect(covers(names, host)).toBe(expected);
});

test('a certificate covers what Node, as a client, takes it for', () => {
  const label = fc.constantFrom('a', 'b', 'db');
  const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => `${labels.join('.')}.example`);
  const name = fc.tuple(host, fc.boolean()).map(([text, wildcard]) => (wildcard ? `*.${text}` : text));

  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), host, (names, wanted) => {
      const { certificate } = testCertificate({ names });
      const accepted = new X509Certificate(certificate).checkHost(wanted, { subject: 'never' }) !== undefined;

      expect(covers(names, wanted)).toBe(accepted);
    }),
    { numRuns: runs(150) },
  );
});

test('a wildcard and the name that it stands on are validated together', () => {
  expect(['*.db.example.com', 'db.example.com'].map(validatedName)).toEqual(['db.example.com', 'db.example.com']);
});

test.each(['db.example.com', '*.db.example.com'])('%s may stand in a certificate', (name) => {
  expect(isCertificateName(name)).toBe(true);
});
