import type { Rule } from '../rules/rule';
import { isUnknown } from '../tokens/unresolved';
import type { ImportedParts } from './certificate-source';
import { type CertificateFacts, isEncryptedKey, readCertificates, readPrivateKey } from './pem';

const IMPORT_DOCS = 'https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html';

/** An imported certificate, what could be read of it, and where it was written. */
export interface ImportedReview {
  readonly parts: ImportedParts;
  /** What stands before the name of a part. */
  readonly prefix: string;
  /** Undefined where it is unknown, or not exactly one certificate. */
  readonly facts?: CertificateFacts;
}

/** The certificate itself, where it is known at synthesis and one. */
export function importedFacts({ certificate }: ImportedParts): CertificateFacts | undefined {
  if (isUnknown(certificate)) return undefined;
  const read = readCertificates(certificate);
  return read?.length === 1 ? read[0] : undefined;
}

/** What is refused about certificates that are imported. No message holds a key. */
export const IMPORTED_RULES: readonly Rule<ImportedReview>[] = [
  {
    name: 'CertificateFileUnreadable',
    because: 'The files are checked at synthesis.',
    check: ({ parts, prefix }) =>
      (parts.unreadable ?? []).map(({ file, reason }) => ({
        property: prefix.slice(0, -1),
        value: file,
        reason: `cannot be read (${reason})`,
        remedy: 'Write the path of a PEM file, absolute or relative to the working directory of the synthesis.',
      })),
  },
  {
    name: 'CertificatePemInvalid',
    because: 'ACM takes the certificate of the endpoint alone, in PEM, and those above it apart.',
    see: IMPORT_DOCS,
    check: ({ parts, prefix }) => {
      if (isUnknown(parts.certificate) || parts.unreadable?.length) return undefined;
      const count = readCertificates(parts.certificate)?.length ?? 0;
      return count === 1
        ? undefined
        : {
            property: `${prefix}certificate`,
            reason: count === 0 ? 'is not a certificate in PEM' : `holds ${count} certificates`,
            remedy:
              count === 0
                ? 'Write one block from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.'
                : "Write the endpoint's own certificate here, and the others as certificateChain.",
          };
    },
  },
  {
    name: 'CertificateKeyRefused',
    because:
      'Network load balancers take RSA keys of 2048 and 3072 bits and ECDSA on P-256, P-384 and P-521; smaller RSA keys are refused by clients.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/tls-listener-certificates.html',
    check: ({ facts, prefix }) =>
      facts === undefined || facts.keyAlgorithm !== undefined
        ? undefined
        : {
            property: `${prefix}certificate`,
            reason: `has an ${facts.key}, which a network load balancer or its clients refuse`,
            remedy: 'Import a certificate with an ECDSA key on P-256, or with an RSA key of 2048 or 3072 bits.',
          },
  },
  {
    name: 'CertificateNamesMissing',
    because: 'Clients look for the host name among the subject alternative names, and no longer in the common name.',
    see: 'https://www.rfc-editor.org/rfc/rfc9525#section-6.3',
    check: ({ facts, prefix }) =>
      facts === undefined || facts.names.length > 0
        ? undefined
        : {
            property: `${prefix}certificate`,
            reason: 'carries no host name among its subject alternative names',
            remedy: 'Import a certificate that carries the name there.',
          },
  },
  {
    name: 'PrivateKeyEncrypted',
    because: 'ACM takes a private key without a passphrase only.',
    see: IMPORT_DOCS,
    check: ({ parts, prefix }) =>
      !isUnknown(parts.privateKey) && isEncryptedKey(parts.privateKey)
        ? {
            property: `${prefix}privateKey`,
            reason: 'is protected by a passphrase',
            remedy: 'Write it without one, as `openssl pkey -in key.pem` prints it.',
          }
        : undefined,
  },
  {
    name: 'PrivateKeyInvalid',
    because: 'ACM takes a private key in PEM.',
    see: IMPORT_DOCS,
    check: ({ parts, prefix }) =>
      isUnknown(parts.privateKey) ||
      parts.unreadable?.length ||
      isEncryptedKey(parts.privateKey) ||
      readPrivateKey(parts.privateKey)
        ? undefined
        : {
            property: `${prefix}privateKey`,
            reason: 'is not a private key in PEM',
            remedy: 'Write the block from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.',
          },
  },
  {
    name: 'PrivateKeyMismatch',
    because: 'The private key must be the one whose public half the certificate carries.',
    see: IMPORT_DOCS,
    check: ({ parts, prefix, facts }) => {
      const key = isUnknown(parts.privateKey) ? undefined : readPrivateKey(parts.privateKey);
      return key === undefined || facts === undefined || facts.x509.checkPrivateKey(key)
        ? undefined
        : {
            property: `${prefix}privateKey`,
            reason: 'belongs to another certificate',
            remedy: 'Write the key that the certificate was requested with.',
          };
    },
  },
  {
    name: 'CertificateChainInvalid',
    because: "ACM takes the chain in order: the issuer of the endpoint's certificate first, then the issuer of that.",
    see: IMPORT_DOCS,
    check: ({ parts, prefix, facts }) => {
      if (parts.certificateChain === undefined || isUnknown(parts.certificateChain)) return undefined;
      if (parts.unreadable?.length) return undefined;
      const property = `${prefix}certificateChain`;
      const chain = readCertificates(parts.certificateChain);
      if (chain === undefined) {
        return {
          property,
          reason: 'is not a list of certificates in PEM',
          remedy: 'Write blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, and nothing else.',
        };
      }
      if (facts === undefined) return undefined;
      const all = [facts, ...chain];
      const broken = chain.findIndex(({ x509 }, i) => !all[i].x509.checkIssued(x509));
      return broken < 0
        ? undefined
        : {
            property,
            reason:
              broken === 0
                ? "does not begin with the issuer of the endpoint's certificate"
                : `is not in order: certificate ${broken + 1} has not issued certificate ${broken}`,
            remedy: "Write the issuer of the endpoint's certificate first, then the issuer of that, and so on.",
          };
    },
  },
];
