import type { DatabaseEngine } from './database-engine';
import type { TlsMode } from './server-name';
import { TlsHandshake } from './tls-handshake';

/** Where a client finds what it needs to trust the certificate it is shown. */
export interface CertificateAuthority {
  /** Whose certificates these are. A full sentence. */
  readonly description: string;

  /**
   * Where to download the bundle of CA certificates.
   *
   * @default - nothing to download
   */
  readonly bundleUrl?: string;

  /**
   * The file of CA certificates that the commands of the guide name.
   *
   * @default - there is no file
   */
  readonly file?: string;

  /** Whether operating systems and runtimes trust it already. */
  readonly inSystemStore: boolean;
}

/**
 * What certificates of ACM lead to.
 *
 * @internal
 */
export const PUBLIC_ROOTS: CertificateAuthority = {
  description:
    'A public CA: operating systems trust it already. Commands that want a file name that of Debian; Red Hat keeps it in /etc/pki/tls/certs/ca-bundle.crt.',
  file: '/etc/ssl/certs/ca-certificates.crt',
  inSystemStore: true,
};

/**
 * What signs the certificates of RDS, Aurora and DocumentDB, in all commercial Regions.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 * @internal
 */
export const RDS_BUNDLE: CertificateAuthority = {
  description: 'The CA of Amazon RDS: no operating system trusts it, so download its bundle.',
  bundleUrl: 'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem',
  file: 'global-bundle.pem',
  inSystemStore: false,
};

/**
 * What signs the certificates of Redshift.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html
 * @internal
 */
export const REDSHIFT_BUNDLE: CertificateAuthority = {
  description: 'The CA of Amazon Redshift: download its bundle.',
  bundleUrl: 'https://s3.amazonaws.com/redshift-downloads/amazon-trust-ca-bundle.crt',
  file: 'amazon-trust-ca-bundle.crt',
  inSystemStore: false,
};

/**
 * What signed the certificate of a database of one's own.
 *
 * @internal
 */
export const OWN_CA: CertificateAuthority = {
  description: "The CA that signed the database's certificate: take its certificate from whoever runs the database.",
  file: 'ca.pem',
  inSystemStore: false,
};

const NO_CA: CertificateAuthority = { description: 'The protocol does not use TLS.', inSystemStore: false };

/**
 * Whose certificate a client is shown, as far as engine and TLS mode decide it.
 *
 * @internal
 */
export function certificateAuthority(engine: DatabaseEngine, tls: TlsMode): CertificateAuthority {
  if (tls === 'terminate') return PUBLIC_ROOTS;
  if (engine.handshake === TlsHandshake.NONE) return NO_CA;
  switch (engine._databaseAuthority) {
    case 'rds':
      return RDS_BUNDLE;
    case 'redshift':
      return REDSHIFT_BUNDLE;
    case 'public':
      return PUBLIC_ROOTS;
    default:
      return OWN_CA;
  }
}
