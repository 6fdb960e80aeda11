import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';
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

/** The certificate itself, if it is known at synthesis and there is only one. */
export function importedFacts({ certificate }: ImportedParts): CertificateFacts | undefined {
  if (isUnresolved(certificate)) return undefined;
  const read = readCertificates(certificate);
  return read?.length === 1 ? read[0] : undefined;
}

/** Validation rules for imported certificates. No message contains a key. */
export const IMPORTED_RULES: readonly Rule<ImportedReview>[] = [
  {
    name: 'CertificateFileUnreadable',
    because: 'The files are checked at synthesis.',
    check: ({ parts, prefix }) =>
      (parts.unreadable ?? []).map(({ file, reason }) => ({
        property: prefix.slice(0, -1),
        value: file,
        reason: `cannot be read (${reason})`,
        remedy: 'Write the path of a PEM file, absolute or relative to the working directory at synthesis.',
      })),
  },
  {
    name: 'CertificatePemInvalid',
    because: "ACM requires the endpoint's certificate in PEM, and its chain separately.",
    see: IMPORT_DOCS,
    check: ({ parts, prefix }) => {
      if (isUnresolved(parts.certificate) || parts.unreadable?.length) return undefined;
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
      'Network load balancers support RSA keys of 2048 and 3072 bits and ECDSA on P-256, P-384 and P-521; clients refuse smaller RSA keys.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/tls-listener-certificates.html',
    check: ({ facts, prefix }) =>
      facts === undefined || facts.keyAlgorithm !== undefined
        ? undefined
        : {
            property: `${prefix}certificate`,
            reason: `has an ${facts.key}, which the network load balancer or its clients do not support`,
            remedy: 'Import a certificate with an ECDSA key on P-256, or with an RSA key of 2048 or 3072 bits.',
          },
  },
  {
    name: 'CertificateNamesMissing',
    because: 'Clients look for the hostname in the subject alternative names, and no longer in the common name.',
    see: 'https://www.rfc-editor.org/rfc/rfc9525#section-6.3',
    check: ({ facts, prefix }) =>
      facts === undefined || facts.names.length > 0
        ? undefined
        : {
            property: `${prefix}certificate`,
            reason: 'has no hostname among its subject alternative names',
            remedy: 'Import a certificate that has the name there.',
          },
  },
  {
    name: 'PrivateKeyEncrypted',
    because: 'ACM accepts only a private key without a passphrase.',
    see: IMPORT_DOCS,
    check: ({ parts, prefix }) =>
      !isUnresolved(parts.privateKey) && isEncryptedKey(parts.privateKey)
        ? {
            property: `${prefix}privateKey`,
            reason: 'is protected by a passphrase',
            remedy: 'Remove the passphrase, for example with `openssl pkey -in key.pem`.',
          }
        : undefined,
  },
  {
    name: 'PrivateKeyInvalid',
    because: 'ACM requires the private key in PEM.',
    see: IMPORT_DOCS,
    check: ({ parts, prefix }) =>
      isUnresolved(parts.privateKey) ||
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
    because: 'The private key must match the public key in the certificate.',
    see: IMPORT_DOCS,
    check: ({ parts, prefix, facts }) => {
      const key = isUnresolved(parts.privateKey) ? undefined : readPrivateKey(parts.privateKey);
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
    because:
      "ACM requires the chain in order: the issuer of the endpoint's certificate first, then the issuer of that.",
    see: IMPORT_DOCS,
    check: ({ parts, prefix, facts }) => {
      if (parts.certificateChain === undefined || isUnresolved(parts.certificateChain)) return undefined;
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
