import type { Dialect } from './catalogue';
import type { DatabaseEngine } from './database-engine';
import { isOtherResource, type ManagedAuthority, managedExpression, managedName } from './managed-name';
import { TlsHandshake } from './tls-handshake';
import type { TlsMode } from './tls-mode';

/** Where a client gets the CA that it needs to trust the server's certificate. */
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
   * The CA certificate file that the guide's commands use.
   *
   * @default - there is no file
   */
  readonly file?: string;

  /** Whether operating systems and runtimes already trust it. */
  readonly inSystemStore: boolean;
}

/**
 * What certificates of ACM lead to.
 *
 * @internal
 */
export const PUBLIC_ROOTS: CertificateAuthority = {
  description:
    "A public CA, which operating systems already trust. Commands that need a file use Debian's; on Red Hat it is /etc/pki/tls/certs/ca-bundle.crt.",
  file: '/etc/ssl/certs/ca-certificates.crt',
  inSystemStore: true,
};

/**
 * The CA that signs the certificates of RDS, Aurora and DocumentDB.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 * @see https://docs.amazonaws.cn/en_us/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 * @param region where the database is; without it, the bundle of all commercial Regions.
 * @internal
 */
export function rdsBundle(region?: string): CertificateAuthority {
  const name = `${region ?? 'global'}-bundle.pem`;
  return {
    description: `The CA of Amazon RDS${region ? ` in ${region}` : ''}: operating systems do not trust it, so download its bundle.`,
    bundleUrl: `https://${rdsTrustStore(region)}/${region ?? 'global'}/${name}`,
    file: name,
    inSystemStore: false,
  };
}

// Each partition has its own trust store.
function rdsTrustStore(region = ''): string {
  if (region.startsWith('us-gov-')) return 'truststore.pki.us-gov-west-1.rds.amazonaws.com';
  if (region.startsWith('cn-')) return 'rds-truststore.s3.cn-north-1.amazonaws.com.cn';
  return 'truststore.pki.rds.amazonaws.com';
}

/**
 * The CA that signs the certificates of RDS in all commercial Regions.
 *
 * @internal
 */
export const RDS_BUNDLE = rdsBundle();

/** For a name that is known after apply, as it does for databases of RDS. */
const PROBABLY_RDS: CertificateAuthority = {
  ...RDS_BUNDLE,
  description:
    "The CA of Amazon RDS, if the database runs there: operating systems do not trust it, so download its bundle. Otherwise, the CA that signed the database's certificate.",
};

/**
 * The CA that signs the certificates of Redshift.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html
 * @see https://docs.amazonaws.cn/en_us/redshift/latest/mgmt/connecting-ssl-support.html
 * @param region where the database is; without it, one outside China.
 * @internal
 */
export function redshiftBundle(region = ''): CertificateAuthority {
  const bucket = region.startsWith('cn-')
    ? 's3.cn-north-1.amazonaws.com.cn/redshift-downloads-cn'
    : 's3.amazonaws.com/redshift-downloads';
  return {
    description: 'The CA of Amazon Redshift: download its bundle.',
    bundleUrl: `https://${bucket}/amazon-trust-ca-bundle.crt`,
    file: 'amazon-trust-ca-bundle.crt',
    inSystemStore: false,
  };
}

/**
 * The CA that signed the certificate of a self-managed database.
 *
 * @internal
 */
export const OWN_CA: CertificateAuthority = {
  description: "The CA that signed the database's certificate: get the CA certificate from whoever runs the database.",
  file: 'ca.pem',
  inSystemStore: false,
};

const NO_CA: CertificateAuthority = { description: 'The protocol does not use TLS.', inSystemStore: false };

/**
 * What decides which certificate a client sees.
 *
 * @internal
 */
export interface CertificateAuthorityInput {
  readonly engine: DatabaseEngine;
  readonly tls: TlsMode;
  /** The name in the database's certificate, or the expression for it where it is known after apply. */
  readonly certificateName?: string;
  /** Whether `certificateName` is an expression. */
  readonly isExpression?: boolean;
  /** Who signed it, where the kind of target tells, whatever the name does. */
  readonly targetAuthority?: ManagedAuthority;
}

/**
 * Whose certificate a client is shown.
 *
 * @internal
 */
export function certificateAuthority(input: CertificateAuthorityInput): CertificateAuthority {
  const { engine, tls, certificateName = '', isExpression = false } = input;
  if (tls === 'terminate') return PUBLIC_ROOTS;
  if (engine.handshake === TlsHandshake.NONE) return NO_CA;
  const region = isExpression ? undefined : managedName(certificateName)?.region;
  switch (databaseAuthority(input)) {
    case 'rds':
      return rdsBundle(region);
    case 'redshift':
      return redshiftBundle(region);
    case 'public':
      return PUBLIC_ROOTS;
    default:
      return isProbablyRds(input) ? PROBABLY_RDS : OWN_CA;
  }
}

/**
 * Whose CA signs the certificate that the database itself presents, as far as it is known.
 *
 * @internal
 */
export function databaseAuthority(input: Omit<CertificateAuthorityInput, 'tls'>): ManagedAuthority | undefined {
  const { engine, certificateName = '', isExpression = false, targetAuthority } = input;
  const known = isExpression ? managedExpression(certificateName) : managedName(certificateName);
  return known?.authority ?? targetAuthority ?? engine._databaseAuthority;
}

function isProbablyRds({ engine, certificateName, isExpression }: CertificateAuthorityInput): boolean {
  return (
    isExpression === true &&
    certificateName !== undefined &&
    engine._dialect !== undefined &&
    ON_RDS.includes(engine._dialect) &&
    !isOtherResource(certificateName)
  );
}

/** What RDS offers beside running it oneself. */
const ON_RDS: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlserver', 'oracle'];
