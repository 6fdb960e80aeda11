import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { CertificateKeyAlgorithm } from './certificate-key-algorithm';

/** The contents of a certificate. */
export interface CertificateFacts {
  readonly x509: X509Certificate;
  /** The hostnames in it; the common name does not count, as clients ignore it. */
  readonly names: readonly string[];
  /** Undefined if a network load balancer does not support the key. */
  readonly keyAlgorithm?: CertificateKeyAlgorithm;
  /** The key in words. */
  readonly key: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** The certificates in a PEM text, in order; undefined where something in it is none. */
export function readCertificates(pem: string): CertificateFacts[] | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || blocks.length !== (pem.match(/-----BEGIN /g) ?? []).length) return undefined;
  try {
    return blocks.map((block) => factsOf(new X509Certificate(block)));
  } catch {
    return undefined;
  }
}

/** Whether a passphrase protects the private key of a PEM text, in the form of PKCS #8 or in that of OpenSSL. */
export function isEncryptedKey(pem: string): boolean {
  return /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem);
}

/** The private key in a PEM text; undefined where it holds none. */
export function readPrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function factsOf(x509: X509Certificate): CertificateFacts {
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: details = {} } = x509.publicKey;
  return {
    x509,
    names: (x509.subjectAltName ?? '').split(', ').flatMap((each) => each.match(/^DNS:(.+)$/)?.[1] ?? []),
    keyAlgorithm: ALGORITHMS[`${type} ${details.modulusLength ?? details.namedCurve}`],
    key: details.modulusLength ? `${type} key of ${details.modulusLength} bits` : `${details.namedCurve ?? type} key`,
    notBefore: new Date(x509.validFrom),
    notAfter: new Date(x509.validTo),
  };
}

/**
 * What a network load balancer supports, without RSA with 1024 bits, which clients refuse.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/tls-listener-certificates.html
 */
const ALGORITHMS: Readonly<Record<string, CertificateKeyAlgorithm>> = {
  'rsa 2048': CertificateKeyAlgorithm.RSA_2048,
  'rsa 3072': CertificateKeyAlgorithm.RSA_3072,
  'ec prime256v1': CertificateKeyAlgorithm.ECDSA_P256,
  'ec secp384r1': CertificateKeyAlgorithm.ECDSA_P384,
  'ec secp521r1': CertificateKeyAlgorithm.ECDSA_P521,
};
