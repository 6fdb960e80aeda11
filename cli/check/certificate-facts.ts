import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { serverText } from '../server-text';

/** What a certificate says, as far as a client cares. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** Who signed the last certificate that the server sent: the CA that a client must trust. */
  readonly authority: string;
  readonly names: readonly string[];
  /** How the certificate carries the expected name; `common-name` counts for some clients only. */
  readonly nameMatch: 'name' | 'common-name' | 'none';
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly key: KeyFacts;
}

/** The certificate's public key: `rsa` with its bits, `ec` with its curve. */
export interface KeyFacts {
  readonly type: string;
  readonly bits?: number;
  readonly curve?: string;
}

export function certificateFacts(certificate: X509Certificate, expectedName: string): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    authority: oneLine(lastOf(certificate).issuer),
    names: namesOf(certificate),
    nameMatch: nameMatch(certificate, expectedName),
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    key: keyFacts(certificate),
  };
}

function oneLine(name: string | undefined): string {
  return serverText((name ?? '').replaceAll('\n', ', ')) || 'nobody';
}

/** At most ten steps up, because a server may send a chain that bites its tail. */
function lastOf(certificate: X509Certificate): X509Certificate {
  let last = certificate;
  for (let step = 0; step < 10 && last.issuerCertificate && last.issuerCertificate !== last; step++) {
    last = last.issuerCertificate;
  }
  return last;
}

function namesOf({ subjectAltName, subject }: X509Certificate): readonly string[] {
  const names = (subjectAltName ?? '')
    .split(', ')
    .map((entry) => /^(?:DNS|IP Address):(.*)$/.exec(entry)?.[1])
    .filter((name) => name !== undefined);
  if (names.length > 0) return names.map((name) => serverText(name));
  return [...(subject ?? '').matchAll(/^CN=(.*)$/gm)].map(([, name]) => serverText(name));
}

function nameMatch(certificate: X509Certificate, expectedName: string): CertificateFacts['nameMatch'] {
  if (isIP(expectedName)) return certificate.checkIP(expectedName) ? 'name' : 'none';
  // f*.example.com is not a name that clients take: https://www.rfc-editor.org/rfc/rfc9525#section-6.3
  const strict = { partialWildcards: false } as const;
  if (certificate.checkHost(expectedName, { ...strict, subject: 'never' })) return 'name';
  return certificate.checkHost(expectedName, { ...strict, subject: 'default' }) ? 'common-name' : 'none';
}

function keyFacts({ publicKey }: X509Certificate): KeyFacts {
  const { asymmetricKeyType = 'unknown', asymmetricKeyDetails: details } = publicKey;
  return {
    type: asymmetricKeyType,
    ...(details?.modulusLength === undefined ? {} : { bits: details.modulusLength }),
    ...(details?.namedCurve === undefined ? {} : { curve: details.namedCurve }),
  };
}
