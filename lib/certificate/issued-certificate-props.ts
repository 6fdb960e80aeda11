import type { CertificateKeyAlgorithm } from './certificate-key-algorithm';

/** Properties of a certificate that ACM issues. */
export interface IssuedCertificateProps {
  /**
   * The key of the certificate: ECDSA P-256 or P-384, or RSA of 2048 bits.
   *
   * @default CertificateKeyAlgorithm.ECDSA_P256
   * @deciding
   */
  readonly keyAlgorithm?: CertificateKeyAlgorithm;

  /**
   * Names besides the first one, each a hostname or a wildcard such as `*.db.example.com`, in the same zone. Each may
   * be a token. A change creates a new certificate, to which the listener switches before the old one is deleted.
   *
   * @default the certificate has only one name
   */
  readonly subjectAlternativeNames?: string[];

  /**
   * States that the validation records already exist: in this zone, owned elsewhere (another Region, another stack), or
   * with another DNS provider. ACM needs one record per name and account, no matter how many certificates there are.
   * Its owner must keep the record, or the renewal fails.
   *
   * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
   * @default false, the records are created in the public zone
   * @deciding
   */
  readonly validationRecordsExist?: boolean;
}
