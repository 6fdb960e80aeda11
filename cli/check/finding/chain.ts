import { certificateAuthority, RDS_BUNDLE } from '../../../lib/engine/certificate-authority';
import type { Observation, TlsOpened } from '../observation';
import type { CheckRequest } from '../request';
import type { Judge } from './finding';

/** Whether the CAs that are trusted here vouch for the certificate. */
export const chain: Judge = ({ request, now, tls }) => {
  if (!tls?.opened) return undefined;
  if (request.lacksAuthorities) {
    return { status: 'unknown', detail: `signed by ${tls.certificate.authority}; the expected CA is missing here` };
  }
  const trusted = request.authorities ? request.authorities.file : 'the CAs that Node.js trusts';
  const { chainError, certificate } = tls;
  if (chainError === undefined)
    return { status: 'ok', detail: `signed by ${certificate.authority}, trusted by ${trusted}` };
  // OpenSSL keeps the last mistake it found, and looks at dates after it looked for the CA.
  if (DATES.includes(chainError) && !isCurrent(tls, now)) {
    return { status: 'unknown', detail: 'cannot be checked while the certificate is expired or not valid yet' };
  }
  return {
    status: 'failed',
    detail: `${describe(tls, chainError)} (${chainError})`,
    remedy: remedyFor(request, tls, chainError),
  };
};

const DATES = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];

function isCurrent({ certificate: { validFrom, validTo } }: TlsOpened, now: Observation['now']): boolean {
  return validFrom <= now && now <= validTo;
}

// https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/
function describe({ certificate }: TlsOpened, chainError: string): string {
  switch (chainError) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'the certificate is self-signed, not signed by a CA';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `signed by ${certificate.authority}, which is not trusted here`;
    case 'CERT_HAS_EXPIRED':
      return 'a CA certificate of the chain has expired';
    default:
      return 'the chain is invalid';
  }
}

function remedyFor(
  { engine, authorities, serverName }: CheckRequest,
  { certificate }: TlsOpened,
  chainError: string,
): string {
  if (chainError === 'DEPTH_ZERO_SELF_SIGNED_CERT') {
    return 'Have a CA sign the certificate, or give the certificate itself to every client (--ca FILE here).';
  }
  const known = certificateAuthority({ engine, tls: 'passthrough', certificateName: serverName }).bundleUrl;
  const bundle = known ?? (/Amazon RDS/.test(certificate.authority) ? RDS_BUNDLE.bundleUrl : undefined);
  const source = bundle ? `download ${bundle}` : `get the certificate of ${certificate.authority} from whoever runs it`;
  return authorities
    ? `Check whether ${authorities.file} is the right CA (${source}), and whether the server sends its intermediate certificates.`
    : `Clients must be given the CA: ${source}, and pass it here with --ca FILE.`;
}
