/**
 * The key of a certificate, as AWS Certificate Manager names it.
 *
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
export enum CertificateKeyAlgorithm {
  /** ECDSA on P-256: small, fast, and supported by every client of the last ten years. ACM issues it. */
  ECDSA_P256 = 'EC_prime256v1',
  /** ECDSA on P-384. ACM issues it. */
  ECDSA_P384 = 'EC_secp384r1',
  /** ECDSA on P-521. It can be imported; ACM does not issue it. */
  ECDSA_P521 = 'EC_secp521r1',
  /** RSA with 2048 bits, for clients that do not support ECDSA. ACM issues it. */
  RSA_2048 = 'RSA_2048',
  /** RSA with 3072 bits. It can be imported; ACM does not issue it. */
  RSA_3072 = 'RSA_3072',
}

/**
 * What ACM makes public certificates with; the others are there for imported ones.
 *
 * @internal
 */
export const ISSUED_KEY_ALGORITHMS: readonly CertificateKeyAlgorithm[] = [
  CertificateKeyAlgorithm.ECDSA_P256,
  CertificateKeyAlgorithm.ECDSA_P384,
  CertificateKeyAlgorithm.RSA_2048,
];
