import { X509Certificate } from 'node:crypto';
import { certificateFacts } from '../../../cli/check/certificate-facts';
import { authority, issue, type KeyChoice } from '../support/certificates';

const ca = authority('Facts CA');

function facts(names: readonly string[], expected: string, commonName = 'localhost') {
  return certificateFacts(new X509Certificate(issue({ commonName, names, issuer: ca }).certificate), expected);
}

describe('a certificate', () => {
  test.each<[names: string[], expected: string, match: string]>([
    [['db.example.com'], 'db.example.com', 'name'],
    [['db.example.com'], 'DB.Example.com', 'name'],
    [['*.example.com'], 'db.example.com', 'name'],
    [['*.example.com'], 'a.db.example.com', 'none'],
    [['*.example.com'], 'example.com', 'none'],
    [['d*.example.com'], 'db.example.com', 'none'],
    [['other.example.com'], 'localhost', 'none'],
    [[], 'localhost', 'common-name'],
    [[], 'db.example.com', 'none'],
    [['10.0.0.5'], '10.0.0.5', 'name'],
    [['10.0.0.5'], '10.0.0.6', 'none'],
    [['db.example.com'], '10.0.0.5', 'none'],
  ])('for %j carries %s: %s', (names, expected, match) => {
    expect(facts(names, expected).nameMatch).toBe(match);
  });

  it('tells its names, its issuer and the CA to trust', () => {
    expect(facts(['db.example.com', '10.0.0.5'], 'x')).toMatchObject({
      subject: 'CN=localhost',
      issuer: 'CN=Facts CA',
      authority: 'CN=Facts CA',
      names: ['db.example.com', '10.0.0.5'],
    });
    expect(facts([], 'x').names).toEqual(['localhost']);
  });

  test.each<[key: KeyChoice, expected: object]>([
    ['P-256', { type: 'ec', curve: 'prime256v1' }],
    ['P-384', { type: 'ec', curve: 'secp384r1' }],
    ['ed25519', { type: 'ed25519' }],
    [2048, { type: 'rsa', bits: 2048 }],
  ])('tells its key: %s', (choice, expected) => {
    const { certificate } = issue({ commonName: 'localhost', key: choice });

    expect(certificateFacts(new X509Certificate(certificate), 'localhost').key).toEqual(expected);
  });

  it('cannot command the terminal', () => {
    const { subject, names } = facts([], 'x', 'a\u001b[31m\u202eb\nc');

    expect(JSON.stringify([subject, names])).not.toMatch(/\\u001b|\\n|\u202e/);
  });
});
