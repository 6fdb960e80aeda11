import type { CertificateKeyAlgorithm } from './certificate-key-algorithm';

/** What ACM is asked for. */
export interface IssuedCertificateProps {
  /**
   * The key of the certificate: ECDSA P-256 or P-384, or RSA of 2048 bits.
   *
   * @default CertificateKeyAlgorithm.ECDSA_P256
   * @deciding
   */
  readonly keyAlgorithm?: CertificateKeyAlgorithm;

  /**
   * Names beside the first one, each a host name or a wildcard such as `*.db.example.com`, in the same zone. Each may
   * be a token. A change makes a new certificate, which the listener takes before the old one is deleted.
   *
   * @default the certificate carries one name
   */
  readonly subjectAlternativeNames?: string[];

  /**
   * States that ACM finds the validation records already: in this zone, owned by somebody else (another Region,
   * another stack), or with another provider of DNS. ACM asks for one record for each name and account, whatever the
   * number of certificates. Whoever owns the record must keep it, or the renewal fails.
   *
   * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
   * @default false, the records are made in the public zone
   * @deciding
   */
  readonly validationRecordsExist?: boolean;
}
